"""The bassin minier: both départements close on the second document."""

import pytest

from seeds.targets import read_targets
from tests.seeds import measures
from tests.seeds.behind import unclosed, unlike
from tests.seeds.figures import SMALL, copy_with
from tests.seeds.test_published import NOT_GENERATED, misses, of_the_communique

# Each figure on its own: no two keep the proportion they are published in.
SMALL_BASSIN = SMALL | {
    "62-aid-pauvrete-full-year": 170_000,
    "62-rsa": 0.42,
    "62-dynamic-2018": 0.58,
    "62-dynamic-2017": 0.50,
    "trajectoire-employers": 4,
    "erbm-pec-share": 0.20,
    "erbm-added": 500_000,
    "erbm-base": 6_000_000,
    "erbm-people": 55,
    "erbm-pec": 300,
    "erbm-pec-cost": 100_000,
}


# Another number is refused: see test_plan.py.
DRAWN_HERE = {"erbm-territories": "the perimeter is made of the EPCI we know"}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return copy_with(tmp_path_factory.mktemp("bassin"), SMALL_BASSIN)


@pytest.fixture(scope="module")
def bassin(territory, figures):
    with territory(figures, is_bassin_minier=True) as query:
        yield query


def test_the_bassin_closes_on_every_figure(bassin, figures):
    of_the_engagement = [
        figure
        for figure in read_targets(figures).figures
        if figure.code.startswith("erbm")
    ]

    assert misses(of_the_engagement, measures.of_the_bassin(bassin)) == {}


def test_the_pas_de_calais_closes_all_the_same(bassin, figures):
    assert misses(of_the_communique(figures), measures.of_62(bassin)) == {}


def test_every_figure_is_followed_or_says_why_not(bassin):
    computed = measures.of_62(bassin) | measures.of_the_bassin(bassin)
    as_published = {
        figure.code
        for figure in read_targets().figures
        if figure.code not in computed or measures.holds(figure, computed[figure.code])
    }

    assert as_published == NOT_GENERATED.keys() | DRAWN_HERE.keys()


def test_the_application_computes_the_same_and_opens_its_rows(bassin):
    with bassin.tried() as query:
        expected = measures.of_62(query) | measures.of_the_bassin(query)
        # No job has run: no rate yet. The objective is the law’s.
        rates = {"62-dynamic-2017", "62-dynamic-2018"}
        # People are whole; each PEC is rounded to the cent.
        within = {"erbm-people": 0.5, "erbm-pec-cost": 0.005 * 305}
        assert unlike(expected, within) == rates | {"dynamic-objective"}
        assert unclosed() == {}


def test_the_nord_is_only_its_part_of_the_perimeter(bassin):
    [(outside, inside)] = bassin(f"""
        SELECT count(*) FILTER (WHERE commune_id NOT IN ({measures.INSIDE})),
               count(*) FILTER (WHERE commune_id IN ({measures.INSIDE}))
        FROM structures_structure WHERE commune_id LIKE '59%'
    """)

    assert outside == 0
    assert inside > 0


def test_pec_follow_the_law(bassin):
    assert (
        bassin("""
        SELECT id FROM parcours_pec
        WHERE weekly_hours < 20 OR months < 6 OR decided_on > starts_on
           OR rate NOT BETWEEN 0.3 AND 0.6
    """)
        == []
    )
