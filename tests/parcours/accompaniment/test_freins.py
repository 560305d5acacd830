"""Freins: their state and mode are what the actions say (R59)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from parcours.actions.freins import (
    ActionSaid,
    end_action,
    lift_frein,
    name_frein,
    plan_action,
    reopen_frein,
    set_objective,
)
from parcours.actions.refusals import ParcoursRefused
from parcours.enums import (
    ActionSide,
    FreinAct,
    FreinMode,
    FreinState,
    FreinTheme,
    ProfessionalTheme,
)
from parcours.models import Action, Frein, FreinEvent
from structures.enums import Role
from tests.parcours.accompaniment.world import TODAY
from tests.parcours.factories import ContractFactory, FreinFactory
from tests.structures.factories import UserFactory

SEEN = date(2019, 10, 7)
LATER = date(2019, 12, 20)


def name(case, theme=FreinTheme.MOBILITE, **changes):
    values = {"contract": case.contract, "identified_on": SEEN, "by": case.cip}
    return name_frein(theme=theme, on=TODAY, **values | changes)


def plan(case, frein, side=ActionSide.INTERNAL, **changes):
    values = {"title": "Code de la route", "owner": case.cip, "due_on": LATER}
    values |= {"started_on": date(2019, 10, 14)} | changes
    return plan_action(
        frein=frein, said=ActionSaid(side=side, **values), by=case.cip, on=TODAY
    )


def now(frein):
    frein.refresh_from_db()
    return FreinState(frein.state), FreinMode(frein.mode)


def test_a_frein_is_identified_then_in_progress_then_lifted(case):
    frein = name(case)
    assert now(frein) == (FreinState.IDENTIFIED, FreinMode.NONE)

    action = plan(case, frein)
    assert now(frein) == (FreinState.IN_PROGRESS, FreinMode.INTERNAL)

    lift_frein(frein=frein, lifted_on=TODAY, by=case.cip, on=TODAY)
    assert now(frein) == (FreinState.LIFTED, FreinMode.INTERNAL)
    action.refresh_from_db()
    assert (action.done_on, action.outcome) == (TODAY, "Frein levé")


@pytest.mark.parametrize(
    "sides, mode",
    [
        ([ActionSide.INTERNAL], FreinMode.INTERNAL),
        ([ActionSide.EXTERNAL], FreinMode.EXTERNAL),
        ([ActionSide.EXTERNAL, ActionSide.INTERNAL], FreinMode.BOTH),
    ],
)
def test_its_mode_is_who_acts(case, sides, mode):
    frein = name(case)
    for side in sides:
        plan(case, frein, side)
    assert now(frein)[1] == mode


@pytest.mark.parametrize("mode", [it for it in FreinMode if it])
def test_the_following_of_a_file_becomes_actions(case, mode):
    frein = FreinFactory(
        contract=case.contract, state=FreinState.IN_PROGRESS, mode=mode
    )

    plan(case, frein, ActionSide.INTERNAL)

    assert frein.actions.filter(owner=None).count() == 1 + (mode == FreinMode.BOTH)
    both = mode != FreinMode.INTERNAL
    assert now(frein)[1] == (FreinMode.BOTH if both else FreinMode.INTERNAL)


def test_a_frein_is_named_once_a_stay(case):
    name(case)
    renewal = ContractFactory(
        structure=case.contract.structure,
        parcours=case.contract.parcours,
        hired_on=case.contract.hired_on,
        starts_on=date(2020, 2, 4),
        ends_on=date(2020, 8, 3),
    )
    with pytest.raises(ParcoursRefused, match="déjà suivi depuis le 07/10/2019"):
        name(case, contract=renewal)
    assert Frein.objects.count() == 1


@pytest.mark.parametrize("theme", ProfessionalTheme)
def test_work_itself_is_followed_too(case, theme):
    assert name(case, theme).get_theme_display() == theme.label


@pytest.mark.parametrize(
    "seen, told",
    [(TODAY + timedelta(days=1), "est à venir"), (date(2019, 2, 3), "embauchée le")],
)
def test_a_frein_is_seen_during_the_stay(case, seen, told):
    with pytest.raises(ParcoursRefused, match=told):
        name(case, identified_on=seen)


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"started_on": date(2019, 10, 6)}, "avant que le frein soit identifié"),
        ({"started_on": TODAY + timedelta(days=1)}, "est à venir"),
        ({"due_on": date(2019, 10, 13)}, "L’échéance précède"),
    ],
)
def test_an_impossible_action_is_refused(case, changes, told):
    frein = name(case)
    with pytest.raises(ParcoursRefused, match=told):
        plan(case, frein, **changes)
    assert not Action.objects.exists()


def test_an_action_is_followed_by_somebody_of_the_team(case):
    frein = name(case)
    for owner in (UserFactory(), case.people[Role.GESTIONNAIRE]):
        with pytest.raises(ParcoursRefused, match="n’accompagne pas"):
            plan(case, frein, owner=owner)
    assert plan(case, frein, owner=case.people[Role.DIRECTION]).pk


def test_an_objective_is_that_of_its_frein(case):
    other = set_objective(
        frein=name(case, FreinTheme.SANTE), text="Un médecin", by=case.cip
    )
    with pytest.raises(ParcoursRefused, match="d’un autre frein"):
        plan(case, name(case), objective=other)


def test_an_action_ends_once_and_not_before_it_starts(case):
    action = plan(case, name(case))
    end = {"action": action, "outcome": "Code obtenu", "by": case.cip, "on": TODAY}
    with pytest.raises(ParcoursRefused, match="finir avant"):
        end_action(done_on=date(2019, 10, 13), **end)

    end_action(done_on=TODAY, **end)

    with pytest.raises(ParcoursRefused, match="est terminée le 02/12/2019"):
        end_action(done_on=TODAY, **end)


def test_a_lifted_frein_is_acted_upon_once_open_again(case):
    frein = name(case)
    lift_frein(frein=frein, lifted_on=SEEN, by=case.cip, on=TODAY)
    with pytest.raises(ParcoursRefused, match="rouvrez-le d’abord"):
        plan(case, frein)

    reopen_frein(frein=frein, by=case.cip, on=TODAY)

    assert now(frein)[0] == FreinState.IDENTIFIED
    plan(case, frein)
    acts = [event.act for event in frein.events.order_by("pk")]
    assert acts == [FreinAct.NAMED, FreinAct.LIFTED, FreinAct.REOPENED]


def test_a_frein_is_not_lifted_before_it_is_seen(case):
    frein = name(case)
    with pytest.raises(ParcoursRefused, match="ne peut pas être levé avant"):
        lift_frein(frein=frein, lifted_on=date(2019, 10, 6), by=case.cip, on=TODAY)


@pytest.mark.parametrize("role", [Role.GESTIONNAIRE, Role.ENCADRANT, Role.AGENT])
def test_those_who_do_not_accompany_name_nothing(case, role):
    with pytest.raises(ParcoursRefused):
        name(case, by=case.people[role])


def test_what_was_said_of_a_frein_stays(case):
    name(case)
    with pytest.raises(DatabaseError), transaction.atomic():
        FreinEvent.objects.all().delete()
