"""Which way money may go: the table the database holds too, and the tests compare."""

from dataclasses import dataclass

from funding.enums import Bucket, Tie, TransferKind

OF_ENVELOPE = frozenset({Bucket.AVAILABLE, Bucket.FROZEN})
OF_ANNEXE = frozenset({Bucket.RESERVED, Bucket.COMMITTED, Bucket.PAID})


@dataclass(frozen=True)
class Route:
    """From one bucket to another, and how their accounts must be tied."""

    source: Bucket
    target: Bucket
    tie: Tie


# A correction has no route: it is the opposite of the transfer it names.
ROUTES = {
    TransferKind.PROVISIONAL: Route(Bucket.OUTSIDE, Bucket.AVAILABLE, Tie.ROOT),
    TransferKind.NOTIFICATION: Route(Bucket.OUTSIDE, Bucket.AVAILABLE, Tie.ROOT),
    TransferKind.REDUCTION: Route(Bucket.AVAILABLE, Bucket.OUTSIDE, Tie.ROOT),
    TransferKind.DELEGATION: Route(Bucket.AVAILABLE, Bucket.AVAILABLE, Tie.CHILD),
    TransferKind.RETURN: Route(Bucket.AVAILABLE, Bucket.AVAILABLE, Tie.PARENT),
    TransferKind.FREEZE: Route(Bucket.AVAILABLE, Bucket.FROZEN, Tie.SAME_ENVELOPE),
    TransferKind.UNFREEZE: Route(Bucket.FROZEN, Bucket.AVAILABLE, Tie.SAME_ENVELOPE),
    TransferKind.RESERVE: Route(Bucket.AVAILABLE, Bucket.RESERVED, Tie.SAME_ENVELOPE),
    TransferKind.UNRESERVE: Route(Bucket.RESERVED, Bucket.AVAILABLE, Tie.SAME_ENVELOPE),
    TransferKind.COMMIT: Route(Bucket.RESERVED, Bucket.COMMITTED, Tie.SAME_ANNEXE),
    TransferKind.RELEASE: Route(Bucket.COMMITTED, Bucket.AVAILABLE, Tie.SAME_ENVELOPE),
    TransferKind.PAYMENT: Route(Bucket.COMMITTED, Bucket.PAID, Tie.SAME_ANNEXE),
    TransferKind.CLAWBACK: Route(Bucket.PAID, Bucket.AVAILABLE, Tie.SAME_ENVELOPE),
}
