"""The numbers the ASP gives to annexes and conventions."""

import re
from dataclasses import dataclass
from datetime import date

ANNEXE = re.compile(
    r"(?P<measure>ACI|EI|AI|ETTI|EITI|FDI)(?P<departement>\d{2}[A-Z\d])"
    r"(?P<year>\d{2})(?P<order>\d{4})(?:A(?P<renewal>\d)M(?P<modification>\d))?",
    re.ASCII,
)
CONVENTION = re.compile(
    r"(?P<departement>\d{2}[A-Z\d])(?P<starts_on>\d{6})(?P<measure>[A-Z]+)(?P<order>\d{5})",
    re.ASCII,
)
OLD_CONVENTION = re.compile(
    r"(?P<measure>[A-Z]+)(?P<departement>\d{2}[A-Z\d])(?P<year>\d{2})(?P<order>\d{4})",
    re.ASCII,
)


class WrongNumber(ValueError):
    """A number which does not have the ASP’s form."""

    def __init__(self, text: str, expected: str) -> None:
        super().__init__(f"{text!r} is not {expected}")
        self.user_message = (
            f"Le numéro « {text} » n’a pas la forme attendue ({expected}). Vérifiez-le."
        )


@dataclass(frozen=True, kw_only=True)
class AnnexeNumber:
    """ACI 062 19 0012 A0 M1; without its suffix, `renewal` and `modification` are None."""

    measure: str
    departement: str
    year: int
    order: int
    renewal: int | None
    modification: int | None

    @property
    def is_post_aid(self) -> bool:
        """FDI rows share the file but are not aide au poste."""
        return self.measure != "FDI"


@dataclass(frozen=True, kw_only=True)
class ConventionNumber:
    """054 010118 ACI 00019, or the older EI 017 21 0016, which gives no start day."""

    measure: str
    departement: str
    order: int
    year: int
    starts_on: date | None


def annexe_number(text: str) -> AnnexeNumber:
    """The parts of an annexe’s number. Raises WrongNumber.

    Source : les emplois de l’inclusion, validate_af_number (R3).
    """
    found = ANNEXE.fullmatch(compact(text))
    if not found:
        raise WrongNumber(text, "ACI062190012A0M1")
    renewal, modification = found["renewal"], found["modification"]
    return AnnexeNumber(
        measure=found["measure"],
        departement=found["departement"],
        year=2000 + int(found["year"]),
        order=int(found["order"]),
        renewal=None if renewal is None else int(renewal),
        modification=None if modification is None else int(modification),
    )


def convention_number(text: str) -> ConventionNumber:
    """The parts of a convention’s number, in its present or older form.

    Raises WrongNumber. Source : annexes financières de l’ASP 2018-2022 (R3).
    """
    number = compact(text)
    if found := CONVENTION.fullmatch(number):
        starts_on = start_day(text, found["starts_on"])
        year = starts_on.year
    elif found := OLD_CONVENTION.fullmatch(number):
        starts_on, year = None, 2000 + int(found["year"])
    else:
        raise WrongNumber(text, "062010119ACI00012")
    return ConventionNumber(
        measure=found["measure"],
        departement=found["departement"],
        order=int(found["order"]),
        year=year,
        starts_on=starts_on,
    )


def start_day(text: str, digits: str) -> date:
    day, month, year = (int(digits[place : place + 2]) for place in (0, 2, 4))
    try:
        return date(2000 + year, month, day)
    except ValueError as error:
        raise WrongNumber(text, "062010119ACI00012") from error


def compact(text: str) -> str:
    return "".join(text.split())
