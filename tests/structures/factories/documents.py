"""Documents issued, templates and scans. Fixed values, not random ones."""

import hashlib
from datetime import date

import factory

from structures.enums import (
    DocumentKind,
)
from structures.models import (
    Document,
    DocumentTemplate,
    Scan,
    ScanPage,
    SignedCopy,
    StoredFile,
)
from tests.structures.factories.people import UserFactory
from tests.structures.factories.places import DepartementFactory, StructureFactory


class StoredFileFactory(factory.django.DjangoModelFactory):
    """Some bytes, which are no PDF."""

    class Meta:
        model = StoredFile

    content = factory.Sequence(lambda n: f"fichier {n}".encode())
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    size = factory.LazyAttribute(lambda o: len(o.content))


class DocumentTemplateFactory(factory.django.DjangoModelFactory):
    """A letter of breach, for everybody, since 2019."""

    class Meta:
        model = DocumentTemplate

    kind = DocumentKind.BREACH
    since = date(2019, 1, 1)
    text = "Vous manquez à {{ convention }}.\n\n{{ signature }}"


class DocumentFactory(factory.django.DjangoModelFactory):
    """The annexe of 2019 of an ACI in Lens, two pages; its bytes are no PDF."""

    class Meta:
        model = Document

    code = factory.Sequence(lambda n: f"{n:012d}")
    kind = DocumentKind.ANNEXE
    title = factory.Sequence(lambda n: f"Annexe financière {n}")
    year = 2019
    structure = factory.SubFactory(StructureFactory)
    departement = factory.SubFactory(DepartementFactory)
    service = "UD 62"
    digest = factory.Sequence(lambda n: f"{n:064x}")
    pages = 2
    file = factory.SubFactory(StoredFileFactory)
    on = date(2019, 12, 2)


class ScanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Scan

    name = factory.Sequence(lambda n: f"courrier-{n}.pdf")
    file = factory.SubFactory(StoredFileFactory)
    by = factory.SubFactory(UserFactory)


class ScanPageFactory(factory.django.DjangoModelFactory):
    """A page not yet read."""

    class Meta:
        model = ScanPage

    scan = factory.SubFactory(ScanFactory)
    number = factory.Sequence(lambda n: n + 1)


class SignedCopyFactory(factory.django.DjangoModelFactory):
    """All the pages of a document."""

    class Meta:
        model = SignedCopy

    document = factory.SubFactory(DocumentFactory)
    scan = factory.SubFactory(ScanFactory)
    file = factory.SubFactory(StoredFileFactory)
    made_of = factory.LazyFunction(list)
