"""The morning of an agent: what to look at, what is left, how the year goes."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse

from funding.enums import Line, Turn
from funding.figures import runs
from funding.figures.conventions import of_turn
from funding.figures.envelopes import envelope_tree, own_envelopes, summed
from funding.figures.life import visits_due
from funding.figures.realisation import low_rate, total_of, totals_by, with_year
from funding.models import Campaign, Step
from funding.views.envelopes import alarm, name_of
from funding.views.looks import LOOKS
from parcours.figures.late import late_by_structure
from structures.enums import StructureKind
from structures.figures.endings import ending_soon
from structures.models import Convention, Structure
from structures.templatetags import formats
from structures.views.badges import badge_of
from structures.views.context import business_date
from structures.views.parts import Figure, Task
from structures.views.tables import Column, Empty, Link, Table

IAE = {Line.IAE_SOCLE, Line.IAE_MODULE}


def territory_home(request):
    on = business_date()
    user = request.user
    structures = Structure.objects.visible_to(user)
    kinds = totals_by("kind", structures, year=on.year, on=on)
    nodes = envelope_tree(own_envelopes(user), year=on.year)
    departements = list(user.departements())
    context = {
        "title": f"{territory_name(user)} en {on.year}",
        "summary": summary(nodes, total_of(kinds)),
        "tasks": tasks(structures, user, on=on),
        "groups": groups(kinds, structures, departements, on=on),
        "envelopes": envelopes_table(nodes, on.year),
        "campaign": last_campaign(user),
    }
    return render(request, "funding/home_territory.html", context)


def territory_name(user):
    agencies = [m.agency for m in user.current_memberships if m.agency_id]
    return ", ".join(agency.territory.name for agency in agencies)


def summary(nodes, total):
    lines = [n for n in nodes if n.envelope.line in IAE and n.envelope.level == "LINE"]
    available, notified = summed(lines, "available"), summed(lines, "notified")
    tree, agreed = reverse("envelope_tree"), structures_url(alerte="annexe")
    return [
        Figure(
            *("Reste à engager, IAE", "money", available, tree),
            badge=alarm(available, notified),
            note=f"sur {formats.money(notified)} reçus",
        ),
        Figure("Engagé", "money", summed(lines, "engaged"), tree, "payé compris"),
        Figure("Structures", "count", total.structures, agreed),
        Figure("ETP conventionnés", "etp", total.agreed, agreed),
        Figure(
            *("ETP réalisés", "etp", total.realised, agreed),
            note=f"{formats.percent(total.rate)} des conventionnés",
        ),
    ]


def tasks(structures, user, *, on):
    """Worklists with what they hold; each opens its list already filtered."""
    late = late_by_structure(structures, on=on).filter(late__gt=0).count()
    limit = low_rate(on=on)
    low = with_year(structures, year=on.year).filter(rate__lt=limit).count()
    conventions = Convention.objects.visible_to(user)
    ending = ending_soon(conventions, on=on).count()
    waiting = of_turn(conventions, Turn.SERVICE).count()
    visits = visits_due(structures, on=on).count()
    return [
        Task(
            *("Structures en retard de saisie", late, structures_url(alerte="retard")),
            note="au moins un mois clos n’est pas saisi",
        ),
        Task(
            *("Structures en sous-réalisation", low, structures_url(alerte="sous")),
            note=f"moins de {formats.percent(limit)} des ETP conventionnés",
        ),
        Task(
            *("Conventions à instruire", waiting),
            f"{reverse('convention_list')}?tour={Turn.SERVICE.value}",
            note="envoyées par les structures, ou revenues du CDIAE",
        ),
        Task(
            *("Conventions qui finissent sous 90 jours", ending),
            structures_url(alerte="fin"),
            note="aucune autre ne les suit",
        ),
        Task(
            *(
                "Suites d’une visite de contrôle",
                visits,
                structures_url(alerte="visite"),
            ),
            note="attendues sous 30 jours, ou passées",
        ),
    ]


def structures_url(**filters):
    return f"{reverse('structure_list')}?{urlencode(filters)}"


def groups(kinds, structures, departements, *, on):
    """By kind, and by département when there are several."""
    tables = [group_table("Par type de structure", "Type", kinds, kind_name)]
    if len(departements) > 1:
        rows = totals_by("commune__departement", structures, year=on.year, on=on)
        names = {d.pk: d for d in departements}
        by_place = group_table(
            "Par département", "Département", rows, lambda key: str(names[key])
        )
        tables.insert(0, by_place)
    return tables


def kind_name(key):
    return Link(
        key, f"{structures_url(type=key, alerte='annexe')}", StructureKind(key).label
    )


def group_table(caption, first, rows, name):
    columns = [
        Column(first),
        Column("Structures", "count"),
        Column("ETP conventionnés", "etp"),
        Column("ETP réalisés", "etp", hint="moyenne"),
        Column("Réalisation", "percent"),
        Column("Aide de l’année", "money"),
    ]
    lines = [(name(row.key), *figures_of(row)) for row in rows]
    footer = ("Ensemble", *figures_of(total_of(rows))) if len(rows) > 1 else ()
    empty = Empty(
        "Aucune annexe cette année",
        "Les annexes arrivent par l’import de l’ASP ou par la campagne.",
        "Ouvrir les campagnes",
        reverse("campaign_list"),
    )
    key = first.lower()
    return Table(caption, columns, lines, empty=empty, key=key, footer=footer)


def figures_of(row):
    return row.structures, row.agreed, row.realised, row.rate, row.aid


def envelopes_table(nodes, year):
    columns = [
        Column("Enveloppe"),
        Column("Reste", "money"),
        Column("Engagé", "money"),
    ]
    rows = [
        (
            Link(name_of(n.envelope), depth=n.depth),
            Link(n.available, f"{transfers(n)}?compartiment=disponible"),
            Link(n.engaged, f"{transfers(n)}?compartiment=engage"),
        )
        for n in nodes
    ]
    empty = Empty(f"Aucune enveloppe en {year}", "Rien n’est encore notifié.")
    return Table(f"Enveloppes {year}", columns, rows, empty=empty, key="enveloppes")


def transfers(node):
    return reverse("envelope_transfers", args=[node.envelope.pk])


def last_campaign(user):
    rows = runs.with_steps(Campaign.objects.all(), Step.objects.visible_to(user))
    campaign = rows.order_by("-launched_at").first()
    if campaign is None:
        return None
    line = runs.campaign_line(campaign)
    return {"line": line, "badge": badge_of(line.status, LOOKS)}
