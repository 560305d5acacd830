"""What the ledger holds and what it refuses, by bare transfers in the base."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import uuid4

from funding.actions.ledger import open_accounts
from funding.enums import Bucket, Level, Line, TransferKind
from funding.models import Account, AnnexeFinanciere, Envelope, Transfer
from tests.funding.factories import AnnexeFactory, EnvelopeFactory
from tests.structures.factories import DepartementFactory

AVAILABLE, FROZEN = Bucket.AVAILABLE, Bucket.FROZEN
RESERVED, COMMITTED, PAID = Bucket.RESERVED, Bucket.COMMITTED, Bucket.PAID
NOTIFY, DELEGATE = TransferKind.NOTIFICATION, TransferKind.DELEGATION


def move(kind: TransferKind, source: Account, target: Account, amount: Decimal) -> None:
    Transfer.objects.create(
        kind=kind,
        source=source,
        target=target,
        amount=amount,
        reference="cas d’école",
        on=date(2019, 2, 1),
        idempotency_key=uuid4(),
    )


def available_of(envelope: Envelope) -> Account:
    return open_accounts(envelope=envelope)[AVAILABLE]


def funded(envelope: Envelope, amount: Decimal) -> Account:
    """The available account of an envelope, once money came down to it from its root."""
    account = available_of(envelope)
    if envelope.parent is None:
        move(NOTIFY, Account.objects.get(bucket=Bucket.OUTSIDE), account, amount)
    else:
        move(DELEGATE, funded(envelope.parent, amount), account, amount)
    account.refresh_from_db()
    return account


def balance(account: Account) -> Decimal:
    account.refresh_from_db()
    return account.balance


def left_after_delegating(*, parent: Decimal, children: list[Decimal]) -> Decimal:
    """Euros a région keeps once its départements have theirs (R78)."""
    region = EnvelopeFactory(regional=True)
    account = funded(region, parent)
    for code, amount in enumerate(children, start=59):
        departement = DepartementFactory(code=str(code), name=f"Département {code}")
        child = EnvelopeFactory(departmental=True, departement=departement)
        move(DELEGATE, account, available_of(child), amount)
    return balance(account)


def left_after_earmarks(*, line: Decimal, earmarks: Mapping[Line, Decimal]) -> Decimal:
    """Euros free in a département’s IAE line once its earmarks are cut out (R79)."""
    envelope = EnvelopeFactory(departmental=True)
    account = funded(envelope, line)
    for name, amount in earmarks.items():
        part = EnvelopeFactory(
            level=Level.EARMARK,
            line=name,
            parent=envelope,
            departement=envelope.departement,
            region=envelope.region,
        )
        move(DELEGATE, account, available_of(part), amount)
    return balance(account)


def engage(
    envelope: Envelope, amount: Decimal, *, annexe: AnnexeFinanciere | None = None
) -> dict[Bucket, Account]:
    """The accounts of an annexe once its instruction and signature moved an amount."""
    accounts = open_accounts(envelope=envelope, annexe=annexe or AnnexeFactory())
    move(TransferKind.RESERVE, available_of(envelope), accounts[RESERVED], amount)
    move(TransferKind.COMMIT, accounts[RESERVED], accounts[COMMITTED], amount)
    return accounts


def buckets_of_line(
    *, notified: Decimal, frozen: Decimal, engaged: Decimal, paid: Decimal
) -> dict[str, Decimal]:
    """Where the money of a line is after a gel, a signature and payments (R80)."""
    envelope = EnvelopeFactory()
    free = funded(envelope, notified)
    ice = open_accounts(envelope=envelope)[FROZEN]
    move(TransferKind.FREEZE, free, ice, frozen)
    annexe = engage(envelope, engaged)
    move(TransferKind.PAYMENT, annexe[COMMITTED], annexe[PAID], paid)
    return {
        "available": balance(free),
        "frozen": balance(ice),
        "engaged": balance(annexe[COMMITTED]) + balance(annexe[PAID]),
    }


def engaged_after_modification(
    *, notified: Decimal, first: Decimal, then: Decimal
) -> dict[str, Decimal]:
    """Euros engaged for an annexe lowered by a M1, and those available again (R81)."""
    envelope = EnvelopeFactory()
    free = funded(envelope, notified)
    committed = engage(envelope, first)[COMMITTED]
    move(TransferKind.RELEASE, committed, free, first - then)
    return {"engaged": balance(committed), "available": balance(free)}


def paid_after_clawback(*, paid: Decimal, claimed: Decimal) -> dict[str, Decimal]:
    """Euros paid to an annexe and available again after a reversement (R86)."""
    envelope = EnvelopeFactory()
    free = funded(envelope, paid)
    annexe = engage(envelope, paid)
    move(TransferKind.PAYMENT, annexe[COMMITTED], annexe[PAID], paid)
    move(TransferKind.CLAWBACK, annexe[PAID], free, claimed)
    return {"paid": balance(annexe[PAID]), "available": balance(free)}
