"""Hours of a week in a contract, and what lets a CDDI be under the minimum.

Source : Code du travail, art. L. 5132-5, L. 5132-11-1 et L. 5132-15-1 (R46).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from parcours.enums import ContractKind, Decider, HoursDerogation
from parcours.rules.contracts import ARTICLES
from parcours.rules.findings import Finding, refusal
from structures.enums import StructureKind
from structures.rules.periods import Span, last_day_of_months, months_later
from structures.rules.writing import day, decimals


@dataclass(frozen=True, kw_only=True)
class Derogation:
    """A decision, both days included; `renewals` says how many came before it."""

    reason: HoursDerogation
    starts_on: date
    ends_on: date
    renewals: int = 0


@dataclass(frozen=True, kw_only=True)
class HoursLaw:
    """Hours a week; months of one derogation, and of parcours before one.

    `least` None: this contract has no minimum. `derogation_months` None: this kind may not
    derogate for this reason at that date (`derogation_key` names the value of the law).
    """

    least: Decimal | None
    most: Decimal
    derogation_months: int | None = None
    waiting_months: int | None = None


def derogation_key(kind: StructureKind, reason: HoursDerogation) -> str:
    """The kind of `derogation_heures` to read: ACI_INDIVIDUAL."""
    return f"{kind.value}_{reason.value}"


def derogation_decider(*, on: date, pass_since: date) -> Decider:
    """Who decides: Pôle emploi until the decrees of September 2021, then the préfet.

    Source : Code du travail, art. R. 5132-43-5, puis D. 5132-43-5 et D. 5132-10-5-3.
    """
    return Decider.PREFET if on >= pass_since else Decider.POLE_EMPLOI


def hours_findings(
    *,
    kind: StructureKind,
    contract: ContractKind,
    weekly_hours: Decimal,
    on: date,
    entered_on: date,
    law: HoursLaw,
    derogation: Derogation | None = None,
) -> list[Finding]:
    """Why the hours of a CDDI cannot stand on a day. `entered_on` begins the parcours.

    A placement and a mission may be shorter when the parcours asks for it.
    """
    if contract != ContractKind.CDDI:
        return []
    if weekly_hours > law.most:
        return [over_legal(law.most)]
    if law.least is None or weekly_hours >= law.least:
        return []
    if derogation is None:
        return [under_minimum(kind, law.least)]
    found = derogation_findings(derogation, kind=kind, entered_on=entered_on, law=law)
    if not Span(derogation.starts_on, derogation.ends_on).holds(on):
        found.append(not_covered(derogation, on=on))
    return found


def over_legal(most: Decimal) -> Finding:
    return refusal(
        "OVER_LEGAL",
        f"Un CDD d’insertion ne dépasse pas {decimals(most)} heures par semaine, la durée "
        "légale : corrigez ses heures.",
    )


def under_minimum(kind: StructureKind, least: Decimal) -> Finding:
    return refusal(
        "UNDER_MINIMUM",
        f"Un CDD d’insertion compte au moins {decimals(least)} heures par semaine : "
        f"corrigez ses heures, ou enregistrez la décision qui y déroge ({ARTICLES[kind]}).",
    )


def not_covered(derogation: Derogation, *, on: date) -> Finding:
    return refusal(
        "NOT_COVERED",
        f"La dérogation va du {day(derogation.starts_on)} au {day(derogation.ends_on)} et "
        f"ne couvre pas le {day(on)} : enregistrez celle qui le couvre.",
    )


def derogation_findings(
    asked: Derogation, *, kind: StructureKind, entered_on: date, law: HoursLaw
) -> list[Finding]:
    """Why a derogation cannot be recorded.

    The first one of a person in an ACI is bounded, its renewal lasts until the actions of
    accompaniment are completed. A second job is renewed once, as long each time.

    Source : Code du travail, art. R. 5132-43-5 (2015), D. 5132-43-5, 43-8, 43-14, 26-12
    et 10-5-3 (2021).
    """
    if law.derogation_months is None:
        return [
            refusal(
                "NOT_OPEN",
                f"Cette dérogation n’existe pas pour une structure de type {kind} à cette "
                f"date : portez le contrat à la durée minimale ({ARTICLES[kind]}).",
            )
        ]
    return [
        *length_findings(asked, months=law.derogation_months),
        *second_job_findings(asked, entered_on=entered_on, law=law),
    ]


def length_findings(asked: Derogation, *, months: int) -> Iterable[Finding]:
    is_prolonged = asked.reason == HoursDerogation.INDIVIDUAL and asked.renewals > 0
    latest = last_day_of_months(asked.starts_on, months)
    if asked.ends_on > latest and not is_prolonged:
        yield refusal(
            "TOO_LONG",
            f"Cette dérogation dure {months} mois au plus : arrêtez-la au plus tard le "
            f"{day(latest)}, puis demandez la suite.",
        )


def second_job_findings(
    asked: Derogation, *, entered_on: date, law: HoursLaw
) -> Iterable[Finding]:
    if asked.reason != HoursDerogation.SECOND_JOB:
        return
    if asked.renewals > 1:
        yield refusal(
            "RENEWED_TWICE",
            "Cette dérogation se renouvelle une seule fois : portez le contrat à la durée "
            "minimale.",
        )
    first = months_later(entered_on, law.waiting_months or 0)
    if law.waiting_months and asked.starts_on < first:
        yield refusal(
            "TOO_SOON",
            f"Elle vient après {law.waiting_months} mois de parcours : faites-la commencer "
            f"à partir du {day(first)}.",
        )
