"""Which annexes a socle that changes within the year touches."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from funding.enums import LineOutcome
from funding.models import AnnexeVersion
from funding.models.annexe import BEING_WRITTEN, CURRENT
from funding.rules.socle import Period, Published, periods_due, total_of_periods
from structures.enums import Place
from structures.figures.legal_values import legal_value
from structures.law import NotInForce
from structures.models import Departement, LegalValue
from structures.rules.writing import euros

MAYOTTE = "976"


def amounts() -> dict[tuple[str, str], list[Published]]:
    """Every socle by kind and place; one query."""
    found: dict[tuple[str, str], list[Published]] = defaultdict(list)
    rows = LegalValue.objects.filter(parameter="montant_socle").values_list(
        "kind", "place", "effective_on", "published_on", "value"
    )
    for kind, place, effective_on, published_on, value in rows:
        found[kind, place].append(
            Published(effective_on=effective_on, published_on=published_on, value=value)
        )
    return dict(found)


def place_of(version: AnnexeVersion) -> str:
    if version.is_prison:
        return Place.PRISON
    commune = version.annexe.convention.structure.commune
    return Place.MAYOTTE if commune.departement_id == MAYOTTE else Place.METROPOLE


def key_of(version: AnnexeVersion) -> tuple[str, str]:
    return version.annexe.convention.structure.kind, place_of(version)


def known_amount(version: AnnexeVersion, *, on: date) -> Decimal | None:
    """The socle of its first day, as known on a day; two queries.

    None when none is known, or when it bears several over the year.
    """
    if len(periods_of(version)) > 1:
        return None
    kind, place = key_of(version)
    try:
        found = legal_value(
            "montant_socle", kind, on=version.starts_on, known_on=on, place=place
        )
    except NotInForce:
        return None
    return found.value


def due_to(
    version: AnnexeVersion,
    values: dict[tuple[str, str], list[Published]],
    *,
    on: date,
) -> list[Period]:
    """The amounts it should bear, by what was published on a day."""
    return periods_due(
        values.get(key_of(version), []),
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        known_on=on,
    )


def periods_of(version: AnnexeVersion) -> list[Period]:
    """The amounts it bears; one when it has no periods, or is not saved yet."""
    rows = version.periods.all() if version.pk else ()
    found = [
        Period(starts_on=it.starts_on, unit_amount=it.unit_amount)
        for it in sorted(rows, key=lambda it: it.starts_on)
    ]
    return found or [
        Period(starts_on=version.starts_on, unit_amount=version.unit_amount)
    ]


@dataclass(frozen=True)
class Foreseen:
    """What the socle published on a day would do to an annexe; aid in euros."""

    version: AnnexeVersion
    outcome: LineOutcome
    reason: str
    after: Decimal
    periods: list[Period]


def foreseen(
    version: AnnexeVersion,
    values: dict[tuple[str, str], list[Published]],
    draft: AnnexeVersion | None,
    *,
    on: date,
) -> Foreseen:
    """No query when its periods, and those of its draft if any, are read with it."""
    wanted = due_to(version, values, on=on)
    outcome, reason = LineOutcome.UNCHANGED, ""
    if wanted != periods_of(version):
        outcome, reason = verdict(version, values, draft, wanted)
    after = version.total
    if outcome == LineOutcome.CREATED:
        after = total_of_periods(
            etp=version.etp, periods=wanted, ends_on=version.ends_on
        )
    return Foreseen(version, outcome, reason, after, wanted)


def verdict(
    version: AnnexeVersion,
    values: dict[tuple[str, str], list[Published]],
    draft: AnnexeVersion | None,
    wanted: list[Period],
) -> tuple[LineOutcome, str]:
    """Whether an avenant may be drafted, and why not, in a sentence."""
    if not wanted:
        return LineOutcome.BLOCKED, "Aucun montant socle n’est connu."
    if draft and periods_of(draft) == wanted:
        return LineOutcome.UNCHANGED, "Son avenant est déjà préparé."
    if draft:
        return (
            LineOutcome.BLOCKED,
            "Un avenant est déjà en cours pour cette annexe : terminez-le d’abord.",
        )
    known = {it.value for it in values.get(key_of(version), [])}
    if not {it.unit_amount for it in periods_of(version)} <= known:
        reason = (
            f"Son montant, {euros(version.unit_amount)}, n’est pas un socle publié : "
            "préparez son avenant à la main."
        )
        return LineOutcome.BLOCKED, reason
    return LineOutcome.CREATED, ""


def preflight(versions: QuerySet[AnnexeVersion], *, on: date) -> list[Foreseen]:
    """Of `concerned`, in their order; five queries, however many they are."""
    values, rows = amounts(), list(versions)
    drafts = {
        it.annexe_id: it
        for it in AnnexeVersion.objects.filter(
            annexe__in=[row.annexe_id for row in rows], state__in=BEING_WRITTEN
        ).prefetch_related("periods")
    }
    return [foreseen(it, values, drafts.get(it.annexe_id), on=on) for it in rows]


def changes_within(year: int, *, on: date) -> QuerySet[LegalValue]:
    """The amounts that take effect in a year, published by a day."""
    return LegalValue.objects.filter(
        parameter="montant_socle", effective_on__year=year, published_on__lte=on
    ).order_by("effective_on", "place", "kind")


def concerned(
    departements: QuerySet[Departement], *, year: int
) -> QuerySet[AnnexeVersion]:
    """Annexes in force of a year there, with their periods, by structure."""
    rows: QuerySet[AnnexeVersion] = AnnexeVersion.objects.filter(
        annexe__year=year,
        state__in=CURRENT,
        annexe__convention__structure__commune__departement__in=departements,
    )
    return (
        rows.exclude(annexe__convention__measure="FDI_DC")
        .select_related("annexe__convention__structure__commune")
        .prefetch_related("periods")
        .order_by("annexe__convention__structure__name", "pk")
    )
