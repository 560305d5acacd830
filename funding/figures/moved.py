"""What an act on an annexe moves in its envelopes: what is held before, and after."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from funding.enums import Act, Bucket, Line
from funding.models import Account, AnnexeVersion, Envelope
from funding.rules.engagement import ENDS, Held, after, taken

ZERO = Decimal(0)


@dataclass(frozen=True)
class Moved:
    """One envelope: what is asked of it, what is free in it, what the annexe holds there.

    Euros; what is engaged is committed and paid (R80).
    """

    envelope: int
    line: str
    asked: Decimal
    available: Decimal
    taken: Decimal
    before: Held
    after: Held

    @property
    def left(self) -> Decimal:
        """What is free afterwards; negative when the envelope cannot bear the act."""
        return self.available - self.taken


def held_by(annexe: int, *, with_modulated: bool) -> dict[int, Held]:
    """What an annexe holds on each envelope, in euros; one query."""
    buckets: dict[int, dict[str, Decimal]] = defaultdict(dict)
    accounts = Account.objects.filter(annexe=annexe)
    if not with_modulated:
        accounts = accounts.exclude(envelope__line=Line.IAE_MODULE)
    rows = accounts.values_list("envelope", "bucket", "balance")
    for envelope, bucket, balance in rows:
        buckets[envelope or 0][bucket] = balance
    return {
        envelope: Held(
            reserved=found.get(Bucket.RESERVED, ZERO),
            committed=found.get(Bucket.COMMITTED, ZERO),
            paid=found.get(Bucket.PAID, ZERO),
        )
        for envelope, found in buckets.items()
    }


def moved_by(version: AnnexeVersion, act: Act) -> list[Moved]:
    """Every envelope that bears the version or holds money of its annexe; four queries.

    An avenant may leave an envelope out: what it held there is given back.
    """
    wanted = dict(version.parts.values_list("envelope", "amount"))
    held = held_by(version.annexe_id, with_modulated=act in ENDS)
    envelopes = Envelope.objects.in_bulk({*wanted, *held})
    free = dict(
        Account.objects.filter(
            envelope__in=envelopes, bucket=Bucket.AVAILABLE
        ).values_list("envelope", "balance")
    )
    found = []
    for key, envelope in sorted(envelopes.items()):
        asked, before = wanted.get(key, ZERO), held.get(key, Held())
        found.append(
            Moved(
                envelope=key,
                line=envelope.get_line_display(),
                asked=asked,
                available=free.get(key, ZERO),
                taken=taken(act, asked, before),
                before=before,
                after=after(act, asked, before),
            )
        )
    return found
