"""Who takes somebody in, and what is to be looked at before it is done."""

from collections.abc import Iterator
from datetime import date

from parcours.enums import Sex
from parcours.rules.findings import Finding, refusal, warning
from structures.enums import Role
from structures.rules.periods import age_on
from structures.rules.writing import day

# The encadrants follow people at work; agents read, and never write of a person.
MAY_TAKE_IN = frozenset({Role.CIP, Role.DIRECTION, Role.GESTIONNAIRE})
SEX_OF_NIR = {"1": Sex.MALE, "2": Sex.FEMALE}


def birth_findings(*, birth_on: date, hired_on: date) -> Iterator[Finding]:
    """What is odd in an age: born after the hiring, very old, or too young to work.

    Source : Code du travail, art. L. 4153-1 (16 ans), and plain sense.
    """
    age = age_on(birth_on, hired_on)
    if age < 0 or age > 110:
        yield refusal(
            "IMPOSSIBLE_AGE",
            f"Née le {day(birth_on)} et embauchée le {day(hired_on)} : corrigez l’une "
            "des deux dates.",
        )
    elif age < 16:
        yield warning(
            "VERY_YOUNG",
            f"Cette personne aura {age} ans à l’embauche, sous l’âge légal du travail : "
            "vérifiez sa date de naissance.",
        )


def nir_findings(nir: str, *, sex: Sex, birth_on: date) -> Iterator[Finding]:
    """What a NIR says of a person that the form does not say; nothing for an empty one.

    A provisional number begins otherwise, and a month above 12 is unknown: not compared.
    """
    told = SEX_OF_NIR.get(nir[:1])
    if told and told != sex:
        yield warning(
            "NIR_SEX",
            f"Ce numéro de sécurité sociale dit « {told.label} » : vérifiez-le, ou le "
            "sexe.",
        )
    month = nir[3:5]
    is_read = told and month.isdecimal() and 1 <= int(month) <= 12
    if is_read and nir[1:5] != f"{birth_on:%y%m}":
        yield warning(
            "NIR_BIRTH",
            "Ce numéro de sécurité sociale dit un autre mois de naissance : vérifiez-le, "
            "ou la date.",
        )


def after_right_findings(
    *, ends_on: date | None, right_ends_on: date
) -> Iterator[Finding]:
    """A contract may outlive the right; the aid does not (R56).

    Source : Code du travail, art. R. 5132-1-9.
    """
    if ends_on is None or ends_on > right_ends_on:
        yield warning(
            "AFTER_RIGHT",
            f"Le droit finit le {day(right_ends_on)} : l’aide s’arrête ce jour-là, même "
            "si le contrat continue.",
        )
