"""A contract after another: renewed or new, and the decision that lets it go beyond."""

from crispy_forms.layout import Column, Fieldset, Row, Submit
from django import forms

from parcours.enums import DECISIONS, ContractKind
from parcours.figures.asked import AskedContract, AskedDecision
from parcours.forms.contracts import FLAGS, EntryForm
from parcours.forms.intake import day_field
from structures.forms import AmountField, helper

RENEWAL, NEW = "renouvellement", "nouveau"
WITH_DECISION = ("decided_on", "decision_until", "reference")


class FurtherForm(forms.Form):
    """`last` is the contract it follows; the situation at entry is the one known."""

    act = forms.ChoiceField(label="Que signez-vous ?", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Nature, pour un nouveau contrat", required=False)
    starts_on = day_field("Début")
    ends_on = day_field("Fin prévue", required=False)
    weekly_hours = AmountField(
        label="Heures par semaine",
        max_digits=4,
        decimal_places=2,
        min_value=0,
        required=False,
    )
    job = EntryForm.base_fields["job"]
    has_adjusted_sentence = EntryForm.base_fields["has_adjusted_sentence"]
    decision = forms.ChoiceField(
        label="Motif", choices=[("", "Aucune décision"), *DECISIONS], required=False
    )
    decided_on = day_field("Décidée le", required=False)
    decision_until = day_field("Jusqu’au", required=False)
    reference = forms.CharField(
        label="Référence de la décision", max_length=80, required=False
    )
    confirmed = EntryForm.base_fields["confirmed"]

    def __init__(self, *args, last, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.last, self.warnings = last, []
        self.fields["act"].choices = [
            (RENEWAL, f"Renouveler : {last}"),
            (NEW, "Un nouveau contrat"),
        ]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.draw()

    def draw(self):
        asked = [Fieldset("À vérifier", "confirmed")] if self.warnings else []
        self.helper = helper(
            *asked,
            Fieldset(
                "Le contrat",
                *("act", "kind"),
                Row(Column("starts_on"), Column("ends_on")),
                Row(Column("weekly_hours"), Column("job")),
                "has_adjusted_sentence",
            ),
            Fieldset(
                "La décision qui permet d’aller au-delà de la règle",
                "decision",
                Row(Column("decided_on"), Column("decision_until")),
                "reference",
            ),
            Submit("", "Enregistrer le contrat"),
        )
        self.helper.form_error_title = "Rien n’est enregistré"

    told = EntryForm.told

    def clean_job(self):
        return self.cleaned_data["job"].upper()

    def clean(self):
        given = super().clean()
        if given.get("decision"):
            for name in WITH_DECISION:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, "Saisissez-la : la décision est gardée.")
        if given.get("act") == NEW and not given.get("kind"):
            self.add_error("kind", "Choisissez la nature du contrat.")
        return given

    @property
    def is_renewal(self):
        return self.cleaned_data["act"] == RENEWAL

    def asked(self):
        given, last = self.cleaned_data, self.last
        kept = ("rsa", "unemployed_since", "training_level", *FLAGS)
        return AskedContract(
            kind=ContractKind(last.kind if self.is_renewal else given["kind"]),
            hired_on=last.hired_on if self.is_renewal else given["starts_on"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            weekly_hours=given["weekly_hours"],
            job=given["job"],
            has_adjusted_sentence=given["has_adjusted_sentence"],
            situation={name: getattr(last, name) for name in kept},
        )

    def decided(self):
        given = self.cleaned_data
        if not given["decision"]:
            return None
        return AskedDecision(
            kind=given["decision"],
            decided_on=given["decided_on"],
            until=given["decision_until"],
            reference=given["reference"],
        )
