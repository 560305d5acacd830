"""A file read beside the list, without leaving it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from funding.figures.dossiers import before as previous
from funding.figures.dossiers import parts_of, possible
from funding.models import AnnexeVersion
from funding.views.annexe import act_url, address, status_badge, summary
from funding.views.annexe_query import AnnexeQuery
from funding.views.annexe_tables import avenant_tables, parts_table
from structures.rules.reading import number_in
from structures.views.context import business_date


@dataclass(frozen=True)
class Panel:
    """A version beside the list; `before` and `after` are its neighbours’ addresses."""

    version: AnnexeVersion
    title: str
    badge: Any
    summary: list
    tables: list
    acts: list
    url: str
    close: str
    before: tuple
    after: tuple


@require_safe
def annexe_panel(request, pk):
    """The part of the page that shows a version; the list with it, without a script."""
    query = AnnexeQuery(request.user, request.GET)
    if not request.user.is_agent:
        raise Http404
    if not request.htmx:
        return redirect(f"{reverse('annexe_list')}{query.state.url(apercu=pk)}#panneau")
    panel = panel_of(query, str(pk))
    if panel is None:
        raise Http404
    return render(request, "funding/annexe_panel.html", {"panel": panel})


def panel_of(query, word):
    """The panel of the version the address names; None when it is not in the list."""
    key = number_in(word or "")
    if key is None:
        return None
    version = query.rows.filter(pk=key).first()
    if version is None:
        return None
    acts = possible(version, query.user, on=business_date())
    before, after = neighbours(query, version.pk)
    return Panel(
        version=version,
        title=version.annexe.convention.structure.name,
        badge=status_badge(version, query.user),
        summary=summary(version),
        tables=[
            parts_table(version, parts_of(version)),
            *avenant_tables(version, previous(version)),
        ],
        acts=[(it, act_url(version, it.row.act)) for it in acts],
        url=address(version),
        close=query.state.url(apercu=None),
        before=before,
        after=after,
    )


def neighbours(query, key):
    """Addresses of the lines above and below, each whole and in part; empty at the ends."""
    keys = list(query.in_order.values_list("pk", flat=True))
    place = keys.index(key)
    around = (keys[place - 1 : place], keys[place + 1 : place + 2])
    return tuple(addresses(query, one[0]) if one else () for one in around)


def addresses(query, key):
    part = reverse("annexe_panel", args=[key])
    return query.state.url(apercu=key), f"{part}?{query.params.urlencode()}"
