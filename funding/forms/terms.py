"""The terms of an annexe beside its ETP."""

from crispy_forms.layout import Column, Row, Submit
from django import forms
from django.forms.models import fields_for_model

from funding.actions.other_terms import DAYS, OTHERS, mark_of
from funding.figures.dossiers import label_of
from funding.forms.comments import NOT_NEGATIVE
from funding.models import AnnexeVersion
from structures.enums import Status
from structures.forms import helper
from structures.rules.periods import months_covered
from structures.rules.writing import day


class OtherTermsForm(forms.Form):
    """Its days, its staff, its exits; `expected` and `seen` are what was there before."""

    expected = forms.ChoiceField(choices=Status.choices, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, version, **kwargs):
        initial = {name: getattr(version, name) for name in OTHERS}
        initial |= {"expected": version.status, "seen": mark_of(version)}
        super().__init__(*args, initial=initial, **kwargs)
        for name, field in fields_for_model(
            AnnexeVersion, OTHERS, localized_fields="__all__"
        ).items():
            field.label = label_of(name)
            if isinstance(field, forms.DecimalField | forms.IntegerField):
                field.validators.append(NOT_NEGATIVE)
            if name in DAYS:
                field.localize = False
                field.help_text = "Format attendu : jj/mm/aaaa"
                field.widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = field
        self.fields["starts_on"].help_text += f". {whole_months(version)}"
        first, rest = [OTHERS[:2], OTHERS[3:5]], OTHERS[5:]
        self.helper = helper(
            *("expected", "seen"),
            *(row_of(pair) for pair in first),
            row_of(rest),
            "cofinancer",
            Submit("", "Enregistrer ces termes"),
        )
        self.helper.form_error_title = "Ces termes ne sont pas enregistrés"

    @property
    def values(self):
        return {name: self.cleaned_data[name] for name in OTHERS}


def whole_months(version):
    """How many months the days of a version count for, and that none counts in part."""
    first, last = version.starts_on, version.ends_on
    return (
        f"Un mois commencé compte en entier : du {day(first)} au {day(last)}, "
        f"{months_covered(first, last)} mois."
    )


def row_of(names):
    """Side by side, their boxes on one line whatever the length of their labels."""
    return Row(*(Column(name) for name in names), css_class="fr-grid-row--bottom")
