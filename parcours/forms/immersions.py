"""An immersion (PMSMP), as it is typed."""

from crispy_forms.layout import Column, Row, Submit
from django import forms

from parcours.forms.intake import day_field
from structures.forms import helper


class ImmersionForm(forms.Form):
    """`contracts` are those of the person here: the immersion stands in one of them."""

    contract = forms.ModelChoiceField(None, label="Pendant", empty_label=None)
    host = forms.CharField(label="Hôte (entreprise, association…)", max_length=120)
    purpose = forms.CharField(
        label="Objet",
        max_length=160,
        help_text="Découvrir un métier, confirmer un projet, être recruté.",
    )
    starts_on = day_field("Début")
    ends_on = day_field("Fin")
    is_renewal = forms.BooleanField(
        label="Renouvelle une immersion chez cet hôte, pour le même objet",
        required=False,
    )

    def __init__(self, *args, contracts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contract"].queryset = contracts
        self.helper = helper(
            *("contract", "host", "purpose"),
            Row(Column("starts_on"), Column("ends_on")),
            *("is_renewal", Submit("", "Enregistrer l’immersion")),
        )
        self.helper.form_error_title = "L’immersion n’est pas enregistrée"
