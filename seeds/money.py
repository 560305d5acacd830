"""The money of a département, from its annexes to the ledger."""

from datetime import date

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
    """Every move of the annexes of the years begun; the modulated shares are written."""
    moves: list[Move] = []
    for year in sorted({annexe.year for annexe in annexes}):
        of_year = [annexe for annexe in annexes if annexe.year == year]
        for annexe in of_year:
            moves += annexe_moves(annexe, envelopes)
        found = modulations(of_year, year, seed=seed)
        write_modulations(batch, found, as_of)
        moves += modulation_moves(found, envelopes)
    return moves
