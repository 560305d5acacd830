"""Départements with 0, 1, 2 and 10,000 rows in every list, each with its agent."""

from datetime import date, timedelta
from uuid import uuid4

from funding.actions.ledger import open_accounts
from funding.enums import (
    Bucket,
    FdiKind,
    Job,
    Level,
    Line,
    LineOutcome,
    StepStatus,
    TransferKind,
)
from funding.models import (
    Account,
    Envelope,
    FdiRequest,
    Step,
    StepLine,
    Transfer,
)
from parcours.models import Contract, MonthlyHours, Parcours, Person
from structures.enums import StructureKind
from structures.models import Commune, Departement, Region, Structure
from tests.e2e.world.places import user
from tests.funding.factories import (
    CampaignFactory,
    PublishedFigureFactory,
    StepFactory,
)
from tests.parcours.factories import MonthlyStatementFactory
from tests.structures.factories import (
    AgencyFactory,
    ConventionFactory,
    MembershipFactory,
)

SIZES = {"02": 0, "60": 1, "80": 2, "93": 10_000}
START = date(2019, 1, 7)


def write_sizes():
    elsewhere = Region.objects.create(code="11", name="Île-de-France")
    for code, size in SIZES.items():
        place = Departement.objects.create(
            code=code, name=f"Département de {size}", region=elsewhere
        )
        agency = AgencyFactory(name=f"UD {code}", departement=place)
        MembershipFactory(
            agent=True, agency=agency, user=user(f"agent{size}", "Camille", "Durand")
        )
        commune = Commune.objects.create(
            code=f"{code}001", name=f"Commune {code}", departement=place
        )
        write_rows(commune, size)


def write_rows(commune, size):
    """Every contract in the first structure, whose lists are then as long."""
    if not size:
        return
    structures = write_structures(commune, size)
    contracts = write_contracts(structures[0], size)
    write_hours(structures[0], contracts)
    write_lines(commune.departement, structures)
    write_moves(commune.departement, size)
    write_fdi(structures[0], size)
    write_entries(commune.departement, size)


def write_contracts(structure, size):
    return Contract.objects.bulk_create(
        Contract(
            person=right.person,
            structure=structure,
            parcours=right,
            kind="CDDI",
            hired_on=START,
            starts_on=START,
            ends_on=START + timedelta(days=364),
        )
        for right in write_rights(size)
    )


def write_hours(structure, contracts):
    statement = MonthlyStatementFactory(
        convention=ConventionFactory(structure=structure), month=date(2019, 5, 1)
    )
    MonthlyHours.objects.bulk_create(
        MonthlyHours(statement=statement, contract=one, hours=100) for one in contracts
    )


def write_lines(place, structures):
    """A job with a line a structure, and one that met none."""
    step = StepFactory(
        campaign=CampaignFactory(year=2019),
        departement=place,
        job=Job.OUTCOMES,
        status=StepStatus.DONE,
        created=len(structures),
    )
    StepFactory(
        campaign=step.campaign,
        departement=place,
        job=Job.CONSUMPTION,
        status=StepStatus.DONE,
    )
    StepLine.objects.bulk_create(
        StepLine(step=step, structure=one, outcome=LineOutcome.CREATED)
        for one in structures
    )


def write_moves(place, size):
    """A root of its own, notified as many times as there must be lines."""
    envelope = Envelope.objects.create(
        **{"year": START.year, "level": Level.LINE, "line": Line.CD},
        **{"region": place.region, "departement": place},
    )
    target = open_accounts(envelope=envelope)[Bucket.AVAILABLE]
    outside = Account.objects.get(bucket=Bucket.OUTSIDE)
    Transfer.objects.bulk_create(
        Transfer(
            **{"source": outside, "target": target, "amount": 100},
            **{"kind": TransferKind.NOTIFICATION, "on": START},
            reference=f"Arrêté {n}",
            idempotency_key=uuid4(),
        )
        for n in range(size)
    )


def write_fdi(structure, size):
    """As many requests as lines, all of one structure."""
    place = structure.commune.departement
    envelope = Envelope.objects.create(
        **{"year": START.year, "level": Level.LINE, "line": Line.FDI},
        **{"region": place.region, "departement": place},
    )
    FdiRequest.objects.bulk_create(
        FdiRequest(
            **{"structure": structure, "envelope": envelope, "kind": FdiKind.START},
            **{"purpose": f"Projet {n}", "cost": 3000, "requested": 1000},
            **{"received_on": START, "key": uuid4()},
        )
        for n in range(size)
    )


def write_entries(place, size):
    """A published figure with as many rows behind it; for the smallest, one with none."""
    since = {size: "2019-01-01"} | ({0: "2019-12-01"} if size == 1 else {})
    for n, day in since.items():
        PublishedFigureFactory(
            code=f"entrees-{n}",
            label=f"Entrées, {n}",
            measure="entries",
            scope={"departement": place.pk, "since": day, "until": "2019-12-02"},
            value=n,
            unit="salariés",
        )


def keys_of_sizes():
    """What the addresses of the lists of each size need."""
    keys = {}
    for code, size in SIZES.items():
        if size:
            step = Step.objects.filter(departement=code).first()
            first = Structure.objects.filter(conventions__isnull=False)
            keys |= {
                f"campaign{size}": step.campaign_id,
                f"envelope{size}": Envelope.objects.get(
                    departement=code, line=Line.CD
                ).pk,
                f"structure{size}": first.get(commune__departement=code).pk,
            }
    return keys


def write_structures(commune, size):
    kinds = list(StructureKind)
    return Structure.objects.bulk_create(
        Structure(
            kind=kinds[n % 4],
            name=f"Structure d’insertion {n:05d}",
            siret=f"{int(commune.code) * 100_000_000 + n:014d}",
            commune=commune,
            is_simulated=True,
        )
        for n in range(size)
    )


def write_rights(size):
    people = Person.objects.bulk_create(
        Person(
            last_name="Durand",
            first_name=f"Camille {n}",
            sort_key=f"DURAND CAMILLE {n:05d}",
            birth_on=date(1985, 3, 14),
            sex="F",
            is_simulated=True,
        )
        for n in range(size)
    )
    return Parcours.objects.bulk_create(
        Parcours(
            person=person,
            regime="AGREMENT",
            starts_on=START,
            ends_on=START + timedelta(days=729),
        )
        for person in people
    )
