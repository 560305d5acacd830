"""Two people open the same request, or save the same field, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from funding.actions.files import MoveRefused
from funding.actions.openings import open_request
from structures.enums import Measure
from structures.models import Convention, ConventionRequest
from tests.funding.requests.world import AGENT, DAY, DIRECTION, make_world

pytestmark = pytest.mark.usefixtures("committed_db")


def at_once(*acts):
    """What each of them gave, or the sentence that refused it."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except MoveRefused as refusal:
            return refusal.user_message
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_request_is_opened_and_the_other_is_told():
    world = make_world()

    def opening(actor):
        return lambda: open_request(
            structure=world.structure,
            measure=Measure.ACI_MP,
            starts_on=date(2020, 1, 1),
            ends_on=date(2022, 12, 31),
            by=world.people[actor],
            on=DAY,
        )

    told = at_once(opening(DIRECTION), opening(AGENT))

    assert Convention.objects.filter(measure="ACI_MP").count() == 1
    [sentence] = [it for it in told if isinstance(it, str)]
    assert "ouverte" in sentence or "couvre déjà" in sentence


def test_one_field_is_written_and_the_other_is_told_both_values():
    world = make_world()
    seen = world.seen()

    saved = at_once(
        lambda: world.save(DIRECTION, seen, public="Jeunes"),
        lambda: world.save(AGENT, seen, public="Seniors"),
    )

    [conflict] = [it for one in saved for it in one.conflicts]
    assert {conflict.mine, conflict.theirs} == {"Jeunes", "Seniors"}
    assert ConventionRequest.objects.get().public == conflict.theirs
