"""Each figure of an annexe opens: its formula, its law, rows whose sum equals it."""

from datetime import date
from decimal import Decimal

import pytest

from funding.enums import Actor, VersionState
from funding.figures.dossiers import dossiers
from funding.figures.explained import FIGURES, explain
from funding.models import AnnexeVersion
from tests.funding.factories import AnnexeFactory, VersionFactory
from tests.funding.lifecycle.world import DAY, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]


@pytest.fixture
def world():
    return make_world()


def opened(world, code):
    version = dossiers(AnnexeVersion.objects).get(pk=world.version.pk)
    return explain(version, code, on=DAY)


@pytest.mark.parametrize("code", ["aide", "etp", "montant-par-etp"])
def test_the_rows_add_up_to_the_figure(world, code):
    figure = opened(world, code)

    assert figure.sum == figure.value


def test_a_full_year_is_one_product(world):
    figure = opened(world, "aide")

    assert "÷" not in figure.formula
    assert [it.value for it in figure.inputs] == [Decimal(10), Decimal(20199), 12]
    assert figure.law[0].source.startswith("Arrêté du 27 février 2019")
    assert figure.warning == ""


def test_a_part_of_a_year_says_its_months(world):
    world.version.starts_on = date(2019, 5, 1)
    world.version.total = Decimal("134660.00")
    world.version.save()

    figure = opened(world, "aide")

    assert "÷ 12" in figure.formula
    assert figure.inputs[-1].value == 8
    assert figure.warning == ""


def test_an_amount_the_formula_does_not_give_back_is_said(world):
    world.version.total += 1
    world.version.save()

    assert "vient de l’ASP" in opened(world, "aide").warning


def test_the_etp_are_beside_those_of_the_year_before(world):
    before = AnnexeFactory(convention=world.version.annexe.convention, year=2018)
    VersionFactory(
        annexe=before,
        etp=Decimal("7.30"),
        starts_on=date(2018, 1, 1),
        ends_on=date(2018, 12, 31),
    )

    assert opened(world, "etp").inputs[0].value == Decimal("7.30")


def test_cofinancing_is_worth_so_many_beneficiaries(world):
    world.version.cofinanced = Decimal("68791.32")
    world.version.save()

    values = {it.label: it.value for it in opened(world, "cofinancement").inputs}

    assert round(values["Bénéficiaires du RSA visés"], 2) == Decimal("11.82")


@pytest.mark.parametrize("code", {*FIGURES} - {"ecart"})
@pytest.mark.parametrize("actor", [Actor.AGENT, Actor.DIRECTION])
def test_each_is_a_page(client, world, code, actor, django_assert_max_num_queries):
    client.force_login(world.people[actor])
    with django_assert_max_num_queries(10):
        response = client.get(f"/annexes/{world.version.pk}/calcul/{code}/")

    assert response.status_code == 200
    html = response.content.decode()
    assert ("/mouvements/" in html) == (actor == Actor.AGENT) or code in (
        "montant-par-etp",
        "cofinancement",
    )


def test_an_avenant_opens_on_who_gets_what_back(client, world):
    """R19: 15.60 ETP down to 14.55, the département’s part down with them."""
    first = world.version
    terms = {"annexe": first.annexe, "unit_amount": Decimal(20199)}
    first.etp, first.total = Decimal("15.60"), Decimal("315104.40")
    first.cofinanced, first.state = Decimal("68791.32"), VersionState.VALIDE
    first.stage = ""
    first.save()
    world.version = VersionFactory(
        **terms,
        modification=1,
        state=VersionState.BROUILLON,
        etp=Decimal("14.55"),
        total=Decimal("293895.45"),
        cofinanced=Decimal("66061.82"),
    )

    figure = opened(world, "ecart")

    assert figure.value == figure.sum == Decimal("-21208.95")
    assert {row.label: row.value for row in figure.rows} == {
        "État": Decimal("-18479.45"),
        "Conseil départemental": Decimal("-2729.50"),
    }
    client.force_login(world.people[Actor.AGENT])
    page = client.get(f"/annexes/{world.version.pk}/").content.decode()
    assert f"/annexes/{world.version.pk}/calcul/ecart/" in page


def test_a_first_version_has_no_difference(client, world):
    client.force_login(world.people[Actor.AGENT])
    url = f"/annexes/{world.version.pk}/calcul/ecart/"
    assert client.get(url).status_code == 404


def test_no_other_figure_exists(client, world):
    client.force_login(world.people[Actor.AGENT])

    url = f"/annexes/{world.version.pk}/calcul/autre/"
    assert client.get(url).status_code == 404
