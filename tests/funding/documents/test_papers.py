"""Documents made from the base: what they say, once each, and about what."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from funding.actions import ledger
from funding.actions.papers import (
    make_annexe,
    make_breach,
    make_convention,
    make_notification,
    make_session_paper,
)
from funding.actions.terms import open_avenant, revise_terms
from funding.enums import Act, Actor
from funding.figures.papers import annexes_data, notification_data
from funding.models import DocumentLink, Transfer
from structures.actions.documents import DocumentRefused
from structures.enums import DocumentKind, Status
from structures.models import Document
from tests.funding.factories import (
    AgendaItemFactory,
    CdiaeSessionFactory,
    DocumentLinkFactory,
    EnvelopeFactory,
    PartFactory,
    VersionFactory,
)
from tests.funding.lifecycle.world import make_world
from tests.structures.documents.sheets import text_of
from tests.structures.factories import ConventionFactory, DocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
DAY = date(2019, 12, 2)
QUERIES = 6


@pytest.fixture
def world():
    return make_world()


def words(document):
    """One line, every space an ordinary one."""
    return " ".join(text_of(bytes(document.file.content)).split())


def made(world, version=None, **options):
    options.setdefault("on", DAY)
    return make_annexe(version=version or world.version, by=None, **options)


def test_an_annexe_says_its_terms(world):
    document = made(world, anchor="12:abc")
    text = words(document)

    assert document.kind == DocumentKind.ANNEXE
    for told in ("10,00 ETP", "201 990,00 €", "IAE, montant socle", "Projet", "12:abc"):
        assert told in text, told
    assert document.link.version == world.version
    assert document.structure == world.version.annexe.convention.structure


def test_the_same_annexe_is_not_printed_twice(world):
    first = made(world)

    assert made(world, on=date(2019, 12, 9), anchor="99:zzz") == first
    assert DocumentLink.objects.count() == 1


def test_other_terms_make_another_that_replaces_it(world):
    first = made(world)
    revise_terms(
        version=world.version,
        etp=Decimal(9),
        cofinanced=Decimal(0),
        by=world.people[Actor.AGENT],
        on=DAY,
    )

    second = made(world)

    assert second.replaces == first
    assert "9,00 ETP" in words(second)


def test_it_is_a_project_until_it_is_ready(world):
    assert "Projet" in words(made(world))
    world.put(Status.READY)
    assert "Projet" not in words(made(world))


def test_a_dropped_version_is_not_printed(world):
    world.put(Status.CANCELLED)

    with pytest.raises(
        DocumentRefused, match="« Abandonnée » : elle ne s’imprime plus"
    ):
        made(world)
    assert not Document.objects.exists()


def test_an_avenant_shows_what_it_changes():
    signed = PartFactory().version
    draft = open_avenant(annexe=signed.annexe)
    draft.parts.all().delete()
    draft.etp, draft.total = Decimal("9.00"), Decimal("181791.00")
    draft.save()

    document = make_annexe(version=draft, by=None, on=DAY)
    text = words(document)

    assert document.kind == DocumentKind.AVENANT
    for told in ("Avenant n° 1", "10,00", "9,00", "−20 199,00 €", "201 990,00 €"):
        assert told in text, told


def test_an_annexe_after_one_that_was_abandoned_is_no_avenant(world):
    world.put(Status.CANCELLED)
    again = VersionFactory(annexe=world.version.annexe, modification=1, draft=True)

    assert made(world, again).kind == DocumentKind.ANNEXE


def test_reading_many_annexes_costs_no_more_queries(django_assert_num_queries):
    versions = [PartFactory().version.pk for _ in range(2)]
    with django_assert_num_queries(QUERIES):
        annexes_data(versions, known_on=DAY)
    versions += [PartFactory().version.pk for _ in range(5)]
    with django_assert_num_queries(QUERIES):
        found = annexes_data(versions, known_on=DAY)

    assert set(found) == set(versions)


def test_the_text_of_the_amount_is_cited_only_when_it_gives_that_amount(world):
    def cited(version):
        return annexes_data([version.pk], known_on=DAY)[version.pk][1].unit_text

    other = VersionFactory(unit_amount=Decimal("20000.00"))

    assert "27 février 2019" in cited(world.version)
    assert cited(other) == ""


def test_a_convention_is_printed_with_its_articles(world):
    convention = world.version.annexe.convention
    document = make_convention(convention=convention, by=None, on=DAY)

    assert "R. 5132-28" in words(document)
    assert document.link.convention == convention
    assert make_convention(convention=convention, by=None, on=DAY) == document


def test_a_breach_gives_its_reason_and_its_month(world):
    world.put(Status.SIGNED)
    convention = world.version.annexe.convention
    with pytest.raises(DocumentRefused, match="n’est pas mis en demeure"):
        make_breach(convention=convention, version=world.version, by=None, on=DAY)
    world.move(
        Act.NOTIFY_BREACH,
        Actor.SIGNATORY,
        on=date(2019, 3, 1),
        reason="Les comptes manquent.",
    )

    text = words(
        make_breach(convention=convention, version=world.version, by=None, on=DAY)
    )

    for told in ("Les comptes manquent.", "1er mars 2019", "1er avril 2019", "1 mois"):
        assert told in text, told


def test_a_movement_is_told_with_what_the_envelope_had(world):
    place = world.envelope.departement
    transfer = Transfer.objects.filter(target__envelope=world.envelope).get()

    document = make_notification(transfer=transfer, departement=place, by=None, on=DAY)
    text = words(document)

    assert f"numéro {transfer.pk}" in text
    for told in ("Délégation", "500 000,00 €", "0,00 €"):
        assert told in text, told
    assert document.structure is None


def test_a_letter_counts_what_came_from_above_less_what_went_back(world):
    world.move(Act.SUBMIT, Actor.AGENT)
    world.move(Act.REJECT, Actor.AGENT)  # what the annexe gives back is not received
    common = {"on": DAY, "reference": "Lettre", "by": None}
    line = EnvelopeFactory(earmark=True, parent=world.envelope)
    ledger.delegate(envelope=line, amount=Decimal(90_000), **common)
    ledger.give_back(envelope=line, amount=Decimal(40_000), **common)
    for _ in range(2):
        ledger.give_back(envelope=world.envelope, amount=Decimal(100_000), **common)

    last = Transfer.objects.latest("pk")
    assert notification_data(
        last, world.envelope, world.envelope.departement
    ).total_before == Decimal(400_000)


def test_what_is_no_notification_has_no_letter(world):
    world.move(Act.SUBMIT, Actor.AGENT)
    transfer = Transfer.objects.order_by("-pk").first()

    with pytest.raises(DocumentRefused, match="se disent par lettre"):
        make_notification(
            transfer=transfer,
            departement=world.envelope.departement,
            by=None,
            on=DAY,
        )


def test_a_session_has_its_agenda_then_its_minutes():
    session = CdiaeSessionFactory()
    item = AgendaItemFactory(session=session)
    name = item.convention.structure.name

    agenda, minutes = (
        make_session_paper(session=session, kind=kind, by=None, on=DAY)
        for kind in (DocumentKind.AGENDA, DocumentKind.MINUTES)
    )

    assert name in words(agenda)
    assert "Projet" in words(minutes)
    assert {agenda.link.session, minutes.link.session} == {session}
    assert (
        make_session_paper(session=session, kind=DocumentKind.AGENDA, by=None, on=DAY)
        == agenda
    )


def test_a_document_is_about_one_thing(world):
    two = pytest.raises(IntegrityError, match="document_of_one_subject")
    with two, transaction.atomic():
        DocumentLinkFactory(convention=ConventionFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentLink.objects.create(document=DocumentFactory())
