"""Filters of the parcours list."""

from django import forms

from structures.enums import StructureKind
from structures.forms import NarrowedForm


class ParcoursFilter(NarrowedForm):
    q = forms.CharField(label="Nom, pseudonyme ou numéro", required=False)
    type = forms.ChoiceField(
        label="Type de structure",
        choices=[("", "Tous"), *((k.value, k.value) for k in StructureKind)],
        required=False,
    )
    rsa = forms.ChoiceField(
        label="RSA à l’entrée",
        choices=[("", "Tous"), ("oui", "Bénéficiaires du RSA")],
        required=False,
    )

    def __init__(self, *args, is_named, **kwargs):
        """Who reads no name cannot search by it."""
        super().__init__(*args, **kwargs)
        if not is_named:
            self.fields["q"].label = "Pseudonyme ou numéro"
