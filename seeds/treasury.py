"""Where the money of a département comes from: notified, delegated, as much as it bears."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from funding.enums import Bucket, Level, Line, TransferKind
from seeds.envelopes import EARMARKS, Envelope, Envelopes
from seeds.flows import IN, OUTSIDE, Move, available
from seeds.geography import departements
from seeds.plan import Plan

# IAE of the whole country, notified by the circular; before 2018, plausible.
NATIONAL = {
    2015: Decimal(757_000_000),
    2016: Decimal(773_000_000),
    2017: Decimal(790_000_000),
    2018: Decimal(811_000_000),
    2019: Decimal("889781243"),
}
# Part of the Hauts-de-France: published for these years, the first one taken before.
REGION_SHARE = {2018: Decimal("0.171"), 2019: Decimal("0.165")}
REGION = "32"
CIRCULARS = {2018: date(2018, 1, 11), 2019: date(2019, 1, 31)}
# What is notified at the New Year, before the circular, of the year’s amount.
PROVISIONAL = Decimal("0.97")
TO_REGION, TO_DEPARTEMENT, TO_LINE = 8, 15, 16
SPARE = Decimal("1.012")
FDI = Decimal(420_000)
THOUSAND = Decimal(1000)


def needs(moves: list[Move], numbers: dict[int, Envelope]) -> dict[int, list]:
    """By envelope, what it must hold: the peak before its delegation, and over the year."""
    running: dict[int, Decimal] = defaultdict(Decimal)
    peaks: dict[int, list] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for move in sorted(moves, key=lambda move: (move.on, move.rank)):
        source, target = move.source[0], move.target[0]
        if move.source[2] == Bucket.AVAILABLE:
            running[source] += move.amount
        elif move.target[2] == Bucket.AVAILABLE:
            running[target] -= move.amount
        peak = peaks[source]
        delegated = lines_on(numbers[source].year)
        if move.on <= delegated:
            peak[0] = max(peak[0], running[source])
        peak[1] = max(peak[1], running[source])
    return peaks


def circular(year: int) -> date:
    return CIRCULARS.get(year, date(year, 1, 31))


def lines_on(year: int) -> date:
    return circular(year) + timedelta(days=TO_LINE)


def up_to_thousands(amount: Decimal) -> Decimal:
    """Up to the next thousand."""
    return (amount / THOUSAND).to_integral_value(ROUND_CEILING) * THOUSAND


class Treasury:
    """Gives each line of a département what its annexes will ask of it."""

    def __init__(self, envelopes: Envelopes, *, whole_country: bool = False) -> None:
        """For the whole country, what each département needs is notified one by one."""
        self.envelopes, self.whole_country = envelopes, whole_country
        self.opened: set[int] = set()

    def moves(self, plan: Plan, years: list[int], flows: list[Move]) -> Iterator[Move]:
        """What comes in and down, for the years begun; `flows` is what will go out."""
        peaks = needs(flows, {e.number: e for e in self.envelopes.all})
        for year in years:
            if year not in self.opened and not self.whole_country:
                self.opened.add(year)
                yield from self.open_year(year)
            yield from self.fund(year, plan, peaks)

    def open_year(self, year: int) -> Iterator[Move]:
        """The country’s amount, and the region’s share of it."""
        root = self.envelopes.get(year, Level.NATIONAL, Line.FIE)
        region = self.envelopes.get(year, Level.REGIONAL, Line.FIE, REGION)
        total = NATIONAL.get(year, NATIONAL[max(NATIONAL)])
        share = REGION_SHARE.get(year, REGION_SHARE[min(REGION_SHARE)])
        early = up_to_thousands(total * PROVISIONAL)
        text = f"Circulaire FIE {year}"
        yield from arriving(root, [early, total], year, text, on=circular(year))
        given = [up_to_thousands(early * share), total * share // 1]
        on = circular(year) + timedelta(days=TO_REGION)
        yield from going_down(root, region, given, year, text, on=on)

    def fund(self, year: int, plan: Plan, peaks: dict) -> Iterator[Move]:
        """Each line has its provisional part at the New Year, the rest by mid-February."""
        lines = {
            e.line: e
            for e in self.envelopes.all
            if (e.year, e.departement) == (year, plan.departement)
            and e.line != Line.FIE
        }
        wanted = {line: self.wanted(e, peaks, plan) for line, e in lines.items()}
        earmarks = [line for line in EARMARKS if line in lines]
        for line in earmarks:
            wanted[Line.IAE_SOCLE] = added(wanted[Line.IAE_SOCLE], wanted[line])
        state = [line for line in lines if line not in (*EARMARKS, Line.CD)]
        above = self.envelopes.get(year, Level.DEPARTMENTAL, Line.FIE, plan.departement)
        sums = [sum(wanted[line][n] for line in state) for n in (0, 1)]
        text = f"Délégation {year} {departements()[plan.departement]['nom']}"
        yield from self.from_region(above, sums, year, text)
        on = lines_on(year)
        for line in state:
            yield from going_down(above, lines[line], wanted[line], year, text, on=on)
        parent = lines[Line.IAE_SOCLE]
        for line in earmarks:
            yield from going_down(parent, lines[line], wanted[line], year, text, on=on)
        agreement = f"Convention annuelle d’objectifs et de moyens {year}"
        yield from arriving(lines[Line.CD], wanted[Line.CD], year, agreement, on=on)

    def from_region(
        self, below: Envelope, amounts: list, year: int, text: str
    ) -> Iterator[Move]:
        region, on = below.parent, circular(year)
        if self.whole_country:
            yield from arriving(region.parent, amounts, year, text, on=on)
            yield from going_down(region.parent, region, amounts, year, text, on=on)
        later = on + timedelta(days=TO_DEPARTEMENT)
        yield from going_down(region, below, amounts, year, text, on=later)

    def wanted(self, envelope: Envelope, peaks: dict, plan: Plan) -> list[Decimal]:
        """What a line is given first, and in all."""
        early, peak = (
            up_to_thousands(amount * SPARE) for amount in peaks[envelope.number]
        )
        total = max(early, peak)
        if envelope.line == Line.FDI:
            total = FDI
        if envelope.line == Line.ERBM and envelope.year == plan.day.year:
            total = max(plan.erbm_notified, total)
        return [early, total]


def arriving(
    root: Envelope, amounts: list[Decimal], year: int, text: str, *, on: date
) -> Iterator[Move]:
    """Into a root: a provisional part on 1 January, the rest on a day."""
    early, total = amounts
    kinds = TransferKind.PROVISIONAL, TransferKind.NOTIFICATION
    days, parts = (date(year, 1, 1), on), (early, total - early)
    for kind, day, amount in zip(kinds, days, parts, strict=True):
        if amount:
            yield Move(day, IN, kind, OUTSIDE, available(root.number), amount, text)


def going_down(
    above: Envelope, below: Envelope, amounts: list, year: int, text: str, *, on: date
) -> Iterator[Move]:
    """From an envelope to its child: a part on 1 January, the rest on a day."""
    early, total = amounts
    source, target = available(above.number), available(below.number)
    for day, amount in ((date(year, 1, 1), early), (on, total - early)):
        if amount:
            yield Move(day, IN, TransferKind.DELEGATION, source, target, amount, text)


def added(one: list[Decimal], other: list[Decimal]) -> list[Decimal]:
    return [a + b for a, b in zip(one, other, strict=True)]
