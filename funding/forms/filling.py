"""The fields of a request: each with the mark of what its window showed."""

from decimal import Decimal

from crispy_forms.layout import HTML, Column, Fieldset, Row, Submit
from django import forms
from django.forms.models import fields_for_model

from funding.figures.requests import label_of
from funding.forms.requests import titled
from funding.forms.words import WordsKept
from structures.enums import RequestStep
from structures.forms import AmountField, helper
from structures.models import ConventionRequest
from structures.rules import requests as rules
from structures.rules.merging import fingerprint

SEEN = "vu_"
LONGEST = 6000
GROUPS = {
    RequestStep.PROJECT: {
        "Le projet": rules.PROJECT,
        "Ce à quoi vous vous engagez": rules.COMMITMENTS,
    },
    RequestStep.MEANS: {"Les personnes et les moyens": rules.MEANS},
    RequestStep.BUDGET: {"Charges": rules.CHARGES, "Produits": rules.PRODUCTS},
}
NUMBER = "Saisissez un nombre : 12 500 ou 12500,50."


class NumberField(AmountField):
    """An amount that may be left out."""

    def __init__(self, **options):
        options |= {"min_value": 0, "required": False}
        super().__init__(**options)
        self.error_messages["invalid"] = NUMBER
        self.widget = forms.TextInput({"inputmode": "decimal"})
        self.widget.is_localized = True


def field_of(name):
    """The form field of a column of the request, or of a box of the grid of posts."""
    if name.startswith("etp_"):
        label = label_of(name)
        return NumberField(label=label, max_digits=8, decimal_places=2)
    column = ConventionRequest._meta.get_field(name)
    label = titled(column.verbose_name)
    if column.get_internal_type() == "DecimalField":
        return NumberField(
            label=label,
            help_text=column.help_text,
            max_digits=column.max_digits,
            decimal_places=column.decimal_places,
        )
    field = fields_for_model(ConventionRequest, [name])[name]
    field.max_length = column.max_length or LONGEST
    if column.get_internal_type() == "TextField":
        field.widget.attrs |= {"rows": 4, "maxlength": LONGEST}
    field.label, field.required = label, False
    return field


class SavedForm(forms.Form):
    """Fields of a dossier, each with the mark of what this window showed of it."""

    def __init__(self, *args, dossier, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.dossier, self.names = dossier, names
        for name in names:
            value = dossier.values[name]
            self.fields[name] = field_of(name)
            self.fields[name].initial = value
            # Saved bit by bit, so never required; yet some must be there to be sent.
            self.fields[name].is_needed = name not in rules.OPTIONAL
            self.fields[SEEN + name] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=fingerprint(value)
            )

    @property
    def values(self):
        """What was typed that can be read; the rest is told beside its field."""
        return {
            name: self.cleaned_data[name]
            for name in self.names
            if name in self.cleaned_data
        }

    @property
    def seen(self):
        return {name: self.cleaned_data.get(SEEN + name, "") for name in self.names}

    def hidden(self):
        return [SEEN + name for name in self.names]

    def clean(self):
        given = super().clean()
        rates = [given.get(name) for name in rules.COMMITMENTS[:3]]
        total = sum((rate for rate in rates if rate is not None), Decimal(0))
        if total > 100:
            for name in set(self.names) & {*rules.COMMITMENTS[:3]}:
                self.add_error(name, "La somme des sorties prévues dépasse 100 %.")
        return given


class StepForm(SavedForm):
    """A step of a request, sent by itself as it is typed."""

    def __init__(self, *args, dossier, step, address, **kwargs):
        super().__init__(*args, dossier=dossier, names=dossier.names(step), **kwargs)
        self.helper = helper(
            *self.groups(step),
            *self.hidden(),
            HTML('<div id="etat" class="iae-saving" role="status"></div>'),
            Submit("continuer", "Enregistrer et continuer"),
        )
        self.helper.form_error_title = "Une partie n’est pas enregistrée"
        self.helper.attrs |= {
            "hx-post": address,
            "hx-trigger": "input delay:1s, submit",
            "hx-target": "#etat",
            "hx-sync": "this:queue last",
            "id": "demande",
        }

    def groups(self, step):
        if step == RequestStep.POSTS:
            return [
                Fieldset(
                    f"ETP demandés pour {year}",
                    Row(
                        *(
                            Column(rules.post_name(contract, year))
                            for contract in self.dossier.contracts
                        )
                    ),
                )
                for year in self.dossier.years
            ]
        return [
            Fieldset(legend, *self.in_pairs(names))
            for legend, names in GROUPS[step].items()
        ]

    def in_pairs(self, names):
        """Figures two by two on a desk; words take the whole width."""
        figures = []
        for name in (one for one in names if one in self.fields):
            if isinstance(self.fields[name], NumberField):
                figures.append(name)
                continue
            yield from rows_of(figures)
            figures = []
            yield name
        yield from rows_of(figures)


def rows_of(names):
    return [
        Row(
            *(
                Column(name, css_class="fr-col-12 fr-col-md-6")
                for name in names[n : n + 2]
            )
        )
        for n in range(0, len(names), 2)
    ]


class RequestCorrectionForm(WordsKept, SavedForm):
    """The commented fields and an answer to each remark; nothing else is in it."""

    def __init__(self, *args, dossier, comments, **kwargs):
        self.comments = comments
        names = list(dict.fromkeys(it.field for it in comments))
        names = [name for name in names if name in dossier.values]
        super().__init__(*args, dossier=dossier, names=names, **kwargs)
        layout = []
        for comment in comments:
            if comment.field in names and comment.field not in layout:
                layout.append(comment.field)
            answer = f"reponse_{comment.pk}"
            self.fields[answer] = forms.CharField(
                label=f"Votre réponse : « {comment.text} »",
                initial=comment.answer,
                required=False,
                widget=forms.Textarea({"rows": 2}),
                max_length=2000,
            )
            self.fields[answer].is_needed = True
            layout.append(answer)
        self.helper = helper(
            *layout, *self.hidden(), Submit("", "Enregistrer mes corrections")
        )
        self.helper.form_error_title = "Vos corrections ne sont pas enregistrées"

    @property
    def answers(self):
        return {it.pk: self.cleaned_data[f"reponse_{it.pk}"] for it in self.comments}
