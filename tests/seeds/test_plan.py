"""Targets come from the file: another figure, another plan."""

from fractions import Fraction

import pytest
from stdnum.fr import siret as french_siret

from seeds.plan import KINDS, MEAN_MODULATION, unit_amount
from seeds.sites import siret
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


def test_shares_add_up_to_the_last_one():
    assert sum(shared_out(1000, [0.1, 0.2, 3.3, 0.7])) == 1000
    assert min(shared_out(100, [0.0, 1.0, 9.0], least=5)) == 5


@pytest.mark.parametrize("number", [1, 122, 3843])
def test_siret_is_valid_and_nobodys(number):
    """The first SIREN ever given is 000 325 175."""
    assert french_siret.is_valid(siret(number))
    assert int(siret(number)[:9]) < 325_175
