"""What is kept of a reading, and what is not (R96)."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from parcours.enums import FreinTheme, Reading
from parcours.models import AccessLog
from structures.enums import Role
from tests.parcours.factories import AccessLogFactory, FreinFactory


def person(case):
    return reverse("parcours_detail", args=[case.contract.parcours_id])


def kept():
    return [(it.user, it.what) for it in AccessLog.objects.order_by("pk")]


def test_an_agent_who_reads_a_person_is_kept(case, page):
    agent = case.people[Role.AGENT]
    FreinFactory(contract=case.contract, theme=FreinTheme.SANTE)  # masked to agents

    page(agent, person(case))

    assert kept() == [(agent, Reading.PERSON)]
    assert AccessLog.objects.get().person == case.contract.person


@pytest.mark.parametrize("theme", [FreinTheme.SANTE, FreinTheme.JUSTICE])
@pytest.mark.parametrize("role", [Role.CIP, Role.DIRECTION])
def test_whoever_reads_a_sensitive_theme_is_kept(case, page, theme, role):
    frein = FreinFactory(contract=case.contract, theme=theme)
    for url in (person(case), reverse("frein_detail", args=[frein.pk])):
        page(case.people[role], url)
    assert kept() == [(case.people[role], Reading.SENSITIVE)] * 2


def test_the_daily_work_of_the_staff_is_not(case, page):
    FreinFactory(contract=case.contract, theme=FreinTheme.SANTE)
    page(case.people[Role.ENCADRANT], person(case))  # masked to them
    assert kept() == []


def test_a_page_of_somebody_else_keeps_nothing(case, page):
    other = reverse("parcours_detail", args=[0])
    assert page(case.people[Role.AGENT], other) == ""
    assert kept() == []


def test_it_costs_one_insert(client, case, django_assert_num_queries):
    client.force_login(case.people[Role.AGENT])
    with django_assert_num_queries(15) as queries:
        client.get(person(case))
    inserts = [it["sql"] for it in queries if it["sql"].startswith("INSERT")]
    assert len(inserts) == 1


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_reading_is_neither_changed_nor_erased(db, act):
    AccessLogFactory()
    rows = AccessLog.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete() if act == "delete" else rows.update(what=Reading.SENSITIVE)
