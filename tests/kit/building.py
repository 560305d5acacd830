"""From the data of a case to the arguments of a rule, following its type hints."""

import types
from collections.abc import Collection, Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Union, get_args, get_origin, get_type_hints

from structures.law import in_force

# TOML has no null.
NOTHING = "aucun"
SEQUENCES = {list, tuple, Iterable, Collection}


def arguments(function: Any, inputs: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(function)
    unknown = inputs.keys() - hints.keys()
    if unknown:
        raise TypeError(f"{function.__name__} takes no {', '.join(sorted(unknown))}")
    return {name: built(value, hints[name]) for name, value in inputs.items()}


def built(value: Any, hint: Any) -> Any:
    """The value as the hint wants it; a table naming a `law` is read from the law."""
    if isinstance(value, dict) and "law" in value:
        return built(from_law(**value), hint)
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        if value == NOTHING:
            return None
        [inner] = [option for option in get_args(hint) if option is not type(None)]
        return built(value, inner)
    if origin in SEQUENCES:
        return [built(item, get_args(hint)[0]) for item in value]
    if origin in {dict, Mapping}:
        key, content = get_args(hint)
        return {built(k, key): built(v, content) for k, v in value.items()}
    return plain(value, hint)


def plain(value: Any, hint: Any) -> Any:
    if is_dataclass(hint):
        return hint(**arguments(hint, value))
    if isinstance(hint, type) and issubclass(hint, Decimal | Enum | Fraction):
        return hint(value)
    if hint is int:
        return int(value)
    if hint in {str, bool, date} and not isinstance(value, hint):
        raise TypeError(f"{value!r} is not a {hint.__name__}")
    return value


def from_law(law: str, *, since: bool = False, **request: Any) -> Decimal | date:
    """The value of the day, or the day it took effect: when a regime began."""
    found = in_force(law, **request)
    return found.effective_on if since else found.value
