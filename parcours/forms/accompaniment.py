"""What is written of the accompaniment of a person."""

from crispy_forms.layout import Column, Row, Submit
from django import forms

from parcours.enums import Medium
from structures.forms import helper

DAY = "Format attendu : jj/mm/aaaa"
USUAL_MINUTES = 45


def day_field(label, *, told=DAY, **options):
    return forms.DateField(
        label=label,
        help_text=told,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        **options,
    )


def long_text(label, *, rows=3, most=500, **options):
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=most, **options)


class WrittenForm(forms.Form):
    """One act of the accompaniment; `verb` is what its button does."""

    verb = "Enregistrer"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(*self.laid_out(), Submit("", self.verb))
        self.helper.form_error_title = "Rien n’est enregistré"

    def laid_out(self):
        return list(self.fields)

    def refused(self, refusal):
        """Say why beside the field it is about, when the form has it."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.user_message)


class InterviewForm(WrittenForm):
    verb = "Enregistrer l’entretien"
    held_on = day_field("Date de l’entretien")
    medium = forms.ChoiceField(label="Forme", choices=Medium.choices)
    minutes = forms.IntegerField(label="Durée, en minutes", initial=USUAL_MINUTES)
    summary = long_text(
        "Synthèse partagée",
        required=False,
        help_text="Lue par toute la structure : ce qui a été convenu.",
    )
    notes = long_text(
        "Notes privées",
        rows=5,
        most=5000,
        required=False,
        help_text="Lues par vous et par le référent de la personne. Ni la direction, ni "
        "le service de l’État ne les lisent ; elles ne sortent dans aucun export.",
    )

    def laid_out(self):
        return [
            "held_on",
            Row(Column("medium"), Column("minutes")),
            *("summary", "notes"),
        ]
