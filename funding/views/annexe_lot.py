"""One act done to many annexes: what it would do, then, confirmed, row by row."""

from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from funding.actions.files import MoveRefused, move_version
from funding.actions.ledger_refusals import LedgerRefusal
from funding.enums import Act
from funding.figures.dossiers import dossiers
from funding.figures.instruction import by_name, effects, lines_of
from funding.forms import LotForm
from funding.models import AnnexeVersion
from funding.views.annexe import status_badge, title
from funding.views.annexe_query import AnnexeQuery
from funding.views.openings import figure
from structures.enums import Status
from structures.rules.reading import number_in
from structures.views.badges import ERROR, SUCCESS, WARNING, Badge
from structures.views.context import business_date
from structures.views.tables import Column, Empty, Link, Table

MOST_AT_ONCE = 500


@require_POST
@transaction.non_atomic_requests
def annexe_lot(request):
    """One act on many annexes: first what it would do, then, confirmed, row by row."""
    if not request.user.is_agent:
        raise Http404
    form = LotForm(request.POST)
    versions = chosen(request, form)
    if not form.is_valid() or not versions:
        return render(
            request, "funding/annexe_lot.html", {"form": form, "nothing": True}
        )
    act = Act(form.cleaned_data["act"])
    lines = lines_of(versions, act, request.user, on=business_date())
    if form.cleaned_data["confirmed"]:
        return report(request, form, act, lines)
    ready = [it.version for it in lines if not it.refusal]
    found = effects(ready, act)
    is_short = any(it.after < 0 for it in found)
    return render(
        request,
        "funding/annexe_lot.html",
        {
            "act": act,
            "form": form.to_confirm(ready),
            "ready": len(ready),
            "is_short": is_short,
            "tables": [
                effects_table(found),
                preflight_table(lines, request.user, is_short=is_short),
            ],
        },
    )


def chosen(request, form):
    """The versions asked for, among those of the person; the rest is not told."""
    if form.is_valid() and form.cleaned_data["every"]:
        query = AnnexeQuery(request.user, QueryDict(form.cleaned_data["filters"]))
        return list(query.rows.order_by("sort_name", "pk")[:MOST_AT_ONCE])
    words = request.POST.getlist("version")
    keys = [key for word in words if (key := number_in(word)) is not None]
    visible = dossiers(AnnexeVersion.objects.visible_to(request.user))
    rows = by_name(visible.filter(pk__in=keys[:MOST_AT_ONCE]))
    return list(rows.order_by("sort_name", "pk"))


def effects_table(found):
    columns = [
        Column("Enveloppe"),
        Column("Demandé", "cents"),
        Column("Reste avant", "cents"),
        Column("Reste après", "cents"),
        Column("", "badge"),
    ]
    rows = [
        (
            str(it.envelope),
            it.taken,
            it.available,
            it.after,
            Badge("Insuffisante", *ERROR)
            if it.after < 0
            else Badge("Suffisante", *SUCCESS),
        )
        for it in found
    ]
    empty = Empty("Aucun argent ne bouge", "Cet acte ne change pas les enveloppes.")
    return Table("Effet sur les enveloppes", columns, rows, empty=empty, key="effet")


def preflight_table(lines, user, *, is_short):
    hope = "Se fera si l’enveloppe suffit encore" if is_short else "Se fera"
    columns = [
        Column("Structure"),
        Column("Annexe"),
        Column("Statut", "badge"),
        Column("Aide", "cents"),
        Column("Ce qui se passera"),
    ]
    rows = [
        (
            it.version.annexe.convention.structure.name,
            title(it.version),
            status_badge(it.version, user),
            figure(it.version.total, it.version, "aide"),
            it.refusal or hope,
        )
        for it in lines
    ]
    return Table("Annexe par annexe", columns, rows, key="annexes")


def report(request, form, act, lines):
    """Each row in a transaction of its own: one that is refused stops no other."""
    rows, done = [], 0
    for it in lines:
        told = it.refusal or do(it.version, act, form, request.user)
        done += not told
        rows.append(
            (
                Link(
                    it.version.annexe.convention.structure.name,
                    reverse("version_detail", args=[it.version.pk]),
                ),
                title(it.version),
                figure(it.version.total, it.version, "aide"),
                Badge("Fait", *SUCCESS) if not told else Badge("Refusé", *WARNING),
                told,
            )
        )
    columns = [
        Column("Structure"),
        Column("Annexe"),
        Column("Aide", "cents"),
        Column("Résultat", "badge"),
        Column("Pourquoi"),
    ]
    table = Table("Ce qui a été fait", columns, rows, key="compte-rendu")
    context = {"act": act, "done": done, "asked": len(rows), "tables": [table]}
    return render(request, "funding/annexe_lot.html", context)


def do(version, act, form, user):
    try:
        move_version(
            version=version,
            act=act,
            by=user,
            on=business_date(),
            reason=form.cleaned_data["reason"],
            expected=Status(version.status),
        )
    except (MoveRefused, LedgerRefusal) as refusal:
        return refusal.user_message
    return ""
