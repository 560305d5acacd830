"""The CDIAE’s agenda and minutes, from plain data: whoever keeps the sessions fills them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from structures.enums import DocumentKind
from structures.printing.sheet import Grid, Sheet, Signature
from structures.rules.writing import EMPTY, counted, decimals, euros, long_day


@dataclass(frozen=True, kw_only=True)
class SessionData:
    on: date
    hour: str
    location: str
    service: str
    place: str
    is_simulated: bool


@dataclass(frozen=True, kw_only=True)
class ItemData:
    """A file before the council: what is asked, and the opinion once it is given."""

    structure: str
    kind: str
    commune: str
    subject: str
    etp: Decimal | None = None
    amount: Decimal | None = None
    opinion: str = ""
    comment: str = ""


@dataclass(frozen=True, kw_only=True)
class MinutesData:
    session: SessionData
    items: tuple[ItemData, ...]
    present: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class AgendaData:
    session: SessionData
    items: tuple[ItemData, ...]


SECRETARY = (Signature(quality="Pour le préfet, président du conseil"),)


def agenda_sheet(data: AgendaData) -> Sheet:
    grid = Grid(
        caption="Dossiers inscrits",
        head=("Structure", "Type", "Commune", "Objet", "ETP", "Montant"),
        rows=tuple(asked(item) for item in data.items),
        numeric=(4, 5),
        empty="Aucun dossier n’est inscrit.",
    )
    return session_sheet(
        DocumentKind.AGENDA, data.session, len(data.items), {"ordre_du_jour": grid}
    )


def minutes_sheet(data: MinutesData) -> Sheet:
    opinions = Grid(
        caption="Avis rendus",
        head=("Structure", "Objet", "Avis", "Observations"),
        rows=tuple(
            (it.structure, it.subject, it.opinion or EMPTY, it.comment or EMPTY)
            for it in data.items
        ),
        empty="Aucun avis n’a été rendu.",
    )
    present = Grid(
        caption="Membres présents ou représentés",
        head=("Membre", "Qualité"),
        rows=data.present,
        empty="La liste des présents n’est pas saisie.",
    )
    grids = {"avis": opinions, "presents": present}
    return session_sheet(DocumentKind.MINUTES, data.session, len(data.items), grids)


def asked(item: ItemData) -> tuple[str, ...]:
    return (
        *(item.structure, item.kind, item.commune, item.subject),
        decimals(item.etp) if item.etp is not None else EMPTY,
        euros(item.amount) if item.amount is not None else EMPTY,
    )


def session_sheet(
    kind: DocumentKind, session: SessionData, number: int, grids: dict[str, Grid]
) -> Sheet:
    return Sheet(
        kind=kind.value,
        title=f"{kind.label}, {long_day(session.on)}",
        year=session.on.year,
        service=session.service,
        place=session.place,
        values={
            "service": session.service,
            "departement": session.place,
            "seance": long_day(session.on),
            "heure": session.hour,
            "lieu": session.location,
            "nombre": counted(number, "dossier", "dossiers"),
        },
        grids=grids,
        signatures={"signature": SECRETARY},
        is_simulated=session.is_simulated,
    )
