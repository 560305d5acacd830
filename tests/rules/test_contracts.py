"""Contracts end to end: the limit of their total, and tables that forget no kind."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.enums import ContractKind
from parcours.rules.contracts import (
    ARTICLES,
    CONTRACT_OF_POST,
    contract_kinds,
    contract_limit,
    total_findings,
)
from structures.enums import PostKind, StructureKind
from structures.rules.periods import Span, last_day_of_months

TERMS = st.lists(
    st.tuples(
        st.dates(min_value=date(2016, 1, 1), max_value=date(2022, 12, 31)),
        st.integers(min_value=0, max_value=500),
    ).map(lambda it: Span(it[0], it[0] + timedelta(days=it[1]))),
    min_size=1,
    max_size=6,
)


@given(TERMS, st.randoms())
def test_the_order_of_contracts_does_not_matter(terms, random):
    shuffled = random.sample(terms, len(terms))

    assert contract_limit(shuffled, months=24) == contract_limit(terms, months=24)


@given(TERMS)
def test_a_pause_never_brings_the_limit_closer(terms):
    first = min(terms)

    limit = contract_limit(terms, months=24)

    assert limit >= last_day_of_months(first.starts_on, 24)


def test_without_contracts_there_is_no_total():
    assert not total_findings(
        kind=StructureKind.ACI, contract=ContractKind.CDDI, terms=[], most_months=24
    )
    with pytest.raises(ValueError, match="not enough values"):
        contract_limit([], months=24)


@pytest.mark.parametrize("kind", StructureKind)
def test_every_kind_has_its_contracts_and_its_article(kind):
    assert contract_kinds(kind, has_cdi=False)
    assert ARTICLES[kind].startswith("art. L. 5132-")


def test_every_post_is_a_contract():
    assert set(CONTRACT_OF_POST) == set(PostKind)
    assert set(CONTRACT_OF_POST.values()) == set(ContractKind)
