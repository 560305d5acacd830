"""January to April 2019 in the Pas-de-Calais, in the browser, by those who live it."""

import pytest

from funding.models import AnnexeVersion
from structures.models import Structure, User
from tests.e2e.play import annexes, first_request, money, newcomer
from tests.e2e.play.people import MILLISECONDS, Person, sign_in

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def people(office, browser):
    """`people(name)` is somebody signed in once, whatever the day."""
    windows = {}

    def person(name, day=None):
        if day:
            office.live(day)
        if name not in windows:
            windows[name] = browser.new_context(locale="fr-FR").new_page()
            windows[name].set_default_timeout(MILLISECONDS)
            sign_in(windows[name], office.url, name)
        return Person(windows[name], office)

    yield person
    for one in windows.values():
        one.context.close()


def test_the_year_begins(office, people):
    """One test: each step stands on the one before it, and ends on an exact ledger."""
    director = User.objects.get(email="direction@exemple.invalid")
    office.director_s = director.memberships.get().structure
    transfers = 0
    for step in STEPS:
        step(office, people)
        read = office.proved()
        assert read >= transfers, step.__name__
        transfers = read


def the_year_is_empty(office, people):
    """Only what is provisional is there: no annexe of the year, 122 conventions."""
    assert not AnnexeVersion.objects.filter(annexe__year=2019).exists()
    running = Structure.objects.filter(conventions__ends_on__year__gte=2019)
    assert running.distinct().count() == 122


STEPS = (
    the_year_is_empty,
    annexes.the_campaign_drafts_the_year,
    newcomer.the_administration_opens_a_structure,
    first_request.the_director_asks_for_a_convention,
    first_request.the_agent_asks_for_a_correction,
    first_request.the_director_corrects_what_is_commented,
    first_request.the_cdiae_gives_its_opinion,
    first_request.the_convention_is_signed,
    money.the_circular_arrives,
    money.it_is_delegated_down_to_the_lines,
    annexes.the_drafts_follow_the_socle_once_it_is_known,
    annexes.the_agent_prepares_those_the_campaign_could_not,
    annexes.the_terms_of_one_are_negotiated,
    annexes.all_are_submitted_then_proposed,
    annexes.the_head_signs_them_all,
    annexes.the_director_reads_that_hers_is_signed,
    annexes.the_year_is_printed_and_downloaded,
    annexes.an_avenant_takes_back_what_is_not_used,
    annexes.the_director_downloads_the_avenant,
)
