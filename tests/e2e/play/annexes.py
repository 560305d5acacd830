"""The annexes of 2019: computed, negotiated, submitted, signed, amended, printed."""

import re
import zipfile
from decimal import Decimal

from playwright.sync_api import expect

from funding.enums import Line, VersionState
from funding.models import AnnexeVersion
from structures.enums import Status
from structures.models import Convention
from tests.e2e.play.money import left
from tests.e2e.play.people import MILLISECONDS, amount

# R19: agreed in March, taken back in April.
AGREED = {"etp": Decimal("15.60"), "cofinanced": Decimal("68791.32")}
TAKEN_BACK = {"etp": Decimal("14.55"), "cofinanced": Decimal("66061.82")}
STATE, DEPARTMENT = Decimal("18479.45"), Decimal("2729.50")


def of_2019(**asked):
    return AnnexeVersion.objects.filter(annexe__year=2019, **asked)


def the_campaign_runs(person, day):
    """Launched from its page, followed there until its last words."""
    person.goes("/campagnes/")
    person.fills(year="2019", business_on=day).presses("Lancer la campagne")
    expect(person.page.locator("#suivi label")).to_have_text(
        "Terminée", timeout=MILLISECONDS
    )


def the_campaign_drafts_the_year(office, people):
    """On 8 January the socle of the year is not known yet: last year’s is taken."""
    the_campaign_runs(people("agent", "2019-01-08"), "2019-01-08")
    assert of_2019(state=VersionState.BROUILLON).count() == 115
    units = of_2019(annexe__convention__structure__kind="ACI").values_list(
        "unit_amount", flat=True
    )
    assert set(units) == {Decimal(19_897)}


def the_drafts_follow_the_socle_once_it_is_known(office, people):
    the_campaign_runs(people("agent", "2019-03-01"), "2019-03-01")
    aci = of_2019(annexe__convention__structure__kind="ACI")
    assert set(aci.values_list("unit_amount", flat=True)) == {Decimal(20_199)}


def the_agent_prepares_those_the_campaign_could_not(office, people):
    """Their convention is of this year: nothing says the ETP to begin with."""
    agent = people("agent", "2019-03-04")
    new = Convention.objects.filter(
        state=Status.SIGNED, starts_on__year=2019, annexes=None
    )
    assert new.count() == 7
    for convention in new:
        agent.goes(f"/conventions/{convention.pk}/")
        agent.presses("Préparer l’annexe de 2019")
        agent.fills(etp="4,50").presses("Préparer l’annexe")
        agent.reads("Modifier les termes")
    assert of_2019().count() == 123


def negotiated(office):
    return of_2019(annexe__convention__structure=office.director_s)


def agree(agent, version, terms):
    agent.goes(f"/annexes/{version.pk}/termes/")
    agent.fills(**{name: amount(value) for name, value in terms.items()}).sends()
    agent.reads("Modifier les termes")


def the_terms_of_one_are_negotiated(office, people):
    version = negotiated(office).get()
    agree(people("agent", "2019-03-05"), version, AGREED)
    version.refresh_from_db()
    assert version.total == Decimal("315104.40")


def done_to_all(person, act):
    """An act on the whole list: what it would do, then, row by row, what was done."""
    person.goes("/annexes/?annee=2019")
    lot = person.page.locator("#lot")
    lot.get_by_label("Acte").select_option(label=act)
    lot.get_by_role("checkbox").check(force=True)
    person.presses("Voir ce qui se passera").reads("Rien n’est encore fait")
    person.presses(f"^{act} : ").reads("123 sur 123 : fait.")


def all_are_submitted_then_proposed(office, people):
    agent = people("agent", "2019-03-11")
    done_to_all(agent, "Envoyer à l’instruction")
    done_to_all(agent, "Proposer à la signature")


def the_head_signs_them_all(office, people):
    done_to_all(people("responsable", "2019-03-18"), "Signer")
    assert of_2019(state=VersionState.VALIDE).count() == 123


def the_director_reads_that_hers_is_signed(office, people):
    director = people("direction", "2019-03-19")
    director.goes(f"/annexes/{negotiated(office).get().pk}/")
    director.reads("En vigueur")
    director.reads("315\u202f104,40")


def the_year_is_printed_and_downloaded(office, people):
    agent = people("agent", "2019-03-20")
    agent.goes("/documents/")
    agent.fills(year="2019").sends()
    link = agent.page.get_by_role("link", name=re.compile("zip"))
    expect(link).to_be_visible(timeout=MILLISECONDS)
    with agent.page.expect_download() as asked:
        link.click()
    with zipfile.ZipFile(asked.value.path()) as archive:
        assert len(archive.namelist()) == 123
        assert all(archive.read(it).startswith(b"%PDF-") for it in archive.namelist())


def an_avenant_takes_back_what_is_not_used(office, people):
    """R19, to the cent: what the State and the département each get back."""
    before = left(Line.IAE_SOCLE), left(Line.CD)
    agent = people("agent", "2019-04-15")
    agent.goes(f"/annexes/{negotiated(office).get().pk}/")
    agent.presses("Préparer un avenant").reads("M1")
    version = negotiated(office).get(modification=1)
    agree(agent, version, TAKEN_BACK)
    for figure in ("18\u202f479,45", "2\u202f729,50", "21\u202f208,95"):
        agent.reads(figure)
    agent.does("Envoyer à l’instruction").does("Proposer à la signature")
    head = people("responsable", "2019-04-16")
    head.goes(f"/annexes/{version.pk}/")
    head.does("Signer")
    after = left(Line.IAE_SOCLE), left(Line.CD)
    assert after == (before[0] + STATE, before[1] + DEPARTMENT)
    director = people("direction")
    director.goes(f"/annexes/{version.pk}/")
    director.reads("En vigueur")


def the_director_downloads_the_avenant(office, people):
    address = f"/annexes/{negotiated(office).get(modification=1).pk}/"
    agent = people("agent", "2019-04-17")
    agent.goes(address)
    agent.presses("Imprimer l’avenant").reads("le document est prêt")
    director = people("direction")
    director.goes(address)
    link = director.page.locator("main a[href$='.pdf']").first
    answer = director.page.request.get(f"{office.url}{link.get_attribute('href')}")
    assert answer.body().startswith(b"%PDF-")
