"""The convention, and the letters: a movement of an envelope, a breach."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.printing.parties import DRAFT_MARK, ConventionData, both
from structures.enums import DocumentKind
from structures.printing.sheet import Grid, Sheet, Signature
from structures.rules.writing import counted, euros, long_day

FOR_THE_SERVICE = (Signature(quality="Pour le préfet"),)


def convention_sheet(data: ConventionData) -> Sheet:
    party = data.party
    return Sheet(
        kind=DocumentKind.CONVENTION.value,
        title=f"Convention {data.number} – {party.name}",
        year=data.starts_on.year,
        service=party.service,
        place=party.place,
        values=data.values(),
        signatures={"signatures": both(data.signatory)},
        marks=(DRAFT_MARK,) if data.is_draft else (),
        is_simulated=party.is_simulated,
    )


@dataclass(frozen=True, kw_only=True)
class BreachData:
    """A notice of breach: what was found, since when the months to answer run."""

    convention: ConventionData
    subject: str
    reason: str
    on: date
    months: int
    until: date


def breach_sheet(data: BreachData) -> Sheet:
    party = data.convention.party
    return Sheet(
        kind=DocumentKind.BREACH.value,
        title=f"Mise en demeure – {party.name}",
        year=data.on.year,
        service=party.service,
        place=party.place,
        addressee=(party.name, party.address or party.commune),
        values=data.convention.values()
        | {
            "objet_manquement": data.subject,
            "manquement": data.reason,
            "jour_lettre": long_day(data.on),
            "delai": counted(data.months, "mois", "mois"),
            "limite": long_day(data.until),
        },
        signatures={"signature": FOR_THE_SERVICE},
        is_simulated=party.is_simulated,
    )


@dataclass(frozen=True, kw_only=True)
class NotificationData:
    """A movement of money on an envelope, told to whom receives it."""

    envelope: str
    year: int
    kind: str
    amount: Decimal
    on: date
    reference: str
    number: int
    total_before: Decimal
    service: str
    place: str
    is_simulated: bool


def notification_sheet(data: NotificationData, *, gains: bool) -> Sheet:
    """`gains` when the envelope received the money, rather than gave it."""
    change = data.amount if gains else -data.amount
    return Sheet(
        kind=DocumentKind.NOTIFICATION.value,
        title=f"{data.kind}, {data.envelope}",
        year=data.year,
        service=data.service,
        place=data.place,
        values={
            "service": data.service,
            "departement": data.place,
            "enveloppe": data.envelope,
            "annee": str(data.year),
            "nature": data.kind,
            "montant": euros(data.amount),
            "effet": long_day(data.on),
            "reference": data.reference,
            "mouvement": str(data.number),
        },
        grids={
            "tableau_montants": Grid(
                caption="Ce que l’enveloppe a reçu, avant et après ce mouvement",
                head=("Enveloppe", "Avant", "Mouvement", "Après"),
                rows=(
                    (
                        data.envelope,
                        euros(data.total_before),
                        euros(change),
                        euros(data.total_before + change),
                    ),
                ),
                numeric=(1, 2, 3),
            )
        },
        signatures={"signature": FOR_THE_SERVICE},
        is_simulated=data.is_simulated,
    )
