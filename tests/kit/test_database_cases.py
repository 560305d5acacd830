"""The worked cases that PostgreSQL plays: what it refuses, what the jobs compute."""

import pytest

from tests.kit.reading import DATABASE, all_cases
from tests.kit.running import check

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "case", [case for case in all_cases() if case.target == DATABASE], ids=str
)
def test_case(case):
    check(case)
