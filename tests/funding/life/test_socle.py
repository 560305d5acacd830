"""A socle that changes within the year: avenants in draft, each month at its amount."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from funding.actions import endings
from funding.actions.socle import apply_socle
from funding.enums import Job, Level, Line, LineOutcome, VersionState
from funding.figures.allocation import amount_of
from funding.models import AnnexeVersion, Consumption
from structures.actions.life import Said
from structures.enums import Role, StructureKind
from tests.funding.factories import (
    AnnexeFactory,
    EnvelopeFactory,
    PartFactory,
    PeriodFactory,
    VersionFactory,
)
from tests.funding.jobs import run_job
from tests.funding.life.world import audit
from tests.funding.lifecycle.world import fund
from tests.parcours.factories import MonthlyHoursFactory, MonthlyStatementFactory
from tests.structures.factories import (
    ConventionFactory,
    MembershipFactory,
    StructureFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
KNOWN = date(2021, 12, 22)  # the day after the arrêté
OCTOBER = date(2021, 10, 1)
TOTAL = Decimal("165006.27")
URL = "/annexes/socle/"
QUERIES = 8


@pytest.fixture
def annexe():
    """An ACI of 2021, 7.95 ETP at 20,642 €, on a funded envelope."""
    envelope = EnvelopeFactory(departmental=True, year=2021)
    fund(envelope, Decimal(900_000))
    return an_annexe()


def an_annexe(unit="20642", kind=StructureKind.ACI, line=None, **fields):
    convention = ConventionFactory(
        structure=StructureFactory(kind=kind),
        starts_on=date(2021, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    version = VersionFactory(
        annexe=AnnexeFactory(convention=convention, year=2021),
        etp=Decimal("7.95"),
        unit_amount=Decimal(unit),
        **fields,
    )
    PartFactory(version=version, **(line or {}))
    return AnnexeVersion.objects.get(pk=version.pk)


def draft_of(version):
    return version.annexe.versions.get(state=VersionState.BROUILLON)


def test_an_avenant_gives_each_month_the_amount_of_its_date(annexe):
    done = apply_socle(version=annexe, on=KNOWN)

    draft = draft_of(annexe)
    assert (done.outcome, done.after) == (LineOutcome.CREATED, TOTAL)
    assert (draft.total, draft.unit_amount) == (TOTAL, 21096)
    assert draft.parts.get().amount == TOTAL
    assert [(it.starts_on, it.unit_amount) for it in draft.periods.all()] == [
        (date(2021, 1, 1), 20642),
        (OCTOBER, 21096),
    ]
    audit()


def test_an_earmark_and_the_line_make_the_etp_of_the_annexe(annexe):
    """Next year starts from as many: the new amount makes no ETP of its own (R9)."""
    above = annexe.parts.get().envelope
    earmark = EnvelopeFactory(
        **{"line": Line.PAUVRETE, "level": Level.EARMARK, "year": 2021},
        parent=above,
        departement=above.departement,
    )
    left = Decimal("2.95")
    other = an_annexe(line={"etp": left, "posts": left, "amount": left * 20642})
    PartFactory(version=other, envelope=earmark, etp=5, posts=5, amount=5 * 20642)

    apply_socle(version=other, on=KNOWN)

    draft = draft_of(other)
    etp, posts = zip(*draft.parts.values_list("etp", "posts"), strict=True)
    assert sum(etp) == sum(posts) == draft.etp == Decimal("7.95")
    assert amount_of(draft, draft.etp) == TOTAL


def test_twice_changes_nothing_and_before_the_arrete_neither(annexe):
    assert apply_socle(version=annexe, on=date(2021, 12, 20)).outcome == "UNCHANGED"
    apply_socle(version=annexe, on=KNOWN)

    again = apply_socle(version=annexe, on=KNOWN)

    assert (again.outcome, again.reason) == (
        LineOutcome.UNCHANGED,
        "Son avenant est déjà préparé.",
    )
    assert AnnexeVersion.objects.count() == 2


def test_signed_it_is_up_to_date_and_keeps_its_periods(annexe):
    apply_socle(version=annexe, on=KNOWN)
    draft = draft_of(annexe)
    AnnexeVersion.objects.filter(pk=annexe.pk).update(state=VersionState.HISTORISE)
    AnnexeVersion.objects.filter(pk=draft.pk).update(
        state=VersionState.VALIDE, signed_on=KNOWN
    )
    draft.refresh_from_db()
    assert apply_socle(version=draft, on=KNOWN).outcome == LineOutcome.UNCHANGED
    for attempt in (
        lambda: draft.periods.update(unit_amount=1),
        lambda: draft.periods.all().delete(),
        lambda: PeriodFactory(version=draft, starts_on=date(2021, 11, 1)),
    ):
        with (
            pytest.raises(DatabaseError, match="signée ne se modifie plus"),
            transaction.atomic(),
        ):
            attempt()


def test_an_amount_of_its_own_is_left_to_the_agent(annexe):
    other = an_annexe(unit="18000")
    done = apply_socle(version=other, on=KNOWN)
    assert done.outcome == LineOutcome.BLOCKED
    assert "n’est pas un socle publié" in done.reason


def test_an_avenant_being_written_is_not_touched(annexe):
    VersionFactory(annexe=annexe.annexe, modification=1, draft=True)
    done = apply_socle(version=annexe, on=KNOWN)
    assert (done.outcome, AnnexeVersion.objects.count()) == (LineOutcome.BLOCKED, 2)


def test_prison_follows_its_own_socle(annexe):
    other = an_annexe(unit="12265", is_prison=True)
    apply_socle(version=other, on=KNOWN)
    assert draft_of(other).unit_amount == 12658


def test_a_closing_before_the_change_loses_the_period(annexe):
    apply_socle(version=annexe, on=KNOWN)
    draft = draft_of(annexe)
    AnnexeVersion.objects.filter(pk=annexe.pk).update(state=VersionState.HISTORISE)
    AnnexeVersion.objects.filter(pk=draft.pk).update(
        state=VersionState.VALIDE, signed_on=KNOWN
    )
    endings.close_structure(
        structure=annexe.annexe.convention.structure,
        said=Said(on=date(2021, 9, 30), reason="Fin"),
        by=UserFactory(),
        today=KNOWN,
    )
    closing = draft_of(annexe)
    assert (closing.unit_amount, closing.total) == (20642, Decimal("123077.97"))
    audit()


def test_hours_of_each_month_are_worth_its_amount(annexe):
    apply_socle(version=annexe, on=KNOWN)
    draft = draft_of(annexe)
    AnnexeVersion.objects.filter(pk=annexe.pk).update(state=VersionState.HISTORISE)
    AnnexeVersion.objects.filter(pk=draft.pk).update(state=VersionState.VALIDE)
    for month in (9, 10):
        statement = MonthlyStatementFactory(
            convention=annexe.annexe.convention, month=date(2021, month, 1)
        )
        MonthlyHoursFactory(statement=statement, hours=Decimal(151))

    run_job(Job.CONSUMPTION, 2021, on=KNOWN)

    amounts = Consumption.objects.order_by("month").values_list("amount", flat=True)
    hours = annexe.hours_per_etp
    assert list(amounts) == [
        round(151 / hours * 20642, 2),
        round(151 / hours * 21096, 2),
    ]


@pytest.fixture
def agent_in_2021(client, settings, annexe):
    settings.BUSINESS_DATE = KNOWN
    client.force_login(MembershipFactory(agent=True).user)
    return annexe


def test_the_page_shows_then_does_it_row_by_row(client, agent_in_2021):
    an_annexe(unit="18000")
    text = client.get(URL).content.decode()
    for words in (
        *("165\u202f006,27", "21\u202f096,00", "n’est pas un socle publié"),
        "Préparer 1\xa0avenant",
    ):
        assert words in text
    assert AnnexeVersion.objects.count() == 2

    text = client.post(URL, {"annee": "2021"}).content.decode()

    assert "1\xa0avenant préparé en brouillon" in text
    assert AnnexeVersion.objects.count() == 3
    again = client.post(URL, {"annee": "2021"}).content.decode()
    assert "0\xa0avenant préparé" in again
    assert AnnexeVersion.objects.count() == 3


def test_nothing_changes_and_it_says_so(client, agent, december):
    text = client.get(URL).content.decode()
    assert "Aucune annexe à modifier" in text
    assert "20\u202f199,00" in text


def test_others_find_nothing_there(client, agent_in_2021):
    structure = agent_in_2021.annexe.convention.structure
    for user in (
        MembershipFactory(structure=structure, role=Role.DIRECTION).user,
        UserFactory(is_superuser=True),
    ):
        client.force_login(user)
        assert client.get(URL).status_code == 404
        assert client.post(URL, {"annee": "2021"}).status_code == 404
    assert AnnexeVersion.objects.count() == 1


def test_the_page_asks_a_fixed_number_of_queries(
    client, agent_in_2021, django_assert_num_queries
):
    for _ in range(4):
        an_annexe()
    with django_assert_num_queries(QUERIES):
        client.get(URL)
