"""Documents and the runs that print them, for tests."""

from datetime import date

import factory

from funding.models import DocumentLink, PrintLine, PrintRun
from tests.funding.factories.annexes import VersionFactory
from tests.structures.factories import DepartementFactory, DocumentFactory


class DocumentLinkFactory(factory.django.DjangoModelFactory):
    """The document of a version."""

    class Meta:
        model = DocumentLink

    document = factory.SubFactory(DocumentFactory)
    version = factory.SubFactory(VersionFactory)


class PrintRunFactory(factory.django.DjangoModelFactory):
    """The annexes of 2019 of the Pas-de-Calais."""

    class Meta:
        model = PrintRun

    year = 2019
    departement = factory.SubFactory(DepartementFactory)
    on = date(2019, 12, 2)


class PrintLineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PrintLine

    run = factory.SubFactory(PrintRunFactory)
    version = factory.SubFactory(VersionFactory)
