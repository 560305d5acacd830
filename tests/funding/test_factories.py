"""Every factory makes a row the database accepts, as the application's role."""

import pytest

from tests.funding import factories

FACTORIES = [
    value
    for value in vars(factories).values()
    if isinstance(value, type) and value.__module__.startswith(factories.__name__)
]


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES, ids=lambda it: it.__name__)
def test_factory_makes_a_valid_row(factory):
    row = factory()

    row.full_clean()
    assert str(row)


@pytest.mark.django_db
def test_an_earmark_comes_with_its_mothers_up_to_the_root():
    earmark = factories.EnvelopeFactory(earmark=True)

    assert [str(earmark), str(earmark.parent), str(earmark.parent.parent.parent)] == [
        "Engagement pour le renouveau du bassin minier 2019 – 62",
        "IAE, montant socle 2019 – 62",
        "IAE, montant socle 2019 – France",
    ]
