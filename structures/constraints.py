"""Constraints as sentences: each carries the French message the person reads."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import CheckConstraint, F, Func, Q, Value


class DateRange(Func):
    """daterange(start, end, '[]'): both days included."""

    function = "daterange"
    output_field = DateRangeField()


def filled_together(first: Q, second: Q, *, name: str, message: str) -> CheckConstraint:
    """Two fields filled together or not at all; each Q says how one is empty."""
    return CheckConstraint(
        name=name,
        condition=(first & second) | (~first & ~second),
        violation_error_message=message,
    )


def not_before(later: str, earlier: str, *, name: str, message: str) -> CheckConstraint:
    """`later` is empty or not before `earlier`."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gte": F(earlier)}),
        violation_error_message=message,
    )


def positive(*fields: str, name: str, message: str) -> CheckConstraint:
    """Every field is empty or at least zero."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__gte": 0})
    return CheckConstraint(
        name=name, condition=condition, violation_error_message=message
    )


def one_of(field: str, choices, *, name: str, message: str = "") -> CheckConstraint:
    """The field holds one of the enum's values, in the database too."""
    return CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__in": list(choices.values)}),
        violation_error_message=message or "Cette valeur n’est pas dans la liste.",
    )


def no_overlap(
    *same: str, start: str, end: str, name: str, message: str, when: Q | None = None
) -> ExclusionConstraint:
    """No two rows equal on `same` whose days overlap; an empty end is open."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in same),
            (DateRange(F(start), F(end), Value("[]")), RangeOperators.OVERLAPS),
        ],
        condition=when,
        violation_error_message=message,
    )
