"""The decisions that let a contract go beyond the rule: the one typed, those recorded."""

from datetime import date

from django.db.models import Max

from parcours.enums import Extension, HoursDerogation
from parcours.figures.asked import AskedContract, Place
from parcours.models import Contract, ContractDecision, Training
from parcours.rules.extensions import (
    ExtendedPerson,
    ExtensionDecision,
    ExtensionLaw,
    extension_findings,
)
from parcours.rules.findings import Finding
from parcours.rules.weekly_hours import Derogation
from structures.rules.periods import Span


def recorded(place: Place, kinds: list[str]) -> list[ContractDecision]:
    """Those recorded on the contracts of this right, here."""
    if place.parcours.pk is None:
        return []
    rows = ContractDecision.objects.filter(
        contract__parcours=place.parcours,
        contract__structure=place.structure,
        kind__in=kinds,
    )
    return list(rows)


def extended(
    asked: AskedContract, place: Place, terms: list[Span]
) -> tuple[list[Finding], date | None]:
    """Why the reason typed does not hold, and until when the contracts may go (R44, R45)."""
    known = [one.until for one in recorded(place, list(Extension.values))]
    typed = place.decision
    if typed is None or typed.kind not in Extension.values:
        return [], max(known, default=None)
    reason = Extension(typed.kind)
    findings = extension_findings(
        ExtensionDecision(
            reason=reason, starts_on=asked.starts_on, ends_on=typed.until
        ),
        kind=place.kind,
        terms=terms,
        person=extended_person(asked, place),
        law=extension_law(asked, place, reason),
    )
    return findings, max([typed.until, *known])


def extended_person(asked: AskedContract, place: Place) -> ExtendedPerson:
    mine = Contract.objects.filter(person=place.person)
    trained = Training.objects.filter(contract__in=mine).aggregate(end=Max("ends_on"))
    return ExtendedPerson(
        birth_on=place.person.birth_on,
        is_rqth=bool(asked.situation.get("is_rqth"))
        or mine.filter(is_rqth=True).exists(),
        training_ends_on=trained["end"],
    )


def extension_law(
    asked: AskedContract, place: Place, reason: Extension
) -> ExtensionLaw:
    law, on = place.law, asked.starts_on
    return ExtensionLaw(
        decision_months=law.months(
            "contrat_difficultes_par_decision", place.kind, on=on
        ),
        total_months=law.months("contrat_duree_totale", reason, on=on),
        senior_age=law.months("age_minimal", "SENIOR", on=on) or 0,
    )


def derogation_of(asked: AskedContract, place: Place) -> Derogation | None:
    """The one typed, else the last recorded; None without any (R46)."""
    before = recorded(place, list(HoursDerogation.values))
    typed = place.decision
    if typed and typed.kind in HoursDerogation.values:
        return Derogation(
            reason=HoursDerogation(typed.kind),
            starts_on=asked.starts_on,
            ends_on=typed.until,
            renewals=sum(one.kind == typed.kind for one in before),
        )
    if not before:
        return None
    last = max(before, key=lambda one: one.until)
    return Derogation(
        reason=HoursDerogation(last.kind),
        starts_on=last.starts_on,
        ends_on=last.until,
        renewals=sum(one.kind == last.kind for one in before) - 1,
    )
