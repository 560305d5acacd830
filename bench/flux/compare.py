"""The import against a bare COPY, and its memory against ten times the rows."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.flux import bare
from bench.flux.generate import write_delivery
from bench.flux.memory import Peak, peak_of
from bench.flux.scratch import empty, scratch_database
from bench.measuring import in_turn
from funding.flux.delivery import import_delivery

PEOPLE = 60_000
TIMES = 10


def run(people: int = PEOPLE) -> Iterator[object]:
    """A ratio, then two lines about memory."""
    with tempfile.TemporaryDirectory() as folder, scratch_database() as database:
        large = write_delivery(Path(folder) / "large", people=people)
        small = write_delivery(Path(folder) / "small", people=people // TIMES)
        prepared = Path(folder) / "prepared"
        read = sum(file.read for file in import_delivery(large).files)
        written = bare.dump(prepared)
        yield in_turn(
            f"import_flux, {read} lignes vers {written}",
            ours=lambda: import_delivery(large),
            peer=lambda: bare.load(prepared),
            peer_name="COPY nu, mêmes tables et contraintes",
            target="≤ 3",
            before=empty,
        )
        empty()
        yield from memory(peak_of(small, database), peak_of(large, database))


def memory(small: Peak, large: Peak) -> Iterator[str]:
    pairs = [("commande", small.command, large.command)]
    if small.server and large.server:
        pairs.append(("PostgreSQL, mémoire privée", small.server, large.server))
    for name, before, after in pairs:
        yield (
            f"mémoire de l’import, {name} : {before:.0f} Mo, puis {after:.0f} Mo avec "
            f"{TIMES} × les lignes, soit {after / before:.2f} × (cible : ± 20 %)"
        )
