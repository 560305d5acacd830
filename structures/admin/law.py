"""Legal values: those of the files are read, later ones are added with their text."""

from django import forms
from django.contrib import admin
from unfold.widgets import UnfoldAdminSelectWidget

from structures import law
from structures.admin.base import BackOffice
from structures.enums import Origin
from structures.models import LegalValue


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

    def get_readonly_fields(self, request, obj=None):
        return ["origin", "added_by", "added_at"] if obj else []

    def has_change_permission(self, request, obj=None):
        """A file’s value changes with its file, not here."""
        by_hand = obj is None or obj.origin == Origin.ADMIN
        return by_hand and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return obj is not None and obj.origin == Origin.ADMIN

    def save_model(self, request, obj, form, change):
        obj.origin, obj.added_by = Origin.ADMIN, request.user
        super().save_model(request, obj, form, change)
