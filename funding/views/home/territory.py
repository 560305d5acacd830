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
from funding.views.annexe_query import COUNTED, REALISED
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

OF_A_TOTAL = ["annexe", "etp", REALISED, "aide"]
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
        "summary": summary(nodes, total_of(kinds), on.year),
        "tasks": tasks(structures, user, on=on),
        "groups": groups(kinds, structures, departements, on=on),
        "envelopes": envelopes_table(nodes, on.year),
        "campaign": last_campaign(user),
    }
    return render(request, "funding/home_territory.html", context)


def territory_name(user):
    agencies = [m.agency for m in user.current_memberships if m.agency_id]
    return ", ".join(agency.territory.name for agency in agencies)


def summary(nodes, total, year):
    lines = [n for n in nodes if n.envelope.line in IAE and n.envelope.level == "LINE"]
    available, notified = summed(lines, "available"), summed(lines, "notified")
    tree, agreed = reverse("envelope_tree"), structures_url(alerte="annexe")
    annexes = annexes_url(year)
    return [
        Figure(
            *("Reste à engager, IAE", "money", available, tree),
            badge=alarm(available, notified),
            note=f"sur {formats.money(notified)} reçus",
        ),
        Figure("Engagé", "money", summed(lines, "engaged"), tree, "payé compris"),
        Figure("Structures", "count", total.structures, agreed),
        Figure("ETP conventionnés", "etp", total.agreed, annexes),
        Figure(
            *("ETP réalisés", "etp", total.realised),
            "" if total.realised is None else annexes,
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
            f"{reverse('convention_list')}?alerte=fin",
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


def annexes_url(year, **filters):
    """The annexes a total of the year takes, each of its figures summed over them."""
    words = {"annee": year, "retenue": COUNTED, **filters, "colonnes": OF_A_TOTAL}
    return f"{reverse('annexe_list')}?{urlencode(words, doseq=True)}"


def groups(kinds, structures, departements, *, on):
    """By kind, and by département when there are several."""
    year = on.year
    tables = [group_table("Par type de structure", "Type", kinds, kind_name, year)]
    if len(departements) > 1:
        rows = totals_by("commune__departement", structures, year=on.year, on=on)
        names = {d.pk: str(d) for d in departements}

        def place(key):
            return {"territoire": key}, names[key], ""

        by_place = group_table("Par département", "Département", rows, place, year)
        tables.insert(0, by_place)
    return tables


def kind_name(key):
    """The filter of a kind, its name, and what is said under it."""
    return {"type": key}, key, StructureKind(key).label


def group_table(caption, first, rows, group, year):
    columns = [
        Column(first),
        Column("Structures", "count"),
        Column("ETP conventionnés", "etp"),
        Column("ETP réalisés", "etp", hint="moyenne"),
        Column("Réalisation", "percent"),
        Column("Aide de l’année", "money"),
    ]
    lines = [group_line(row, group(row.key), year) for row in rows]
    footer = ("Ensemble", *figures_of(total_of(rows), {}, year))
    empty = Empty(
        "Aucune annexe cette année",
        "Les annexes arrivent par l’import de l’ASP ou par la campagne.",
        "Ouvrir les campagnes",
        reverse("campaign_list"),
    )
    options = {"key": first.lower(), "footer": footer if len(rows) > 1 else ()}
    return Table(caption, columns, lines, empty=empty, **options)


def group_line(row, group, year):
    filters, name, note = group
    url = structures_url(alerte="annexe", **filters)
    return (Link(name, url, note), *figures_of(row, filters, year))


def figures_of(row, filters, year):
    """The structures open on their list, sums on the annexes they are summed over."""
    url = annexes_url(year, **filters)
    return (
        Link(row.structures, structures_url(alerte="annexe", **filters)),
        Link(row.agreed, url),
        None if row.realised is None else Link(row.realised, url),
        row.rate,
        Link(row.aid, url),
    )


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
