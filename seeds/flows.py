"""Money of each annexe over its year: reserved, committed, released, paid by the month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from funding.enums import Bucket, Line, TransferKind
from funding.rules.aide_au_poste import monthly_payments
from seeds.annexes import terms_of
from seeds.chance import stream
from seeds.conventions import Annexe, Version
from seeds.copying import Batch
from structures import law
from structures.rules.rounding import cents

# An account: number of its envelope, number of its annexe, bucket.
Key = tuple[int | None, int | None, str]
OUTSIDE: Key = (None, None, Bucket.OUTSIDE.value)
# Within a day: money comes in, then is promised, then is paid.
IN, DOWN, OUT, PROMISE, SIGN, PAY = range(6)
PAY_DAY = 25
# Modulated share: in December on the results of the year before; in April since 2019.
APRIL_SINCE = 2019
MEAN_SHARE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Move:
    """A transfer to be."""

    on: date
    rank: int
    kind: TransferKind
    source: Key
    target: Key
    amount: Decimal
    reference: str


def available(envelope: int) -> Key:
    return (envelope, None, Bucket.AVAILABLE.value)


def promise(
    envelope: int,
    annexe: int,
    amount: Decimal,
    reference: str,
    *,
    asked: date,
    signed: date,
) -> Iterator[Move]:
    """Reserved when it goes to instruction, committed when it is signed."""
    reserved = (envelope, annexe, Bucket.RESERVED.value)
    committed = (envelope, annexe, Bucket.COMMITTED.value)
    yield Move(
        asked,
        PROMISE,
        TransferKind.RESERVE,
        available(envelope),
        reserved,
        amount,
        reference,
    )
    yield Move(
        signed, SIGN, TransferKind.COMMIT, reserved, committed, amount, reference
    )


def pay(
    envelope: int, annexe: int, amount: Decimal, reference: str, *, on: date
) -> Move:
    committed = (envelope, annexe, Bucket.COMMITTED.value)
    paid = (envelope, annexe, Bucket.PAID.value)
    return Move(on, PAY, TransferKind.PAYMENT, committed, paid, amount, reference)


def annexe_moves(annexe: Annexe, envelopes: dict) -> Iterator[Move]:
    """Every move of an annexe over its year, envelope by envelope."""
    departement = annexe.site.place.departement
    renewal = annexe.year - annexe.convention.starts_on.year
    label = f"{annexe.label}A{renewal}"
    for line, by_version in amounts_by_line(annexe).items():
        envelope = envelopes[annexe.year, departement, line]
        yield from line_moves(annexe, envelope, by_version, label)


def amounts_by_line(annexe: Annexe) -> dict[Line, list[tuple[Version, Decimal]]]:
    """What each line bears of each version, 0 when nothing."""
    terms = [(version, terms_of(version).parts) for version in annexe.versions]
    lines = [part.line for _, parts in terms for part in parts]
    return {
        line: [
            (version, sum((p.amount for p in parts if p.line == line), Decimal(0)))
            for version, parts in terms
        ]
        for line in dict.fromkeys(lines)
    }


def line_moves(
    annexe: Annexe, envelope: int, by_version: list, label: str
) -> Iterator[Move]:
    """What one envelope bears of an annexe, version after version and month by month.

    Each month, a share of what is left to pay; the last takes the remainder (R18).
    """
    amount = paid = Decimal(0)
    coming = list(by_version)
    for place in range(annexe.months):
        month = 13 - annexe.months + place
        day = max(date(annexe.year, month, PAY_DAY), by_version[0][0].signed_on)
        while coming and coming[0][0].signed_on <= day:
            version, after = coming.pop(0)
            reference = f"{label}M{version.modification}"
            yield from changed(version, envelope, amount, after, paid, reference)
            amount, paid = after, min(paid, after)
        due = monthly_payments(amount - paid, months=annexe.months - place)[0]
        if due:
            reference = f"{label} {month:02d}/{annexe.year}"
            yield pay(envelope, annexe.number, due, reference, on=day)
            paid += due


def changed(
    version: Version,
    envelope: int,
    before: Decimal,
    after: Decimal,
    paid: Decimal,
    reference: str,
) -> Iterator[Move]:
    """More is reserved, then committed; less is released, or claimed back once paid."""
    annexe, on = version.annexe.number, version.signed_on
    if after > before:
        more = after - before
        yield from promise(
            envelope, annexe, more, reference, asked=version.entered_on, signed=on
        )
    released = min(before - after, before - paid)
    for kind, bucket, amount in (
        (TransferKind.RELEASE, Bucket.COMMITTED, released),
        (TransferKind.CLAWBACK, Bucket.PAID, before - after - released),
    ):
        if amount > 0:
            source = (envelope, annexe, bucket.value)
            yield Move(on, OUT, kind, source, available(envelope), amount, reference)


@dataclass(frozen=True, slots=True)
class Modulation:
    annexe: Annexe
    rate: Decimal
    base: Decimal
    amount: Decimal
    on: date


def modulations(annexes: list[Annexe], year: int, *, seed: int) -> list[Modulation]:
    """Shares of the socle that make 5 % of it on the whole, 10 % at most for one."""
    on = date(year, 4, 16) if year >= APRIL_SINCE else date(year, 12, 10)
    most = law.in_force("modulation_part_maximale", on=on).value
    # Without results of the year before there is nothing to modulate on.
    based = [a for a in annexes if year - 1 in a.site.agreed and a.current(on)]
    bases = [terms_of(annexe.current(on)).total for annexe in based]
    chance = stream(seed, "modulation", year, len(annexes))
    drawn = [Decimal(chance.randrange(20, 85)) / 1000 for _ in based]
    wanted = MEAN_SHARE * sum(terms_of(a.versions[-1]).total for a in annexes)
    scale = wanted / (sum(b * r for b, r in zip(bases, drawn, strict=True)) or 1)
    rates = [min(round(rate * scale, 5), most) for rate in drawn]
    return [
        Modulation(annexe, rate, base, cents(base * rate), on)
        for annexe, rate, base in zip(based, rates, bases, strict=True)
    ]


def modulation_moves(found: list[Modulation], envelopes: dict) -> Iterator[Move]:
    for modulation in found:
        annexe = modulation.annexe
        key = annexe.year, annexe.site.place.departement, Line.IAE_MODULE
        reference = f"{annexe.label} part modulée"
        envelope, amount, on = envelopes[key], modulation.amount, modulation.on
        if amount:
            yield from promise(
                envelope, annexe.number, amount, reference, asked=on, signed=on
            )
            yield pay(
                envelope, annexe.number, amount, reference, on=on + timedelta(days=12)
            )


def write_modulations(batch: Batch, found: list[Modulation], as_of: date) -> None:
    for modulation in found:
        if modulation.on <= as_of:
            batch["funding_modulation"].append(
                f"{modulation.annexe.number}\t{modulation.rate}\t{modulation.base}\t"
                f"{modulation.amount}\t{modulation.on}\n"
            )
