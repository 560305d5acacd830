"""The tree of envelopes of each year: national, région, départements, lines, earmarks."""

from dataclasses import dataclass
from decimal import Decimal

from funding.enums import Level, Line
from seeds.copying import Batch
from seeds.geography import NULL, departements

LINES = (Line.IAE_SOCLE, Line.IAE_MODULE, Line.FDI, Line.PEC)
EARMARKS = (Line.ERBM, Line.PAUVRETE)
# Number of the perimeter of each earmark: see geography.write_perimeters.
PERIMETERS = {Line.ERBM: "1", Line.PEC_ERBM: "1"}


@dataclass(slots=True, eq=False)
class Envelope:
    """`amount`: what it is given over the year, worked out from what it must bear."""

    number: int
    year: int
    level: Level
    line: Line
    region: str = NULL
    departement: str = NULL
    parent: "Envelope | None" = None
    amount: Decimal = Decimal(0)


class Envelopes:
    """Envelopes by year, territory and line, drawn when first asked for."""

    def __init__(self) -> None:
        self.all: list[Envelope] = []
        self.found: dict[tuple, Envelope] = {}
        self.written = 0

    def get(
        self, year: int, level: Level, line: Line, departement: str = NULL
    ) -> Envelope:
        """The envelope, its parents drawn before it."""
        region = NULL
        if level == Level.REGIONAL:
            region, departement = departement, NULL
        key = (year, level, line, region, departement)
        if key not in self.found:
            parent = self.parent_of(year, level, line, departement)
            self.found[key] = Envelope(
                len(self.all) + 1, year, level, line, region, departement, parent
            )
            self.all.append(self.found[key])
        return self.found[key]

    def parent_of(self, year: int, level: Level, line: Line, departement: str):
        if level == Level.NATIONAL or line == Line.CD:
            return None
        if level == Level.REGIONAL:
            return self.get(year, Level.NATIONAL, Line.FIE)
        if level == Level.DEPARTMENTAL:
            region = departements()[departement]["region"]
            return self.get(year, Level.REGIONAL, Line.FIE, region)
        if level == Level.EARMARK:
            above = Line.PEC if line == Line.PEC_ERBM else Line.IAE_SOCLE
            return self.get(year, Level.LINE, above, departement)
        return self.get(year, Level.DEPARTMENTAL, Line.FIE, departement)

    def line(self, year: int, departement: str, line: Line) -> Envelope:
        is_earmark = line in EARMARKS or line == Line.PEC_ERBM
        level = Level.EARMARK if is_earmark else Level.LINE
        return self.get(year, level, line, departement)

    def draw_lines(self, year: int, departement: str, *, earmarked: bool) -> None:
        for line in (*LINES, *(EARMARKS if earmarked else ()), Line.CD):
            self.line(year, departement, line)

    def undrawn(self) -> list[Envelope]:
        """Those not asked for yet: each is written once."""
        new = self.all[self.written :]
        self.written = len(self.all)
        return new

    def numbers(self) -> dict[tuple[int, str, Line], int]:
        """Number of the line of a year and département."""
        return {
            (e.year, e.departement, e.line): e.number
            for e in self.all
            if e.level in (Level.LINE, Level.EARMARK)
        }


def write_envelopes(batch: Batch, envelopes: list[Envelope]) -> None:
    for envelope in envelopes:
        batch["funding_envelope"].append(
            f"{envelope.number}\t{envelope.year}\t{envelope.level.value}\t"
            f"{envelope.line.value}\t{envelope.region}\t{envelope.departement}\t"
            f"{PERIMETERS.get(envelope.line, NULL)}\t"
            f"{envelope.parent.number if envelope.parent else NULL}\n"
        )
