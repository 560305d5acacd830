"""A delivery of the ASP into the base: all of it, or nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import Error, connection, transaction
from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.annexes import import_annexes
from funding.flux.container import FluxFile
from funding.flux.contracts import import_contracts
from funding.flux.counts import import_counts
from funding.flux.exits import import_exits
from funding.flux.layout import layout, view_of, views
from funding.flux.merge import Outcome
from funding.flux.people import import_people
from funding.flux.plausible import set_day
from funding.flux.reconciliation import (
    STORE,
    Issue,
    Reconciliation,
    count_files,
    stored_issues,
)
from funding.flux.refs import import_refs
from funding.flux.staging import empty, stage
from funding.flux.statements import import_statements
from funding.flux.structures import import_structures
from funding.flux.totals import create_totals, totals
from funding.flux.trainings import import_trainings
from funding.models import ImportRun
from funding.rules.flux import WrongFile

ONE_AT_A_TIME = 0x666C7578
# Foreign keys are checked at the end of each statement: checks left until the commit
# would pile up in memory. A table filled in this transaction may pass for empty, and a
# nested loop over it would never end: joins are hashed. Small samples and small hash
# tables keep the server’s memory flat too.
SETTINGS = """
SET LOCAL statement_timeout = 0;
SET LOCAL datestyle = 'ISO, DMY';
SET LOCAL work_mem = '4MB';
SET LOCAL hash_mem_multiplier = 1;
SET LOCAL enable_nestloop = off;
SET LOCAL default_statistics_target = 10;
SET CONSTRAINTS ALL IMMEDIATE
"""
Report = Callable[[Reconciliation, Iterator[Issue]], None]


def import_delivery(
    directory: Path, *, dry_run: bool = False, by=None, report: Report | None = None
) -> Reconciliation:
    """Import the files of a directory; a dry run does the same and undoes it.

    `report` receives the reconciliation and every issue, before they are gone. Raises
    WrongFile, one sentence, and then nothing was written.
    """
    paths, ignored = find_files(directory)
    result = Reconciliation(
        directory=str(directory), is_applied=not dry_run, ignored=ignored
    )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            prepare(cursor)
            set_day(cursor, paths.values())
            import_files(cursor, paths, result)
            if report:
                report(result, stored_issues(cursor))
            if not dry_run:
                store(cursor, result, by=by)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            transaction.set_rollback(dry_run)
    except Error as error:
        raise WrongFile(refused_by_database(error)) from error
    return result


def find_files(directory: Path) -> tuple[dict[str, Path], list[str]]:
    """The file of each view we take, and the names of the others."""
    if not directory.exists():
        raise WrongFile(f"Le dossier « {directory} » n’existe pas.")
    if not directory.is_dir():
        raise WrongFile(
            f"« {directory} » est un fichier : donnez le dossier qui contient la livraison."
        )
    found: dict[str, Path] = {}
    ignored = []
    for path in sorted(directory.iterdir()):
        view = view_of(path)
        if not path.is_file() or path.name.startswith("."):
            continue
        if view not in views():
            ignored.append(path.name)
        elif view in found:
            raise WrongFile(
                f"Le dossier a deux fichiers {view} : {found[view].name} et {path.name}. "
                "Gardez ceux d’une seule livraison."
            )
        else:
            found[view] = path
    if not found:
        raise WrongFile(
            f"Le dossier « {directory} » n’a aucun des fichiers que nous lisons : "
            f"fluxIAE_{', fluxIAE_'.join(sorted(views()))}."
        )
    return found, ignored


def prepare(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    if not cursor.fetchone()[0]:
        raise WrongFile("Un autre import est en cours : attendez sa fin.")
    cursor.execute(SETTINGS)
    issues.create(cursor)
    create_totals(cursor)


def import_files(
    cursor: CursorWrapper, paths: dict[str, Path], result: Reconciliation
) -> None:
    read = {}
    for view in sorted(views()):
        if view in paths:
            file = FluxFile(paths[view])
            read[view] = (file.name, stage(cursor, file, layout(view)))
        else:
            empty(cursor, layout(view))
    outcomes = merge_views(cursor)
    for outcome in outcomes.values():
        for name, counts in outcome.tables.items():
            result.tables[name] = counts
    name_files(cursor, read)
    result.files = count_files(cursor, read, outcomes)
    result.totals = totals(cursor)
    for count in result.files:
        if count.lost:
            raise WrongFile(
                f"{count.name} : {count.lost} lignes ne sont pas comptées. Rien n’est "
                "écrit ; signalez-le, c’est une erreur de l’application."
            )


def merge_views(cursor: CursorWrapper) -> dict[str, Outcome]:
    """In the order in which views name each other."""
    outcomes = import_refs(cursor)
    outcomes["Structure"] = import_structures(cursor)
    outcomes["AnnexeFinanciere"] = import_annexes(cursor)
    outcomes["Salarie"] = import_people(cursor)
    outcomes["ContratMission"] = import_contracts(cursor)
    outcomes["EtatMensuelIndiv"] = import_statements(cursor)
    outcomes["sorties"] = Outcome(tables={"sorties": import_exits(cursor)})
    outcomes["Formations"] = import_trainings(cursor)
    outcomes["Accompagnement"] = import_counts(cursor)
    return outcomes


def name_files(cursor: CursorWrapper, read: dict[str, tuple[str, int]]) -> None:
    """View → name of its file, for the issues."""
    cursor.execute(
        "DROP TABLE IF EXISTS flux_file; "
        "CREATE TEMP TABLE flux_file (view text, name text) ON COMMIT DROP"
    )
    for view, (name, _) in read.items():
        cursor.execute("INSERT INTO flux_file VALUES (%s, %s)", [view, name[:120]])


def store(cursor: CursorWrapper, result: Reconciliation, *, by) -> None:
    run = ImportRun.objects.create(
        directory=result.directory[-300:],
        by=by,
        is_applied=True,
        summary=result.as_data(),
    )
    cursor.execute(STORE.format(run=run.pk))
    cursor.execute(
        "UPDATE funding_importrun SET finished_at = clock_timestamp() WHERE id = %s",
        [run.pk],
    )


def refused_by_database(error: Error) -> str:
    """A last resort: what the checks before should have said line by line."""
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or type(error).__name__
    detail = getattr(diagnosis, "message_primary", None) or str(error)
    return f"La base refuse la livraison ({name} : {detail}). Rien n’a été écrit."
