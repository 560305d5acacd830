"""People of one structure, with hours, supervision, interviews, barriers and exits."""

from datetime import date, timedelta
from decimal import Decimal

from parcours.enums import FreinState, FreinTheme, Medium, Rsa
from parcours.models import MonthlyHours
from structures.models import Convention
from structures.rules.periods import months_later
from tests.parcours.factories import (
    ContractFactory,
    ExitFactory,
    ExitMotiveFactory,
    FreinFactory,
    InterviewFactory,
    MonthlyStatementFactory,
    ParcoursFactory,
    PersonFactory,
    SupervisionSessionFactory,
    TrainingFactory,
)

PEOPLE = [
    ("Bailleul", "Océane"),
    ("Carpentier", "Mickaël"),
    ("Delannoy", "Fatima"),
    ("Évrard", "Jean-Luc"),
    ("Flament", "Inès"),
    ("Guilbert", "Thierry"),
    ("Hannebicq", "Sabrina"),
    ("Kowalczyk", "Stéphane"),
    ("Leclercq", "Amélie"),
    ("N’Diaye", "Moussa"),
    ("Ozanne", "Christelle"),
    ("Podvin", "Rémi"),
]
TODAY = date(2019, 12, 2)
ENTERED = 8  # months of 2019 that structures with people have entered


def write_people(structures):
    for structure in structures:
        convention = Convention.objects.get(structure=structure)
        late = structure in structures[1:3]
        for month in range(1, ENTERED + (0 if late else 3)):
            MonthlyStatementFactory(convention=convention, month=date(2019, month, 1))
    for n, (last, first) in enumerate(PEOPLE):
        write_parcours(structures[1], n, last, first)
    for n in range(3):
        write_parcours(structures[0], n, "Dubrulle", f"Manon {n}")


def write_parcours(structure, n, last, first):
    start = date(2019, 1, 7) + timedelta(days=21 * (n % 9))
    person = PersonFactory(
        last_name=last,
        first_name=first,
        sort_key=f"{last} {first}".upper().replace("É", "E").replace("’", " "),
    )
    contract = ContractFactory(
        structure=structure,
        parcours=ParcoursFactory(person=person, starts_on=start),
        starts_on=start,
        ends_on=start + timedelta(days=364),
        rsa=Rsa.PLAIN if n % 2 else Rsa.NO,
    )
    write_hours(contract, n)
    write_following(contract, start, n)
    if n % 4 == 3:
        ExitFactory(contract=contract, motive=motive(n), exited_on=date(2019, 10, 31))


def motive(n):
    if n % 8 == 3:
        return ExitMotiveFactory()
    return ExitMotiveFactory(code="A3", label="Sans nouvelles", category="OTHER")


def write_hours(contract, n):
    statements = contract.structure.conventions.get().statements.filter(
        month__gte=contract.starts_on.replace(day=1)
    )
    MonthlyHours.objects.bulk_create(
        MonthlyHours(statement=one, contract=contract, hours=Decimal(95 + 3 * n))
        for one in statements
    )


def write_following(contract, start, n):
    SupervisionSessionFactory(contract=contract, held_on=start + timedelta(days=12))
    SupervisionSessionFactory(
        contract=contract,
        held_on=start + timedelta(days=80),
        task="Tri et valorisation du mobilier",
        observation="Autonome sur le poste, à former à la caisse.",
    )
    if n % 3 == 0:
        TrainingFactory(contract=contract)
    days = [months_later(start, month) for month in range(0, 11 if n % 5 else 5, 2)]
    for month, day in enumerate(day for day in days if day < TODAY):
        InterviewFactory(
            contract=contract,
            held_on=day,
            medium=Medium.PHONE if month % 2 else Medium.MEETING,
        )
    FreinFactory(
        contract=contract,
        theme=FreinTheme.MOBILITE,
        state=FreinState.LIFTED,
        identified_on=start + timedelta(days=10),
        lifted_on=start + timedelta(days=150),
    )
    FreinFactory(
        contract=contract,
        theme=FreinTheme.SANTE,
        identified_on=start + timedelta(days=30),
    )
