"""Forms whose consequences are shown before they are recorded."""

from uuid import uuid4

from crispy_forms.layout import Submit
from django import forms

from structures.forms import AmountField, helper

DAY_HINT = "Format attendu : jj/mm/aaaa"


class ShownFirst(forms.Form):
    """Confirmed only as it was shown: what is refused must be shown once more."""

    def add_error(self, field, error):
        super().add_error(field, error)
        self.data = self.data.copy()
        self.data[self.add_prefix("confirmed")] = ""


class AskedForm(ShownFirst):
    """Sent once to be shown, then, held and confirmed, to be done.

    `options` are what a form needs to know of its record; `prepare` reads them.
    """

    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    look = "Voir ce que cela change"
    verb = "Enregistrer"
    error_title = "Rien n’est enregistré"

    def __init__(self, *args, options=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.options = options or {}
        self.prepare(**self.options)
        self.helper = helper(*self.fields, Submit("", self.look))
        self.helper.form_error_title = self.error_title

    def prepare(self):
        """Choices and hints that depend on the record."""

    def to_confirm(self):
        """What was typed, held as it was; one button to press."""
        values = {name: self[name].data for name in self.fields} | {"confirmed": True}
        form = type(self)(initial=values, options=self.options)
        for field in form.fields.values():
            field.widget = forms.HiddenInput()
        form.helper = helper(*form.fields, Submit("", self.verb))
        return form

    def refused(self, sentence, field=""):
        """Nothing was done: what was typed may be changed, and shown once more."""
        self.add_error(field if field in self.fields else None, sentence)


def amount_field(label="Montant, en euros", *, least="0.01", **options):
    messages = {"min_value": "Le montant est supérieur à zéro."}
    if least == "0":
        messages = {"min_value": "Le montant n’est jamais négatif."}
    return AmountField(
        label=label,
        max_digits=16,
        decimal_places=2,
        min_value=forms.DecimalField().to_python(least),
        localize=True,
        error_messages=messages,
        **options,
    )


def day_field(label, **options):
    options.setdefault("help_text", DAY_HINT)
    return forms.DateField(
        label=label,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        **options,
    )


def text_field(label, *, rows=3, **options):
    options.setdefault("max_length", 2000)
    return forms.CharField(
        label=label, widget=forms.Textarea({"rows": rows}), **options
    )
