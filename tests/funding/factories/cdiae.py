"""Sessions of a CDIAE, for tests."""

from datetime import date

import factory

from funding.models import AgendaItem, CdiaeSession
from structures.enums import Status
from tests.structures.factories import DepartementFactory, DraftConventionFactory


class CdiaeSessionFactory(factory.django.DjangoModelFactory):
    """In Arras, on 28 November 2019."""

    class Meta:
        model = CdiaeSession

    departement = factory.SubFactory(DepartementFactory)
    held_on = date(2019, 11, 28)
    place = "Préfecture, Arras"


class AgendaItemFactory(factory.django.DjangoModelFactory):
    """A first convention that waits for its opinion."""

    class Meta:
        model = AgendaItem

    session = factory.SubFactory(CdiaeSessionFactory)
    convention = factory.SubFactory(DraftConventionFactory, state=Status.OPINION)
    rank = 1
