"""A convention request: opened, remarked on, decided, its files joined."""

from crispy_forms.layout import Submit
from django import forms

from funding.figures.requests import label_of
from structures.enums import AttachmentKind, Measure, RequestStep
from structures.forms import helper
from structures.rules import requests as rules
from structures.rules.attachments import MEGABYTE, MOST_BYTES


def a_day(label, **options):
    return forms.DateField(
        label=label,
        help_text="Format attendu : jj/mm/aaaa",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        **options,
    )


class OpenRequestForm(forms.Form):
    """For what, and from when; the rest is asked step by step."""

    structure = forms.ModelChoiceField(
        label="Structure", queryset=None, empty_label="Choisir"
    )
    measure = forms.ChoiceField(label="Mesure")
    starts_on = a_day("Premier jour de la convention")
    ends_on = a_day("Dernier jour de la convention")

    def __init__(self, *args, structures, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["structure"].queryset = structures
        kinds = {structure.kind for structure in structures[:2]}
        self.fields["measure"].choices = measures(kinds if len(kinds) == 1 else None)
        self.only = structures[0] if len(structures[:2]) == 1 else None
        if self.only:
            self.fields["structure"].initial = self.only
            self.fields["structure"].widget = forms.HiddenInput()
        self.helper = helper(*self.fields, Submit("", "Ouvrir la demande"))
        self.helper.form_error_title = "La demande n’est pas ouverte"

    def clean(self):
        given = super().clean()
        structure, measure = given.get("structure"), given.get("measure")
        if structure and measure and not measure.startswith(f"{structure.kind}_"):
            self.add_error(
                "measure",
                f"Cette mesure n’est pas celle d’une structure {structure.kind}.",
            )
        return given


def measures(kinds):
    """Those of one kind, or all; a FDI has a request of its own."""
    return [
        (measure.value, measure.label)
        for measure in Measure
        if measure != Measure.FDI_DC
        and (kinds is None or measure.value.split("_")[0] in kinds)
    ]


class AttachmentForm(forms.Form):
    kind = forms.ChoiceField(
        label="Quelle pièce ?", choices=[("", "Choisir"), *AttachmentKind.choices]
    )
    file = forms.FileField(
        label="Fichier",
        help_text="PDF, image ou document de bureautique, "
        f"{MOST_BYTES // MEGABYTE} Mo au plus.",
        allow_empty_file=True,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper("kind", "file", Submit("", "Joindre la pièce"))
        self.helper.form_error_title = "La pièce n’est pas jointe"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"Ce fichier dépasse {MOST_BYTES // MEGABYTE} Mo : réduisez-le, ou "
                "séparez-le en plusieurs pièces."
            )
        return file


class SalesDecisionForm(forms.Form):
    """The préfet’s decision that lets an ACI sell more than the ordinary part."""

    decided_on = a_day("Date de la décision")
    decision = forms.CharField(
        label="Décision", max_length=200, help_text="Arrêté ou lettre, et son numéro."
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.helper = helper(*self.fields, Submit("", "Enregistrer la décision"))
        self.helper.form_error_title = "La décision n’est pas enregistrée"

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day > self.on:
            raise forms.ValidationError("Cette date n’est pas encore passée.")
        return day


class RequestCommentForm(forms.Form):
    """A remark on one field of the file, that opens it to the structure."""

    field = forms.ChoiceField(label="Champ")
    text = forms.CharField(
        label="Ce que la structure doit corriger ou expliquer",
        widget=forms.Textarea({"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args, dossier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [
            ("", "Choisir"),
            *(
                (
                    step.label,
                    [(name, titled(label_of(name))) for name in dossier.names(step)],
                )
                for step in rules.STEPS
                if step != RequestStep.PIECES
            ),
            (RequestStep.PIECES.label, [(rules.ATTACHMENTS, "Les pièces jointes")]),
        ]
        self.helper = helper("field", "text", Submit("", "Ajouter la remarque"))
        self.helper.form_error_title = "La remarque n’est pas enregistrée"


def titled(label):
    return label[0].upper() + label[1:]
