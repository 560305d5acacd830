"""What the rules find in a contract before it is signed, each with the field to look at."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from parcours.enums import ContractKind
from parcours.figures.asked import AskedContract, Place
from parcours.figures.beyond import derogation_of, extended
from parcours.figures.contract_law import Law, cdi_law, hours_law
from parcours.models import Contract
from parcours.rules import cdi_inclusion, contracts, weekly_hours
from parcours.rules.findings import Finding, refusal
from parcours.rules.intake import after_right_findings
from parcours.rules.regimes import Right, right_findings
from structures.enums import StructureKind
from structures.rules.periods import Span

FoundIn = tuple[str, Finding]


def contract_findings(asked: AskedContract, place: Place) -> Iterator[FoundIn]:
    """Refusals and warnings of a contract; one query, for those before it."""
    yield from at("kind", kind_of(asked, place))
    yield from at("ends_on", dates_of(asked, place))
    yield from at("weekly_hours", hours_of(asked, place))
    if asked.kind == ContractKind.CDI_INCLUSION:
        yield from at("kind", cdi_of(asked, place))


def at(name: str, findings: Iterable[Finding]) -> Iterator[FoundIn]:
    for finding in findings:
        yield name, finding


def kind_of(asked: AskedContract, place: Place) -> list[Finding]:
    has_cdi = place.law.has("cdi_inclusion_part", on=asked.hired_on)
    return contracts.kind_findings(
        kind=place.kind, contract=asked.kind, has_cdi=has_cdi
    )


def dates_of(asked: AskedContract, place: Place) -> Iterator[Finding]:
    found = contracts.duration_findings(
        kind=place.kind,
        contract=asked.kind,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        least_months=place.law.months(
            "contrat_duree_minimale", place.kind, on=asked.starts_on
        ),
        is_renewal=place.renews is not None,
        has_adjusted_sentence=asked.has_adjusted_sentence,
    )
    yield from found
    if not found and asked.ends_on:
        yield from total_of(asked, asked.ends_on, place)
    yield from after_right_findings(
        ends_on=asked.ends_on, right_ends_on=place.parcours.ends_on
    )


def total_of(asked: AskedContract, ends_on: date, place: Place) -> list[Finding]:
    most = place.law.months("contrat_duree_maximale", place.kind, on=asked.starts_on)
    if most is None:
        return []
    before = terms_before(asked.kind, place)
    refused, until = extended(asked, place, before)
    found = contracts.total_findings(
        kind=place.kind,
        contract=asked.kind,
        terms=[*before, Span(asked.starts_on, ends_on)],
        most_months=most,
        extended_until=until,
    )
    return refused or found


def terms_before(kind: ContractKind, place: Place) -> list[Span]:
    """Days of the contracts counted with this one: of this right, here.

    Those of a mission are its own renewals; an exit shortens the contract it ends.
    """
    if place.person.pk is None or place.parcours.pk is None:
        return []
    rows = Contract.objects.filter(
        person=place.person,
        structure=place.structure,
        parcours=place.parcours,
        kind=kind,
    ).select_related("exit")
    by_key = {row.pk: row for row in rows}
    if kind == ContractKind.MISSION:
        by_key = {row.pk: row for row in chain_of(place.renews, by_key)}
    return [span for row in by_key.values() if (span := span_of(row))]


def chain_of(last: Contract | None, by_key: Mapping[int, Contract]) -> list[Contract]:
    found = []
    key = last.pk if last else None
    while key is not None and key in by_key:
        found.append(by_key[key])
        key = by_key[key].renews_id
    return found


def span_of(row: Contract) -> Span | None:
    left = getattr(row, "exit", None)
    days = [day for day in (row.ends_on, left and left.exited_on) if day]
    return Span(row.starts_on, min(days)) if days else None


def hours_of(asked: AskedContract, place: Place) -> list[Finding]:
    if asked.weekly_hours is None:
        told = "Saisissez les heures par semaine du contrat."
        needs = asked.kind in (ContractKind.CDDI, ContractKind.CDI_INCLUSION)
        return [refusal("NO_HOURS", told)] if needs else []
    derogation = derogation_of(asked, place)
    return weekly_hours.hours_findings(
        kind=place.kind,
        contract=asked.kind,
        weekly_hours=asked.weekly_hours,
        on=asked.starts_on,
        entered_on=place.parcours.starts_on,
        law=hours_law(
            place.law,
            place.kind,
            derogation.reason if derogation else None,
            on=asked.starts_on,
        ),
        derogation=derogation,
    )


def cdi_of(asked: AskedContract, place: Place) -> Iterable[Finding]:
    law = cdi_law(place.law, on=asked.starts_on)
    if law is None:
        return []
    return cdi_inclusion.person_findings(
        starts_on=asked.starts_on,
        birth_on=place.person.birth_on,
        parcours_starts_on=place.parcours.starts_on,
        law=law,
    )


def right_flaws(
    asked: AskedContract, right: Right | None, *, kind: StructureKind, law: Law
) -> Iterator[FoundIn]:
    """Why a right does not open the aid on the day of the hiring (R42)."""
    findings = right_findings(
        kind=kind,
        on=asked.hired_on,
        right=right,
        pass_since=law.since("pass_duree"),
        tried_since=law.since("pass_experimentation"),
    )
    for one in findings:
        is_number = one.code in ("NO_RIGHT", "NO_NUMBER")
        yield "right_number" if is_number else "right_starts_on", one
