"""Somebody taken in: the person first, then the right and the contract."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from parcours.actions.intake import ANOTHER, ELSEWHERE, AskedPerson
from parcours.actions.rights import AskedRight
from parcours.enums import Sameness, Sex
from parcours.figures.communes import communes_named
from parcours.figures.known import already_known, elsewhere, mark_of
from parcours.rules.nir import WrongNir, normalised
from structures.forms import helper
from structures.models import Structure

DAY_HINT = "Format attendu : jj/mm/aaaa"
UNSURE = (
    "Une personne aux nom et date de naissance proches est déjà connue de l’IAE : "
    "vérifiez l’orthographe et la date, ou saisissez le numéro de sécurité sociale."
)


def day_field(label, **options):
    options.setdefault("help_text", DAY_HINT)
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        **options,
    )


class Carried(forms.Form):
    """A step whose values go along, hidden, while another one is filled."""

    def hidden(self):
        return [self[name].as_hidden() for name in self.fields]


class PersonForm(Carried):
    structure = forms.ModelChoiceField(Structure.objects.none(), label="Structure")
    last_name = forms.CharField(label="Nom", max_length=80)
    first_name = forms.CharField(label="Prénom", max_length=80)
    birth_on = day_field("Date de naissance")
    sex = forms.ChoiceField(label="Sexe", choices=[("", "Choisir"), *Sex.choices])
    commune = forms.CharField(
        label="Commune de résidence",
        max_length=90,
        help_text="Son nom, son code postal ou son code INSEE.",
    )
    is_qpv = forms.BooleanField(
        label="Réside dans un quartier prioritaire (QPV)", required=False
    )
    nir = forms.CharField(
        label="Numéro de sécurité sociale",
        max_length=25,
        required=False,
        help_text="Quinze caractères. Il est chiffré, et n’est plus jamais affiché.",
    )
    who = forms.CharField(
        label="Qui est-ce ?", required=False, widget=forms.RadioSelect
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    error_title = "Rien n’est encore enregistré"

    def __init__(self, *args, structures, **kwargs):
        super().__init__(*args, **kwargs)
        self.met = []
        self.fields["who"].is_needed = True  # asked only when somebody may be the same
        self.fields["structure"].queryset = structures
        if len(structures) == 1:
            self.fields["structure"].widget = forms.HiddenInput()
            self.fields["structure"].initial = structures[0].pk
        for name in ("last_name", "first_name", "nir", "commune"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.draw()

    def draw(self):
        """The fields in order; the question only when somebody may be the same."""
        who = [Fieldset("Déjà connue ?", "who")] if self.met else []
        self.helper = helper(
            "structure",
            *who,
            Fieldset(
                "La personne",
                Row(Column("last_name"), Column("first_name")),
                Row(Column("birth_on"), Column("sex")),
                *("commune", "is_qpv", "nir"),
            ),
            "seen",
        )
        self.helper.form_tag = False
        self.helper.form_error_title = self.error_title

    def clean_nir(self):
        text = self.cleaned_data["nir"].strip()
        try:
            return normalised(text) if text else ""
        except WrongNir as error:
            raise forms.ValidationError(error.user_message) from error

    def clean_commune(self):
        found = communes_named(self.cleaned_data["commune"])
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                "Aucune commune ne porte ce nom ni ce code : vérifiez-le."
            )
        names = ", ".join(str(one) for one in found)
        raise forms.ValidationError(
            f"Plusieurs communes : {names}. Écrivez le code de la bonne."
        )

    def clean(self):
        given = super().clean()
        if not self.errors:
            self.meet()
        return given

    def meet(self):
        """Who may be the same, and whether it was answered."""
        structure = self.cleaned_data["structure"]
        self.met = already_known(self.asked().identity, structures={structure.pk})
        self.draw()
        choices = dict(answers(self.met))
        self.fields["who"].widget.choices = list(choices.items())
        mark = mark_of(self.met)
        if not self.met or (
            self.cleaned_data["seen"] == mark and self.cleaned_data["who"] in choices
        ):
            return
        self.data = self.data.copy()
        if self.cleaned_data["seen"] != mark:
            self.data[self.add_prefix("who")] = ""
        self.data[self.add_prefix("seen")] = mark
        self.helper.form_error_title = "Cette personne est peut-être déjà connue"
        told = "Dites qui c’est, pour ne pas enregistrer deux fois la même personne."
        self.add_error("who", told)

    def asked(self):
        given = self.cleaned_data
        names = ("last_name", "first_name", "birth_on", "commune", "is_qpv", "nir")
        return AskedPerson(
            sex=Sex(given["sex"]),
            who=given["who"] if self.met else "",
            seen=given["seen"] if self.met else "",
            **{name: given[name] for name in names},
        )

    @property
    def chosen(self):
        """The person known under the answer; None for a new one."""
        answer = self.cleaned_data["who"]
        if answer == ELSEWHERE and (other := elsewhere(self.met)):
            return other.person
        here = {str(one.person.pk): one.person for one in self.met if one.is_here}
        return here.get(answer)

    @property
    def own(self):
        """(words, parcours) of her own structure’s people, to open."""
        return [(str(one.person), one.parcours) for one in self.met if one.is_here]

    @property
    def is_unsure(self):
        """Whether somebody of another structure is near, too unsurely to be attached."""
        hidden = [one for one in self.met if not one.is_here]
        return bool(hidden) and elsewhere(self.met) is None


def answers(met):
    """What may be answered: of another structure, nothing is shown (R97)."""
    for one in met:
        if one.is_here:
            yield str(one.person.pk), f"{one.told}, dans votre structure"
    if other := elsewhere(met):
        what = (
            "ce numéro de sécurité sociale"
            if other.candidate.sameness == Sameness.NIR
            else "ces nom et date de naissance"
        )
        yield (
            ELSEWHERE,
            f"Une personne avec {what} est déjà connue de l’IAE : c’est la même personne",
        )
    if not any(one.is_certain for one in met):
        yield ANOTHER, "C’est une autre personne, encore inconnue"


def asked_right(given):
    return AskedRight(
        number=given["right_number"].strip(),
        starts_on=given["right_starts_on"],
        ends_on=given["right_ends_on"],
    )
