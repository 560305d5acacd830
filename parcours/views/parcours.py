"""The list of parcours, and one parcours with its three lanes on one line of time."""

from django.db.models import Count, F, Value
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from parcours.actions.access import keep_reading
from parcours.enums import Rsa
from parcours.figures import listing, sight
from parcours.figures.timeline import LANES, by_month, timeline
from parcours.forms import ParcoursFilter
from parcours.models import Contract, Parcours
from parcours.rules.intake import MAY_TAKE_IN
from parcours.views.accompaniment.section import section
from parcours.views.acts import acts_of
from parcours.views.looks import state_of
from structures.enums import StructureKind
from structures.views.badges import badge_of
from structures.views.context import business_date
from structures.views.exports import exported
from structures.views.listing import Listing, read_filter
from structures.views.narrowed import asked
from structures.views.parts import Banner, Tab
from structures.views.tables import (
    CHUNK,
    Column,
    Empty,
    Link,
    Table,
    list_state,
    rows_by_chunk,
    sorted_page,
)

# Only for who reads names: their order would tell a hidden one. The empty text keeps
# PostgreSQL from walking everybody’s names to find the fifty of one structure.
NAME = {"nom": [Concat(F("person__sort_key"), Value(""))]}
SORTS = {
    "pseudonyme": [F("person_id")],
    "entree": [F("started_on")],
    "fin": [F("ends_on")],
    "type": [F("kind")],
}
VIEWS = {
    "": {},
    "en-cours": {"is_running": True},
    "sortis": {"is_running": False},
    "sans-entretien": {"is_silent": True},
}
NOTHING = Empty(
    "Aucun parcours",
    "Soit aucun ne correspond aux filtres, soit aucune personne n’est encore "
    "enregistrée dans vos structures.",
    "Voir tous les parcours",
    "?",
    "Les parcours arrivent par l’import de l’ASP ou la saisie de la structure.",
)


@require_safe
def parcours_list(request):
    on = business_date()
    named = bool(sight.staffed_structures(request.user))
    narrows = asked(request.user, request.GET)
    form = ParcoursFilter(request.GET, is_named=named, asked=narrows)
    values = read_filter(form)
    found = filtered(listed(request.user, values, on=on), values)
    sorts = SORTS | NAME if named else SORTS
    state = list_state(request, sorts=sorts, default="nom" if named else "pseudonyme")
    view = request.GET.get("vue", "")
    rows = found.filter(**VIEWS.get(view, {})).select_related("person")
    columns = list_columns(named)
    if file := exported(request, "parcours", columns, export_lines(rows)):
        return file
    page = sorted_page(rows, request, state, sorts=sorts)
    table = Table(
        *("Parcours", columns, lines(page), state, page, NOTHING), has_title=True
    )
    tabs = list_tabs(found, state, view)
    words = "parcours,parcours"
    shown = Listing(table, words, form, values, tabs, "État des parcours")
    context = {
        "listing": shown,
        "named": named,
        "may_take_in": bool(request.user.structure_roles & MAY_TAKE_IN),
    }
    return render(request, "parcours/parcours_list.html", context)


def listed(user, values, *, on):
    """Those of a person, or of the one structure a link asks for."""
    if structure := values.get("structure"):
        return listing.listed_parcours(user, on=on, structure=int(structure))
    return listing.listed_parcours(user, on=on)


def filtered(parcours, values):
    if text := values.get("q"):
        parcours = listing.matching(parcours, text)
    if kind := values.get("type"):
        parcours = parcours.filter(kind=kind)
    return listing.on_rsa(parcours) if values.get("rsa") else parcours


def list_tabs(found, state, view):
    # Three counts: together in one query they would cost a subquery a row.
    total = found.count()
    running = found.filter(is_running=True).count()
    silent = found.filter(is_silent=True).count()
    choices = [
        ("Tous", "", total),
        ("En cours", "en-cours", running),
        ("Sortis ou sans contrat", "sortis", total - running),
        ("Sans entretien récent", "sans-entretien", silent),
    ]
    return [
        Tab(label, state.url(vue=word or None, page=None), view == word, n)
        for label, word, n in choices
    ]


