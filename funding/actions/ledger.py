"""Money moves here, and nowhere else: the database refuses what these would not do."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from funding.actions.ledger_refusals import KeyReused, LedgerRefusal
from funding.enums import Bucket, Tie, TransferKind
from funding.models import (
    Account,
    AnnexeFinanciere,
    Envelope,
    FdiRequest,
    Transfer,
)
from funding.rules.transfers import OF_ANNEXE, OF_ENVELOPE, ROUTES
from structures.models import User


@dataclass(frozen=True, kw_only=True)
class Movement:
    """A transfer to be: euros from one account to another, and why.

    `key` makes a second sending harmless: give it when the same request may come twice.
    """

    kind: TransferKind
    source: Account
    target: Account
    amount: Decimal
    on: date
    reference: str
    key: UUID = field(default_factory=uuid4)
    corrects: Transfer | None = None

    def is_already(self, transfer: Transfer) -> bool:
        return (
            transfer.kind == self.kind
            and transfer.source_id == self.source.pk
            and transfer.target_id == self.target.pk
            and transfer.amount == self.amount
            and transfer.on == self.on
            and transfer.reference == self.reference
            and transfer.corrects_id == (self.corrects and self.corrects.pk)
        )


def post(*, transfers: Sequence[Movement], by: User | None) -> list[Transfer]:
    """Record movements, all or none, in their order; what each became, in that order.

    All their accounts are locked first, in one order, so that two callers never wait for
    each other. A key already used for the same content gives back what it recorded.

    Raises a LedgerRefusal when an account would pass below zero (InsufficientFunds), the
    movement is not permitted, or a key stands for another content (KeyReused).
    """
    try:
        with transaction.atomic():
            return _post(transfers, by)
    except IntegrityError as error:
        refusal = LedgerRefusal.of(error)
        if refusal is None:
            raise
        raise refusal from error


def lock(accounts: Iterable[int]) -> None:
    """Hold accounts until the transaction ends, in the order every caller takes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT funding_ledger_lock(%s)", [sorted(set(accounts))])


def _post(transfers: Sequence[Movement], by: User | None) -> list[Transfer]:
    lock(it.pk for move in transfers for it in (move.source, move.target))
    keys = [move.key for move in transfers]
    known = {
        transfer.idempotency_key: transfer
        for transfer in Transfer.objects.filter(idempotency_key__in=keys)
    }
    fresh = []
    for move in transfers:
        if move.key not in known:
            known[move.key] = _transfer(move, by)
            fresh.append(known[move.key])
        elif not move.is_already(known[move.key]):
            raise KeyReused(f"key {move.key} stands for another transfer")
    Transfer.objects.bulk_create(fresh)
    return [known[key] for key in keys]


def _transfer(move: Movement, by: User | None) -> Transfer:
    return Transfer(
        kind=move.kind,
        source=move.source,
        target=move.target,
        amount=move.amount,
        on=move.on,
        reference=move.reference,
        idempotency_key=move.key,
        corrects=move.corrects,
        by=by,
    )


def open_accounts(
    *,
    envelope: Envelope,
    annexe: AnnexeFinanciere | None = None,
    fdi: FdiRequest | None = None,
) -> dict[Bucket, Account]:
    """The accounts of an envelope, or of who holds money on it, opened if need be.

    By bucket, empty when new. Running it twice changes nothing. Raises a LedgerRefusal
    when the envelope is not of the annexe’s year, territory or perimeter.
    """
    buckets = OF_ANNEXE if annexe or fdi else OF_ENVELOPE
    accounts = _accounts(envelope, annexe, fdi, buckets)
    if len(accounts) < len(buckets):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                # The application may name these columns only: balances start at zero.
                cursor.executemany(
                    "INSERT INTO funding_account (envelope_id, annexe_id, fdi_id, bucket)"
                    " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
                    [
                        (
                            envelope.pk,
                            annexe.pk if annexe else None,
                            fdi.pk if fdi else None,
                            bucket,
                        )
                        for bucket in sorted(buckets)
                    ],
                )
        except IntegrityError as error:
            raise LedgerRefusal.of(error) or error from error
        accounts = _accounts(envelope, annexe, fdi, buckets)
    return accounts


