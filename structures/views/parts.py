"""What the components of templates/components/ are given."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from structures.views.badges import Badge


@dataclass(frozen=True)
class Banner:
    """`facts` are (label, kind, value)."""

    title: str
    badges: list[Badge]
    facts: list[tuple]
    next_action: str = ""
    next_url: str = ""
    heading: str = "h1"


@dataclass(frozen=True)
class Figure:
    label: str
    kind: str
    value: Any
    url: str = ""
    note: str = ""
    badge: Badge | None = None


@dataclass(frozen=True)
class Formula:
    """How a figure is made and from what, in words."""

    label: str
    formula: str
    source: str


@dataclass(frozen=True)
class Worked:
    """An amount that is not kept yet, with what makes it.

    `inputs` are (label, kind, value), `law` the links to its texts.
    """

    value: Any
    formula: str
    inputs: list[tuple]
    law: list[Any] = field(default_factory=list)
    warning: str = ""


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@dataclass(frozen=True)
class Tab:
    """`key` names a count that changes while the page is read."""

    label: str
    url: str
    is_current: bool = False
    count: int | None = None
    key: str = ""


@dataclass(frozen=True)
class Decision:
    """What costs money: confirmed with its amount, before and after."""

    title: str
    verb: str
    amount: Decimal
    before: Decimal
    envelope: str
    told: str = ""

    @property
    def after(self):
        return self.before - self.amount


@dataclass(frozen=True)
class Progress:
    label: str
    done: int
    total: int
    is_running: bool = False
    words: str = "étape,étapes"


@dataclass(frozen=True)
class Task:
    """Something to do, counted and opened by its link."""

    label: str
    count: int
    url: str
    note: str = ""
    badge: Badge | None = field(default=None)
