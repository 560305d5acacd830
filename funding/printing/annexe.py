"""An annexe financière, and the avenant that changes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.printing.parties import DRAFT_MARK, ConventionData, both
from funding.rules.aide_au_poste import monthly_payments
from structures.enums import DocumentKind
from structures.printing.sheet import Grid, Sheet
from structures.rules.periods import months_covered, months_later
from structures.rules.writing import (
    EMPTY,
    decimals,
    euros,
    long_day,
    month,
    percents,
)


@dataclass(frozen=True, kw_only=True)
class PartData:
    line: str
    etp: Decimal
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class ChangeData:
    """A field of a block, before and after, already in words."""

    block: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Previous:
    """What an avenant starts from."""

    etp: Decimal
    total: Decimal
    changes: tuple[ChangeData, ...]


@dataclass(frozen=True, kw_only=True)
class AnnexeData:
    """One version of an annexe; `previous` for an avenant."""

    convention: ConventionData
    number: str
    year: int
    modification: int
    starts_on: date
    ends_on: date
    etp: Decimal
    unit_amount: Decimal
    unit_text: str
    hours_per_etp: Decimal
    total: Decimal
    cofinanced: Decimal
    cofinancer: str
    parts: tuple[PartData, ...]
    exits: int | None
    forecast: tuple[tuple[str, Decimal | None], ...]
    is_draft: bool
    signatory: str = ""
    previous: Previous | None = None


def annexe_sheet(data: AnnexeData) -> Sheet:
    party = data.convention.party
    is_avenant = data.previous is not None
    kind = DocumentKind.AVENANT if is_avenant else DocumentKind.ANNEXE
    name = f"Avenant n° {data.modification}" if is_avenant else kind.label
    return Sheet(
        kind=kind.value,
        title=f"{name} {data.number}, {data.year} – {party.name}",
        year=data.year,
        service=party.service,
        place=party.place,
        values=data.convention.values() | values_of(data),
        grids=grids_of(data),
        signatures={"signatures": both(data.signatory)},
        marks=(DRAFT_MARK,) if data.is_draft else (),
        is_simulated=party.is_simulated,
    )


def values_of(data: AnnexeData) -> dict[str, str]:
    values = {
        "annexe": data.number,
        "annee": str(data.year),
        "debut": long_day(data.starts_on),
        "fin": long_day(data.ends_on),
        "mois": str(months_covered(data.starts_on, data.ends_on)),
        "etp": decimals(data.etp),
        "montant_unitaire": euros(data.unit_amount),
        "texte_montant": data.unit_text or EMPTY,
        "heures": decimals(data.hours_per_etp),
        "total": euros(data.total),
        "cofinancement": euros(data.cofinanced),
        "part_etat": euros(data.total - data.cofinanced),
        "cofinanceur": data.cofinancer or EMPTY,
    }
    if data.previous:
        values |= {
            "modification": str(data.modification),
            "ecart_etp": decimals(data.etp - data.previous.etp),
            "ecart_total": euros(data.total - data.previous.total),
        }
    return values


def grids_of(data: AnnexeData) -> dict[str, Grid]:
    grids = {
        "tableau_enveloppes": parts_grid(data),
        "tableau_versements": payments_grid(data),
        "tableau_objectifs": forecast_grid(data),
    }
    if data.previous:
        grids["tableau_modifications"] = changes_grid(data.previous.changes)
    return grids


def parts_grid(data: AnnexeData) -> Grid:
    rows = [(it.line, decimals(it.etp), euros(it.amount)) for it in data.parts]
    return Grid(
        caption="Ce que porte chaque enveloppe",
        head=("Enveloppe", "ETP sur l’année", "Montant"),
        rows=tuple(rows),
        numeric=(1, 2),
        footer=("Ensemble", decimals(data.etp), euros(data.total)) if rows else (),
        empty="La répartition entre enveloppes n’est pas encore faite.",
    )


def payments_grid(data: AnnexeData) -> Grid:
    """Three months a line: the year fits a third of a page."""
    months = months_covered(data.starts_on, data.ends_on)
    first = data.starts_on.replace(day=1)
    cells = [
        cell
        for index, amount in enumerate(monthly_payments(data.total, months=months))
        for cell in (month(months_later(first, index)), euros(amount))
    ]
    return Grid(
        caption="Versements prévus, le dernier prenant le reste de l’arrondi",
        head=("Mois", "Montant") * 3,
        rows=tuple(by_six(cells)),
        numeric=(1, 3, 5),
        even=True,
    )


def by_six(cells: Sequence[str]) -> list[tuple[str, ...]]:
    padded = [*cells, *[""] * (-len(cells) % 6)]
    return [tuple(padded[at : at + 6]) for at in range(0, len(padded), 6)]


def forecast_grid(data: AnnexeData) -> Grid:
    rows = [
        (label, percents(share)) for label, share in data.forecast if share is not None
    ]
    exits = [("Nombre de sorties prévues", str(data.exits))] if data.exits else []
    return Grid(
        caption="Sorties prévues dans l’année",
        head=("Objectif", "Prévu"),
        rows=(*exits, *rows),
        numeric=(1,),
        empty="Les objectifs sont fixés au dialogue de gestion de l’année.",
    )


def changes_grid(changes: Sequence[ChangeData]) -> Grid:
    return Grid(
        caption="Avant et après l’avenant",
        head=("Objet", "Bloc", "Avant", "Après"),
        rows=tuple((it.label, it.block, it.before, it.after) for it in changes),
        numeric=(2, 3),
        empty="Aucun terme ne change.",
    )
