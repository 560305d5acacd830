"""Every annexe of a year printed in one go, a few at a time, by as many workers as come.

A batch is a transaction that holds its lines: another worker takes others, and those of a
killed one are free again at once. What says the same as before is not printed again, so a
run may be started over.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils.timezone import now

from funding.actions.papers import print_annexe
from funding.enums import PrintOutcome
from funding.figures.ledger_export import anchor
from funding.figures.papers import annexes_data, last_documents
from funding.models import AnnexeVersion, PrintLine, PrintRun
from funding.printing.annexe import AnnexeData, annexe_sheet
from structures.actions.documents import DocumentRefused
from structures.enums import DROPPED, DocumentKind
from structures.models import Departement, Document, User

BATCH = 8


class RunRefused(Exception):
    """Nothing was started; `user_message` says why and what next."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


@transaction.atomic
def start_run(
    *, year: int, departement: Departement, by: User | None, on: date
) -> PrintRun:
    """Lay out a line for the last version of each annexe. Raises RunRefused."""
    versions = list(last_versions(year, departement))
    if not versions:
        raise RunRefused(
            f"Aucune annexe de {year} n’est préparée pour {departement.name} : lancez "
            "d’abord la campagne de l’année."
        )
    try:
        with transaction.atomic():
            run = PrintRun.objects.create(
                year=year, departement=departement, by=by, on=on
            )
    except IntegrityError as error:
        raise RunRefused(
            "Les documents de cette année sont déjà en préparation pour ce "
            "département : suivez ce lot jusqu’à sa fin."
        ) from error
    PrintLine.objects.bulk_create(PrintLine(run=run, version=one) for one in versions)
    return run


def last_versions(year: int, departement: Departement) -> list[AnnexeVersion]:
    """The last version of each annexe of a year that was not dropped, by structure."""
    last = (
        AnnexeVersion.objects.filter(annexe=OuterRef("annexe"))
        .exclude(status__in=DROPPED)
        .order_by("-modification")
        .values("pk")[:1]
    )
    return list(
        AnnexeVersion.objects.filter(
            annexe__year=year,
            annexe__convention__structure__commune__departement=departement,
            pk=Subquery(last),
        ).order_by("annexe__convention__structure__name", "pk")
    )


def open_run(*, run_id: int) -> PrintRun:
    """The run, with the state of the ledger that all its documents print."""
    run = PrintRun.objects.select_related("by").get(pk=run_id)
    if not run.anchor:
        PrintRun.objects.filter(pk=run.pk, anchor="").update(
            anchor=str(anchor()), moved_at=now()
        )
        run.refresh_from_db(fields=["anchor"])
    return run


def print_next(*, run: PrintRun) -> int:
    """Print a batch and say it; 0 when nothing waits that another worker does not hold."""
    done = print_batch(run=run)
    PrintRun.objects.filter(pk=run.pk).update(moved_at=now())
    if not run.lines.filter(outcome=PrintOutcome.WAITING).exists():
        PrintRun.objects.filter(pk=run.pk, finished_at=None).update(finished_at=now())
    return done


@transaction.atomic
def print_batch(*, run: PrintRun) -> int:
    lines = list(
        run.lines.filter(outcome=PrintOutcome.WAITING)
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("pk")[:BATCH]
    )
    versions = [line.version_id for line in lines]
    found = annexes_data(versions, known_on=run.on)
    last: dict[str, dict[int, Document]] = {
        kind: last_documents(kind, version__in=versions)
        for kind in (DocumentKind.ANNEXE.value, DocumentKind.AVENANT.value)
    }
    for line in lines:
        version, data = found[line.version_id]
        before = last[annexe_sheet(data).kind].get(version.pk)
        print_line(run, line, version, data, before)
    PrintLine.objects.bulk_update(lines, ["outcome", "document", "reason"])
    return len(lines)


def print_line(
    run: PrintRun,
    line: PrintLine,
    version: AnnexeVersion,
    data: AnnexeData,
    last: Document | None,
) -> None:
    """Print one annexe and note what became of it; one that is refused stops no other."""
    try:
        line.document = print_annexe(
            version=version,
            data=data,
            last=last,
            by=run.by,
            on=run.on,
            anchor=run.anchor,
        )
    except DocumentRefused as refusal:
        line.outcome, line.reason = PrintOutcome.REFUSED, refusal.user_message[:300]
    else:
        is_same = line.document == last
        line.outcome = PrintOutcome.UNCHANGED if is_same else PrintOutcome.MADE
