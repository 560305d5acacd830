"""A session of the CDIAE as its documents tell it."""

from funding.figures.cdiae import AgendaLine, session_minutes
from funding.figures.papers import Services, is_simulated
from funding.models import CdiaeSession
from funding.printing.cdiae import ItemData, SessionData


def session_data(session: CdiaeSession) -> SessionData:
    """Its agenda and what was said; three queries, the département read with it."""
    minutes = session_minutes(session)
    agenda = minutes.agenda
    return SessionData(
        on=agenda.held_on,
        starts_at=agenda.starts_at,
        location=agenda.place,
        president=agenda.president,
        service=Services().of(session.departement),
        place=agenda.departement,
        items=tuple(item_of(line) for line in agenda.lines),
        attendance=minutes.attendance,
        debates=minutes.debates,
        is_closed=minutes.closed_at is not None,
        is_simulated=is_simulated(session.departement),
    )


def item_of(line: AgendaLine) -> ItemData:
    return ItemData(
        structure=line.structure,
        kind=line.kind.value,
        commune=line.commune,
        measure=line.what,
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        etp=line.etp,
        opinion=line.sense.label if line.sense else "",
        comment=line.text,
    )
