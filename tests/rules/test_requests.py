"""What a request asks, by kind, and what it still lacks."""

from decimal import Decimal

import pytest

from structures.enums import (
    AttachmentKind,
    PostKind,
    RequestStep,
    SalesVerdict,
    StructureKind,
)
from structures.models import ConventionRequest
from structures.rules import requests as rules

LIMITS = {"ordinary": Decimal("0.30"), "ceiling": Decimal("0.50")}
COLUMNS = {field.name for field in ConventionRequest._meta.get_fields()}


def facts(kind=StructureKind.ACI, **given):
    common = {"values": {}, "etp": {}, "pieces": frozenset()}
    return rules.RequestFacts(kind=kind, **(common | given))


def test_every_field_of_a_step_is_a_column_and_every_column_has_its_step():
    asked = {name for names in rules.FIELDS.values() for name in names}
    kept = {"id", "convention", "posts", "changes", "saved_at", "saved_by"}
    decision = {"sales_decided_on", "sales_decision"}
    assert asked == COLUMNS - kept - decision


def test_only_an_aci_says_its_status_and_its_sites():
    for kind in StructureKind:
        names = rules.fields_of(RequestStep.PROJECT, kind)
        assert ("sites" in names) == (kind == StructureKind.ACI)


@pytest.mark.parametrize("kind", StructureKind)
def test_every_kind_has_its_contracts_and_cdi_inclusion_since_its_text(kind):
    before = rules.contracts_of(kind, has_cdi=False)
    assert before
    assert PostKind.CDI not in before
    assert rules.contracts_of(kind, has_cdi=True) == (*before, PostKind.CDI)


def test_what_is_empty_is_named_and_what_is_optional_is_not():
    values = {"charges_insertion": Decimal(1), "sales": None}
    assert rules.empty_fields(RequestStep.BUDGET, facts(values=values)) == ["sales"]
    values["sales"] = Decimal(0)
    assert rules.empty_fields(RequestStep.BUDGET, facts(values=values)) == []


def test_each_year_has_its_posts():
    asked = facts(etp={2020: Decimal(3), 2021: Decimal(0)})
    assert rules.empty_years(asked) == [2021]


def test_accounts_are_asked_once_there_are_some():
    pieces = frozenset(rules.PIECES)
    assert rules.missing_pieces(facts(pieces=pieces)) == []
    known = facts(pieces=pieces, has_accounts_to_show=True)
    assert rules.missing_pieces(known) == [AttachmentKind.ACCOUNTS]


@pytest.mark.parametrize(
    "sales, charges, verdict",
    [
        (45_000, 160_000, SalesVerdict.WITHIN),
        (30, 100, SalesVerdict.DECISION),
        (31, 100, SalesVerdict.DECISION),
        (50, 100, SalesVerdict.DECISION),
        (51, 100, SalesVerdict.OVER),
        (1, 0, None),
    ],
)
def test_sales_against_charges(sales, charges, verdict):
    given = {"sales": Decimal(sales), "charges": Decimal(charges)}
    assert rules.sales_verdict(**given, **LIMITS) == verdict


def test_only_an_aci_has_a_limit():
    values = {"sales": Decimal(90), "charges_insertion": Decimal(100)}
    assert rules.verdict_of(facts(StructureKind.EI, values=values)) is None
    aci = facts(values=values, **LIMITS)
    assert rules.verdict_of(aci) == SalesVerdict.OVER
