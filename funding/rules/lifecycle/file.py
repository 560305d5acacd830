"""What is known of a file the day somebody wants to move it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from structures.enums import SalesVerdict, Status


@dataclass(frozen=True, kw_only=True)
class Borne:
    """What an envelope bears of a version, and what it paid of its annexe, in euros."""

    line: str
    amount: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Others:
    """The other versions of the same annexe.

    `in_force` is the status of the one in force; a later one may be being written, one
    may have ended.
    """

    in_force: Status | None = None
    has_avenant: bool = False
    has_ended: bool = False


@dataclass(frozen=True, kw_only=True)
class File:
    """A convention or an annexe, in a few facts. Amounts in euros.

    `borne` is what the envelopes together bear of `total`; both are None for a
    convention. `parts` says it envelope by envelope. `unpaid` is what the ASP still has to
    pay of an annexe that is over. `signing_limit` is the highest amount the person may sign
    here: None when they may sign nothing here. `months_kept` is the R88 delay, in months.
    `sent_on` is the day it was last sent to the CDIAE, `is_on_agenda` whether a session has
    still to say its opinion. `missing` says in sentences what the file of a request still
    lacks; `sales` is about an ACI’s (R14). `is_upheld` tells of an appeal against its
    refusal, `has_rival` of a file that took its place.
    """

    on: date
    ends_on: date
    total: Decimal | None = None
    borne: Decimal | None = None
    parts: tuple[Borne, ...] = ()
    unpaid: Decimal = Decimal(0)
    open_comments: int = 0
    unanswered_comments: int = 0
    needs_opinion: bool = False
    opinion_on: date | None = None
    sent_on: date | None = None
    is_on_agenda: bool = False
    is_convention_signed: bool = True
    is_convention_terminated: bool = False
    breach_on: date | None = None
    months_kept: int = 1
    signing_limit: Decimal | None = None
    missing: tuple[str, ...] = ()
    sales: SalesVerdict | None = None
    sales_decided_on: date | None = None
    is_upheld: bool = False
    has_rival: bool = False
    others: Others = Others()
