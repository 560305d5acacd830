"""Running a case, and saying whether what came out is what was expected."""

import importlib
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.kit.building import arguments
from tests.kit.reading import DATABASE, Case


def function_of(case: Case) -> Callable[..., Any]:
    """The rule a case names, or the executor that plays it against the database."""
    if case.target == DATABASE:
        module, name = f"tests.kit.executors.{case.executor}".rsplit(".", 1)
    else:
        module, name = case.target.rsplit(".", 1)
    return getattr(importlib.import_module(module), name)


def check(case: Case) -> None:
    """Fails when the case does not come out as written."""
    function = function_of(case)
    given = arguments(function, case.inputs)
    if case.refused:
        with pytest.raises(Exception) as refusal:  # noqa: PT011
            function(**given)
        assert type(refusal.value).__name__ == case.refused
        assert case.message in message_of(refusal.value)
    elif case.none:
        assert function(**given) is None
    else:
        actual = function(**given)
        assert matches(actual, case.expected, decimals=case.decimals), actual


def message_of(error: Exception) -> str:
    return f"{getattr(error, 'user_message', '')} {error}"


def matches(actual: Any, expected: Any, *, decimals: int | None = None) -> bool:
    """Equal, field by field for what is listed; numbers rounded to `decimals`."""
    if isinstance(expected, bool) or isinstance(actual, bool):
        return actual is expected
    if isinstance(expected, dict):
        return all(
            matches(part(actual, name), value, decimals=decimals)
            for name, value in expected.items()
        )
    if isinstance(expected, list):
        actual = list(actual)
        return len(actual) == len(expected) and all(
            matches(one, other, decimals=decimals)
            for one, other in zip(actual, expected, strict=True)
        )
    if isinstance(actual, Fraction) and isinstance(expected, str):
        return actual == Fraction(expected)
    if isinstance(expected, int | Decimal):
        return rounded(actual, decimals) == expected
    return actual == expected


def part(whole: Any, name: str) -> Any:
    return whole[name] if isinstance(whole, Mapping) else getattr(whole, name)


def rounded(number: Any, decimals: int | None) -> Any:
    if isinstance(number, Fraction):
        number = Decimal(number.numerator) / number.denominator
    if decimals is None or not isinstance(number, Decimal):
        return number
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
