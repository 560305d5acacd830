"""Filters of structures, and the form that starts a campaign."""

from decimal import Decimal
from uuid import uuid4

from crispy_forms.layout import Submit
from django import forms

from funding.enums import Act
from funding.forms.asked import ShownFirst
from funding.forms.meant import MeantEtp
from structures.enums import Status, StructureKind
from structures.forms import AmountField, NarrowedForm, helper


class StructureFilter(NarrowedForm):
    q = forms.CharField(label="Nom, commune ou SIRET", required=False)
    epci = forms.ChoiceField(label="Intercommunalité", required=False)
    erbm = forms.ChoiceField(
        label="Bassin minier (ERBM)",
        choices=[("", "Tout le territoire"), ("oui", "Dans le périmètre")],
        required=False,
    )
    alerte = forms.ChoiceField(
        label="À regarder",
        choices=[
            ("", "Toutes"),
            ("annexe", "Avec une annexe cette année"),
            ("retard", "Mois en retard"),
            ("sous", "Sous-réalisation"),
            ("fin", "Convention qui finit sous 90 jours"),
            ("visite", "Suites d’une visite de contrôle"),
        ],
        required=False,
    )

    def __init__(self, *args, epcis, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["epci"].choices = [("", "Toutes"), *epcis]


class CampaignForm(forms.Form):
    year = forms.IntegerField(
        label="Année des conventions à préparer",
        min_value=2015,
        max_value=2100,
        help_text="Les résultats à la sortie des trois années d’avant sont recalculés.",
    )
    business_on = forms.DateField(
        label="Date de référence",
        help_text="Format attendu : jj/mm/aaaa. Seules les valeurs légales publiées "
        "à cette date sont connues.",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    departement = forms.ModelChoiceField(
        label="Département",
        queryset=None,
        required=False,
        empty_label="Tous les départements de mon territoire",
    )

    def __init__(self, *args, departements, **kwargs):
        super().__init__(*args, **kwargs)
        self.departements = departements
        self.fields["departement"].queryset = departements
        if len(departements) < 2:
            del self.fields["departement"]
        self.helper = helper(*self.fields, Submit("", "Lancer la campagne"))

    def chosen(self):
        """The départements to run: the one asked for, or all those allowed."""
        one = self.cleaned_data.get("departement")
        return [one] if one else list(self.departements)


class TermsForm(MeantEtp):
    """ETP and cofinancing of an annexe; the amount follows from them.

    `expected`, `seen` and `seen_cofinanced` are what the person had before them.
    """

    etp = AmountField(
        label="ETP sur l’année",
        max_digits=8,
        decimal_places=2,
        min_value=0,
        error_messages={"min_value": "Des ETP ne peuvent pas être négatifs."},
        localize=True,
    )
    cofinanced = AmountField(
        label="Cofinancement du conseil départemental, en euros",
        max_digits=14,
        decimal_places=2,
        min_value=0,
        error_messages={"min_value": "Ce montant ne peut pas être négatif."},
        localize=True,
    )
    expected = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)
    seen = forms.DecimalField(required=False, widget=forms.HiddenInput, localize=True)
    seen_cofinanced = forms.DecimalField(
        required=False, widget=forms.HiddenInput, localize=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(
            *("expected", "seen", "seen_cofinanced", "meant", "etp", "cofinanced"),
            Submit("", "Enregistrer les termes"),
        )
        self.helper.form_error_title = "Les termes ne sont pas enregistrés"


class EtpForm(MeantEtp):
    """ETP written in a line of the list; `seen` are those the person had before them."""

    etp = AmountField(
        max_digits=8,
        decimal_places=2,
        min_value=0,
        localize=True,
        error_messages={
            "required": "Écrivez des ETP, ou annulez.",
            "invalid": "Écrivez un nombre, par exemple 12,50.",
            "min_value": "Des ETP ne peuvent pas être négatifs.",
        },
    )
    seen = forms.DecimalField(widget=forms.HiddenInput, localize=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self.auto_id % "etp"
        self.fields["etp"].widget.attrs |= {
            "class": "fr-input",
            "inputmode": "decimal",
            "autocomplete": "off",
            "autofocus": True,
            "data-cell": True,
            **({"aria-describedby": f"{name}_error"} if self.is_bound else {}),
        }


class MoveForm(forms.Form):
    """Why a file is moved, when the table asks for it."""

    reason = forms.CharField(
        label="Motif", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
    expected = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        if not row.needs_reason:
            del self.fields["reason"]
        self.helper = helper(*self.fields, Submit("", row.act.label))
        self.helper.form_error_title = "Rien n’a été fait"


class AnnexeFilter(NarrowedForm):
    annee = forms.ChoiceField(label="Année", required=False)
    q = forms.CharField(label="Structure, commune ou SIRET", required=False)
    type = forms.ChoiceField(
        label="Type",
        choices=[("", "Tous"), *StructureKind.choices],
        required=False,
    )

    # What totals take of an annexe, rather than what is being written of it (R11).
    retenue = forms.ChoiceField(
        label="Version",
        choices=[("", "La dernière"), ("comptee", "Celle que les totaux comptent")],
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["annee"].choices = [(str(year), str(year)) for year in years]


class LotForm(forms.Form):
    """An act to do to the annexes that are ticked, or to all those of the list."""

    act = forms.ChoiceField(
        label="Acte",
        choices=[
            (act.value, act.label)
            for act in (Act.SUBMIT, Act.VALIDATE, Act.SIGN, Act.REOPEN, Act.CLOSE)
        ],
    )
    reason = forms.CharField(
        label="Motif, le même pour toutes", required=False, max_length=2000
    )
    every = forms.BooleanField(required=False)
    filters = forms.CharField(required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def to_confirm(self, versions):
        """The same, its versions held, one button to press."""
        values = {**self.cleaned_data, "confirmed": True}
        form = LotForm(initial=values)
        del form.fields["every"], form.fields["filters"]
        for name in ("act", "reason"):
            form.fields[name].widget = forms.HiddenInput()
        form.versions = versions
        return form


class EnvelopeActForm(ShownFirst):
    """A movement of money on an envelope, shown once more before it is recorded."""

    kind = forms.ChoiceField(label="Nature")
    amount = AmountField(
        label="Montant, en euros",
        max_digits=16,
        decimal_places=2,
        min_value=Decimal("0.01"),
        localize=True,
        error_messages={"min_value": "Le montant est supérieur à zéro."},
    )
    on = forms.DateField(
        label="Date d’effet",
        help_text="Format attendu : jj/mm/aaaa",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reference = forms.CharField(
        label="Référence",
        max_length=120,
        help_text="La circulaire, la lettre ou la décision : circulaire FIE du 31 janvier.",
    )
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.helper = helper(
            *("kind", "amount", "on", "reference", "key", "confirmed"),
            Submit("", "Voir ce que cela change"),
        )
        self.helper.form_error_title = "Le mouvement n’est pas enregistré"

    def to_confirm(self):
        """What was asked, held; one button to press."""
        values = {**self.cleaned_data, "confirmed": True}
        form = EnvelopeActForm(initial=values, kinds=self.kinds)
        for field in form.fields.values():
            field.widget = forms.HiddenInput()
        form.asked = {
            **values,
            "label": dict(form.fields["kind"].choices)[values["kind"]],
        }
        form.helper = helper(*form.fields, Submit("", "Enregistrer le mouvement"))
        return form
