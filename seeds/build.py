"""Builds a territory in one transaction: all of it, or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connections, transaction
from psycopg import Cursor

from funding.models import Envelope, PublishedFigure
from parcours.models import Person
from seeds.ahead import made_ahead
from seeds.calendar import Calendar
from seeds.copying import Batch, advance_sequences
from seeds.department import Parcel, Workshop
from seeds.geography import write_geography, write_perimeters
from seeds.ledger import Ledger
from seeds.pec import write_pecs
from seeds.plan import Plan
from seeds.reference import write_published
from seeds.sites import write_group
from seeds.targets import Targets
from seeds.territory import Territory
from structures.actions import legal_values
from structures.models import Perimeter, Region, Structure

FILLED = (Region, Perimeter, Structure, Person, Envelope, PublishedFigure)
# The tables long enough to be told about.
LABELS = {
    "parcours_person": "personnes",
    "parcours_contract": "contrats",
    "parcours_monthlyhours": "heures",
    "parcours_interview": "accompagnement",
    "funding_transfer": "grand livre",
}
Say = Callable[[float, str], None]


class NotEmpty(Exception):
    user_message = (
        "La base contient déjà des données : les données simulées ne remplacent rien. "
        "Donnez une base vide."
    )


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to build: a territory’s name or a département’s code, read on a day."""

    targets: Targets
    as_of: date
    seed: int
    department: str = "62"
    is_bassin_minier: bool = False
    is_national: bool = False


def build(wanted: Wanted, *, using: str, say: Say) -> dict[str, int]:
    """Rows written, by table. `say` is told how far it is, from 0 to 1, and what is done.

    Raises NotEmpty and WrongFigures.
    """
    if any(model.objects.using(using).exists() for model in FILLED):
        raise NotEmpty
    territory = Territory(wanted.targets, last_year=Calendar(wanted.as_of).last_year)
    # Wrong figures are refused before anything is written.
    first = territory.department(wanted.department)
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        # Checked as it comes: a deferred check would keep every row in mind.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        legal_values.sync(using=using)
        say(0.0, "Géographie et valeurs légales")
        written = write_reference(cursor, wanted)
        ledger = Ledger(cursor, seed=wanted.seed)
        for share, parcel in parcels(wanted, territory, first):
            say(share, f"Département {parcel.departement}")
            add(
                written,
                send(parcel, cursor, ledger, as_of=wanted.as_of, say=say, at=share),
            )
        say(1.0, "Numéros suivants")
        advance_sequences(cursor)
    return written


def analyze() -> None:
    """Tell the planner what came: only the owner may. The first jobs gain by it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def write_reference(cursor: Cursor, wanted: Wanted) -> dict[str, int]:
    batch = Batch()
    write_geography(batch)
    write_perimeters(batch)
    write_published(batch, wanted.targets)
    write_group(batch, is_known=not wanted.is_national)
    return batch.flush(cursor)


def send(
    parcel: Parcel, cursor: Cursor, ledger: Ledger, *, as_of: date, say: Say, at: float
) -> dict[str, int]:
    """Write one département; it is forgotten after."""

    def told(table: str) -> None:
        if table in LABELS:
            say(at, f"Département {parcel.departement} : {LABELS[table]}")

    written = parcel.batch.flush(cursor, told)
    told("funding_transfer")
    written["funding_transfer"] = ledger.post(parcel.moves, as_of=as_of)
    return written


def add(total: dict[str, int], more: dict[str, int]) -> None:
    for table, rows in more.items():
        total[table] = total.get(table, 0) + rows


def parcels(
    wanted: Wanted, territory: Territory, first: Plan
) -> Iterator[tuple[float, Parcel]]:
    """Each département, with how far the work is when it is sent."""
    common = {
        "seed": wanted.seed,
        "as_of": wanted.as_of,
        "nir_key": settings.NIR_KEY.encode(),
    }
    if wanted.is_national:
        plans = list(territory.national())
        for n, parcel in enumerate(made_ahead(plans, whole_country=True, **common)):
            yield n / len(plans), parcel
        return
    workshop = Workshop(**common)
    if not wanted.is_bassin_minier:
        yield 0.5, workshop.parcel(first)
        return
    for n, plan in enumerate(territory.bassin_minier()):
        parcel = workshop.parcel(plan)
        territory.count(
            inside=parcel.inside, earmarked=parcel.earmarked, people=parcel.people
        )
        yield (n + 1) / 4, parcel
    parcel = Parcel("PEC")
    write_pecs(parcel.batch, workshop, wanted.targets)
    yield 0.9, parcel
