"""Cells of a table, written as their column says."""

from django import template
from django.template.loader import get_template
from django.utils.html import format_html

from structures.templatetags import formats
from structures.views.badges import Badge
from structures.views.parts import Worked
from structures.views.tables import Check, Link, Live, Rendered

register = template.Library()

WRITERS = {
    kind: getattr(formats, kind)
    for kind in (
        *("count", "money", "cents", "etp", "hours"),
        *("percent", "rate", "day", "month", "moment", "clock"),
    )
}

DEEPEST = 5  # levels the style sheet indents


def text(value):
    return formats.EMPTY if formats.is_empty(value) else value


@register.simple_tag
def written(kind, value):
    """A value as its kind is written; links and badges too."""
    if isinstance(value, Link):
        return linked(kind, value)
    if isinstance(value, Badge):
        return get_template("components/badge.html").render({"badge": value})
    if isinstance(value, Check):
        return get_template("components/check.html").render({"check": value})
    if isinstance(value, Live):
        shown = written(kind, value.value)
        return get_template("components/live.html").render(
            {"live": value, "shown": shown}
        )
    if isinstance(value, Worked):
        shown = written(kind, value.value)
        return get_template("components/worked.html").render(
            {"worked": value, "shown": shown}
        )
    if isinstance(value, Rendered):
        return get_template(value.template).render(value.context)
    return WRITERS.get(kind, text)(value)


def linked(kind, link):
    inner = written(kind, link.value)
    if link.url:
        inner = format_html('<a href="{}">{}</a>', link.url, inner)
    if link.note:
        inner = format_html('{}<span class="iae-note">{}</span>', inner, link.note)
    if link.depth:
        depth = min(link.depth, DEEPEST)
        inner = format_html(
            '<span class="iae-tree iae-tree--{}">{}</span>', depth, inner
        )
    return inner


@register.simple_tag
def cell(column, value):
    """One cell: on a phone its label comes from data-label."""
    return format_html(
        '<td role="cell" data-label="{}"{}>{}</td>',
        column.label,
        classes(column),
        written(column.kind, value),
    )


@register.simple_tag
def classes(column):
    """Figures stand right; what a phone leaves out is still on a desk."""
    names = []
    if column.is_numeric:
        names.append("iae-num")
    if not column.on_phone:
        names.append("iae-desk")
    return format_html(' class="{}"', " ".join(names)) if names else ""
