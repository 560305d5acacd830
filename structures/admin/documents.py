"""Templates of documents: written with their fields, previewed, dated, never altered."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpResponse, HttpResponseBadRequest
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate
from unfold.widgets import UnfoldAdminTextareaWidget

from structures.admin.base import BackOffice, ReadOnly
from structures.enums import DocumentKind
from structures.models import Document, DocumentTemplate
from structures.printing.characters import refused_character
from structures.printing.fields import FIELDS, fields_of
from structures.printing.preview import preview_of
from structures.printing.render import LayoutFailed
from structures.printing.text import complaints
from structures.printing.texts import given_text

HOW = (
    "Un paragraphe par bloc de lignes. « # » devant un titre, « ## » devant un "
    "sous-titre, « - » devant un élément de liste, **gras**, {{ champ }} pour une valeur. "
    "Un tableau ou les signatures se mettent seuls sur leur ligne."
)


class TemplateForm(forms.ModelForm):
    class Meta:
        model = DocumentTemplate
        fields = ["kind", "region", "departement", "since", "text"]
        help_texts = {
            "region": "Vide, avec un département vide : partout.",
            "since": "Les documents faits dès ce jour prennent ce texte.",
            "text": HOW,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "text" in self.fields:  # a template that is only read has no field
            self.fields["text"].widget = UnfoldAdminTextareaWidget({"rows": 28})

    def clean(self):
        given = super().clean()
        kind, text = given.get("kind"), given.get("text")
        if kind and text:
            for sentence in complaints(text, fields_of(kind)):
                self.add_error("text", sentence)
        return given


@admin.register(DocumentTemplate)
class DocumentTemplateAdmin(BackOffice):
    form = TemplateForm
    list_display = ["__str__", "kind", "region", "departement", "since", "by"]
    list_select_related = ["region", "departement", "by"]
    list_filter = ["kind", "region"]
    search_fields = ["text"]
    autocomplete_fields = ["region", "departement"]
    fields = [
        *("kind", "region", "departement", "since", "start", "text", "look"),
        "known_fields",
    ]
    readonly_fields = ["start", "look", "known_fields"]

    def has_change_permission(self, request, obj=None):
        """The list is open; no template is: another one replaces it from its day."""
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        super().save_model(request, obj, form, change)

    def get_changeform_initial_data(self, request):
        """From the text provided, or from a template that exists."""
        initial = super().get_changeform_initial_data(request)
        initial.setdefault("since", settings.BUSINESS_DATE or localdate())
        if initial.get("kind") in DocumentKind:
            initial.setdefault("text", given_text(initial["kind"]))
        return initial

    def get_urls(self):
        name = "structures_documenttemplate_preview"
        view = self.admin_site.admin_view(self.preview)
        return [path("apercu/", view, name=name), *super().get_urls()]

    def preview(self, request):
        """The text of the form on a page; what is wrong with it when it cannot be."""
        kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
        if kind not in DocumentKind:
            return refused(["Choisissez d’abord le document."])
        if wrong := complaints(text, fields_of(kind)):
            return refused(wrong)
        on = settings.BUSINESS_DATE or localdate()
        try:
            made = preview_of(kind, text, on=on, site=settings.SITE_URL)
        except LayoutFailed as error:
            if not (character := refused_character(str(error))):
                raise
            return refused([f"Retirez « {character} » : il ne peut pas être imprimé."])
        return HttpResponse(made, content_type="application/pdf")

    @admin.display(description="partir du texte fourni")
    def start(self, template):
        if template.pk:
            return "—"
        url = reverse("admin:structures_documenttemplate_add")
        return format_html_join(
            " · ",
            '<a href="{}?kind={}">{}</a>',
            ((url, kind.value, kind.label) for kind in DocumentKind),
        )

    @admin.display(description="aperçu")
    def look(self, template):
        url = reverse("admin:structures_documenttemplate_preview")
        if template.pk:
            return "—"
        return format_html(
            '<button type="submit" formaction="{}" formtarget="_blank" formnovalidate '
            'class="underline">Voir le PDF avec des exemples</button>',
            url,
        )

    @admin.display(description="champs")
    def known_fields(self, template):
        return format_html_join(
            "",
            "<p><strong>{}</strong> : {}</p>",
            (
                (
                    DocumentKind(kind).label,
                    ", ".join(
                        f"{{{{ {field.name} }}}} {field.label}"
                        + (" (bloc)" if field.is_block else "")
                        for field in fields
                    ),
                )
                for kind, fields in FIELDS.items()
            ),
        )


def refused(sentences):
    return HttpResponseBadRequest(
        format_html(
            "<!DOCTYPE html><html lang='fr'><title>Aperçu impossible</title>"
            "<h1>Ce texte ne peut pas être imprimé</h1><ul>{}</ul></html>",
            format_html_join("", "<li>{}</li>", ((one,) for one in sentences)),
        )
    )


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    list_display = ["title", "code", "kind", "year", "on", "made_by", "pages"]
    list_select_related = ["made_by"]
    list_filter = ["kind", "year", "departement"]
    search_fields = ["code", "title", "structure__name"]
    exclude = ["file"]
