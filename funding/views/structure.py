"""One structure: its banner, its year, what each figure opens."""

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from funding.figures import annexes, life
from funding.views.charts import etp_chart, svg_response
from funding.views.files import directs
from funding.views.life import closed_badge
from funding.views.looks import ERBM, LOOKS
from funding.views.month.service import READ
from funding.views.structure_tables import (
    conventions_table,
    months_table,
    outcomes_table,
    versions_table,
)
from parcours.figures.late import late_by_structure
from parcours.figures.month_states import states_by_month
from structures.enums import LifeKind, StructureKind
from structures.models import PerimeterCommune, Structure, StructureAct
from structures.rules.reading import year_in
from structures.templatetags import formats
from structures.views.badges import badge_of
from structures.views.context import business_date, own_structures
from structures.views.parts import Banner, Figure, Tab
from structures.views.tables import Link


def visible(user, *, on):
    inside = PerimeterCommune.objects.in_force(on).filter(
        perimeter__code="erbm", commune=OuterRef("commune")
    )
    rows = Structure.objects.visible_to(user).select_related(
        "commune__epci", "commune__departement", "group"
    )
    return late_by_structure(rows, on=on).annotate(in_erbm=Exists(inside))


def asked_year(request, years, on):
    """A year of which there is something, else the current one."""
    word = request.GET.get("annee", "")
    return next((year for year in years if str(year) == word), on.year)


@require_safe
def structure_detail(request, pk):
    on = business_date()
    structure = get_object_or_404(visible(request.user, on=on), pk=pk)
    years = annexes.years_of(structure)
    year = asked_year(request, years, on)
    versions = annexes.versions_of(structure, year=year)
    months = annexes.etp_by_month(structure, versions, year=year)
    so_far = annexes.year_so_far(structure, versions, months, year=year)
    return render(
        request,
        "funding/structure_detail.html",
        {
            "banner": banner(structure),
            **life_of(request.user, structure),
            "tabs": year_tabs(years, year),
            "summary": summary(so_far, payments(versions)),
            "chart": Chart(structure, year, so_far, months),
            "months": months_table(
                structure, months, year, entry_links(request.user, structure, year)
            ),
            "ask_url": ask_url(request.user, structure),
            "tables": [
                versions_table(versions, year),
                conventions_table(structure.conventions.all(), request.user),
                outcomes_table(structure, annexes.outcomes_of(structure)),
            ],
        },
    )


def entry_links(user, structure, year):
    """Where each month is typed, or read once validated; its state otherwise."""
    is_staff = structure.pk in own_structures(user)
    found = {}
    for month, states in states_by_month(structure, year=year).items():
        if states:
            found[month] = entry_link(states[0], is_staff=is_staff)
    return found


def entry_link(it, *, is_staff):
    word = it.state.label if it.state else ""
    if not is_staff and it.state not in READ:
        return word
    url = reverse("month_grid", args=[it.convention, f"{it.month:%Y-%m}"])
    return Link(word or "Saisir", url)


def ask_url(user, structure):
    """Where a convention is asked for; nothing for who may not ask."""
    if not (user.is_agent or directs(user, structure.pk)):
        return ""
    return f"{reverse('request_new')}?structure={structure.pk}"


def life_of(user, structure):
    """Where its acts are, and its last visit, for those who may read them."""
    if not life.reads_life(user, structure):
        return {}
    return {
        "life_url": reverse("structure_life", args=[structure.pk]),
        "visit": last_visit(structure),
    }


def last_visit(structure):
    visit = structure.acts.filter(kind=LifeKind.VISIT).first()
    if visit is None:
        return ""
    told = f"Dernière visite de contrôle le {formats.day(visit.on)}"
    if visit.follow_up_on and not StructureAct.objects.filter(follows=visit).exists():
        told += f", suites attendues le {formats.day(visit.follow_up_on)}"
    return f"{told}."


def banner(structure):
    commune, kind = structure.commune, StructureKind(structure.kind)
    badges = [badge_of(kind), *([ERBM] if structure.in_erbm else [])]
    badges += closed_badge(structure)
    facts = [
        ("Type", "text", kind.label),
        ("Commune", "text", commune.name),
        ("Intercommunalité", "text", commune.epci and commune.epci.name),
        ("SIRET", "text", structure.siret),
        ("Numéro ASP", "text", structure.asp_id),
        ("Groupe", "text", structure.group and structure.group.name),
    ]
    late = structure.late or 0
    todo = (
        f"{formats.counted(late, 'mois est,mois sont')} en retard de saisie"
        if late
        else ""
    )
    return Banner(structure.name, badges, facts, todo, "#mois-titre" if late else "")


def year_tabs(years, year):
    """None when there is no other year to go to."""
    if not {*years} - {year}:
        return []
    return [Tab(str(n), f"?annee={n}", n == year) for n in sorted({*years, year})]


def payments(versions):
    """What opens the payments of the year: its transfers, when it has one annexe."""
    annexes = {version.annexe_id for version in versions}
    if len(annexes) != 1:
        return ""
    return f"{reverse('annexe_transfers', args=annexes)}?compartiment=paye"


def summary(so_far, paid_url):
    used = "aucune heure encore connue"
    if so_far.used is not None:
        used = f"{formats.money(so_far.used)} utilisés"
    return [
        Figure(
            "Reste à utiliser de l’aide", "money", so_far.remaining, "#mois-titre", used
        ),
        Figure("Aide de l’année", "money", so_far.aid, "#annexes-titre"),
        Figure("Déjà payé", "money", so_far.paid, paid_url),
        Figure("ETP conventionnés", "etp", so_far.agreed, "#annexes-titre"),
        Figure("ETP réalisés, moyenne", "etp", so_far.realised, "#mois-titre"),
        Figure(
            *("Réalisation", "percent", so_far.rate, "#mois-titre"),
            badge=so_far.status and badge_of(so_far.status, LOOKS),
        ),
    ]


class Chart:
    """Where the picture is, and the sentence that replaces it."""

    def __init__(self, structure, year, so_far, months):
        self.src = reverse("structure_chart", args=[structure.pk, year])
        self.missing = in_words(months)
        self.alt = (
            f"ETP de {year} par mois : {formats.etp(so_far.agreed)} conventionnés, "
            f"{formats.etp(so_far.realised)} réalisés en moyenne. "
            "Les mêmes chiffres sont dans le tableau."
        )


def in_words(months):
    """The months between the first and the last entered that hold nothing (R29)."""
    mean = annexes.mean_of(months)
    missing = mean.missing if mean else ()
    return ", ".join(formats.month(months[n - 1].month) for n in missing)


@require_safe
@cache_control(private=True, max_age=60)
def structure_chart(request, pk, year):
    structure = get_object_or_404(Structure.objects.visible_to(request.user), pk=pk)
    if year_in(str(year)) is None:
        raise Http404
    versions = annexes.versions_of(structure, year=year)
    return svg_response(etp_chart(annexes.etp_by_month(structure, versions, year=year)))
