"""Each worked case, run against the rule it names."""

import pytest

from tests.kit.reading import DATABASE, all_cases, all_rules
from tests.kit.running import check, function_of

CASES = all_cases()
ASKED = {
    f"R{number}"
    for first, last in [(1, 12), (15, 22), (25, 67), (78, 82), (89, 95)]
    for number in range(first, last + 1)
} | {"R84", "R86"}


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.target != DATABASE], ids=str
)
def test_case(case):
    check(case)


@pytest.mark.parametrize("rule", sorted(ASKED))
def test_every_rule_has_a_case(rule):
    assert rule in all_rules()
    assert any(case.rule == rule for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_names_code_that_exists_and_expects_one_thing(case):
    assert callable(function_of(case))
    assert case.source
    assert (case.expected is not None) + case.none + bool(case.refused) == 1


def test_a_case_that_comes_out_otherwise_fails():
    [case] = [case for case in CASES if case.title.startswith("15,60 ETP ×")]
    wrong = type(case)(**vars(case) | {"expected": case.expected + 1})

    with pytest.raises(AssertionError):
        check(wrong)


def test_no_two_cases_bear_the_same_title():
    titles = [str(case) for case in CASES]

    assert len(titles) == len(set(titles))
