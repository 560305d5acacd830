"""What lets contracts last beyond their ordinary total: why, how far, decided by whom.

The same reasons prolong a PASS IAE (`prolongations`); here they prolong the contract.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from parcours.enums import Decider, Extension
from parcours.rules.contracts import ARTICLES, contract_limit
from parcours.rules.findings import Finding, refusal
from structures.enums import StructureKind
from structures.rules.periods import Span, age_on, last_day_of_months
from structures.rules.writing import day


@dataclass(frozen=True, kw_only=True)
class ExtensionDecision:
    """One decision to go beyond the total, both days included."""

    reason: Extension
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class ExtensionLaw:
    """Months of one decision for great difficulties, months in all, years of age.

    `decision_months` None: great difficulties are no reason for this kind at that date.
    `total_months` None: the reason has no total.
    """

    decision_months: int | None
    total_months: int | None
    senior_age: int


@dataclass(frozen=True, kw_only=True)
class ExtendedPerson:
    birth_on: date
    is_rqth: bool = False
    training_ends_on: date | None = None


def extension_reasons(
    kind: StructureKind, *, decision_months: int | None
) -> tuple[Extension, ...]:
    """Reasons open to a kind of structure; a mission follows the parcours and has none.

    Source : Code du travail, art. L. 5132-5, L. 5132-11-1 et L. 5132-15-1 (R44).
    """
    if kind == StructureKind.ETTI:
        return ()
    ordinary = (Extension.TRAINING, Extension.SENIOR, Extension.RQTH)
    return (*ordinary, Extension.DIFFICULTES) if decision_months else ordinary


def extension_decider(reason: Extension, *, on: date, pass_since: date) -> Decider:
    """Who decides: the employer for a training, Pôle emploi, then a prescripteur.

    Source : Code du travail, art. L. 5132-5 et L. 5132-15-1, versions de 2019 et de 2021.
    """
    if reason == Extension.TRAINING:
        return Decider.STRUCTURE
    return Decider.PRESCRIPTEUR if on >= pass_since else Decider.POLE_EMPLOI


def extension_findings(
    asked: ExtensionDecision,
    *,
    kind: StructureKind,
    terms: Iterable[Span],
    person: ExtendedPerson,
    law: ExtensionLaw,
) -> list[Finding]:
    """Why a decision cannot prolong the contracts. `terms` are those before it.

    Source : Code du travail, art. L. 5132-5, L. 5132-11-1 et L. 5132-15-1 (R44, R45).
    """
    reasons = extension_reasons(kind, decision_months=law.decision_months)
    if asked.reason not in reasons:
        return [not_open(kind, reasons)]
    return [
        *person_findings(asked, person=person, law=law),
        *length_findings(asked, kind=kind, terms=terms, law=law),
    ]


def not_open(kind: StructureKind, reasons: tuple[Extension, ...]) -> Finding:
    names = ", ".join(reason.label for reason in reasons)
    told = (
        f"Ce motif n’est pas ouvert à une structure de type {kind} à cette date : "
        f"choisissez parmi {names} ({ARTICLES[kind]})."
        if reasons
        else "La durée d’une mission suit le parcours : demandez une prolongation de "
        f"celui-ci ({ARTICLES[kind]})."
    )
    return refusal("NOT_OPEN", told)


def person_findings(
    asked: ExtensionDecision, *, person: ExtendedPerson, law: ExtensionLaw
) -> Iterable[Finding]:
    is_senior = age_on(person.birth_on, asked.starts_on) >= law.senior_age
    if asked.reason == Extension.SENIOR and not is_senior:
        yield refusal(
            "TOO_YOUNG",
            f"Cette personne n’aura pas {law.senior_age} ans le {day(asked.starts_on)} : "
            "choisissez un autre motif.",
        )
    if asked.reason == Extension.RQTH and not person.is_rqth:
        yield refusal("NO_RQTH", "Enregistrez d’abord la RQTH de la personne.")
    if asked.reason != Extension.TRAINING:
        return
    if person.training_ends_on is None:
        told = "Saisissez d’abord la fin de la formation à achever."
        yield refusal("NO_TRAINING", told)
    elif asked.ends_on > person.training_ends_on:
        yield refusal(
            "AFTER_TRAINING",
            f"La formation finit le {day(person.training_ends_on)} : le renouvellement "
            "s’arrête au plus tard ce jour.",
        )


def length_findings(
    asked: ExtensionDecision,
    *,
    kind: StructureKind,
    terms: Iterable[Span],
    law: ExtensionLaw,
) -> Iterable[Finding]:
    if asked.reason == Extension.DIFFICULTES and law.decision_months:
        latest = last_day_of_months(asked.starts_on, law.decision_months)
        if asked.ends_on > latest:
            yield refusal(
                "TOO_LONG",
                f"Une décision vaut {law.decision_months} mois au plus : arrêtez-la au plus "
                f"tard le {day(latest)}, puis demandez la suivante ({ARTICLES[kind]}).",
            )
    if law.total_months:
        span = Span(asked.starts_on, asked.ends_on)
        limit = contract_limit([*terms, span], months=law.total_months)
        if asked.ends_on > limit:
            yield refusal(
                "OVER_TOTAL",
                f"Ce motif ne mène pas au-delà de {law.total_months} mois de contrats, "
                f"atteints le {day(limit)} : préparez la sortie ({ARTICLES[kind]}).",
            )
