"""The yearly jobs against SQL written by hand, and their reading against polars."""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import polars as pl
from django.db import connection, connections
from django.db.models import QuerySet

from bench.measuring import Ratio, in_turn
from funding.actions import campaigns
from funding.enums import Job, Phase, StepStatus
from funding.models import Campaign, Step
from structures.models import Departement

DAY = date(2019, 12, 2)
SQL = Path(__file__).parent / "sql"
# job, year, what it writes (emptied before each run), its peer's tables
PLAN = (
    (Job.CONSUMPTION, 2018, ("consumption",)),
    (Job.OUTCOMES, 2018, ("outcomereport",)),
    (Job.CONVENTIONS, 2020, ("annexefinanciere", "annexeversion", "annexepart")),
)
# What each side must have written, without the numbers the base gives.
ROWS = {
    Job.CONSUMPTION: """
        SELECT annexe_id, version_id, month, persons, hours, etp, amount, due
        FROM funding_consumption""",
    Job.OUTCOMES: """
        SELECT structure_id, year, as_of, durable, transition, positive, other, withdrawn,
               too_short, too_few_hours, minima_share, effort
        FROM funding_outcomereport""",
    Job.CONVENTIONS: """
        SELECT a.convention_id, a.number, a.renewal, w.modification, w.starts_on, w.ends_on,
               w.etp, w.unit_amount, w.hours_per_etp, w.total, w.cofinanced, w.cofinancer,
               w.is_prison, w.supervision_etp, w.forecast_exits, w.forecast_dynamic,
               w.forecast_durable, w.forecast_transition, w.forecast_positive,
               p.envelope_id, p.etp AS part_etp, p.posts, p.amount
        FROM funding_annexefinanciere a
        JOIN funding_annexeversion w ON w.annexe_id = a.id
        JOIN funding_annexepart p ON p.version_id = w.id
        WHERE a.year = 2020 AND w.state = 'BROUILLON'""",
}
READ = """
SELECT st.convention_id, st.month, sum(h.hours) AS hours,
       count(DISTINCT c.person_id) AS persons
FROM parcours_monthlystatement st
JOIN parcours_monthlyhours h ON h.statement_id = st.id
JOIN parcours_contract c ON c.id = h.contract_id
WHERE st.month BETWEEN '2018-01-01' AND '2018-12-31' AND st.state = 'VALIDE'
GROUP BY 1, 2
"""


def run() -> Iterator[Ratio | str]:
    """One ratio a job, then the reading part; the base is left as it was found."""
    for job, year, tables in PLAN:
        peers(tables)
        yield compared(job, year, tables, by_hand, "SQL écrit à la main, mêmes lignes")
        yield same_rows(job, year, tables)
        if job == Job.CONVENTIONS:
            name = "le même SQL, un département par transaction comme nous"
            yield compared(job, year, tables, by_hand_one_by_one, name)
        drop(tables)
    yield against_polars()


