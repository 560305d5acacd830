"""Départements with 0, 1, 2 and 10,000 structures and parcours, each with its agent."""

from datetime import date, timedelta

from parcours.models import Contract, Parcours, Person
from structures.enums import StructureKind
from structures.models import Commune, Departement, Region, Structure
from tests.e2e.world.places import user
from tests.structures.factories import AgencyFactory, MembershipFactory

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
    structures = write_structures(commune, size)
    rights = write_rights(size)
    Contract.objects.bulk_create(
        Contract(
            person=right.person,
            structure=structure,
            parcours=right,
            kind="CDDI",
            hired_on=START,
            starts_on=START,
            ends_on=START + timedelta(days=364),
        )
        for right, structure in zip(rights, structures, strict=True)
    )


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
