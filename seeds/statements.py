"""Monthly statements: when each month was entered and validated, and who is late."""

from dataclasses import dataclass

from parcours.enums import StatementState
from seeds.calendar import FIRST_YEAR, Calendar, Month
from seeds.chance import stream
from seeds.contracts import Contracts
from seeds.conventions import Annexe
from seeds.copying import Batch
from seeds.geography import NULL
from seeds.sites import Site
from seeds.stays import Stay

# Late on the day: kind and rank of the structure, months back, what stands instead.
LATE = {
    ("ACI", 7): ((2, 3), StatementState.BROUILLON),
    ("EI", 11): ((2,), None),
}
ON_TIME: tuple[tuple[int, ...], None] = ((), None)
DAYS_TO_ENTER = 12
# Of the months over but not entered yet, one in so many is already a draft.
DRAFTED_ONE_IN = 3


@dataclass(frozen=True, slots=True)
class Statement:
    number: int
    state: StatementState

    @property
    def has_hours(self) -> bool:
        return self.state in (StatementState.SAISI, StatementState.VALIDE)


class Statements:
    """Numbers statements. A month is entered in the first days of the next one."""

    def __init__(self, calendar: Calendar, *, seed: int) -> None:
        self.calendar, self.seed, self.number = calendar, seed, 0
        self.as_of = calendar.as_of.toordinal()
        self.this_month = calendar.month_of(self.as_of)

    def write(
        self, batch: Batch, site: Site, annexes: list[Annexe], *, rank: int
    ) -> dict[int, Statement]:
        """The statements of a structure, by index of month; `rank` among its kind’s."""
        chance = stream(self.seed, "statements", site.number)
        late = LATE.get((site.kind, rank), ON_TIME)
        found: dict[int, Statement] = {}
        for annexe in annexes:
            start = (annexe.year - FIRST_YEAR) * 12 + 12 - annexe.months
            for month in self.calendar.months[start : start + annexe.months]:
                entered = month.last + chance.randrange(1, DAYS_TO_ENTER + 1)
                validated = entered + chance.randrange(1, 9)
                state = self.state(month, entered, validated, site, late)
                if state is None:
                    continue
                self.number += 1
                found[month.index] = Statement(self.number, state)
                is_valid = state == StatementState.VALIDE
                batch["parcours_monthlystatement"].append(
                    f"{self.number}\t{annexe.convention.number}\t{month.text}\t"
                    f"{state.value}\t{self.calendar.iso[validated] if is_valid else NULL}\n"
                )
        return found

    def state(
        self, month: Month, entered: int, validated: int, site: Site, late: tuple
    ) -> StatementState | None:
        """What stands of a month on the day; None when nothing does."""
        if month.last > self.as_of:
            return None
        months_back, instead = late
        if self.this_month - month.index in months_back:
            return instead
        if entered > self.as_of:
            is_drafted = (site.number + month.index) % DRAFTED_ONE_IN == 0
            return StatementState.BROUILLON if is_drafted else None
        return (
            StatementState.VALIDE if validated <= self.as_of else StatementState.SAISI
        )


def write_hours(
    batch: Batch,
    stays: list[Stay],
    statements: dict[int, Statement],
    contracts: Contracts,
) -> None:
    """The hours that were entered on the day."""
    numbers = {m: found.number for m, found in statements.items() if found.has_hours}
    lines, first = batch["parcours_monthlyhours"], contracts.first
    for stay in stays:
        start = first.get(stay)
        if start is not None:
            for month, place, hours in stay.hours:
                if month in numbers:
                    lines.append(f"{numbers[month]}\t{start + place}\t{hours}\n")
