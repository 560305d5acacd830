"""Timing things in turn, and saying it with the spread."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Run = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """Ours over the peer's, pair by pair: median, least and most; seconds beside."""

    name: str
    peer: str
    ours: float
    theirs: float
    ratios: tuple[float, ...]
    target: str

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    def __str__(self) -> str:
        spread = f"{min(self.ratios):.2f}–{max(self.ratios):.2f}"
        return (
            f"{self.name:<44} {self.ours:>9.3f} s {self.theirs:>9.3f} s "
            f"{self.median:>6.2f} × ({spread})  cible {self.target:<8} face à {self.peer}"
        )


def seconds(run: Run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def in_turn(
    name: str,
    *,
    ours: Run,
    peer: Run,
    peer_name: str,
    target: str,
    before: Run = lambda: None,
    runs: int = 3,
) -> Ratio:
    """Each once unmeasured, then `runs` pairs, one after the other."""
    for run in (ours, peer):
        before()
        run()
    pairs = []
    for _ in range(runs):
        before()
        mine = seconds(ours)
        before()
        pairs.append((mine, seconds(peer)))
    return Ratio(
        name=name,
        peer=peer_name,
        ours=statistics.median(m for m, _ in pairs),
        theirs=statistics.median(t for _, t in pairs),
        ratios=tuple(m / t for m, t in pairs),
        target=target,
    )
