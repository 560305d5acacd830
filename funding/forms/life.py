"""What happens to a structure: asked, shown with its effects, then recorded."""

from crispy_forms.layout import Submit
from django import forms

from funding.forms.asked import ShownFirst
from structures.enums import StructureKind
from structures.forms import helper
from structures.models import Structure

DAY = "Format attendu : jj/mm/aaaa"


def day_field(label, *, required=True, told=DAY):
    return forms.DateField(
        label=label,
        required=required,
        help_text=told,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class LifeForm(ShownFirst):
    """Every act has a day and a reason; `seen` is the last act the person had read."""

    verb = "Enregistrer"
    on = day_field("Date d’effet")
    reason = forms.CharField(
        label="Motif", widget=forms.Textarea({"rows": 3}), max_length=2000
    )
    reference = forms.CharField(
        label="Référence",
        max_length=200,
        required=False,
        help_text="La décision, le courrier ou le procès-verbal.",
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    last = ("on", "reason", "reference", "seen", "confirmed")
    first: tuple[str, ...] = ()
    # An act that tells what has happened is not dated of tomorrow.
    is_past = True

    def __init__(self, *args, structure, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.structure, self.today = structure, today
        own = [name for name in self.fields if name not in self.last]
        self.order_fields([*self.first, *own])
        self.helper = helper(*self.fields, Submit("", "Voir ce que cela change"))
        self.helper.form_error_title = "Rien n’est enregistré"

    def clean_on(self):
        on = self.cleaned_data["on"]
        if self.is_past and on > self.today:
            raise forms.ValidationError(
                "Cette date est à venir : enregistrez l’acte quand il a eu lieu."
            )
        return on

    def to_confirm(self):
        """What was asked, held; one button to press."""
        values = {**self.cleaned_data, "confirmed": True}
        form = type(self)(initial=values, structure=self.structure, today=self.today)
        for field in form.fields.values():
            field.widget = forms.HiddenInput()
        form.helper = helper(*form.fields, Submit("", self.verb))
        return form


class IdentityForm(LifeForm):
    told = (
        "Le SIRET, le nom ou l’adresse changent dès aujourd’hui dans le dossier ; ce qui "
        "est signé garde le SIRET de sa signature."
    )
    verb = "Enregistrer le changement"
    siret = forms.CharField(
        label="SIRET", max_length=20, help_text="Quatorze chiffres."
    )
    name = forms.CharField(label="Dénomination du porteur", max_length=200)
    address = forms.CharField(label="Adresse", max_length=250, required=False)
    postcode = forms.CharField(label="Code postal", max_length=5, required=False)

    def clean_siret(self):
        return "".join(self.cleaned_data["siret"].split())


class KindForm(LifeForm):
    told = (
        "Un second dossier s’ouvre sur le même SIRET, sans convention : la structure la "
        "demande ensuite."
    )
    verb = "Ouvrir le second dossier"
    kind = forms.ChoiceField(label="Type de la nouvelle structure")

    def __init__(self, *args, structure, **kwargs):
        super().__init__(*args, structure=structure, **kwargs)
        there = Structure.objects.filter(siret=structure.siret).values_list("kind")
        taken = {kind for (kind,) in there}
        self.fields["kind"].choices = [
            ("", "Choisir"),
            *(it for it in StructureKind.choices if it[0] not in taken),
        ]


class ClosingForm(LifeForm):
    told = (
        "Chaque annexe en vigueur reçoit un avenant en brouillon qui finit ce jour. "
        "L’argent bouge quand il est signé."
    )
    verb = "Fermer la structure"
    is_past = False
    on = day_field("Dernier jour d’activité", told=f"{DAY}. Ce jour compte encore.")


class MergerForm(ClosingForm):
    told = (
        "La structure ferme ce jour ; l’absorbante reçoit un avenant en brouillon qui "
        "reprend ses ETP sur les mois restants, jamais plus."
    )
    verb = "Enregistrer la fusion"
    into = forms.ModelChoiceField(
        label="Structure absorbante",
        queryset=None,
        empty_label="Choisir",
        help_text="Du même type, dans le même département.",
    )

    def __init__(self, *args, structure, **kwargs):
        super().__init__(*args, structure=structure, **kwargs)
        others = Structure.objects.filter(
            kind=structure.kind,
            commune__departement=structure.commune.departement_id,
            closed_on=None,
        )
        self.fields["into"].queryset = others.exclude(pk=structure.pk)


class VisitForm(LifeForm):
    told = (
        "La visite, ce qu’elle constate et la date des suites se lisent dans la vie de "
        "la structure. Sa direction la lit aussi."
    )
    verb = "Enregistrer la visite"
    first = ("on", "reason")
    on = day_field("Jour de la visite")
    reason = forms.CharField(
        label="Ce qui a été constaté",
        widget=forms.Textarea({"rows": 5}),
        max_length=5000,
        help_text="Sans nom de personne accueillie.",
    )
    follow_up_on = day_field("Suites attendues avant le", required=False)


class FollowUpForm(LifeForm):
    told = "Les suites d’une visite s’enregistrent une fois."
    verb = "Enregistrer les suites"
    on = day_field("Date des suites")
    reason = forms.CharField(
        label="Ce que la structure a fait",
        widget=forms.Textarea({"rows": 5}),
        max_length=5000,
    )
