"""Draft annexes of a year, from the last terms of the year before."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Job, Level, Line, VersionState
from funding.models import AnnexeVersion, Envelope, Transfer
from structures.enums import Measure, Status
from structures.models import LegalValue
from tests.funding.factories import EnvelopeFactory, PartFactory, VersionFactory
from tests.funding.jobs import annexe_of, counts, draft, line, run_job
from tests.structures.factories import ConventionFactory, PerimeterCommuneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def socle():
    """The IAE line of 2019, under the département, the région and the nation."""
    return EnvelopeFactory(departmental=True, year=2019)


def test_the_draft_takes_the_last_etp_and_the_socle_known_that_day():
    before = annexe_of(2019, etp=Decimal("15.60"), state=VersionState.HISTORISE)
    VersionFactory(annexe=before.annexe, modification=1, etp=Decimal("14.55"))

    step = run_job(Job.CONVENTIONS, 2020)

    # The arrêté of 7 February 2020 is not known on 2 December 2019: 20 199, not 20 441.
    made = draft()
    assert (made.etp, made.unit_amount) == (Decimal("14.55"), 20199)
    assert made.total == Decimal("293895.45")
    assert (made.annexe.year, made.annexe.renewal, made.hours_per_etp) == (
        2020,
        2,
        1820,
    )
    assert counts(step) == (1, 0, 0, 0)


def test_once_the_new_socle_is_published_the_draft_is_refreshed():
    annexe_of(2019)
    run_job(Job.CONVENTIONS, 2020)

    step = run_job(Job.CONVENTIONS, 2020, on=date(2020, 2, 10))

    assert counts(step) == (0, 1, 0, 0)
    assert draft().total == Decimal("204410.00")


def test_a_second_run_changes_nothing():
    annexe_of(2019)
    run_job(Job.CONVENTIONS, 2020)
    assert counts(run_job(Job.CONVENTIONS, 2020)) == (0, 0, 1, 0)


def test_what_is_signed_is_left_alone():
    annexe_of(2019)
    run_job(Job.CONVENTIONS, 2020)
    AnnexeVersion.objects.filter(pk=draft().pk).update(
        state=VersionState.VALIDE, etp=Decimal("3.00")
    )

    step = run_job(Job.CONVENTIONS, 2020)

    [done] = step.lines.all()
    assert (done.outcome, done.reason) == (
        "UNCHANGED",
        "L’annexe est déjà instruite : elle reste telle quelle.",
    )
    assert not AnnexeVersion.objects.filter(etp=10, annexe__year=2020).exists()


def test_no_money_moves():
    annexe_of(2019)
    run_job(Job.CONVENTIONS, 2020)
    assert not Transfer.objects.exists()


def test_a_convention_ending_within_the_year_gives_fewer_months():
    convention = ConventionFactory(
        starts_on=date(2017, 9, 1), ends_on=date(2020, 8, 31)
    )
    annexe_of(2019, convention=convention, etp=Decimal("7.43"))

    run_job(Job.CONVENTIONS, 2020)

    assert draft().ends_on == date(2020, 8, 31)
    assert draft().total == Decimal("100052.40")  # 12 506.55 × 8


def test_an_ended_convention_is_named_with_what_to_do():
    annexe_of(
        2019,
        convention=ConventionFactory(
            starts_on=date(2017, 1, 1), ends_on=date(2019, 12, 31)
        ),
    )

    [done] = run_job(Job.CONVENTIONS, 2020).lines.all()

    assert done.reason == (
        "La convention prend fin le 31/12/2019 : renouvelez-la avant de préparer 2020."
    )


def test_an_ended_convention_followed_by_a_draft_is_to_be_signed():
    ended = ConventionFactory(starts_on=date(2017, 1, 1), ends_on=date(2019, 12, 31))
    annexe_of(2019, convention=ended)
    ConventionFactory(
        structure=ended.structure,
        starts_on=date(2020, 1, 1),
        ends_on=date(2022, 12, 31),
        state=Status.DRAFT,
        signed_on=None,
    )

    [done] = run_job(Job.CONVENTIONS, 2020).lines.all()

    assert "la suivante n’est pas signée : signez-la" in done.reason


def test_a_renewed_convention_starts_from_the_one_before():
    old = annexe_of(
        2019,
        convention=ConventionFactory(
            starts_on=date(2017, 1, 1), ends_on=date(2019, 12, 31)
        ),
        etp=Decimal("6.20"),
    )
    new = ConventionFactory(
        structure=old.annexe.convention.structure,
        starts_on=date(2020, 1, 1),
        ends_on=date(2022, 12, 31),
    )

    run_job(Job.CONVENTIONS, 2020)

    assert draft().annexe.convention == new
    assert (draft().etp, draft().annexe.renewal) == (Decimal("6.20"), 0)


def test_a_structure_without_annexe_is_blocked_and_stops_nobody():
    annexe_of(2019)
    ConventionFactory()

    step = run_job(Job.CONVENTIONS, 2020)

    assert counts(step) == (1, 0, 0, 1)
    assert step.lines.get(outcome="BLOCKED").reason.startswith(
        "Aucune annexe en vigueur en 2019"
    )


def test_without_a_legal_value_the_reason_is_given():
    LegalValue.objects.filter(parameter="montant_socle", kind="ACI").delete()
    annexe_of(2019)

    [done] = run_job(Job.CONVENTIONS, 2020).lines.all()

    assert done.reason.startswith("Le montant socle ou les heures par ETP ne sont pas")


def test_prison_posts_take_the_prison_socle():
    annexe_of(2019, convention=ConventionFactory(measure=Measure.ACI_MP))
    run_job(Job.CONVENTIONS, 2020)
    assert (draft().unit_amount, draft().is_prison) == (Decimal("12119.00"), True)


def test_the_departement_keeps_its_beneficiaries_at_the_new_rsa(socle):
    annexe_of(2019, cofinanced=Decimal("58875.90"), cofinancer="CD")
    departement = {"departement": socle.departement, "region": socle.region}
    EnvelopeFactory(year=2019, level=Level.LINE, line=Line.CD, **departement)

    run_job(Job.CONVENTIONS, 2020)

    # Ten beneficiaries: 3 × 484.82 + 9 × 492.57 each in 2019, 12 × 492.57 known for 2020.
    assert draft().cofinanced == pytest.approx(Decimal("59108.40"), abs=1)
    part = draft().parts.get(envelope__line=Line.CD)
    assert part.amount == draft().cofinanced


@pytest.mark.parametrize("inside", [True, False])
def test_the_earmark_serves_only_inside_its_perimeter(socle, inside):
    member = PerimeterCommuneFactory()
    erbm = line(socle, Line.ERBM, perimeter=member.perimeter)
    version = annexe_of(2019)
    PartFactory(version=version, envelope=erbm, posts=4, etp=2, amount=40398)
    PartFactory(version=version, envelope=socle, posts=6, etp=6, amount=121194)
    if not inside:
        member.delete()

    run_job(Job.CONVENTIONS, 2020)

    found = dict(draft().parts.values_list("envelope__line", "amount"))
    expected = {"ERBM": Decimal(80796), "IAE_SOCLE": Decimal(121194)}
    assert found == (expected if inside else {"IAE_SOCLE": Decimal(201990)})


def test_posts_opened_in_the_year_cost_a_full_year_in_the_next(socle):
    poverty = line(socle, Line.PAUVRETE)
    version = annexe_of(2019, etp=Decimal("8.00"))
    PartFactory(version=version, envelope=socle, posts=6, etp=6, amount=121194)
    PartFactory(version=version, envelope=poverty, posts=4, etp=2, amount=40398)

    run_job(Job.CONVENTIONS, 2020)

    assert draft().etp == 10
    assert draft().parts.get(envelope__line="PAUVRETE").amount == Decimal(80796)


def test_the_envelopes_of_the_year_are_drawn_empty_on_the_model_of_the_last(socle):
    annexe_of(2019)
    run_job(Job.CONVENTIONS, 2020)

    made = Envelope.objects.get(year=2020, departement="62")
    assert made.line == socle.line
    assert made.parent.parent.level == Level.NATIONAL
    assert not made.accounts.exists()


def test_without_any_envelope_the_reason_is_given(socle):
    annexe_of(2019)
    Envelope.objects.filter(departement="62").delete()

    [done] = run_job(Job.CONVENTIONS, 2020).lines.all()

    assert done.reason.startswith("Le département n’a pas d’enveloppe IAE en 2019")
