"""The pages of interviews: two clicks to write one, and notes that stay with their author."""

import pytest
from django.urls import reverse

from parcours.models import Interview
from structures.enums import Role
from tests.parcours.accompaniment.world import MET

TYPED = {
    "held_on": MET.isoformat(),
    "medium": "PHONE",
    "minutes": "30",
    "summary": "Point sur la mobilité",
    "notes": "Secret de bureau",
}


def add_url(case):
    return reverse("interview_add", args=[case.contract.parcours_id])


def person(case):
    return reverse("parcours_detail", args=[case.contract.parcours_id])


def one(interview, name="interview_detail"):
    return reverse(name, args=[interview.pk])


def test_an_interview_is_written_from_the_page_of_the_person(client, case, page):
    assert add_url(case) in page(case.cip, person(case))

    response = client.post(add_url(case), TYPED)

    assert response.url == person(case)
    interview = Interview.objects.get()
    assert (interview.minutes, interview.by) == (30, case.cip)
    assert "Point sur la mobilité" in page(case.cip, person(case))


def test_a_refusal_is_told_beside_its_field(client, case):
    client.force_login(case.cip)

    response = client.post(add_url(case), TYPED | {"held_on": "2020-01-03"})

    assert "Le 03/01/2020 est à venir" in response.content.decode()
    assert not Interview.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.GESTIONNAIRE, Role.ENCADRANT])
def test_who_does_not_accompany_has_no_such_page(case, page, role):
    assert page(case.people[role], add_url(case)) == ""
    assert add_url(case) not in page(case.people[role], person(case))


@pytest.mark.parametrize("role", [*Role])
def test_notes_are_read_by_their_author_alone(case, page, role):
    interview = case.interview(notes="Secret de bureau")
    reader = case.people[role]
    for url in (one(interview), person(case), "/parcours/?format=csv", "/"):
        reads = reader == case.cip and url == one(interview)
        assert ("Secret de bureau" in page(reader, url)) == reads


def test_another_adviser_reads_no_notes_of_mine(case, page):
    text = page(case.colleague(), one(case.interview(notes="Secret de bureau")))

    assert "Inscription au code" in text
    assert "Notes privées" not in text


def test_an_agent_opens_no_interview(case, page):
    assert page(case.people[Role.AGENT], one(case.interview())) == ""


def test_a_correction_starts_from_what_is_written(client, case, page):
    interview = case.interview()
    url = one(interview, "interview_correct")
    assert "Note pour moi" in page(case.cip, url)

    client.post(url, TYPED)

    text = page(case.cip, one(interview))
    assert "Secret de bureau" in text
    assert "Inscription au code de la route" in text  # in its history


def test_a_colleague_corrects_nothing(case, page):
    assert page(case.colleague(), one(case.interview(), "interview_correct")) == ""
