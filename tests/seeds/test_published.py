"""What was built closes on what is published, computed again by another route."""

from seeds.targets import PUBLISHED, read_targets
from tests.seeds import measures

# What nothing is generated for, and why.
NOT_GENERATED = {
    "dynamic-objective": "a value of the law: structures/law says it",
    "trajectoire-staff": "permanent staff is out of the application’s field",
    "trajectoire-premises": "so are buildings",
}


def misses(figures, computed):
    return {
        figure.code: (figure.value, computed[figure.code])
        for figure in figures
        if not measures.holds(figure, computed[figure.code])
    }


def of_the_communique(published):
    return [
        figure
        for figure in read_targets(published).figures
        if not figure.code.startswith("erbm") and figure.code not in NOT_GENERATED
    ]


def test_the_pas_de_calais_closes_on_every_figure(territory):
    with territory(PUBLISHED) as query:
        assert misses(of_the_communique(PUBLISHED), measures.of_62(query)) == {}


def test_other_figures_in_a_copy_are_followed(small, small_figures):
    assert misses(of_the_communique(small_figures), measures.of_62(small)) == {}


def test_every_figure_is_loaded_with_its_document(small):
    [(figures, documents)] = small(
        "SELECT count(*), count(DISTINCT document) FROM funding_publishedfigure"
    )

    assert (figures, documents) == (len(read_targets().figures), 2)
