"""The lines of the list of annexes: their cells, those that change in place."""

from django.urls import reverse

from funding.actions.terms import WRITABLE
from funding.views.annexe import status_badge, title
from funding.views.openings import figure
from structures.enums import Status, StructureKind
from structures.views.tables import Check, Column, Link, Live, Rendered

PANEL = "#panneau"


def name_of(version):
    return version.annexe.convention.structure.name


def payment_months(version):
    """The mean of its months opens on them; nothing opens “—”."""
    if version.realised is None:
        return None
    return Link(version.realised, reverse("payment_schedule", args=[version.pk]))


def cells(version, query):
    """All that a line may hold, in the order of the columns."""
    structure = version.annexe.convention.structure
    url = reverse("version_detail", args=[version.pk])
    return (
        Link(structure.name, url, StructureKind(structure.kind).value),
        structure.commune.name,
        title(version),
        status_badge(version, query.user),
        figure(version.etp, version, "etp"),
        version.signed_etp,
        version.last_etp,
        version.last_realised,
        version.last_rate,
        version.last_dynamic,
        payment_months(version),
        figure(version.unit_amount, version, "montant-par-etp"),
        figure(version.total, version, "aide"),
        version.signed_total,
        figure(version.cofinanced, version, "cofinancement"),
        version.starts_on,
        version.ends_on,
        version.signed_on,
    )


def list_columns(query, columns=None):
    """Those chosen, and what only an agent does with a line."""
    shown = list((columns or query.columns).picked)
    if query.user.is_agent:
        shown += [Column("Aperçu", on_phone=False), Column("Choisir")]
    return shown


def line(version, query, *, etp=None):
    """A line of the page: an agent changes its ETP, opens its preview, ticks it.

    `etp` takes the place of the figure while it is written.
    """
    values = list(cells(version, query))
    if not query.user.is_agent:
        return query.columns.cells(values)
    values[4] = etp or etp_cell(version, query)
    return (*query.columns.cells(values), preview(version, query), box(version))


def etp_cell(version, query, *, is_focused=False):
    if Status(version.status) not in WRITABLE:
        return figure(version.etp, version, "etp")
    return Live(
        version.etp,
        reverse("version_terms", args=[version.pk]),
        f"{reverse('annexe_etp', args=[version.pk])}?{query.params.urlencode()}",
        "closest tr",
        f"Modifier les ETP de {name_of(version)}",
        "edit-line",
        is_focused=is_focused,
    )


def etp_form(version, query, form):
    """The same cell while somebody writes in it."""
    address = reverse("annexe_etp", args=[version.pk])
    context = {
        "form": form,
        "url": f"{address}?{query.params.urlencode()}",
        "name": name_of(version),
        "key": version.pk,
    }
    return Rendered("funding/annexe_etp.html", context)


def preview(version, query):
    return Live(
        "Aperçu",
        f"{query.state.url(apercu=version.pk)}{PANEL}",
        f"{reverse('annexe_panel', args=[version.pk])}?{query.params.urlencode()}",
        PANEL,
        f"Aperçu de {name_of(version)}",
        "arrow-right-s-line",
    )


def box(version):
    return Check("version", version.pk, f"Choisir {name_of(version)}", form="lot")
