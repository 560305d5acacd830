"""ETP that look like a typing error: asked again, and taken the second time."""

from django import forms

from funding.forms.words import seen_again
from structures.forms import AmountField


class MeantEtp(forms.Form):
    """A form with `etp`; `meant` is the number a first doubt has shown."""

    meant = AmountField(required=False, initial="", widget=forms.HiddenInput)

    def is_meant(self, doubt):
        """Whether there is no doubt, or the same number was sent again; else it is told."""
        given = self.cleaned_data
        if not doubt or given["meant"] == given["etp"]:
            return True
        seen_again(self, meant=self.data["etp"])
        self.add_error(
            "etp", f"{doubt} Corrigez, ou enregistrez de nouveau si c’est bien cela."
        )
        return False
