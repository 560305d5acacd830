"""Where the money of a département comes from: notified, delegated, as much as it bears."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from funding.enums import Bucket, Level, Line, TransferKind
from seeds.envelopes import EARMARKS, Envelope, Envelopes
from seeds.flows import IN, OUTSIDE, Move, available
from seeds.geography import departements

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


def rounded(amount: Decimal) -> Decimal:
    """Up to the next thousand."""
    return -(-amount // THOUSAND) * THOUSAND


class Treasury:
    """Gives each line of a département what its annexes will ask of it."""

    def __init__(
        self, envelopes: Envelopes, *, earmarked: dict[tuple, Decimal]
    ) -> None:
        """`earmarked`: euros of an earmark, where a document says them."""
        self.envelopes, self.earmarked = envelopes, earmarked
        self.opened: set[int] = set()

    def moves(
        self, departement: str, years: list[int], flows: list[Move]
    ) -> Iterator[Move]:
        by_number = {e.number: e for e in self.envelopes.all}
        peaks = needs(flows, by_number)
        for year in years:
            if year not in self.opened:
                self.opened.add(year)
                yield from self.open_year(year)
            yield from self.fund(year, departement, peaks)

    def open_year(self, year: int) -> Iterator[Move]:
        """The country’s and the region’s shares, the second way of the money."""
        root = self.envelopes.get(year, Level.NATIONAL, Line.FIE)
        region = self.envelopes.get(year, Level.REGIONAL, Line.FIE, REGION)
        total = NATIONAL.get(year, NATIONAL[max(NATIONAL)])
        share = REGION_SHARE.get(year, REGION_SHARE[min(REGION_SHARE)])
        early = rounded(total * PROVISIONAL)
        new_year, day = date(year, 1, 1), circular(year)
        text = f"Circulaire FIE {year}"
        kinds = TransferKind.PROVISIONAL, TransferKind.NOTIFICATION
        yield notified(root, early, new_year, f"{text}, provisoire", kind=kinds[0])
        yield notified(root, total - early, day, text, kind=kinds[1])
        yield delegated(root, region, rounded(early * share), new_year, text)
        rest = total * share // 1 - rounded(early * share)
        yield delegated(root, region, rest, day + timedelta(days=TO_REGION), text)

    def fund(self, year: int, departement: str, peaks: dict) -> Iterator[Move]:
        """Each line has its provisional part at the New Year, the rest by mid-February."""
        lines = {
            e.line: e
            for e in self.envelopes.all
            if (e.year, e.departement) == (year, departement) and e.line != Line.FIE
        }
        wanted = {line: self.wanted(e, peaks) for line, e in lines.items()}
        for line in EARMARKS:
            if line in wanted:
                wanted[Line.IAE_SOCLE] = added(wanted[Line.IAE_SOCLE], wanted[line])
        above = self.envelopes.get(year, Level.DEPARTMENTAL, Line.FIE, departement)
        state = [lines[x] for x in lines if x not in (*EARMARKS, Line.CD)]
        sums = [sum(wanted[e.line][n] for e in state) for n in (0, 1)]
        yield from self.twice(above.parent, above, sums, year, TO_DEPARTEMENT)
        for envelope in state:
            yield from self.twice(above, envelope, wanted[envelope.line], year, TO_LINE)
        for line in EARMARKS:
            if line in lines:
                parent = lines[Line.IAE_SOCLE]
                yield from self.twice(parent, lines[line], wanted[line], year, TO_LINE)
        yield from self.agreement(lines[Line.CD], wanted[Line.CD], year)

    def wanted(self, envelope: Envelope, peaks: dict) -> list[Decimal]:
        """What it is given first, and in all."""
        early, peak = (rounded(amount * SPARE) for amount in peaks[envelope.number])
        if envelope.line == Line.FDI:
            return [Decimal(0), FDI]
        key = envelope.year, envelope.departement, envelope.line
        return [early, self.earmarked.get(key, max(peak, early))]

    def twice(
        self, above: Envelope, below: Envelope, wanted: list, year: int, delay: int
    ) -> Iterator[Move]:
        early, total = wanted
        text = f"Délégation {year} {departements()[below.departement]['nom']}"
        day = circular(year) + timedelta(days=delay)
        if early:
            yield delegated(
                above, below, early, date(year, 1, 1), f"{text}, provisoire"
            )
        if total > early:
            yield delegated(above, below, total - early, day, text)

    def agreement(self, envelope: Envelope, wanted: list, year: int) -> Iterator[Move]:
        """The département’s own money, by its yearly agreement with the State (CAOM)."""
        early, total = wanted
        text = f"CAOM {year}"
        if early:
            kind = TransferKind.PROVISIONAL
            yield notified(
                envelope, early, date(year, 1, 1), f"{text}, provisoire", kind=kind
            )
        if total > early:
            kind = TransferKind.NOTIFICATION
            yield notified(envelope, total - early, lines_on(year), text, kind=kind)


def added(one: list[Decimal], other: list[Decimal]) -> list[Decimal]:
    return [a + b for a, b in zip(one, other, strict=True)]


def notified(
    envelope: Envelope, amount: Decimal, on: date, text: str, *, kind: TransferKind
) -> Move:
    return Move(on, IN, kind, OUTSIDE, available(envelope.number), amount, text)


def delegated(
    above: Envelope, below: Envelope, amount: Decimal, on: date, text: str
) -> Move:
    return Move(
        on,
        IN,
        TransferKind.DELEGATION,
        available(above.number),
        available(below.number),
        amount,
        text,
    )
