"""Each figure of a campaign opens its rows, and says how it is made and from what."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions import ledger
from funding.enums import LineOutcome, StepStatus
from funding.views.campaign_tables import AVAILABLE, DRAFTS, LEFT, OUTCOMES, STEPS
from tests.funding.factories import (
    EnvelopeFactory,
    PartFactory,
    PublishedFigureFactory,
    StepFactory,
    StepLineFactory,
    VersionFactory,
)
from tests.funding.test_bearing import give
from tests.structures.factories import (
    AgencyFactory,
    ConventionFactory,
    DepartementFactory,
    MembershipFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
LIST = "/campagnes/"
SCOPE = {"departement": "62", "on": "2019-12-02"}
QUERIES_OF_DRAFTS, QUERIES_OF_STEPS = 11, 9


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return b"".join(response).decode().replace("&amp;", "&")


def test_the_page_says_how_each_figure_is_made_and_from_what(client, agent):
    step = StepFactory(status=StepStatus.DONE)
    PartFactory(version=VersionFactory(draft=True, annexe__year=2020))
    text = text_of(client, f"{LIST}{step.campaign_id}/")
    for formula in (STEPS, OUTCOMES, DRAFTS, AVAILABLE, LEFT):
        assert f"{formula.formula}. Source : {formula.source}." in text


def test_the_page_sets_computed_beside_published(client, agent):
    step = StepFactory(status=StepStatus.DONE)
    ConventionFactory()
    PublishedFigureFactory(code="structures", value=Decimal(1), scope=SCOPE)
    PublishedFigureFactory(code="ailleurs", scope={"departement": "59"})
    text = text_of(client, f"{LIST}{step.campaign_id}/")
    assert 'href="/campagnes/chiffres/structures/">1<' in text
    assert "convention signée en cours" in text
    assert "hors de votre territoire" in text


def test_what_drafts_ask_opens_them_and_they_add_up(client, agent):
    step = StepFactory(status=StepStatus.DONE)
    for etp in (3, 4):
        PartFactory(version=VersionFactory(draft=True, annexe__year=2020, etp=etp))
    in_force = PartFactory(version=VersionFactory(annexe__year=2020))
    page = text_of(client, f"{LIST}{step.campaign_id}/")
    url = f"{LIST}{step.campaign_id}/brouillons/{in_force.envelope_id}/"
    assert f'href="{url}">141\u202f393\xa0€<' in page
    text = text_of(client, url)
    assert "2\xa0brouillons" in text
    total = text.split("<tfoot")[1]
    assert "7,00" in total
    assert "141\u202f393,00\xa0€" in total
    assert text_of(client, f"{url}?format=csv").count("ACI") == 4


def test_what_is_left_opens_the_moves_of_that_envelope_alone(client, agent):
    step = StepFactory(status=StepStatus.DONE)
    part = PartFactory(version=VersionFactory(draft=True, annexe__year=2020))
    give(part.envelope, 1000)
    earmark = EnvelopeFactory(earmark=True, year=2020)
    terms = {"amount": Decimal(300), "on": date(2020, 1, 3), "by": None}
    ledger.delegate(envelope=earmark, reference="ERBM", **terms)
    url = f"/enveloppes/{part.envelope_id}/mouvements/?compartiment=disponible"
    page = text_of(client, f"{LIST}{step.campaign_id}/")
    assert f'href="{url}&seule=oui">700\xa0€<' in page
    assert "700,00\xa0€</strong>, égale au solde" in text_of(client, f"{url}&seule=oui")
    assert "1\u202f000,00\xa0€</strong>, égale au solde" in text_of(client, url)


def test_steps_open_with_when_they_ran_and_why_they_stopped(client, agent):
    nord = DepartementFactory(code="59", name="Nord")
    failed = StepFactory(status=StepStatus.FAILED, error="Délai dépassé.")
    StepFactory(campaign=failed.campaign, departement=nord, status=StepStatus.DONE)
    base = f"{LIST}{failed.campaign_id}/"
    url = f"{base}etapes/?traitement=CONVENTIONS&annee=2020&etat=finies"
    assert f'href="{url}">1<' in text_of(client, base)
    text = text_of(client, url)
    assert "Délai dépassé." in text
    assert "1\xa0étape<" in text
    assert "Nord" not in text


@pytest.mark.parametrize("outcome", LineOutcome)
def test_each_count_of_a_job_opens_as_many_lines(client, agent, outcome):
    """Refreshed and unchanged too, not only what was created."""
    step = StepFactory(status=StepStatus.DONE, **{outcome.name.lower(): 2})
    for _ in range(2):
        StepLineFactory(step=step, outcome=outcome, reason="Motif")
    other = next(one for one in LineOutcome if one != outcome)
    StepLineFactory(step=step, outcome=other, reason="Motif")
    url = f"{LIST}{step.campaign_id}/lignes/"
    url += f"?traitement=CONVENTIONS&annee=2020&resultat={outcome}"
    page = text_of(client, f"{LIST}{step.campaign_id}/")
    assert f'href="{url}">2<' in page
    assert "2\xa0structures<" in text_of(client, url)


@pytest.mark.parametrize("rows", [2, 20])
def test_drafts_and_steps_take_the_same_queries_whatever_their_number(
    client, agent, rows, django_assert_num_queries
):
    step = StepFactory(status=StepStatus.DONE)
    for n in range(rows):
        part = PartFactory(version=VersionFactory(draft=True, annexe__year=2020))
        place = DepartementFactory(code=f"9{n:02d}", region_id="32")
        StepFactory(campaign=step.campaign, departement=place)
    MembershipFactory(agent=True, user=agent, agency=AgencyFactory(regional=True))
    base = f"{LIST}{step.campaign_id}/"
    with django_assert_num_queries(QUERIES_OF_DRAFTS):
        client.get(f"{base}brouillons/{part.envelope_id}/")
    with django_assert_num_queries(QUERIES_OF_STEPS):
        client.get(f"{base}etapes/?traitement=CONVENTIONS&annee=2020")
