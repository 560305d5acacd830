"""A structure closes, or another absorbs it: annexes, ETP and money, to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from funding.actions import endings
from funding.actions.files import MoveRefused
from funding.actions.ledger import pay
from funding.actions.terms import revise_terms
from funding.enums import Act, Actor, Job, Line, VersionState
from funding.models import AnnexeVersion, StepLine
from structures.actions.life import LifeRefused, Said
from structures.enums import LifeKind, Status, StructureKind
from structures.models import StructureAct
from tests.funding.factories import EnvelopeFactory, PartFactory, VersionFactory
from tests.funding.jobs import run_job
from tests.funding.life.world import TODAY, audit, make_world
from tests.structures.factories import StructureFactory

pytestmark = pytest.mark.django_db
JUNE = date(2019, 6, 30)


@pytest.fixture
def world():
    return make_world()


def said(on=JUNE, **fields):
    return Said(on=on, reason="Cessation d’activité", **fields)


def close(world, on=JUNE, **fields):
    return endings.close_structure(
        structure=world.structure, said=said(on, **fields), by=world.agent, today=TODAY
    )


def merge(world, on=JUNE):
    return endings.merge_structures(
        structure=world.structure,
        into=world.other,
        said=said(on),
        by=world.agent,
        today=TODAY,
    )


def draft_of(version):
    return version.annexe.versions.get(state=VersionState.BROUILLON)


def test_a_closing_opens_an_avenant_that_ends_that_day(world):
    """R17: 12 × 20,199 ÷ 12 = 20,199.00 a month, six months."""
    held = world.files.balances()
    done = close(world)

    draft = draft_of(world.first)
    assert (draft.ends_on, draft.etp) == (JUNE, 12)
    assert draft.total == draft.parts.get().amount == Decimal("121194.00")
    assert done.effects[0].total == (Decimal("242388.00"), Decimal("121194.00"))
    assert world.files.balances() == held  # nothing moved yet
    world.structure.refresh_from_db()
    assert world.structure.closed_on == JUNE
    assert done.act.changes["versions"] == [draft.pk]


def test_money_comes_back_when_the_avenant_is_signed(world):
    free, _, committed, _ = world.files.balances()
    close(world)

    world.sign(draft_of(world.first))

    freed = Decimal("121194.00")
    assert world.files.balances() == (free + freed, 0, committed - freed, 0)
    audit()


def test_what_was_paid_beyond_stays_until_it_is_claimed_back(world):
    """200,000 € paid, 121,194.00 € left: all that was not paid is freed (R86)."""
    free = world.files.balances()[0]
    paid = Decimal(200_000)
    pay(
        envelope=world.envelope,
        annexe=world.first.annexe,
        amount=paid,
        on=TODAY,
        reference="ASP",
        by=None,
    )
    close(world)

    world.sign(draft_of(world.first))

    unpaid = Decimal("42388.00")
    other = world.second.total
    assert world.files.balances() == (free + unpaid, 0, other, paid)
    audit()


def test_each_funder_bears_its_share_of_the_months_left(world):
    AnnexeVersion.objects.filter(pk=world.first.pk).update(
        state=VersionState.BROUILLON, asp_id=1
    )
    world.first.refresh_from_db()
    world.first.parts.update(amount=Decimal("142388.00"))
    for line, amount in ((Line.CD, 60_000), (Line.ERBM, 40_000)):
        envelope = (
            EnvelopeFactory(departmental=True, year=2019, line=line)
            if line == Line.CD
            else EnvelopeFactory(earmark=True, year=2019)
        )
        PartFactory(
            version=world.first, envelope=envelope, etp=2, posts=2, amount=amount
        )
    AnnexeVersion.objects.filter(pk=world.first.pk).update(
        state=VersionState.VALIDE, cofinanced=60_000
    )

    close(world)

    draft = draft_of(world.first)
    shares = dict(draft.parts.values_list("envelope__line", "amount"))
    assert shares == {
        Line.IAE_SOCLE: Decimal("71194.00"),
        Line.CD: Decimal("30000.00"),
        Line.ERBM: Decimal("20000.00"),
    }
    assert draft.cofinanced == 30_000


def test_drafts_beyond_the_day_are_dropped_through_the_table(world):
    later = VersionFactory(
        annexe__convention=world.first.annexe.convention, annexe__year=2020, draft=True
    )
    close(world)

    later.refresh_from_db()
    assert later.status == Status.CANCELLED
    assert later.changes.get().reason == "Cessation d’activité"


def test_a_first_draft_that_begins_before_the_day_is_only_shortened(world):
    first = VersionFactory(
        annexe__convention=world.first.annexe.convention, annexe__year=2020, draft=True
    )
    PartFactory(version=first)
    close(world, on=date(2020, 3, 31))

    first.refresh_from_db()
    assert (first.status, first.ends_on) == (Status.DRAFT, date(2020, 3, 31))
    assert first.total == Decimal("50497.50")


def test_a_file_being_examined_stops_the_closing(world):
    later = VersionFactory(
        annexe__convention=world.first.annexe.convention,
        annexe__year=2020,
        state=VersionState.SAISI,
        signed_on=None,
    )
    with pytest.raises(LifeRefused, match="L’annexe 2020 .* « En instruction »"):
        close(world)
    world.structure.refresh_from_db()
    assert (world.structure.closed_on, later.status) == (None, "INSTRUCTION")


def test_what_has_closed_may_be_closed_from_that_day(world):
    close(world, on=TODAY)
    with pytest.raises(MoveRefused, match="court jusqu’au 02/12/2019 .* Un avenant"):
        world.files.move(Act.CLOSE, Actor.AGENT, world.first, on=TODAY)

    world.files.move(Act.CANCEL, Actor.AGENT, draft_of(world.first))
    pay(
        envelope=world.envelope,
        annexe=world.first.annexe,
        amount=world.first.total,
        on=TODAY,
        reference="ASP",
        by=None,
    )
    world.files.move(Act.CLOSE, Actor.AGENT, world.first, on=date(2019, 12, 3))

    world.first.refresh_from_db()
    assert world.first.status == Status.CLOSED


@pytest.mark.parametrize("on, drafts", [(JUNE, 1), (date(2020, 5, 31), 2)])
def test_a_campaign_prepares_nothing_beyond_the_closing(world, on, drafts):
    EnvelopeFactory(departmental=True, year=2020)
    close(world, on=on)
    run_job(Job.CONVENTIONS, 2020)

    made = AnnexeVersion.objects.filter(annexe__year=2020)
    assert made.count() == drafts
    assert StepLine.objects.filter(outcome="BLOCKED").count() == 0
    mine = made.filter(annexe__convention__structure=world.structure)
    assert [it.ends_on for it in mine] == ([on] if drafts == 2 else [])


def test_a_structure_closes_once(world):
    close(world)
    with pytest.raises(LifeRefused, match="fermée depuis le 30/06/2019"):
        close(world)
    with pytest.raises(LifeRefused, match="créée le 01/01/2010"):
        endings.close_structure(
            structure=world.other,
            said=said(date(2009, 1, 1)),
            by=world.agent,
            today=TODAY,
        )


def test_a_stale_form_is_told(world):
    with pytest.raises(LifeRefused, match="vient d’être enregistré"):
        close(world, seen=99)


def test_a_merger_moves_the_etp_of_the_months_left(world):
    """12 ETP × 6 ÷ 12 = 6.00 more over the year; both cost what both did."""
    merge(world)

    left, taken = draft_of(world.first), draft_of(world.second)
    assert (left.total, taken.etp) == (Decimal("121194.00"), 16)
    assert taken.total == Decimal("323184.00")
    assert left.total + taken.total == world.first.total + world.second.total
    # Next year starts from whole posts: its own ten, and the twelve it took over.
    assert taken.parts.get().posts == 22

    for version in (left, taken):
        world.sign(version)
    audit()


def test_terms_revised_after_a_merger_keep_the_posts_of_next_year(world):
    """One ETP more over the year is one post more at its end."""
    merge(world)
    taken = draft_of(world.second)

    revise_terms(
        version=taken,
        etp=taken.etp + 1,
        cofinanced=taken.cofinanced,
        by=world.agent,
        on=TODAY,
    )

    assert (taken.parts.get().etp, taken.parts.get().posts) == (17, 23)


def test_roundings_never_make_both_cost_more():
    """10.02 × 20,199 ÷ 12 = 16,866.165: half a cent a month goes up."""
    world = make_world(etp="10.02")
    merge(world)

    left, taken = draft_of(world.first), draft_of(world.second)
    assert taken.etp == Decimal("15.00")  # 5.01 would cost 3 cents too many
    assert left.total + taken.total <= world.first.total + world.second.total


def test_a_merger_is_of_the_same_kind_and_place(world):
    for other in (
        StructureFactory(kind=StructureKind.EI),
        StructureFactory(commune__code="59178", commune__departement__code="59"),
    ):
        world.second.annexe.convention.structure = other
        with pytest.raises(LifeRefused, match="même type et du même département"):
            merge(world)
    world.second.annexe.convention.structure = world.structure
    with pytest.raises(LifeRefused, match="avec elle-même"):
        merge(world)


def test_a_merger_into_one_without_an_annexe_is_refused_and_undone(world):
    world.second.annexe.convention.structure = StructureFactory(name="Vide")
    with pytest.raises(LifeRefused, match="Vide n’a pas d’annexe 2019 en vigueur"):
        merge(world)
    world.structure.refresh_from_db()
    assert world.structure.closed_on is None
    assert not StructureAct.objects.exists()


def test_acts_are_only_added(world):
    act = close(world).act
    for verb in (
        "UPDATE structures_structureact SET reason = 'x'",
        "DELETE FROM structures_structureact",
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(verb)
    assert act.kind == LifeKind.CLOSING
