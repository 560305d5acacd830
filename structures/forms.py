"""Forms about users; what every form shares."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import (
    Button,
    ButtonHolder,
    Column,
    Div,
    Fieldset,
    Hidden,
    Layout,
    Row,
    Submit,
)
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.urls import reverse_lazy

from structures.enums import Confidence, StructureKind


def helper(*layout):
    """One column, browser validation off: our own messages are the ones announced."""
    form_helper = FormHelper()
    form_helper.attrs = {"novalidate": True}
    form_helper.layout = Layout(*layout)
    return form_helper


SPACES = str.maketrans("", "", " \u00a0\u202f")


class AmountField(forms.DecimalField):
    """A number as people write it: spaces between thousands, a comma, a euro sign."""

    def __init__(self, **options):
        super().__init__(**{"localize": True} | options)

    def to_python(self, value):
        if isinstance(value, str):
            value = value.translate(SPACES).removesuffix("€")
        return super().to_python(value)


class FilterForm(forms.Form):
    """Every field of a filter is optional: the labels need not say it."""

    is_filter = True


class NarrowedForm(FilterForm):
    """A filter that a link may narrow further: said in a chip, never chosen by hand.

    `asked` gives the choices of what the address asks for, by field (structures.views.narrowed).
    """

    structure = forms.ChoiceField(
        label="Structure", required=False, widget=forms.HiddenInput
    )
    territoire = forms.ChoiceField(
        label="Territoire", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, asked=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("structure", "territoire"):
            if choices := (asked or {}).get(name):
                self.fields[name].choices = choices
            else:
                del self.fields[name]


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": (
            "Ce courriel et ce mot de passe ne vont pas ensemble. Vérifiez les deux : "
            "les majuscules comptent dans le mot de passe."
        ),
        "inactive": "Ce compte est fermé. Demandez sa réouverture à l’administration.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.label = "Adresse électronique"
        username.help_text = "Format attendu : prenom.nom@domaine.fr"
        username.widget.input_type = "email"
        username.widget.attrs["autocomplete"] = "username"
        self.helper = helper("username", "password", Submit("", "Se connecter"))
        self.helper.form_error_title = "Vous n’êtes pas connecté"


class PasswordForm(PasswordChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(
            *("old_password", "new_password1", "new_password2"),
            Submit("", "Changer le mot de passe"),
        )
        self.helper.form_error_title = "Le mot de passe n’est pas changé"


class SavedViewForm(forms.Form):
    name = forms.CharField(
        label="Nom de la vue",
        max_length=60,
        error_messages={"required": "Donnez un nom à la vue pour l’enregistrer."},
    )


class LegalValueFilter(FilterForm):
    parametre = forms.ChoiceField(label="Paramètre", required=False)

    confiance = forms.ChoiceField(
        label="Confiance",
        choices=[
            ("", "Toutes"),
            ("douteuses", "À confirmer ou de mémoire"),
            *Confidence.choices,
        ],
        required=False,
    )

    def __init__(self, *args, parameters, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parametre"].choices = [("", "Tous"), *parameters]


MEBIBYTE = 1024**2


class PdfField(forms.FileField):
    """A PDF of some size at most; what it really is is read where it is used."""

    def __init__(self, *args, most, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = most
        self.widget.attrs["accept"] = "application/pdf"

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file.size > self.most * MEBIBYTE:
            raise forms.ValidationError(
                f"Ce fichier dépasse {self.most} Mo : déposez-le en plusieurs fois."
            )
        return file


class FileToVerifyForm(forms.Form):
    fichier = PdfField(
        label="Le fichier reçu",
        help_text="PDF, 20 Mo au plus. Il n’est pas gardé.",
        most=20,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("fichier", Submit("", "Vérifier le fichier"))
        self.helper.form_action = reverse_lazy("verify")
        self.helper.form_error_title = "Le fichier n’est pas vérifié"


class CodeForm(forms.Form):
    """By the number at the foot of each page; asked by GET, so that it may be sent."""

    numero = forms.CharField(
        label="Numéro du document",
        max_length=40,
        help_text="Douze signes au bas de chaque page : 7Q2M 0KXA 9TRB.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "numero", Submit("", "Vérifier le numéro", css_class="fr-btn--secondary")
        )
        self.helper.form_method = "get"
        self.helper.form_action = reverse_lazy("verify")
        self.helper.form_error_title = "Le numéro n’est pas vérifié"


class ScanForm(forms.Form):
    fichier = PdfField(
        label="Le fichier numérisé",
        help_text="PDF, 200 Mo au plus. Les pages peuvent être dans n’importe quel ordre.",
        most=200,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("fichier", Submit("", "Déposer et classer"))
        self.helper.form_error_title = "Le fichier n’est pas déposé"


class FilePageForm(forms.Form):
    """The number somebody reads on a page that no code filed."""

    numero = forms.CharField(
        label="Numéro du document",
        max_length=40,
        help_text="Douze signes au bas de la page : 7Q2M 0KXA 9TRB.",
    )
    page = forms.IntegerField(label="Page de ce document", min_value=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("numero", "page", Submit("", "Classer cette page"))
        self.helper.form_error_title = "La page n’est pas classée"


class SampleForm(forms.Form):
    """Every kind of field the pack draws; the gallery shows it empty and in error."""

    name = forms.CharField(label="Dénomination", help_text="Celle de la convention.")
    kind = forms.ChoiceField(
        label="Type", choices=[("", "Choisir"), *StructureKind.choices]
    )
    amount = forms.DecimalField(label="Montant, en euros", min_value=0)
    starts_on = forms.DateField(
        label="Début",
        help_text="Format attendu : jj/mm/aaaa",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    mail = forms.EmailField(label="Courriel", required=False)
    note = forms.CharField(label="Remarque", required=False, widget=forms.Textarea)
    piece = forms.FileField(
        label="Pièce jointe", required=False, help_text="PDF, 10 Mo au plus."
    )
    opinion = forms.ChoiceField(
        label="Avis",
        choices=[("F", "Favorable"), ("D", "Défavorable")],
        widget=forms.RadioSelect,
        help_text="Celui du CDIAE.",
    )
    themes = forms.MultipleChoiceField(
        label="Freins",
        choices=[("M", "Mobilité"), ("S", "Santé")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed = forms.BooleanField(label="J’ai vérifié les montants")
    step = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(
            Fieldset(
                "La demande", Row(Column("name"), Column("kind")), "amount", "starts_on"
            ),
            Div("mail", "note", "piece", css_class="iae-prose"),
            *("opinion", "themes", "agreed", "step"),
            ButtonHolder(
                Submit("", "Enregistrer", css_class="fr-btn--secondary"),
                Button("annuler", "Annuler"),
                Hidden("origine", "galerie"),
            ),
        )
        self.helper.form_tag = False


class SampleLine(forms.Form):
    month = forms.CharField(label="Mois")
    hours = forms.DecimalField(label="Heures", min_value=0)


SampleFormSet = forms.formset_factory(SampleLine, extra=2)


class SampleLineHelper(FormHelper):
    """A line of a formset, without a form tag of its own."""

    def __init__(self):
        super().__init__()
        self.form_tag = False
        self.layout = Layout(Row(Column("month"), Column("hours")))
