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
        late = LATE.get((site.kind, rank), ON_TIME)
        conventions = {annexe.year: annexe.convention.number for annexe in annexes}
        found: dict[int, Statement] = {}
        for index, days in entry_days(site, self.calendar, seed=self.seed).items():
            month = self.calendar.months[index]
            state = self.state(month, *days, site, late)
            if state is None:
                continue
            self.number += 1
            found[index] = Statement(self.number, state)
            is_valid = state == StatementState.VALIDE
            batch["parcours_monthlystatement"].append(
                f"{self.number}\t{conventions[month.year]}\t{month.text}\t"
                f"{state.value}\t{self.calendar.iso[days[1]] if is_valid else NULL}\n"
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


def entry_days(
    site: Site, calendar: Calendar, *, seed: int
) -> dict[int, tuple[int, int]]:
    """By month of its annexes, the days a structure enters it and has it validated."""
    chance = stream(seed, "statements", site.number)
    found = {}
    for year in sorted(site.agreed):
        start = (year - FIRST_YEAR) * 12 + 12 - site.months_in(year)
        for month in calendar.months[start : start + site.months_in(year)]:
            entered = month.last + chance.randrange(1, DAYS_TO_ENTER + 1)
            found[month.index] = (entered, entered + chance.randrange(1, 9))
    return found


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
