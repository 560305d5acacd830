"""A right, a contract, a situation at entry, as they are typed."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms

from parcours.enums import ContractKind, Rsa, TrainingLevel, Unemployment
from parcours.figures.asked import AskedContract
from parcours.forms.intake import Carried, day_field
from structures.forms import AmountField, helper

FLAGS = {
    "is_ass": "Allocation de solidarité spécifique (ASS)",
    "is_aah": "Allocation aux adultes handicapés (AAH)",
    "is_rqth": "Reconnaissance de travailleur handicapé (RQTH)",
    "is_ase": "Sortant de l’aide sociale à l’enfance (ASE)",
    "is_single_parent": "Parent isolé",
    "is_homeless": "Sans hébergement stable",
    "is_refugee": "Réfugié",
    "is_ex_detainee": "Sortant de détention",
    "is_zrr": "Réside en zone de revitalisation rurale (ZRR)",
}


class EntryForm(Carried):
    """What a first contract needs; `kinds` are those the structure signs."""

    right_number = forms.CharField(
        label="Numéro de l’agrément ou du PASS IAE", max_length=15, required=False
    )
    right_starts_on = day_field("Début du droit", required=False)
    right_ends_on = day_field(
        "Fin du droit", required=False, help_text="Laissée vide, elle est calculée."
    )
    kind = forms.ChoiceField(label="Nature du contrat")
    hired_on = day_field("Date d’embauche")
    ends_on = day_field(
        "Fin prévue", required=False, help_text="Vide pour un contrat sans fin."
    )
    weekly_hours = AmountField(
        label="Heures par semaine",
        max_digits=4,
        decimal_places=2,
        min_value=0,
        required=False,
        help_text="Celles du contrat : 26, ou 24,5.",
    )
    job = forms.RegexField(
        r"^[A-Za-z]\d{4}$",
        label="Emploi (code ROME)",
        required=False,
        help_text="Une lettre et quatre chiffres : A1203.",
        error_messages={"invalid": "Un code ROME a une lettre et quatre chiffres."},
    )
    has_adjusted_sentence = forms.BooleanField(
        label="Contrat lié à un aménagement de peine", required=False
    )
    rsa = forms.ChoiceField(label="RSA", choices=Rsa.choices, initial=Rsa.NO)
    unemployed_since = forms.ChoiceField(
        label="Demandeur d’emploi depuis",
        choices=[("", "Non inscrit"), *Unemployment.choices],
        required=False,
    )
    training_level = forms.ChoiceField(
        label="Niveau de formation",
        choices=[("", "Non renseigné"), *TrainingLevel.choices],
        required=False,
    )
    flags = forms.MultipleChoiceField(
        label="Situation",
        choices=list(FLAGS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    confirmed = forms.BooleanField(
        label="J’ai vérifié ces remarques : enregistrer quand même", required=False
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings = []
        labels = [(kind.value, kind.label) for kind in kinds]
        one = len(labels) == 1
        self.fields["kind"].choices = labels if one else [("", "Choisir"), *labels]
        self.draw()

    def draw(self):
        asked = [Fieldset("À vérifier", "confirmed")] if self.warnings else []
        self.helper = helper(
            *asked,
            Fieldset(
                "Le droit",
                "right_number",
                Row(Column("right_starts_on"), Column("right_ends_on")),
            ),
            Fieldset(
                "Le contrat",
                "kind",
                Row(Column("hired_on"), Column("ends_on")),
                Row(Column("weekly_hours"), Column("job")),
                "has_adjusted_sentence",
            ),
            Fieldset(
                "La situation à l’entrée",
                Row(Column("rsa"), Column("unemployed_since")),
                *("training_level", "flags"),
            ),
        )
        self.helper.form_tag = False
        self.helper.form_error_title = "Rien n’est enregistré"

    def clean_job(self):
        return self.cleaned_data["job"].upper()

    def asked(self):
        given = self.cleaned_data
        return AskedContract(
            kind=ContractKind(given["kind"]),
            hired_on=given["hired_on"],
            starts_on=given["hired_on"],
            ends_on=given["ends_on"],
            weekly_hours=given["weekly_hours"],
            job=given["job"],
            has_adjusted_sentence=given["has_adjusted_sentence"],
            situation={
                "rsa": given["rsa"],
                "unemployed_since": given["unemployed_since"],
                "training_level": given["training_level"],
                **{name: name in given["flags"] for name in FLAGS},
            },
        )

    def told(self, refused):
        """Refusals beside their fields; warnings to confirm when there is nothing else."""
        for name, finding in getattr(refused, "refusals", []):
            self.add_error(name if name in self.fields else None, finding.told)
        if self.errors:
            return
        self.warnings = [it.told for it in getattr(refused, "warnings", [])]
        self.draw()
        for told in self.warnings:
            self.add_error(None, told)
        self.helper.form_error_title = "À vérifier avant d’enregistrer"
