"""What a terminal sees of the campaign and of the published figures."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from funding.actions import campaigns
from structures.models import Departement
from tests.funding.celery_worker import settle
from tests.funding.factories import PublishedFigureFactory as Figure
from tests.structures.factories import ConventionFactory, DepartementFactory

CAMPAIGN = ("run_campaign", "2020", "--as-of", "2019-12-02")
JOBS = 10  # three over three years each, then the conventions


def run(*words):
    """The exit code, and what was printed for the person and of what went wrong."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command(*words, stdout=out, stderr=err)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue(), err.getvalue()


def rows(text):
    """Of the table of jobs: label, then created, refreshed, unchanged, blocked, failed."""
    lines = [line.rsplit(maxsplit=5) for line in text.splitlines()[1 : JOBS + 1]]
    return {line[0].strip(): [int(n) for n in line[1:]] for line in lines}


@pytest.mark.slow
def test_a_second_campaign_creates_and_changes_nothing(committed_db, worker):
    settle("900", hours=100)
    worker.answered()

    code, text, _ = run(*CAMPAIGN)
    first = rows(text)
    assert (code, len(first)) == (0, JOBS)
    assert sum(counts[0] for counts in first.values()) > 3

    code, text, _ = run(*CAMPAIGN)
    assert code == 0
    assert text.split()[:2] == ["Traitement", "créées"]
    assert [counts[:2] for counts in rows(text).values()] == [[0, 0]] * JOBS
    assert sum(counts[2] for counts in rows(text).values()) > 3


@pytest.mark.slow
def test_a_departement_that_cannot_be_computed_is_told_and_stops_no_other(
    committed_db, worker
):
    settle("900", hours=100)
    # So many euros an hour that no column holds them.
    absurd = {"hours_per_etp": Decimal("0.01"), "unit_amount": Decimal("99999999.99")}
    settle("901", hours=700, **absurd)
    worker.answered()

    code, text, _ = run(*CAMPAIGN, "--json")

    data = json.loads(text)
    assert code == 1
    assert [(f["departement"], f["job"]) for f in data["failed"]] == [
        ("901", "CONSUMPTION")
    ]
    assert "Rien n’a été modifié" in data["failed"][0]["error"]
    conventions = data["jobs"][-1]
    assert (conventions["job"], conventions["created"]) == ("CONVENTIONS", 2)
    assert run(*CAMPAIGN, "--department", "900")[0] == 0
    code, _, errors = run(*CAMPAIGN)
    assert code == 1
    assert "Échec, département 901 : Le calcul s’est arrêté" in errors


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["62", "99", "Pas-de-Calais"])
def test_a_departement_without_a_structure_is_said(code):
    DepartementFactory()
    with pytest.raises(CommandError, match="Aucune structure n’est connue"):
        run(*CAMPAIGN, "--department", code)


@pytest.mark.django_db
def test_a_campaign_already_running_is_said():
    ConventionFactory()
    campaigns.start_campaign(
        year=2020,
        business_on=date(2019, 12, 2),
        departements=Departement.objects.all(),
    )
    with pytest.raises(CommandError, match="Une campagne est déjà en cours"):
        run(*CAMPAIGN)


@pytest.fixture
def published(db):
    """One structure where 1 is published, and floor space, which nothing computes."""
    ConventionFactory()
    scope = {"departement": "62", "on": "2019-12-02"}
    common = {"document": "Communiqué", "unit": "structures"}
    Figure(code="surface", label="Surface", measure="", value=907, **common)
    return Figure(label="Structures", measure="structures", scope=scope, **common)


@pytest.mark.parametrize("value, code, mark", [(1, 0, "oui"), (2, 1, "NON")])
def test_published_figures_stand_beside_ours(published, value, code, mark):
    type(published).objects.filter(pk=published.pk).update(value=value)

    ended, text, _ = run("published")

    assert ended == code
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert f"Structures = {value} 1 {1 - value} {mark}".replace("-", "−") in [
        line.replace("-", "−") for line in lines
    ]
    assert "Non calculé : hors du champ de l’application." in lines


@pytest.mark.parametrize("value, code", [(1, 0), (2, 1)])
def test_published_figures_are_data_too(published, value, code):
    type(published).objects.filter(pk=published.pk).update(value=value)

    ended, text, _ = run("published", "--json")

    found = {row["label"]: row for row in json.loads(text)}
    assert ended == code
    assert Decimal(found["Structures"]["computed"]) == 1
    assert Decimal(found["Structures"]["gap"]) == 1 - value
    assert found["Structures"]["ok"] is (value == 1)
    assert (found["Surface"]["computed"], found["Surface"]["ok"]) == (None, None)
