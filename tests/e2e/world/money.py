"""Envelopes of 2019, annexes with their months, and the ledger between them."""

from datetime import date
from decimal import Decimal
from itertools import count
from uuid import UUID

from funding.actions.ledger import open_accounts
from funding.enums import Bucket, Level, Line, TransferKind, VersionState
from funding.models import Account, Consumption, Envelope, Transfer
from structures.models import Departement, Region
from structures.rules.rounding import cents
from tests.funding.factories import (
    AnnexeFactory,
    ModulationFactory,
    OutcomeReportFactory,
    PartFactory,
    VersionFactory,
)
from tests.structures.factories import ConventionFactory

UNIT = {"ACI": "20199", "AI": "1367", "EI": "10520", "ETTI": "4472"}
HOURS = {"ACI": 1820, "AI": 1607, "EI": 1505, "ETTI": 1600}
YEAR, MONTHS = 2019, 10
keys = count(1)


def write_money(structures):
    lines = write_envelopes()
    for n, structure in enumerate(structures):
        convention = ConventionFactory(
            structure=structure,
            starts_on=date(2019, 1, 1),
            ends_on=date(2020, 1, 31) if n == 4 else date(2020, 12, 31),
        )
        write_year(structure, convention, lines[Line.IAE_SOCLE], n)
        write_outcomes(structure, n)


def move(kind, source, target, amount, on):
    return Transfer.objects.create(
        source=source,
        target=target,
        amount=amount,
        kind=kind,
        on=on,
        reference=f"{TransferKind(kind).label} {on:%m/%Y}",
        idempotency_key=UUID(int=next(keys)),
    )


def write_envelopes():
    """The région’s root, the département under it, its lines, and an earmark."""
    region, pas_de_calais = Region.objects.get(), Departement.objects.get(pk="62")
    place = {"year": YEAR, "region": region}
    regional = Envelope.objects.create(**place, level=Level.REGIONAL, line=Line.FIE)
    place |= {"departement": pas_de_calais}
    departmental = Envelope.objects.create(
        **place, level=Level.DEPARTMENTAL, line=Line.FIE, parent=regional
    )
    lines = {
        line: Envelope.objects.create(
            **place, level=Level.LINE, line=line, parent=departmental
        )
        for line in (Line.IAE_SOCLE, Line.IAE_MODULE, Line.FDI)
    }
    erbm = Envelope.objects.create(
        **place, level=Level.EARMARK, line=Line.ERBM, parent=lines[Line.IAE_SOCLE]
    )
    fund(regional, departmental, lines, erbm)
    return lines


def fund(regional, departmental, lines, erbm):
    on = date(YEAR, 2, 4)
    free = {
        e.pk: open_accounts(envelope=e)[Bucket.AVAILABLE]
        for e in (regional, departmental, *lines.values(), erbm)
    }
    outside = Account.objects.get(bucket=Bucket.OUTSIDE)
    root, place = free[regional.pk], free[departmental.pk]
    socle = free[lines[Line.IAE_SOCLE].pk]
    move("NOTIFICATION", outside, root, 4_600_000, on)
    move("DELEGATION", root, place, 3_200_000, on)
    move("DELEGATION", place, socle, 2_750_000, on)
    move("DELEGATION", place, free[lines[Line.IAE_MODULE].pk], 150_000, on)
    move("DELEGATION", place, free[lines[Line.FDI].pk], 120_000, on)
    move("DELEGATION", socle, free[erbm.pk], 200_000, on)
    frozen = open_accounts(envelope=lines[Line.FDI])[Bucket.FROZEN]
    move("FREEZE", free[lines[Line.FDI].pk], frozen, 12_000, date(YEAR, 3, 1))


def write_year(structure, convention, envelope, n):
    etp = Decimal(6 + n) + Decimal("0.25") * (n % 4)
    unit = Decimal(UNIT[structure.kind])
    annexe = AnnexeFactory(convention=convention, year=YEAR)
    common = {"annexe": annexe, "hours_per_etp": HOURS[structure.kind]}
    if n == 1:
        VersionFactory(
            **common,
            unit_amount=unit,
            etp=etp + 1,
            state=VersionState.HISTORISE,
            note="Reprise d’un ETP à la revue de juin",
        )
    version = VersionFactory(
        **common, unit_amount=unit, etp=etp, modification=int(n == 1)
    )
    PartFactory(version=version, envelope=envelope)
    share = cents(version.total / 20)
    ModulationFactory(annexe=annexe, base=version.total, amount=share)
    spend(annexe, version, envelope, n)
    write_months(annexe, version, n)


def spend(annexe, version, envelope, n):
    free = open_accounts(envelope=envelope)[Bucket.AVAILABLE]
    own = open_accounts(envelope=envelope, annexe=annexe)
    on = date(YEAR, 3, 15)
    move("RESERVE", free, own[Bucket.RESERVED], version.total, on)
    if n != 13:
        move("COMMIT", own[Bucket.RESERVED], own[Bucket.COMMITTED], version.total, on)
        paid = cents(version.total / 12) * MONTHS
        move(
            "PAYMENT", own[Bucket.COMMITTED], own[Bucket.PAID], paid, date(YEAR, 11, 5)
        )


def write_months(annexe, version, n):
    rates = ["0.97", "1.01", "0.94", "0.80", "1.04"]
    missing = {8, 9} if n == 1 else set()
    rows = []
    for month in range(1, MONTHS + 1):
        if month in missing:
            continue
        etp = version.etp * Decimal(rates[(n + month) % 5])
        rows.append(
            Consumption(
                annexe=annexe,
                version=version,
                month=date(YEAR, month, 1),
                persons=int(etp * 2),
                hours=cents(etp * version.hours_per_etp / 12),
                etp=etp,
                amount=cents(etp * version.unit_amount / 12),
                due=cents(min(etp, version.etp) * version.unit_amount / 12),
            )
        )
    Consumption.objects.bulk_create(rows)


def write_outcomes(structure, n):
    for year in (2018, 2019):
        OutcomeReportFactory(
            structure=structure,
            year=year,
            durable=2 + n % 4,
            transition=3,
            positive=1 + n % 3,
            other=4 + n % 5,
            withdrawn=1,
            too_short=n % 2,
        )
