"""The CDIAE’s agenda and minutes, from plain data."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from funding.printing.parties import DRAFT_MARK
from structures.enums import DocumentKind
from structures.printing.sheet import Grid, Sheet, Signature
from structures.rules.writing import EMPTY, counted, day, decimals, long_day


@dataclass(frozen=True, kw_only=True)
class ItemData:
    """A file before the council: what is asked, and the opinion once it is given."""

    structure: str
    kind: str
    commune: str
    measure: str
    starts_on: date | None = None
    ends_on: date | None = None
    etp: Decimal | None = None
    opinion: str = ""
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionData:
    """A session and its files, in their order; what was said once it was held."""

    on: date
    starts_at: time | None
    location: str
    president: str
    service: str
    place: str
    items: tuple[ItemData, ...]
    attendance: str = ""
    debates: str = ""
    is_closed: bool = False
    is_simulated: bool = False


def agenda_sheet(data: SessionData) -> Sheet:
    rows = [
        (
            *(str(rank), it.structure, it.kind, it.commune, it.measure),
            span(it),
            decimals(it.etp) if it.etp is not None else EMPTY,
        )
        for rank, it in enumerate(data.items, start=1)
    ]
    grid = Grid(
        caption="Dossiers inscrits",
        head=("N°", "Structure", "Type", "Commune", "Mesure", "Convention", "ETP"),
        rows=tuple(rows),
        numeric=(6,),
        wide=1,
        empty="Aucun dossier n’est inscrit.",
    )
    return session_sheet(DocumentKind.AGENDA, data, {"ordre_du_jour": grid})


def minutes_sheet(data: SessionData) -> Sheet:
    rows = [
        (
            *(str(rank), it.structure, it.measure),
            *(it.opinion or EMPTY, it.comment or EMPTY),
        )
        for rank, it in enumerate(data.items, start=1)
    ]
    grid = Grid(
        caption="Avis rendus",
        head=("N°", "Structure", "Mesure", "Avis", "Observations"),
        rows=tuple(rows),
        wide=4,
        empty="Aucun dossier n’était inscrit.",
    )
    return session_sheet(DocumentKind.MINUTES, data, {"avis": grid})


def session_sheet(
    kind: DocumentKind, data: SessionData, grids: dict[str, Grid]
) -> Sheet:
    is_draft = kind == DocumentKind.MINUTES and not data.is_closed
    head = data.president or "le préfet de département ou son représentant"
    return Sheet(
        kind=kind.value,
        title=f"{kind.label}, {long_day(data.on)}",
        year=data.on.year,
        service=data.service,
        place=data.place,
        values={
            "service": data.service,
            "departement": data.place,
            "seance": long_day(data.on),
            "heure": hour(data.starts_at),
            "lieu": data.location,
            "presidence": head,
            "nombre": counted(len(data.items), "dossier", "dossiers"),
            "presents": data.attendance or EMPTY,
            "debats": data.debates or EMPTY,
        },
        grids=grids,
        signatures={"signature": (Signature(quality="La présidence du conseil"),)},
        marks=(DRAFT_MARK,) if is_draft else (),
        is_simulated=data.is_simulated,
    )


def span(item: ItemData) -> str:
    """The days of a convention; a FDI request has none."""
    if item.starts_on is None or item.ends_on is None:
        return EMPTY
    return f"{day(item.starts_on)} – {day(item.ends_on)}"


def hour(at: time | None) -> str:
    """14 h 30"""
    return f"{at.hour}\u00a0h\u00a0{at:%M}" if at else EMPTY
