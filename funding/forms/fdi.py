"""Forms of FDI requests: asking, and each act of their life."""

from decimal import Decimal

from django import forms

from funding.enums import FdiAct, FdiKind, FdiStatus
from funding.forms.asked import AskedForm, amount_field, day_field, text_field
from structures.enums import OpinionSense
from structures.models import Structure

HUNDRED = Decimal(100)
# A postponed opinion is not one yet.
GIVEN = [it for it in OpinionSense.choices if it[0] != OpinionSense.POSTPONED]


class FdiRequestForm(AskedForm):
    structure = forms.ModelChoiceField(label="Structure", queryset=None)
    kind = forms.ChoiceField(label="Nature de l’aide", choices=FdiKind.choices)
    purpose = text_field("Objet", help_text="Ce que l’aide paiera, et pourquoi.")
    cost = amount_field("Coût du projet, en euros")
    requested = amount_field("Aide demandée, en euros")
    on = day_field("Reçue le")
    look = "Vérifier la demande"
    verb = "Enregistrer la demande"
    error_title = "La demande n’est pas enregistrée"

    def prepare(self, *, user):
        structures = Structure.objects.visible_to(user).order_by("name", "pk")
        self.fields["structure"].queryset = structures


class FdiActForm(AskedForm):
    """What an act needs: each one keeps its fields and drops the others."""

    opinion = forms.ChoiceField(
        label="Sens de l’avis", choices=GIVEN, widget=forms.RadioSelect
    )
    amount = amount_field(least="0")
    share = forms.DecimalField(
        label="Part versée d’avance, en %",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    on = day_field("Date")
    reason = text_field("Motif")
    expected = forms.ChoiceField(choices=FdiStatus.choices, widget=forms.HiddenInput)
    error_title = "Rien n’est fait"

    LABELS = {
        FdiAct.AGREE: "Aide accordée, en euros",
        FdiAct.SETTLE: "Aide justifiée par le bilan, en euros",
    }
    NEEDS = {
        FdiAct.RECORD_OPINION: {"opinion"},
        FdiAct.AGREE: {"amount", "share"},
        FdiAct.REFUSE: {"reason"},
        FdiAct.SETTLE: {"amount"},
        FdiAct.CANCEL: {"reason"},
    }

    def prepare(self, *, act):
        act = FdiAct(act)
        self.verb = act.label
        kept = {"on", "key", "confirmed", "expected", *self.NEEDS.get(act, ())}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        if act == FdiAct.AGREE:  # nothing agreed is a refusal, by its own act
            self.fields["amount"] = amount_field()
        if "amount" in self.fields:
            self.fields["amount"].label = self.LABELS[act]

    def answers(self):
        """The values an act reads: a share as a part of 1."""
        values = self.cleaned_data
        share = values.get("share")
        return {
            "on": values["on"],
            "reason": values.get("reason", ""),
            "opinion": values.get("opinion", ""),
            "amount": values.get("amount"),
            "share": None if share is None else share / HUNDRED,
        }
