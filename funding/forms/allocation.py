"""How an annexe is shared out over envelopes."""

from decimal import Decimal

from django import forms

from funding.forms.asked import AskedForm, amount_field
from structures.enums import Status
from structures.forms import AmountField

ZERO = Decimal(0)


def number(label, **options):
    return AmountField(
        label=label,
        max_digits=8,
        decimal_places=2,
        min_value=0,
        error_messages={"min_value": "Des ETP ne peuvent pas être négatifs."},
        **options,
    )


class AllocationForm(AskedForm):
    """Two numbers for each earmark, and the département’s part in euros or in people."""

    beneficiaries = number(
        "Anciens bénéficiaires du RSA cofinancés",
        required=False,
        help_text="Rempli, il donne le cofinancement (R38) et remplace le montant.",
    )
    cofinanced = amount_field(
        "Cofinancement du conseil départemental, en euros", least="0"
    )
    expected = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    look = "Voir la répartition"
    verb = "Enregistrer la répartition"
    error_title = "La répartition n’est pas enregistrée"

    def prepare(self, *, earmarks):
        self.earmarks = earmarks
        names = {}
        for pk, label in earmarks:
            names[f"etp_{pk}"] = number(f"{label} : ETP sur l’année")
            names[f"posts_{pk}"] = number(f"{label} : postes au 31 décembre")
        self.fields = {**names, **self.fields}
