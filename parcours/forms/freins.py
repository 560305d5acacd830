"""What is written of a frein: named, acted upon, lifted."""

from crispy_forms.layout import Column, Row
from django import forms

from parcours.enums import ActionSide, FreinTheme, ProfessionalTheme
from parcours.forms.accompaniment import WrittenForm, day_field, long_text

THEMES = [
    ("", "Choisir"),
    ("Freins", FreinTheme.choices),
    ("Emploi", ProfessionalTheme.choices),
]


class FreinForm(WrittenForm):
    verb = "Enregistrer le frein"
    theme = forms.ChoiceField(label="Thème", choices=THEMES)
    identified_on = day_field("Identifié le")


class ObjectiveForm(WrittenForm):
    verb = "Enregistrer l’objectif"
    text = forms.CharField(
        label="Objectif",
        max_length=200,
        help_text="Ce que la personne veut pouvoir faire : « Venir seule au chantier ».",
    )


class ActionForm(WrittenForm):
    verb = "Enregistrer l’action"
    title = forms.CharField(label="Action", max_length=200)
    side = forms.ChoiceField(
        label="Menée", choices=[("", "Choisir"), *ActionSide.choices]
    )
    owner = forms.ModelChoiceField(
        label="Suivie par", queryset=None, empty_label="Choisir"
    )
    started_on = day_field("Commence le")
    due_on = day_field("Échéance")
    objective = forms.ModelChoiceField(
        label="Objectif", queryset=None, required=False, empty_label="Aucun"
    )

    def __init__(self, *args, team, objectives, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = team
        self.fields["objective"].queryset = objectives

    def laid_out(self):
        return [
            "title",
            Row(Column("side"), Column("owner")),
            Row(Column("started_on"), Column("due_on")),
            "objective",
        ]


class ActionEndForm(WrittenForm):
    verb = "Terminer l’action"
    done_on = day_field("Terminée le")
    outcome = long_text("Résultat", required=False)


class LiftForm(WrittenForm):
    verb = "Enregistrer que le frein est levé"
    lifted_on = day_field("Levé le")


class ReopenForm(WrittenForm):
    verb = "Rouvrir le frein"
