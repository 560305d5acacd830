"""Targets come from the file: another figure, another plan."""

from decimal import Decimal
from fractions import Fraction

import pytest
from stdnum.fr import siret as french_siret

from seeds.agreed import agree
from seeds.department import Workshop
from seeds.plan import KINDS, MEAN_MODULATION, unit_amount
from seeds.sites import plan_sites, siret
from seeds.targets import WrongFigures, read_targets, shared_out
from seeds.territory import Territory
from tests.seeds.figures import copy_with


def plan_with(folder, **values):
    codes = {f"62-{name.replace('_', '-')}": value for name, value in values.items()}
    targets = read_targets(copy_with(folder, codes))
    return Territory(targets, last_year=2019).department("62")


def aid(plan):
    etp = plan.etp[2019]
    return (
        sum(etp[k] * unit_amount(k, year=2019) for k in KINDS)
        / 100
        * (1 + MEAN_MODULATION)
    )


@pytest.mark.parametrize("etp, growth", [(3000, 200), (3300, 450), (2000, 50)])
def test_etp_of_both_years_follow(tmp_path, etp, growth):
    # Euros in the same proportion, so that the split may hold.
    euros = etp * 12_667
    plan = plan_with(tmp_path, etp_2019=etp, etp_growth_2019=growth, aid_2019=euros)

    assert sum(plan.etp[2019].values()) == etp * 100
    assert sum(plan.etp[2018].values()) == (etp - growth) * 100


@pytest.mark.parametrize("euros", [34_000_000, 38_000_000, 45_000_000])
def test_the_split_by_kind_makes_the_euros(tmp_path, euros):
    plan = plan_with(tmp_path, aid_2019=euros)

    assert float(aid(plan)) == pytest.approx(euros, rel=0.005)
    assert sum(plan.etp[2019].values()) == 300_000


def test_euros_no_split_can_make_are_refused(tmp_path):
    with pytest.raises(WrongFigures, match="ne peuvent pas faire"):
        plan_with(tmp_path, aid_2019=90_000_000)


def test_rates_rsa_and_entries_follow(tmp_path):
    plan = plan_with(tmp_path, dynamic_2018="0.58", rsa="0.40", entries_2019=9000)

    assert plan.rates[2018] == Fraction(58, 100)
    assert (plan.rsa, plan.entries) == (0.4, 9000)


def sites_with(folder, **values):
    plan = plan_with(folder, **values)
    sites = plan_sites(plan, seed=62, first=1)
    agree(plan, sites, seed=62)
    return sites


def euros(sites, hundredths):
    units = {kind: unit_amount(kind, year=2019) for kind in KINDS}
    return sum(units[site.kind] * Decimal(hundredths(site)) / 100 for site in sites)


@pytest.mark.parametrize("full", [500_000, 501_000, 730_000, 1_000_000, 2_400_000])
def test_the_pauvrete_has_a_year_and_a_full_year(tmp_path, full):
    sites = sites_with(tmp_path, aid_pauvrete_full_year=full)

    assert euros(sites, lambda site: site.pauvrete.get(2019, 0)) == 500_000
    assert euros(sites, lambda site: site.pauvrete_posts) == full


@pytest.mark.parametrize("full", [499_999, 6_000_001])
def test_a_full_year_no_opening_month_can_make_is_refused(tmp_path, full):
    with pytest.raises(WrongFigures, match="une à douze fois"):
        plan_with(tmp_path, aid_pauvrete_full_year=full)


def test_euros_no_hundredth_of_etp_makes_are_refused(tmp_path):
    with pytest.raises(WrongFigures, match="Aucun nombre de centièmes"):
        sites_with(tmp_path, aid_pauvrete_full_year=500_001)


@pytest.mark.parametrize("count", [0, 2, 3, 5])
def test_the_group_has_as_many_structures_as_published(tmp_path, count):
    targets = read_targets(copy_with(tmp_path, {"trajectoire-employers": count}))
    plan = Territory(targets, last_year=2019).department("62")

    members = [s.name for s in plan_sites(plan, seed=62, first=1) if s.in_group]

    assert len(members) == count
    assert {"AVIEE", "INSERTIM", "TTS"} <= set(members) or count < 3


@pytest.mark.parametrize(
    "code, value, sentence",
    [
        ("trajectoire-employers", 123, "ne peut pas avoir 123 structures"),
        ("62-structures-created", 60, "sont plus que le territoire"),
        ("erbm-territories", 5, "décrit en 4 territoires et 5"),
    ],
)
def test_figures_the_territory_cannot_follow_are_refused(
    tmp_path, code, value, sentence
):
    targets = read_targets(copy_with(tmp_path, {code: value}))
    with pytest.raises(WrongFigures, match=sentence):
        plan_sites(Territory(targets, last_year=2019).department("62"), seed=6, first=1)


def test_an_earmark_no_annexe_can_bear_is_refused(tmp_path):
    plan = plan_with(tmp_path, aid_erbm_2019=20_000_000)
    workshop = Workshop(seed=62, as_of=plan.day, nir_key=b"key")
    with pytest.raises(WrongFigures, match="ne peuvent pas porter 20800000 €"):
        workshop.parcel(plan)


def test_people_the_earmark_cannot_employ_are_refused(tmp_path):
    territory = Territory(read_targets(), last_year=2019)
    territory.count(inside=Decimal(0), earmarked=Decimal(0), people=460)
    with pytest.raises(WrongFigures, match="450 personnes, mais 460"):
        territory.require_people(2019)


def test_shares_add_up_to_the_last_one():
    assert sum(shared_out(1000, [0.1, 0.2, 3.3, 0.7])) == 1000
    assert min(shared_out(100, [0.0, 1.0, 9.0], least=5)) == 5


@pytest.mark.parametrize("number", [1, 122, 3843])
def test_siret_is_valid_and_nobodys(number):
    """The first SIREN ever given is 000 325 175."""
    assert french_siret.is_valid(siret(number))
    assert int(siret(number)[:9]) < 325_175
