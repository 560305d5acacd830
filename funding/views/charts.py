"""Charts drawn on the server, served from their own address to an <img>."""

import sys

import pygal
from django.http import HttpResponse
from pygal.style import Style

from structures.templatetags import formats

# pygal hooks every import of the process, the old way Python warns about, for maps that
# we do not draw.
sys.meta_path[:] = [
    finder
    for finder in sys.meta_path
    if not isinstance(finder, pygal.PluginImportFixer)
]
GREY, BLUE = "#929292", "#000091"
STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#3a3a3a",
    foreground_strong="#161616",
    foreground_subtle="#dddddd",
    colors=(GREY, BLUE),
    font_family="Marianne, Arial, sans-serif",
    label_font_size=17,
    major_label_font_size=17,
    legend_font_size=19,
    opacity="1",
)
MONTHS = [
    *("janv", "févr", "mars", "avril", "mai", "juin"),
    *("juil", "août", "sept", "oct", "nov", "déc"),
]
LOOK = {
    "style": STYLE,
    "width": 720,
    "height": 600,
    "margin": 12,
    "spacing": 8,
    "show_legend": True,
    "legend_at_bottom": True,
    "legend_box_size": 14,
    "js": [],
    "truncate_label": -1,
    "include_x_axis": True,
    "disable_xml_declaration": True,
    "pretty_print": False,
}


def etp_chart(months):
    """Bars of ETP agreed beside realised; a missing month has no second bar."""
    chart = pygal.Bar(**LOOK, value_formatter=lambda value: formats.etp(value))
    chart.add_xml_filter(without_scripts)
    chart.x_labels = MONTHS
    chart.add("ETP conventionnés", [as_number(m.agreed) for m in months])
    chart.add("ETP réalisés", [as_number(m.realised) for m in months])
    return chart.render()


def payments_chart(months):
    """Two lines, due and paid so far; the second stops at the last month paid."""
    chart = pygal.Line(**LOOK, value_formatter=lambda value: formats.money(value))
    chart.add_xml_filter(without_scripts)
    chart.x_labels = [MONTHS[m.month.month - 1] for m in months]
    chart.add("Dû, cumulé", [as_number(m.due_so_far) for m in months])
    last = max((m.month for m in months if m.paid), default=None)
    paid = [m.paid_so_far if last and m.month <= last else None for m in months]
    chart.add("Payé, cumulé", [as_number(value) for value in paid])
    return chart.render()


def without_scripts(root):
    """An image runs none: what pygal writes for a page of its own is left out."""
    for parent in root.iter():
        for child in list(parent):
            if str(child.tag).endswith("script"):
                parent.remove(child)
    return root


def as_number(value):
    return None if value is None else float(value)


def svg_response(content):
    return HttpResponse(content, content_type="image/svg+xml")
