"""Make the documents of conventions, annexes and movements; each remembers its subject."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Model

from funding.enums import TransferKind
from funding.figures.cdiae_papers import session_data
from funding.figures.papers import (
    annexes_data,
    breach_data,
    convention_data,
    last_documents,
    notification_data,
)
from funding.models import AnnexeVersion, CdiaeSession, DocumentLink, Transfer
from funding.printing.annexe import AnnexeData, annexe_sheet
from funding.printing.cdiae import agenda_sheet, minutes_sheet
from funding.printing.letters import (
    breach_sheet,
    convention_sheet,
    notification_sheet,
)
from structures.actions.documents import DocumentRefused, issue
from structures.enums import DROPPED, DocumentKind, Status
from structures.models import Convention, Departement, Document, Structure, User
from structures.printing.sheet import Sheet

# An envelope receives these, and gives the others.
GAINS = (
    TransferKind.PROVISIONAL,
    TransferKind.NOTIFICATION,
    TransferKind.DELEGATION,
)
TOLD = (*GAINS, TransferKind.REDUCTION, TransferKind.RETURN)
NAMES: dict[type[Model], str] = {
    Convention: "convention",
    AnnexeVersion: "version",
    Transfer: "transfer",
    CdiaeSession: "session",
}


@transaction.atomic
def make_annexe(
    *, version: AnnexeVersion, by: User | None, on: date, anchor: str = ""
) -> Document:
    """The annexe or the avenant of a version; the last one when it says the same.

    Raises DocumentRefused for a version that was dropped.
    """
    AnnexeVersion.objects.select_for_update().get(pk=version.pk)
    read, data = annexes_data([version.pk], known_on=on)[version.pk]
    last = last_documents(annexe_sheet(data).kind, version=version).get(version.pk)
    return print_annexe(version=read, data=data, last=last, by=by, on=on, anchor=anchor)


@transaction.atomic
def print_annexe(
    *,
    version: AnnexeVersion,
    data: AnnexeData,
    last: Document | None,
    by: User | None,
    on: date,
    anchor: str,
) -> Document:
    """The same from what was read already: a run reads several at once."""
    not_dropped(Status(version.status), "Cette version")
    structure = version.annexe.convention.structure
    place = structure.commune.departement
    document = issue(
        sheet=annexe_sheet(data),
        departement=place,
        structure=structure,
        replaces=last,
        by=by,
        on=on,
        anchor=anchor,
    )
    if document != last:
        DocumentLink.objects.create(document=document, version=version)
    return document


@transaction.atomic
def make_convention(
    *, convention: Convention, by: User | None, on: date, anchor: str = ""
) -> Document:
    """The convention itself. Raises DocumentRefused for one that was dropped."""
    convention = locked(convention)
    not_dropped(Status(convention.state), "Cette convention")
    sheet = convention_sheet(convention_data(convention))
    return about(convention, sheet, convention.structure, Hand(by, on, anchor))


@transaction.atomic
def make_breach(
    *,
    convention: Convention,
    version: AnnexeVersion | None,
    by: User | None,
    on: date,
    anchor: str = "",
) -> Document:
    """The letter of the last notice of breach (R88). Raises DocumentRefused without one."""
    convention = locked(convention)
    data = breach_data(convention, version)
    if data is None:
        raise DocumentRefused(
            "Ce dossier n’est pas mis en demeure : la lettre suit l’acte « Mettre en "
            "demeure », avec son motif."
        )
    subject = version or convention
    hand = Hand(by, on, anchor)
    return about(subject, breach_sheet(data), convention.structure, hand)


@transaction.atomic
def make_notification(
    *,
    transfer: Transfer,
    departement: Departement,
    by: User | None,
    on: date,
    anchor: str = "",
) -> Document:
    """The letter that tells a movement on an envelope. Raises DocumentRefused."""
    gains = transfer.kind in GAINS
    envelope = (transfer.target if gains else transfer.source).envelope
    if transfer.kind not in TOLD or envelope is None:
        raise DocumentRefused(
            "Seuls une notification, une délégation, une réduction ou un retour se "
            "disent par lettre."
        )
    data = notification_data(transfer, envelope, departement)
    sheet = notification_sheet(data, gains=gains)
    return about(transfer, sheet, departement, Hand(by, on, anchor))


@transaction.atomic
def make_session_paper(
    *,
    session: CdiaeSession,
    kind: DocumentKind,
    by: User | None,
    on: date,
    anchor: str = "",
) -> Document:
    """The agenda of a session of the CDIAE, or its minutes: a project until closed."""
    locked_session = CdiaeSession.objects.select_for_update(of=("self",))
    session = locked_session.select_related("departement").get(pk=session.pk)
    data = session_data(session)
    sheet = agenda_sheet(data) if kind == DocumentKind.AGENDA else minutes_sheet(data)
    return about(session, sheet, session.departement, Hand(by, on, anchor))


@dataclass(frozen=True)
class Hand:
    """Who makes a document, on what day, with the ledger in what state."""

    by: User | None
    on: date
    anchor: str


def about(
    subject: Convention | AnnexeVersion | Transfer | CdiaeSession,
    sheet: Sheet,
    place: Structure | Departement,
    hand: Hand,
) -> Document:
    """Issue a sheet in the place of the last one about the same thing.

    `place` is the structure it concerns, or the département for what concerns none.
    """
    named = {NAMES[type(subject)]: subject}
    structure = place if isinstance(place, Structure) else None
    last = last_documents(sheet.kind, **named).get(subject.pk)
    document = issue(
        sheet=sheet,
        departement=departement_of(place),
        structure=structure,
        replaces=last,
        by=hand.by,
        on=hand.on,
        anchor=hand.anchor,
    )
    if document != last:
        DocumentLink.objects.create(document=document, **named)
    return document


def departement_of(place: Structure | Departement) -> Departement:
    return place.commune.departement if isinstance(place, Structure) else place


def not_dropped(status: Status, what: str) -> None:
    if status in DROPPED:
        raise DocumentRefused(
            f"{what} est « {status.label} » : elle ne s’imprime plus."
        )


def locked(convention: Convention) -> Convention:
    """With all its document says of the structure; two people wait for one another."""
    rows = Convention.objects.select_for_update(of=("self",)).select_related(
        "structure__commune__departement"
    )
    return rows.get(pk=convention.pk)
