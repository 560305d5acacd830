"""The referent of a person: one at a time, and a caseload passed in one act."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from parcours.actions.referents import hand_over, name_referent
from parcours.actions.refusals import ParcoursRefused
from parcours.figures.referents import caseload, referent_of
from parcours.models import Referent
from structures.enums import Role
from structures.models import User
from tests.parcours.accompaniment.world import TODAY
from tests.parcours.factories import (
    ActionFactory,
    ContractFactory,
    FreinFactory,
    ReferentFactory,
)
from tests.structures.factories import MembershipFactory, StructureFactory

SINCE = date(2019, 9, 2)


def name(case, user, since=SINCE, by=None):
    return name_referent(
        contract=case.contract, user=user, since=since, by=by or user, on=TODAY
    )


def people_of(case, n):
    """As many more people of the same adviser."""
    for _ in range(n):
        contract = ContractFactory(structure=case.contract.structure)
        ReferentFactory(
            person=contract.person, structure=contract.structure, user=case.cip
        )


def passed(case, target, *, seen, source=None, by=None):
    return hand_over(
        structure=case.contract.structure,
        source=source or case.cip,
        target=target,
        seen=seen,
        by=by or case.cip,
        on=TODAY,
    )


def test_another_referent_takes_over_and_the_first_is_kept(case):
    first, colleague = name(case, case.cip), case.colleague()

    second = name(case, colleague, since=TODAY, by=case.people[Role.DIRECTION])

    first.refresh_from_db()
    assert (first.until, second.by) == (TODAY, case.people[Role.DIRECTION])
    assert referent_of(case.contract) == second


def test_a_person_has_one_referent_in_a_structure(case):
    name(case, case.cip)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferentFactory(person=case.contract.person, structure=case.contract.structure)


def test_an_impossible_referent_is_refused(case):
    with pytest.raises(ParcoursRefused, match="est à venir"):
        name(case, case.cip, since=date(2019, 12, 3))
    with pytest.raises(ParcoursRefused, match="n’est pas conseiller"):
        name(case, case.people[Role.DIRECTION])
    name(case, case.cip)
    with pytest.raises(ParcoursRefused, match="déjà le référent"):
        name(case, case.cip)
    with pytest.raises(ParcoursRefused, match="ne précède pas"):
        name(case, case.colleague(), since=date(2019, 9, 1))


@pytest.mark.parametrize("role", [Role.CIP, Role.DIRECTION])
def test_a_caseload_is_passed_at_once(case, role):
    people_of(case, 3)
    name(case, case.cip)
    action = ActionFactory(
        frein=FreinFactory(contract=case.contract), owner=case.cip, by=case.cip
    )
    target = case.colleague()

    assert passed(case, target, seen=4, by=case.people[role]) == 4

    assert caseload(case.cip, on=TODAY) == []
    assert len(caseload(target, on=TODAY)) == 4
    assert Referent.objects.filter(until=TODAY, user=case.cip).count() == 4
    assert {it.by for it in Referent.objects.filter(until=None)} == {case.people[role]}
    action.refresh_from_db()
    assert action.owner == target


def test_who_left_the_structure_has_no_caseload_there(case):
    name(case, case.cip)
    case.cip.memberships.all().delete()
    MembershipFactory(
        user=case.cip, agency=None, structure=StructureFactory(), role=Role.CIP
    )
    gone = User.objects.get(pk=case.cip.pk)

    assert caseload(gone, on=TODAY) == []


def test_what_was_not_seen_is_not_passed(case):
    people_of(case, 2)
    with pytest.raises(ParcoursRefused, match="suit maintenant 2 personnes"):
        passed(case, case.colleague(), seen=1)
    assert len(caseload(case.cip, on=TODAY)) == 2


def test_nobody_passes_the_people_of_a_colleague(case):
    with pytest.raises(ParcoursRefused, match="ou la direction"):
        passed(case, case.colleague(), seen=0, by=case.colleague())


def test_the_referent_reads_the_notes_until_another_takes_over(case, page):
    interview = case.interview(notes="Secret de bureau")
    url = reverse("interview_detail", args=[interview.pk])
    first, second = case.colleague(), case.colleague()

    name(case, first)
    assert "Secret de bureau" in page(first, url)
    name(case, second, since=TODAY)

    assert "Secret de bureau" not in page(first, url)
    assert "Secret de bureau" in page(second, url)
    assert "Secret de bureau" not in page(case.people[Role.DIRECTION], url)


def test_a_referent_who_became_the_direction_reads_no_more_notes(case, page):
    colleague = case.colleague()
    name(case, colleague)
    colleague.memberships.update(role=Role.DIRECTION)
    url = reverse("interview_detail", args=[case.interview().pk])

    assert "Notes privées" not in page(colleague, url)


def test_the_page_passes_my_people(client, case, page):
    name(case, case.cip)
    target = case.colleague()
    url = reverse("hand_over", args=[case.contract.structure_id, case.cip.pk])
    people_of(case, 1)
    assert "Passer mes 2 personnes" in page(case.cip, "/accompagnement/")
    assert url in page(case.people[Role.DIRECTION], "/accompagnement/")

    client.force_login(case.cip)
    client.post(url, {"user": target.pk, "seen": 2})

    assert referent_of(case.contract).user == target


@pytest.mark.parametrize("role", [Role.AGENT, Role.GESTIONNAIRE, Role.ENCADRANT])
def test_who_does_not_accompany_has_no_caseload(case, page, role):
    url = reverse("hand_over", args=[case.contract.structure_id, case.cip.pk])
    for address in ("/accompagnement/", url):
        assert page(case.people[role], address) == ""


@pytest.mark.parametrize("rows", [1, 9])
def test_a_caseload_takes_the_same_queries_whatever_its_length(
    client, case, rows, django_assert_num_queries
):
    people_of(case, rows)
    client.force_login(case.cip)
    with django_assert_num_queries(7):
        client.get("/accompagnement/")
