"""Forms of an envelope's year: its real amount, moves of credits, the closing."""

from django import forms

from funding.forms.asked import AskedForm, amount_field, day_field, text_field


class NotificationForm(AskedForm):
    """The amount an envelope really has for the year, not a movement."""

    amount = amount_field(
        "Montant définitif de l’année, en euros",
        least="0",
        help_text="Le total notifié, provisoire compris : l’écart est calculé.",
    )
    on = day_field("Date d’effet")
    reference = forms.CharField(
        label="Référence",
        max_length=120,
        help_text="La circulaire ou la lettre : circulaire FIE du 31 janvier.",
    )
    verb = "Enregistrer la notification définitive"
    error_title = "La notification n’est pas enregistrée"


class FongibiliteForm(AskedForm):
    target = forms.ChoiceField(label="Vers la ligne")
    amount = amount_field()
    on = day_field("Date de la décision")
    reason = text_field("Motif de la décision")
    verb = "Enregistrer la décision"
    error_title = "La décision n’est pas enregistrée"

    def prepare(self, *, targets):
        self.fields["target"].choices = [(str(pk), label) for pk, label in targets]


class ClosingForm(AskedForm):
    """Nothing to type but the day: what is confirmed is what was shown."""

    on = day_field("Date de la clôture")
    expected = forms.DecimalField(
        max_digits=16, decimal_places=2, widget=forms.HiddenInput
    )
    look = "Voir ce qui sera rendu"
    verb = "Clore l’exercice"
    error_title = "L’exercice n’est pas clos"


class PaymentForm(AskedForm):
    amount = amount_field("Montant payé, en euros")
    period = forms.DateField(
        label="Mois payé",
        input_formats=["%Y-%m", "%m/%Y", "%Y-%m-%d"],
        help_text="Format attendu : mm/aaaa",
        widget=forms.DateInput(format="%m/%Y"),
    )
    paid_on = day_field("Date du paiement")
    reference = forms.CharField(
        label="Référence de l’ASP",
        max_length=80,
        help_text="Le numéro du paiement : deux fois le même ne paie qu’une fois.",
    )
    is_modulated = forms.BooleanField(label="C’est la part modulée", required=False)
    verb = "Enregistrer le paiement"
    error_title = "Le paiement n’est pas enregistré"


class ClaimForm(AskedForm):
    amount = amount_field("Montant à reverser, en euros")
    beyond = amount_field(
        "dont versé par l’ASP au-delà de ce qui était engagé",
        least="0",
        required=False,
        help_text="Vide le plus souvent : seulement si l’ASP a payé plus que l’annexe.",
    )
    reason = forms.ChoiceField(label="Motif")
    detail = text_field("Précisions, reprises dans la lettre", required=False)
    on = day_field("Date du titre")
    verb = "Émettre le titre de reversement"
    look = "Voir la lettre"
    error_title = "Le titre n’est pas émis"

    def prepare(self, *, reasons):
        self.fields["reason"].choices = reasons


class ClaimEndForm(AskedForm):
    """The money came back, or the claim is given up."""

    on = day_field("Date")
    reason = text_field("Motif")
    error_title = "Rien n’est fait"

    def prepare(self, *, verb, needs_reason):
        self.verb = verb
        if not needs_reason:
            del self.fields["reason"]
