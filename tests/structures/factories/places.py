"""Territories, structures and conventions. Fixed values, not random ones."""

from datetime import date

import factory

from structures.enums import (
    Measure,
    Status,
    StructureKind,
)
from structures.models import (
    Commune,
    Convention,
    Departement,
    Epci,
    Group,
    Perimeter,
    PerimeterCommune,
    Region,
    Structure,
)


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "32"
    name = "Hauts-de-France"


class DepartementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Departement
        django_get_or_create = ["code"]

    code = "62"
    name = "Pas-de-Calais"
    region = factory.SubFactory(RegionFactory)


class EpciFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Epci
        django_get_or_create = ["siren"]

    siren = "246200364"
    name = "CA de Lens-Liévin"


class CommuneFactory(factory.django.DjangoModelFactory):
    """Lens, in the mining basin; `arras=True` is outside."""

    class Meta:
        model = Commune
        django_get_or_create = ["code"]

    class Params:
        arras = factory.Trait(code="62041", name="Arras", epci=None)

    code = "62498"
    name = "Lens"
    departement = factory.SubFactory(DepartementFactory)
    epci = factory.SubFactory(EpciFactory)
    population = 30_000


class PerimeterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Perimeter
        django_get_or_create = ["code"]

    code = "erbm"
    name = "Engagement pour le renouveau du bassin minier"


class PerimeterCommuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PerimeterCommune

    perimeter = factory.SubFactory(PerimeterFactory)
    commune = factory.SubFactory(CommuneFactory)
    since = date(2017, 3, 7)


class GroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"Groupe {n}")


class StructureFactory(factory.django.DjangoModelFactory):
    """An ACI in Lens."""

    class Meta:
        model = Structure

    kind = StructureKind.ACI
    name = factory.Sequence(lambda n: f"Chantier du Crinchon {n}")
    siret = factory.Sequence(lambda n: f"{90_000_000_000_000 + n:014d}")
    asp_id = factory.Sequence(lambda n: 1000 + n)
    commune = factory.SubFactory(CommuneFactory)
    created_on = date(2010, 1, 1)
    is_simulated = True


class ConventionFactory(factory.django.DjangoModelFactory):
    """A signed convention over 2018-2020."""

    class Meta:
        model = Convention

    structure = factory.SubFactory(StructureFactory)
    measure = factory.LazyAttribute(lambda o: Measure(f"{o.structure.kind}_DC"))
    number = factory.Sequence(lambda n: f"062 010118 ACI {n:05d}")
    state = Status.SIGNED
    starts_on = date(2018, 1, 1)
    ends_on = date(2020, 12, 31)
    signed_on = date(2017, 12, 18)


class DraftConventionFactory(ConventionFactory):
    """Asked for 2020-2022, not sent yet."""

    number = ""
    state = Status.DRAFT
    starts_on = date(2020, 1, 1)
    ends_on = date(2022, 12, 31)
    signed_on = None
