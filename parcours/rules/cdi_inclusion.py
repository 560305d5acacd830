"""Who may be hired in CDI inclusion, and how many of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from parcours.rules.findings import Finding, refusal
from structures.rules.periods import age_on, months_later
from structures.rules.writing import day


@dataclass(frozen=True, kw_only=True)
class CdiLaw:
    """Years of age, months of parcours, and shares of the posts of the convention."""

    minimum_age: int
    months_before: int
    ordinary: Decimal
    ceiling: Decimal


def cdi_findings(
    *,
    starts_on: date,
    birth_on: date,
    parcours_starts_on: date,
    held: Decimal,
    posts: Decimal,
    has_decision: bool,
    law: CdiLaw,
) -> list[Finding]:
    """Why a CDI inclusion cannot start. `held` and `posts` in full-time posts.

    `held` counts the CDI already running and this one; `has_decision` when the préfet let
    the structure go above the ordinary share.

    Source : Code du travail, art. L. 5132-5-1, 6-1, 14-1, 15-1-1, D. 5132-10-5 et
    D. 5132-10-5-2.
    """
    return [
        *person_findings(
            starts_on=starts_on,
            birth_on=birth_on,
            parcours_starts_on=parcours_starts_on,
            law=law,
        ),
        *posts_findings(held=held, posts=posts, has_decision=has_decision, law=law),
    ]


def person_findings(
    *, starts_on: date, birth_on: date, parcours_starts_on: date, law: CdiLaw
) -> Iterable[Finding]:
    if age_on(birth_on, starts_on) < law.minimum_age:
        yield refusal(
            "TOO_YOUNG",
            f"Le CDI inclusion s’adresse aux personnes d’au moins {law.minimum_age} ans : "
            "choisissez un autre contrat (art. L. 5132-5-1).",
        )
    first = months_later(parcours_starts_on, law.months_before)
    if starts_on < first:
        yield refusal(
            "TOO_SOON",
            f"Il vient après {law.months_before} mois de parcours : faites-le commencer "
            f"à partir du {day(first)} (art. D. 5132-10-5).",
        )


def posts_findings(
    *, held: Decimal, posts: Decimal, has_decision: bool, law: CdiLaw
) -> Iterable[Finding]:
    if held > Fraction(law.ceiling) * Fraction(posts):
        yield refusal(
            "OVER_CEILING",
            f"Les CDI inclusion dépasseraient {share(law.ceiling)} des postes de la "
            "convention, le maximum même par décision (art. D. 5132-10-5-2).",
        )
    elif held > Fraction(law.ordinary) * Fraction(posts) and not has_decision:
        yield refusal(
            "NEEDS_DECISION",
            f"Les CDI inclusion dépasseraient {share(law.ordinary)} des postes de la "
            "convention : demandez d’abord la décision du préfet (art. D. 5132-10-5-2).",
        )


def share(part: Decimal) -> str:
    return f"{part:.0%}".replace("%", "\u00a0%")