def _accounts(
    envelope: Envelope,
    annexe: AnnexeFinanciere | None,
    fdi: FdiRequest | None,
    buckets: Set[Bucket],
) -> dict[Bucket, Account]:
    found = Account.objects.filter(
        envelope=envelope, annexe=annexe, fdi=fdi, bucket__in=buckets
    )
    return {Bucket(account.bucket): account for account in found}


def movement(
    *,
    kind: TransferKind,
    envelope: Envelope,
    amount: Decimal,
    on: date,
    reference: str,
    annexe: AnnexeFinanciere | None = None,
    fdi: FdiRequest | None = None,
    key: UUID | None = None,
) -> Movement:
    """A movement of this kind, its accounts opened if need be, for `post`.

    For a delegation or a return, `envelope` is the child. Raises ValueError when the kind
    wants an annexe or a FDI request and none is given, or the reverse.
    """
    route = ROUTES[kind]
    nobody = annexe is None and fdi is None
    if nobody != OF_ANNEXE.isdisjoint({route.source, route.target}):
        raise ValueError(f"{kind} {'without' if nobody else 'with'} an annexe")
    mother = envelope.parent or envelope
    giver = mother if route.tie == Tie.CHILD else envelope
    receiver = mother if route.tie == Tie.PARENT else envelope
    return Movement(
        kind=kind,
        source=_account(route.source, giver, annexe, fdi),
        target=_account(route.target, receiver, annexe, fdi),
        amount=amount,
        on=on,
        reference=reference,
        key=key or uuid4(),
    )


def _account(
    bucket: Bucket,
    envelope: Envelope,
    annexe: AnnexeFinanciere | None,
    fdi: FdiRequest | None,
) -> Account:
    if bucket == Bucket.OUTSIDE:
        return Account.objects.get(bucket=bucket)
    if bucket not in OF_ANNEXE:
        annexe = fdi = None
    return open_accounts(envelope=envelope, annexe=annexe, fdi=fdi)[bucket]


def move(
    *,
    kind: TransferKind,
    envelope: Envelope,
    amount: Decimal,
    on: date,
    reference: str,
    by: User | None,
    annexe: AnnexeFinanciere | None = None,
    key: UUID | None = None,
) -> Transfer:
    """Record one movement. Raises as `movement` and `post` do."""
    one = movement(
        kind=kind,
        envelope=envelope,
        annexe=annexe,
        amount=amount,
        on=on,
        reference=reference,
        key=key,
    )
    return post(transfers=[one], by=by)[0]


# With the outside, for a root.
notify_provisionally = partial(move, kind=TransferKind.PROVISIONAL)
notify = partial(move, kind=TransferKind.NOTIFICATION)
reduce = partial(move, kind=TransferKind.REDUCTION)
# Between an envelope and its mother: `envelope` is the child.
delegate = partial(move, kind=TransferKind.DELEGATION)
give_back = partial(move, kind=TransferKind.RETURN)
# Within an envelope.
freeze = partial(move, kind=TransferKind.FREEZE)
unfreeze = partial(move, kind=TransferKind.UNFREEZE)
# For an annexe, on one of the envelopes that bear it.
reserve = partial(move, kind=TransferKind.RESERVE)
unreserve = partial(move, kind=TransferKind.UNRESERVE)
commit_annexe = partial(move, kind=TransferKind.COMMIT)
release = partial(move, kind=TransferKind.RELEASE)
pay = partial(move, kind=TransferKind.PAYMENT)
claw_back = partial(move, kind=TransferKind.CLAWBACK)


def correct(
    *,
    transfer: Transfer,
    on: date,
    reference: str,
    by: User | None,
    amount: Decimal | None = None,
    key: UUID | None = None,
) -> Transfer:
    """Take back a transfer, or what is left of it, by the opposite one naming it.

    `amount` in euros; by default all that earlier corrections left. Raises a
    LedgerRefusal when it exceeds that, or the money has moved on since.
    """
    if amount is None:
        taken = transfer.corrections.aggregate(taken=Sum("amount"))["taken"]
        amount = transfer.amount - (taken or 0)
    opposite = Movement(
        kind=TransferKind.CORRECTION,
        source=transfer.target,
        target=transfer.source,
        amount=amount,
        on=on,
        reference=reference,
        key=key or uuid4(),
        corrects=transfer,
    )
    return post(transfers=[opposite], by=by)[0]
