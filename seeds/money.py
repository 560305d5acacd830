"""The money of a département’s annexes, and what of it falls in the bassin minier."""

from datetime import date
from decimal import Decimal

from funding.enums import Line, TransferKind
from seeds.annexes import terms_of
from seeds.conventions import Annexe
from seeds.copying import Batch
from seeds.flows import (
    Move,
    annexe_moves,
    modulation_moves,
    modulations,
    write_modulations,
)


def flows(
    annexes: list[Annexe], batch: Batch, *, envelopes: dict, as_of: date, seed: int
) -> list[Move]:
    """Every move of the annexes; the modulated shares are written on the way."""
    moves: list[Move] = []
    for year in sorted({annexe.year for annexe in annexes}):
        of_year = [annexe for annexe in annexes if annexe.year == year]
        for annexe in of_year:
            moves += annexe_moves(annexe, envelopes)
        found = modulations(of_year, year, seed=seed)
        write_modulations(batch, found, as_of)
        moves += modulation_moves(found, envelopes)
    return moves


def aid_inside(
    annexes: list[Annexe], moves: list[Move], year: int
) -> tuple[Decimal, Decimal]:
    """Euros engaged over a year inside the perimeter: in all, and on the earmark."""
    inside = {a.number for a in annexes if a.year == year and a.site.place.inside}
    signs = {TransferKind.COMMIT: 1, TransferKind.RELEASE: -1}
    engaged = sum(
        signs[move.kind] * move.amount
        for move in moves
        if move.kind in signs and (move.target[1] or move.source[1]) in inside
    )
    last = [a.versions[-1] for a in annexes if a.number in inside]
    parts = [part for version in last for part in terms_of(version).parts]
    earmark = sum(part.amount for part in parts if part.line == Line.ERBM)
    return Decimal(engaged), Decimal(earmark)