def same_rows(job: Job, year: int, tables: tuple[str, ...]) -> str:
    """Both written once more, and compared: a ratio between two works would say nothing."""
    forget(job, tables)
    run_job(job, year)
    by_hand(job, year)
    ours = ROWS[job]
    peers_rows = ours.replace("funding_", "peer_").replace(
        "peer_envelope", "funding_envelope"
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({ours}) o")
        written = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT count(*) FROM (({ours} EXCEPT {peers_rows})"
            f" UNION ALL ({peers_rows} EXCEPT {ours})) d"
        )
        different = cursor.fetchone()[0]
    if different:
        raise AssertionError(
            f"{job}: {different} of {written} rows differ from the peer"
        )
    return f"{'':<44} {written} lignes, les mêmes des deux côtés"


def compared(
    job: Job, year: int, tables: tuple[str, ...], peer: Callable, name: str
) -> Ratio:
    return in_turn(
        f"{job.label} {year}",
        ours=lambda: run_job(job, year),
        peer=lambda: peer(job, year),
        peer_name=name,
        target="≤ 2",
        before=lambda: forget(job, tables),
    )


def places() -> QuerySet[Departement]:
    return Departement.objects.filter(communes__structures__isnull=False).distinct()


def run_job(job: Job, year: int) -> None:
    """Every département, one transaction each, as one worker runs them."""
    campaign = Campaign.objects.create(year=year, business_on=DAY)
    Step.objects.bulk_create(
        Step(
            campaign=campaign, job=job, phase=Phase[job.name], year=year, departement=d
        )
        for d in places()
    )
    while step := campaigns.claim_step(campaign_id=campaign.pk, worker="bench"):
        campaigns.run_step(step=step)
    assert not campaign.steps.exclude(status=StepStatus.DONE).exists()


def by_hand(job: Job, year: int, departement: str | None = None) -> None:
    text = (SQL / f"{job.lower()}.sql").read_text()
    with connections["owner"].cursor() as cursor:
        cursor.execute(text, {"year": year, "on": DAY, "departement": departement})


def by_hand_one_by_one(job: Job, year: int) -> None:
    for place in places():
        by_hand(job, year, place.pk)


def peers(tables: tuple[str, ...]) -> None:
    """The peer writes into tables with the same columns, keys, checks and indexes."""
    drop(tables)
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(
                f"CREATE TABLE peer_{table} (LIKE funding_{table} INCLUDING ALL)"
            )
            cursor.execute(FOREIGN_KEYS, [f"funding_{table}"])
            for (key,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE peer_{table} ADD {repointed(key, tables)}")


FOREIGN_KEYS = """
SELECT pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype = 'f'
"""


def repointed(key: str, tables: tuple[str, ...]) -> str:
    for table in tables:
        key = key.replace(f"REFERENCES funding_{table}(", f"REFERENCES peer_{table}(")
    return key


def drop(tables: tuple[str, ...]) -> None:
    with connections["owner"].cursor() as cursor:
        for table in reversed(tables):
            cursor.execute(f"DROP TABLE IF EXISTS peer_{table} CASCADE")


def forget(job: Job, tables: tuple[str, ...]) -> None:
    """Both sides start from empty tables; drafts only, for the conventions."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM funding_stepline; DELETE FROM funding_step")
        if job == Job.CONVENTIONS:
            cursor.execute(FORGET_DRAFTS)
        else:
            cursor.execute(f"TRUNCATE funding_{tables[0]}")
        cursor.execute("TRUNCATE " + ", ".join(f"peer_{table}" for table in tables))


FORGET_DRAFTS = """
DELETE FROM funding_annexepart p USING funding_annexeversion w
WHERE w.id = p.version_id AND w.state = 'BROUILLON';
DELETE FROM funding_annexeversion WHERE state = 'BROUILLON';
DELETE FROM funding_annexefinanciere WHERE year = 2020
"""


def against_polars() -> Ratio:
    """The reading of a year of hours, by PostgreSQL and by polars from Parquet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hours.parquet"
        to_parquet(path)
        return in_turn(
            "Lecture des heures de 2018",
            ours=read_ours,
            peer=lambda: read_polars(path),
            peer_name="polars sur Parquet (déjà joint)",
            target="pour voir",
        )


def to_parquet(path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT st.convention_id, st.month, c.person_id, h.hours::float "
            "FROM parcours_monthlystatement st "
            "JOIN parcours_monthlyhours h ON h.statement_id = st.id "
            "JOIN parcours_contract c ON c.id = h.contract_id WHERE st.state = 'VALIDE'"
        )
        columns = ["convention", "month", "person", "hours"]
        parts = []
        while rows := cursor.fetchmany(500_000):
            parts.append(pl.DataFrame(rows, schema=columns, orient="row"))
        pl.concat(parts).write_parquet(path)


def read_ours() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return cursor.fetchall()


def read_polars(path: Path) -> pl.DataFrame:
    year = pl.col("month").is_between(date(2018, 1, 1), date(2018, 12, 31))
    return (
        pl.scan_parquet(path)
        .filter(year)
        .group_by("convention", "month")
        .agg(pl.col("hours").sum(), pl.col("person").n_unique())
        .collect()
    )
