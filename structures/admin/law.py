"""Legal values: added with their text, then read for ever; a correction is another one.

Nothing is changed or deleted here: a file or a signed version may have used it.
"""

from django import forms
from django.contrib import admin
from unfold.widgets import UnfoldAdminSelectWidget

from structures import law
from structures.admin.base import BackOffice
from structures.enums import Origin, Place
from structures.models import LegalValue

PLACES = dict(Place.choices)
EVERY = {"": "vide, pour tous"}
SAME_DATE = ["parameter", "kind", "place", "effective_on"]


class LegalValueForm(forms.ModelForm):
    class Meta:
        model = LegalValue
        fields = [
            *("parameter", "kind", "place", "effective_on", "published_on"),
            *("value", "unit", "source", "confidence"),
        ]
        help_texts = {
            "kind": "Comme dans les autres valeurs du paramètre ; vide pour tous.",
            "published_on": "Avant ce jour, un calcul ne connaît pas cette valeur.",
            "source": "L’arrêté, l’article ou la décision, avec sa date.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "parameter" not in self.fields:
            return  # a value of the files, which is only read
        titles = sorted(law.parameters().items(), key=lambda pair: pair[1])
        self.fields["parameter"].widget = UnfoldAdminSelectWidget(
            choices=[("", "Choisir"), *titles]
        )

    def clean_parameter(self):
        """A misspelt name would be a value nobody reads."""
        name = self.cleaned_data["parameter"]
        if name not in law.parameters():
            raise forms.ValidationError("Choisissez un paramètre de la liste.")
        return name

    def clean(self):
        """As in the files: a kind, a place or a unit nobody asks for would never be read."""
        given = super().clean()
        if known := known_of(given.get("parameter")):
            self.check_among("place", {value.place for value in known}, PLACES)
            here = [value for value in known if value.place == given.get("place")]
            if here:
                self.check_among("kind", {value.kind for value in here}, EVERY)
            self.check_among("unit", {value.unit for value in known}, {})
        if not self.errors:
            self.check_follows(given)
        return given

    def check_among(self, name, known, words):
        if self.cleaned_data.get(name, "") in known or name in self.errors:
            return
        listed = ", ".join(sorted(str(words.get(value, value)) for value in known))
        self.add_error(name, f"Ce paramètre ne connaît que : {listed}.")

    def check_follows(self, given):
        """At the same date of effect, a correction is published after what it corrects."""
        last = (
            LegalValue.objects.filter(**{name: given[name] for name in SAME_DATE})
            .order_by("published_on")
            .last()
        )
        if last and given["published_on"] <= last.published_on:
            self.add_error(
                "published_on",
                "Une valeur prend déjà effet à cette date. Une correction est publiée "
                f"après elle, donc après le {last.published_on:%d/%m/%Y}.",
            )


def known_of(parameter):
    return [value for value in law.all_values() if value.parameter == parameter]


@admin.register(LegalValue)
class LegalValueAdmin(BackOffice):
    form = LegalValueForm
    list_display = [
        *("parameter", "kind", "effective_on", "published_on", "value", "unit"),
        *("source", "confidence", "origin", "added_by"),
    ]
    list_select_related = ["added_by"]
    list_filter = ["origin", "confidence", "place", "parameter"]
    search_fields = ["parameter", "kind", "source"]
    date_hierarchy = "effective_on"

    def has_change_permission(self, request, obj=None):
        """The list is open; no value is: a correction is added."""
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        obj.origin, obj.added_by = Origin.ADMIN, request.user
        super().save_model(request, obj, form, change)
