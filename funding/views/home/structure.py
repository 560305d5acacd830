"""Three questions of a director: what must I do, where is my file, what is left."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse

from funding.enums import Turn, VersionState
from funding.figures import annexes
from funding.figures.conventions import of_turn
from funding.models import AnnexeVersion
from funding.views.home.follow import parcours_of
from parcours.figures.following import without_interview
from parcours.figures.late import late_by_structure
from parcours.models import Contract
from structures.enums import Status
from structures.figures.endings import ending_soon
from structures.models import Structure
from structures.templatetags import formats
from structures.views.context import business_date
from structures.views.parts import Figure, Task

STEPS = ["Préparée", "À l’instruction", "Provisoire", "Validée"]
STEP_OF = {
    VersionState.BROUILLON: 1,
    VersionState.SAISI: 2,
    VersionState.PROVISOIRE: 3,
    VersionState.VALIDE: 4,
    VersionState.CLOTURE: 4,
}


def structure_home(request):
    """The first structure; the others are one click away."""
    on = business_date()
    structures = list(
        late_by_structure(Structure.objects.visible_to(request.user), on=on)
    )
    structure = chosen(structures, request.GET.get("structure", ""))
    versions = annexes.versions_of(structure, year=on.year)
    months = annexes.etp_by_month(structure, versions, year=on.year)
    so_far = annexes.year_so_far(structure, versions, months, year=on.year)
    context = {
        "structure": structure,
        "others": [one for one in structures if one != structure],
        "tasks": tasks(structure, on=on),
        "files": files(structure, year=on.year),
        "summary": summary(structure, so_far),
        "words": words(so_far),
    }
    return render(request, "funding/home_structure.html", context)


def chosen(structures, word):
    return next((s for s in structures if str(s.pk) == word), structures[0])


def tasks(structure, *, on):
    detail = reverse("structure_detail", args=[structure.pk])
    contracts = Contract.objects.filter(structure=structure)
    silent = parcours_of(without_interview(contracts, on=on))
    mine = {"structure": structure.pk}
    ending = ending_soon(structure.conventions.all(), on=on).count()
    waiting = of_turn(structure.conventions.all(), Turn.STRUCTURE).count()
    return [
        *corrections(structure),
        Task(
            *("Dossiers de convention à compléter", waiting),
            listed("convention_list", tour=Turn.STRUCTURE.value, **mine),
            note="une demande en préparation, une correction, une réponse attendue",
        ),
        Task(
            *("Mois en retard", structure.late or 0, f"{detail}#mois-titre"),
            note="un mois se saisit jusqu’à la fin du suivant, depuis le tableau de la structure",
        ),
        Task(
            *("Personnes sans entretien récent", silent),
            listed("parcours_list", vue="sans-entretien", **mine),
            note="un entretien relance l’accompagnement",
        ),
        Task(
            *("Conventions qui finissent sous 90 jours", ending),
            listed("convention_list", alerte="fin", **mine),
            note="la demande de renouvellement se prépare",
        ),
    ]


def listed(name, **filters):
    return f"{reverse(name)}?{urlencode(filters)}"


def corrections(structure):
    """The annexes the service sent back: a list has one year, so has each line."""
    rows = AnnexeVersion.objects.filter(
        annexe__convention__structure=structure, status=Status.CORRECTION
    )
    found: dict[int, list[int]] = {}
    for key, year in rows.order_by("annexe__year", "pk").values_list(
        "pk", "annexe__year"
    ):
        found.setdefault(year, []).append(key)
    note = "le service a commenté un champ et attend votre réponse"
    if len(found) < 2:
        [(year, keys)] = found.items() or [(0, [])]
        url = correction_url(structure, year, keys)
        return [Task("Annexes à corriger", len(keys), url, note)]
    return [
        Task(
            *(f"Annexes {year} à corriger", len(keys)),
            correction_url(structure, year, keys),
            note,
        )
        for year, keys in found.items()
    ]


def correction_url(structure, year, keys):
    """The annexe itself when it is alone, else those of its year."""
    if len(keys) == 1:
        return reverse("version_detail", args=keys)
    words = {"statut": Status.CORRECTION.value, "structure": structure.pk}
    return listed("annexe_list", annee=year, **words)


def files(structure, *, year):
    """Where the annexes of this year and the next stand, as steps."""
    rows = (
        AnnexeVersion.objects.filter(
            annexe__convention__structure=structure,
            annexe__year__gte=year,
            state__in=STEP_OF,
        )
        .select_related("annexe__convention")
        .order_by("annexe__year", "annexe", "-modification")
    )
    # What is signed stays where it is while an avenant is prepared.
    shown: dict[int, AnnexeVersion] = {}
    for version in rows:
        known = shown.get(version.annexe_id)
        if known is None or STEP_OF[version.state] > STEP_OF[known.state]:
            shown[version.annexe_id] = version
    return [stage(version) for version in sorted(shown.values(), key=year_of)]


def year_of(version):
    return version.annexe.year, version.annexe_id


def stage(version):
    step = STEP_OF[version.state]
    told = STEPS[step - 1].lower()
    if version.status == Status.CORRECTION:
        told = "à corriger par vous"
    return {
        "title": f"Annexe {version.annexe.year} : {told}",
        "current": step,
        "total": len(STEPS),
        "next_title": STEPS[step] if step < len(STEPS) else "",
    }


def summary(structure, so_far):
    detail = reverse("structure_detail", args=[structure.pk])
    return [
        Figure("Reste à utiliser de l’aide", "money", so_far.remaining, detail),
        Figure("Utilisé", "money", so_far.used, detail),
        Figure("Déjà payé", "money", so_far.paid, detail),
        Figure("ETP conventionnés", "etp", so_far.agreed, detail),
        Figure("ETP réalisés, moyenne", "etp", so_far.realised, detail),
    ]


def words(so_far):
    """The same figure in words, for who does not read tables."""
    if so_far.agreed is None or so_far.realised is None:
        return "Aucune heure n’est encore prise en compte cette année."
    gap = so_far.agreed - so_far.realised
    agreed, realised = formats.etp(so_far.agreed), formats.etp(so_far.realised)
    sense = "de moins que prévu" if gap > 0 else "de plus que prévu"
    return (
        f"En moyenne, {realised} ETP (équivalents temps plein) travaillés pour {agreed} "
        f"conventionnés : {formats.etp(abs(gap))} {sense}."
    )
