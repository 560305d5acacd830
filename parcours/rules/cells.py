"""What is typed in a cell of the month: hours worked, absences with their reason.

« 7 » is seven hours worked, « CP » a whole planned day of paid leave, « 4 MA3 » four hours
worked and three of sickness. A cell of a whole month reads the same, every absence with
its hours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from parcours.enums import AbsenceReason

PART = re.compile(r"(?P<word>[A-Z]{2})?(?P<number>\d{1,3}(?:[.,]\d{1,2})?)?")
DAY, MONTH = Decimal(24), Decimal(744)  # as many hours as there are
SPACES = str.maketrans("\u00a0\u202f;+", "    ")


class UnreadCell(ValueError):
    """What was typed is no hours; `user_message` says what is."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@dataclass(frozen=True)
class Cell:
    """Hours worked, None when nothing was typed, and hours of each absence."""

    worked: Decimal | None = None
    absences: dict[AbsenceReason, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return (self.worked or Decimal(0)) + sum(self.absences.values(), Decimal(0))

    @property
    def is_empty(self) -> bool:
        return self.worked is None and not self.absences


def read_cell(text: str, *, planned: Decimal | None, most: Decimal = DAY) -> Cell:
    """The hours a text writes; `planned` are those an absence alone takes.

    An absence without hours takes what is left of the planned ones. Raises UnreadCell.
    """
    worked: Decimal | None = None
    absences: dict[AbsenceReason, Decimal | None] = {}
    for word, hours in parts_of(text):
        if word is None:
            if worked is not None:
                raise UnreadCell(f"« {text} » a deux nombres : écrivez-en un seul.")
            worked = hours
        elif word in absences:
            raise UnreadCell(f"« {text} » a deux fois {word.value}.")
        else:
            absences[word] = hours
    cell = Cell(worked, filled(absences, worked, planned, text))
    if cell.total > most:
        raise UnreadCell(
            f"« {text} » fait {written(cell.total)} h : il y en a {written(most)} au plus."
        )
    return cell


def parts_of(text: str) -> Iterable[tuple[AbsenceReason | None, Decimal | None]]:
    joined = re.sub(r"([A-Z]{2}) +(?=\d)", r"\1", text.upper().translate(SPACES))
    for part in joined.split():
        found = PART.fullmatch(part)
        if not found:
            raise UnreadCell(f"« {text} » n’est pas lu. {HOW}")
        word, number = found["word"], found["number"]
        if word and word not in AbsenceReason.values:
            known = ", ".join(AbsenceReason.values)
            raise UnreadCell(f"« {word} » n’est pas un motif d’absence : {known}.")
        hours = Decimal(number.replace(",", ".")) if number else None
        yield AbsenceReason(word) if word else None, hours


HOW = "Écrivez des heures (7 ou 3,5), un motif (CP), ou les deux (4 MA3)."


def filled(
    absences: dict[AbsenceReason, Decimal | None],
    worked: Decimal | None,
    planned: Decimal | None,
    text: str,
) -> dict[AbsenceReason, Decimal]:
    """Each absence with its hours: the one that has none takes what is left."""
    open_ones = [reason for reason, hours in absences.items() if hours is None]
    told = {reason: hours for reason, hours in absences.items() if hours is not None}
    if not open_ones:
        return told
    if planned is None or len(open_ones) > 1:
        raise UnreadCell(
            f"« {text} » : écrivez les heures de l’absence, {open_ones[0].value}7 par "
            "exemple."
        )
    taken = (worked or Decimal(0)) + sum(told.values(), Decimal(0))
    return told | {open_ones[0]: max(planned - taken, Decimal(0))}


def cell_text(cell: Cell) -> str:
    """The same, in its one way to be written: « 4 MA3 »; "" for an empty cell."""
    texts = [] if cell.worked is None else [written(cell.worked)]
    texts += [
        f"{reason.value}{written(cell.absences[reason])}"
        for reason in AbsenceReason
        if reason in cell.absences
    ]
    return " ".join(texts)


def summed(cells: Iterable[Cell]) -> Cell:
    """The cells of a month as one."""
    worked: Decimal | None = None
    absences: dict[AbsenceReason, Decimal] = {}
    for cell in cells:
        if cell.worked is not None:
            worked = (worked or Decimal(0)) + cell.worked
        for reason, hours in cell.absences.items():
            absences[reason] = absences.get(reason, Decimal(0)) + hours
    return Cell(worked, absences)


def written(number: Decimal) -> str:
    """3,5 and 7: no useless zero."""
    return f"{number.normalize():f}".replace(".", ",")
