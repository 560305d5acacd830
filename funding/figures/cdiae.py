"""A session of the CDIAE as its agenda and its minutes: plain rows, ready to print."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import ExtractYear

from funding.enums import Act, FdiKind, FdiStatus
from funding.models import AgendaItem, CdiaeSession, FdiRequest, StatusChange
from structures.enums import Measure, OpinionSense, Status, StructureKind
from structures.figures.search import folded
from structures.models import Convention, RequestPost, User
from structures.rules.merging import canonical, fingerprint


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One file of a session: a convention or a FDI request, `what` in a few words.

    `etp` is what a convention asks for its first year, `requested` the euros of a FDI
    request; None for the other, or if nothing.
    """

    item: int
    convention: int | None
    fdi: int | None
    rank: int
    structure: str
    kind: StructureKind
    commune: str
    what: str
    starts_on: date | None
    ends_on: date | None
    etp: Decimal | None
    requested: Decimal | None
    sense: OpinionSense | None
    text: str


@dataclass(frozen=True, kw_only=True)
class SessionAgenda:
    """What the members of the CDIAE are sent."""

    departement: str
    held_on: date
    starts_at: time | None
    place: str
    president: str
    lines: tuple[AgendaLine, ...]


@dataclass(frozen=True, kw_only=True)
class SessionMinutes:
    """What the CDIAE said, and whether it may still change."""

    agenda: SessionAgenda
    attendance: str
    debates: str
    closed_at: datetime | None
    closed_by: str


def session_agenda(session: CdiaeSession) -> SessionAgenda:
    """The files of a session in their order; one query, the département read with it."""
    return SessionAgenda(
        departement=session.departement.name,
        held_on=session.held_on,
        starts_at=session.starts_at,
        place=session.place,
        president=session.president,
        lines=tuple(line_of(item) for item in items_of(session)),
    )


def session_minutes(session: CdiaeSession) -> SessionMinutes:
    """The same with what was said; one query, its author read with it."""
    return SessionMinutes(
        agenda=session_agenda(session),
        attendance=session.attendance,
        debates=session.minutes,
        closed_at=session.closed_at,
        closed_by=str(session.closed_by) if session.closed_by else "",
    )


def minutes_mark(session: CdiaeSession) -> str:
    """A short mark of what was written of a session: what a form had before it."""
    written = (session.president, session.attendance, session.minutes)
    return fingerprint([canonical(it) for it in written])


def items_of(session: CdiaeSession) -> QuerySet[AgendaItem]:
    asked = (
        RequestPost.objects.filter(
            request__convention=OuterRef("convention"),
            year=ExtractYear(OuterRef("convention__starts_on")),
        )
        .order_by()
        .values("request")
        .annotate(n=Sum("etp"))
        .values("n")
    )
    etp = DecimalField(max_digits=8, decimal_places=2)
    rows = session.items.select_related(
        "convention__structure__commune", "fdi__structure__commune"
    )
    return rows.annotate(etp=Subquery(asked, output_field=etp))


def line_of(item: AgendaItem) -> AgendaLine:
    convention, fdi = item.convention, item.fdi
    structure = item.file.structure
    return AgendaLine(
        item=item.pk,
        convention=item.convention_id,
        fdi=item.fdi_id,
        rank=item.rank,
        structure=structure.name,
        kind=StructureKind(structure.kind),
        commune=structure.commune.name,
        what=what_is(item.file),
        starts_on=convention.starts_on if convention else None,
        ends_on=convention.ends_on if convention else None,
        etp=getattr(item, "etp", None),
        requested=fdi.requested if fdi else None,
        sense=OpinionSense(item.sense) if item.sense else None,
        text=item.text,
    )


def what_is(file: Convention | FdiRequest) -> str:
    """The mesure of a convention, or what a FDI would help."""
    if isinstance(file, FdiRequest):
        return f"FDI, {FdiKind(file.kind).label.lower()}"
    return str(Measure(file.measure).label)


def sessions_of(user: User) -> QuerySet[CdiaeSession]:
    """Sessions of a person’s territory, with how many files and opinions each has."""
    rows: QuerySet[CdiaeSession] = CdiaeSession.objects.visible_to(user)
    return rows.select_related("departement").annotate(
        files=Count("items"), opinions=Count("items", filter=~Q(items__sense=""))
    )


def sendings() -> QuerySet[StatusChange]:
    """When files were sent to the CDIAE, the last time last."""
    return StatusChange.objects.filter(act=Act.SEND_TO_CDIAE).order_by("pk")


def sent_on(convention: Convention) -> date | None:
    """The day it was last sent; an opinion answers what was sent by then. One query."""
    found = sendings().filter(convention=convention).last()
    return found.on if found else None


def waiting_for(session: CdiaeSession) -> QuerySet[Convention]:
    """Files of its département, sent by its day, that are on no agenda yet."""
    sent_since = sendings().filter(convention=OuterRef("pk"), on__gt=session.held_on)
    rows = Convention.objects.filter(
        state=Status.OPINION, structure__commune__departement=session.departement_id
    )
    return (
        rows.exclude(Exists(sent_since))
        .exclude(agenda_items__sense="")
        .exclude(agenda_items__session=session)
        .select_related("structure__commune")
        .annotate(sort_name=folded("structure__name"))
        .order_by("sort_name", "pk")
    )


def fdi_waiting_for(session: CdiaeSession) -> QuerySet[FdiRequest]:
    """FDI requests of its département, received by its day, that are on no agenda yet."""
    rows = FdiRequest.objects.filter(
        status=FdiStatus.RECEIVED,
        received_on__lte=session.held_on,
        structure__commune__departement=session.departement_id,
    )
    return (
        rows.exclude(agenda_items__sense="")
        .exclude(agenda_items__session=session)
        .select_related("structure__commune")
        .annotate(sort_name=folded("structure__name"))
        .order_by("sort_name", "pk")
    )


def waits_at(request: FdiRequest) -> CdiaeSession | None:
    """The session that has still to say its opinion on a request; one query."""
    item = request.agenda_items.filter(sense="").select_related("session").first()
    return item.session if item else None
