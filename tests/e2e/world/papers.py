"""Documents of 2019, one with its signed copy; a run that is over, a scan half filed."""

import random
from datetime import UTC, date, datetime

from funding.actions.papers import make_annexe, make_notification
from funding.actions.print_runs import print_next, start_run
from funding.enums import TransferKind
from funding.models import AnnexeVersion, PrintRun, Transfer
from structures.actions.documents import keep
from structures.actions.scans import read_scan, receive_scan
from structures.enums import PageOutcome, Status
from structures.models import Departement, Document, Scan, ScanPage, User
from tests.structures.documents import paper
from tests.structures.factories import ScanFactory

DAY = date(2019, 12, 2)
NOW = datetime(2019, 12, 2, 9, 30, tzinfo=UTC)


def write_papers(structures):
    agent = User.objects.get(email__startswith="agent@")
    write_run(agent)
    mine = AnnexeVersion.objects.get(
        annexe__convention__structure=structures[1], status=Status.CORRECTION
    )
    document = make_annexe(version=mine, by=agent, on=DAY)
    write_scan(document, agent)
    make_notification(
        transfer=told(), departement=Departement.objects.get(pk="62"), by=agent, on=DAY
    )
    # Nobody reads it: its page asks for itself again and again.
    ScanFactory(name="en-lecture.pdf", by=agent, file=keep(b"%PDF-attend"))


def write_run(agent):
    place = Departement.objects.get(pk="62")
    run = start_run(year=2019, departement=place, by=agent, on=DAY)
    while print_next(run=run):
        pass
    waiting = PrintRun.objects.create(year=2018, departement=place, by=agent, on=DAY)
    waiting.lines.create(version=run.lines.first().version)


def write_scan(document, agent):
    """The first page filed, a blank one, one put aside."""
    first = paper.pages_of(bytes(document.file.content))[0]
    draw = random.Random(62)
    pictures = [first, paper.blank(draw), paper.blank(draw)]
    scan = receive_scan(
        content=paper.bound(pictures), name="retour-decembre.pdf", by=agent
    )
    read_scan(scan_id=scan.pk)
    last = scan.pages.last()
    last.outcome = PageOutcome.IGNORED
    last.save()
    Scan.objects.filter(pk=scan.pk).update(at=NOW, finished_at=NOW)


def told():
    kinds = [TransferKind.DELEGATION, TransferKind.NOTIFICATION]
    found = Transfer.objects.filter(kind__in=kinds, target__envelope__departement="62")
    return found.first() or Transfer.objects.filter(kind__in=kinds).first()


def keys_of_papers():
    runs = PrintRun.objects.order_by("pk")
    scans = Scan.objects.order_by("pk")
    blank = ScanPage.objects.get(outcome=PageOutcome.UNREADABLE)
    filed = ScanPage.objects.filter(outcome=PageOutcome.FILED).first()
    document = Document.objects.get(pk=filed.document_id)
    return {
        "letter": told().pk,
        "run": runs[0].pk,
        "running": runs[1].pk,
        "scan": scans[0].pk,
        "reading": scans[1].pk,
        "blank": blank.pk,
        "filed": filed.pk,
        "code": document.code,
        "digest": document.digest[:32].upper(),
    }
