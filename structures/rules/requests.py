"""The file of a convention request: what is asked, of whom, and what is still missing.

Source : Code du travail, art. R. 5132-2, R. 5132-10-7, R. 5132-12 et R. 5132-28.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from structures.enums import (
    AttachmentKind,
    PostKind,
    RequestStep,
    SalesVerdict,
    StructureKind,
)

ACI = StructureKind.ACI
PROJECT = (
    *("legal_status", "features", "sites", "territory", "public"),
    *("accompaniment", "job_offers", "local_fit"),
)
COMMITMENTS = (
    *("forecast_durable", "forecast_transition", "forecast_positive"),
    "evaluation",
)
MEANS = (
    *("supervision_etp", "accompaniment_etp", "other_staff_etp"),
    *("premises", "training"),
)
CHARGES = ("charges_insertion", "charges_staff", "charges_purchases", "charges_other")
PRODUCTS = (
    *("sales", "aid_departement", "aid_region", "aid_communes", "aid_europe"),
    *("aid_other", "products_other"),
)
FIELDS: Mapping[RequestStep, tuple[str, ...]] = {
    RequestStep.PROJECT: (*PROJECT, *COMMITMENTS),
    RequestStep.MEANS: MEANS,
    RequestStep.POSTS: (),
    RequestStep.BUDGET: (*CHARGES, *PRODUCTS),
    RequestStep.PIECES: (),
    RequestStep.SENDING: (),
}
# What an ACI alone must say (R. 5132-28).
ONLY_ACI = frozenset({"legal_status", "sites"})
# Left empty, these say that there is none.
OPTIONAL = frozenset(
    {"other_staff_etp", "training", *CHARGES, *PRODUCTS}
    - {"charges_insertion", "sales"}
)
CONTRACTS: Mapping[StructureKind, tuple[PostKind, ...]] = {
    StructureKind.ACI: (PostKind.CDDI,),
    StructureKind.EI: (PostKind.CDDI,),
    StructureKind.AI: (PostKind.MAD, PostKind.CDDI),
    StructureKind.ETTI: (PostKind.MISSION,),
}
# Not in a text: what the services ask to read a first file.
PIECES = (AttachmentKind.STATUTES, AttachmentKind.MANDATE, AttachmentKind.BANK)
ATTACHMENTS = "attachments"
STEPS = (
    *(RequestStep.PROJECT, RequestStep.MEANS, RequestStep.POSTS),
    *(RequestStep.BUDGET, RequestStep.PIECES),
)


@dataclass(frozen=True, kw_only=True)
class RequestFacts:
    """What a file holds. `values` by field, empty as None or ""; ETP by year.

    The limits are shares of the charges, for an ACI only.
    """

    kind: StructureKind
    values: Mapping[str, object]
    etp: Mapping[int, Decimal]
    pieces: frozenset[AttachmentKind]
    has_accounts_to_show: bool = False
    ordinary: Decimal | None = None
    ceiling: Decimal | None = None


def fields_of(step: RequestStep, kind: StructureKind) -> tuple[str, ...]:
    """Names of what a structure of this kind fills at a step."""
    return tuple(name for name in FIELDS[step] if kind == ACI or name not in ONLY_ACI)


def contracts_of(kind: StructureKind, *, has_cdi: bool) -> tuple[PostKind, ...]:
    """Contracts a structure may ask posts for; CDI inclusion since its text only."""
    return (*CONTRACTS[kind], PostKind.CDI) if has_cdi else CONTRACTS[kind]


def post_name(contract: PostKind, year: int) -> str:
    """The name of a box of the grid of posts: etp_CDDI_2020."""
    return f"etp_{contract.value}_{year}"


def empty_fields(step: RequestStep, facts: RequestFacts) -> list[str]:
    """Fields of a step that must be filled and are not."""
    return [
        name
        for name in fields_of(step, facts.kind)
        if name not in OPTIONAL and facts.values.get(name) in (None, "")
    ]


def empty_years(facts: RequestFacts) -> list[int]:
    """Years of the convention for which no ETP is asked."""
    return [year for year, etp in facts.etp.items() if not etp]


def missing_pieces(facts: RequestFacts) -> list[AttachmentKind]:
    """Attachments still to join; last year’s accounts once there is a last year."""
    needed: Sequence[AttachmentKind] = PIECES
    if facts.has_accounts_to_show:
        needed = (*PIECES, AttachmentKind.ACCOUNTS)
    return [kind for kind in needed if kind not in facts.pieces]


def total(names: Sequence[str], values: Mapping[str, object]) -> Decimal:
    """Euros of these lines of a budget; an empty one counts for nothing."""
    amounts = (values.get(name) for name in names)
    return sum((it for it in amounts if isinstance(it, Decimal)), Decimal(0))


def sales_share(*, sales: Decimal, charges: Decimal) -> Fraction | None:
    """Sales over charges; None without charges (R14)."""
    return Fraction(sales) / Fraction(charges) if charges else None


def sales_verdict(
    *, sales: Decimal, charges: Decimal, ordinary: Decimal, ceiling: Decimal
) -> SalesVerdict | None:
    """Whether the sales of an ACI stay within what the law allows; None without charges.

    `ordinary` and `ceiling` are shares: under the first it needs nothing, up to the second a
    decision of the préfet after the CDIAE.

    Source : Code du travail, art. D. 5132-34 (R14).
    """
    share = sales_share(sales=sales, charges=charges)
    if share is None:
        return None
    if share < Fraction(ordinary):
        return SalesVerdict.WITHIN
    if share <= Fraction(ceiling):
        return SalesVerdict.DECISION
    return SalesVerdict.OVER


def verdict_of(facts: RequestFacts) -> SalesVerdict | None:
    """The same of a file; None for another kind than ACI."""
    if facts.ordinary is None or facts.ceiling is None:
        return None
    return sales_verdict(
        sales=total(("sales",), facts.values),
        charges=total(CHARGES, facts.values),
        ordinary=facts.ordinary,
        ceiling=facts.ceiling,
    )