def list_columns(named):
    return [
        Column("Personne", sort="nom" if named else "pseudonyme"),
        Column("État", "badge"),
        Column("Structure"),
        Column("Type", "badge", sort="type", on_phone=False),
        Column("Entrée", "day", sort="entree"),
        Column("Fin du droit", "day", sort="fin"),
        Column("Sortie", "day", on_phone=False),
        Column("RSA", on_phone=False),
    ]


def lines(parcours):
    shown = listing.shown_contracts(list(parcours))
    return [line(one, shown[one.shown]) for one in parcours]


def export_lines(rows):
    """Chunk after chunk, so that an export of 10,000 lines stays small in memory."""
    chunk = []
    for parcours in rows_by_chunk(rows.order_by("pk")):
        chunk.append(parcours)
        if len(chunk) == CHUNK:
            yield from lines(chunk)
            chunk = []
    yield from lines(chunk)


def line(parcours, contract):
    left = getattr(contract, "exit", None)
    return (
        Link(called(parcours), reverse("parcours_detail", args=[parcours.pk])),
        state_of(parcours, contract),
        contract.structure.name,
        badge_of(StructureKind(contract.structure.kind)),
        parcours.started_on,
        parcours.ends_on,
        left.exited_on if left else None,
        "Non" if contract.rsa == Rsa.NO else "Oui",
    )


def called(parcours):
    """The name for the staff of the structure, a pseudonym for anybody else."""
    return str(parcours.person) if parcours.named else parcours.person.pseudonym


@require_safe
def parcours_detail(request, pk):
    on = business_date()
    visible = listing.listed_parcours(request.user, on=on).select_related("person")
    parcours = get_object_or_404(visible, pk=pk)
    contracts = list(
        Contract.objects.visible_to(request.user)
        .filter(parcours=parcours)
        .select_related("structure", "exit__motive")
        .order_by("-starts_on")
    )
    entries = timeline(
        contracts, sight_of=lambda one: sight.sight_of(request.user, one)
    )
    accompaniment = section(request.user, parcours, contracts)
    keep_reading(
        person=parcours.person_id,
        is_sensitive=bool(accompaniment and accompaniment.is_sensitive),
        user=request.user,
    )
    end = on if parcours.is_running else parcours.started_on
    lane = request.GET.get("volet", "")
    lanes = [one for one in LANES if lane in ("", one.key)] or LANES
    return render(
        request,
        "parcours/parcours_detail.html",
        {
            "banner": banner(parcours, contracts),
            "parcours": parcours,
            "tabs": lane_tabs(entries, lane),
            "timeline": {
                "lanes": lanes,
                "months": by_month(entries, lanes, until=end),
                "empty": Empty("Rien dans ce volet", "Rien n’y est encore enregistré."),
            },
            "accompaniment": accompaniment,
            "elsewhere": elsewhere(parcours, contracts),
            "acts": acts_of(contracts, request.user, on=on),
            "named": parcours.named,
        },
    )


def banner(parcours, contracts):
    latest = contracts[0]
    return Banner(
        called(parcours),
        [
            state_of(parcours, latest),
            badge_of(StructureKind(latest.structure.kind)),
        ],
        [
            ("Structure", "text", latest.structure.name),
            ("Entrée", "day", parcours.started_on),
            (parcours.get_regime_display(), "text", parcours.number or None),
            ("Fin du droit", "day", parcours.ends_on),
            ("RSA à l’entrée", "text", latest.get_rsa_display()),
            ("Heures par semaine", "hours", latest.weekly_hours),
        ],
    )


def lane_tabs(entries, chosen):
    tabs = [Tab("Tout", "?", not chosen, len(entries))]
    for lane in LANES:
        n = sum(entry.lane == lane for entry in entries)
        tabs.append(Tab(lane.label, f"?volet={lane.key}", chosen == lane.key, n))
    return tabs


def elsewhere(parcours, contracts):
    """How many contracts of this parcours the person may not open."""
    return Parcours.objects.filter(pk=parcours.pk).aggregate(n=Count("contracts"))[
        "n"
    ] - len(contracts)
