"""What the ASP really paid for an annexe: recorded once, shared among its envelopes."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Q

from funding.actions.ledger import correct, lock, movement, post
from funding.actions.refusals import ActRefused
from funding.enums import Bucket, Line, PaymentOrigin, TransferKind
from funding.figures.terms import months_of, signed_versions
from funding.models import Account, AnnexeFinanciere, Envelope, Payment
from funding.models.annexe import BEING_WRITTEN, CURRENT
from funding.rules.payments import shared
from structures.models import User
from structures.rules.writing import day, euros


def record_payment(
    *,
    annexe: AnnexeFinanciere,
    amount: Decimal,
    period: date,
    paid_on: date,
    reference: str,
    on: date,
    by: User | None,
    key: UUID,
    is_modulated: bool = False,
    origin: PaymentOrigin = PaymentOrigin.ENTERED,
) -> Payment:
    """Move what was paid from committed to paid, on each envelope that bears the annexe.

    The same reference with the same content is recorded once. Raises ActRefused when it
    stands for another payment, its month or day cannot be, or it is more than what is
    committed, and a LedgerRefusal.
    """
    payment = Payment(
        annexe=annexe,
        amount=amount,
        period=period.replace(day=1),
        paid_on=paid_on,
        reference=reference.strip(),
        is_modulated=is_modulated,
        origin=origin,
        key=key,
        by=by,
    )
    try:
        with transaction.atomic():
            return recorded(payment, on=on)
    except IntegrityError as error:
        # Somebody recorded the same reference between our look and our writing.
        raise ActRefused(
            f"La référence « {payment.reference} » vient d’être enregistrée : rechargez "
            "la page pour la voir."
        ) from error


def recorded(payment: Payment, *, on: date) -> Payment:
    annexe = payment.annexe
    accounts = accounts_of(annexe, is_modulated=payment.is_modulated)
    lock(accounts)
    known = already(payment)
    if known:
        return known
    check_days(payment, on=on)
    held = committed(accounts)
    left = sum(held.values(), Decimal(0))
    if payment.amount > left:
        raise ActRefused(too_much(payment, left), field="amount")
    parts = shared(payment.amount, held)
    envelopes = Envelope.objects.in_bulk(list(parts))
    moves = [
        movement(
            kind=TransferKind.PAYMENT,
            envelope=envelopes[envelope],
            annexe=annexe,
            amount=part,
            on=payment.paid_on,
            reference=payment.reference,
            key=uuid5(payment.key, str(envelope)),
        )
        for envelope, part in sorted(parts.items())
    ]
    transfers = post(transfers=moves, by=payment.by)
    payment.save()
    payment.transfers.set(transfers)
    return payment


def accounts_of(
    annexe: AnnexeFinanciere, *, is_modulated: bool | None = None
) -> list[int]:
    """Accounts a payment touches: those of the modulated share are apart; None, all."""
    modulated = Q(envelope__line=Line.IAE_MODULE)
    wanted = {None: Q(), True: modulated, False: ~modulated}[is_modulated]
    found = Account.objects.filter(wanted, annexe=annexe)
    return list(found.values_list("pk", flat=True))


def committed(accounts: list[int]) -> dict[int, Decimal]:
    """Euros committed and not paid, by envelope."""
    found = Account.objects.filter(pk__in=accounts, bucket=Bucket.COMMITTED)
    return dict(found.values_list("envelope", "balance"))


def already(payment: Payment) -> Payment | None:
    """The payment this reference or this key stands for; None when it is new."""
    same = Q(reference=payment.reference) | Q(key=payment.key)
    known = Payment.objects.filter(same, cancelled_on=None).first()
    if known is None:
        return None
    names = ("annexe_id", "amount", "period", "paid_on", "is_modulated", "reference")
    if all(getattr(known, name) == getattr(payment, name) for name in names):
        return known
    raise ActRefused(
        f"La référence « {known.reference} » est déjà celle d’un paiement de "
        f"{euros(known.amount)} du {day(known.paid_on)}. Vérifiez-la, ou annulez d’abord "
        "ce paiement.",
        field="reference",
    )


def check_days(payment: Payment, *, on: date) -> None:
    first, last = months_of(payment.annexe)
    if not first <= payment.period <= last:
        raise ActRefused(
            f"Le mois payé est hors de l’annexe, qui va de {first:%m/%Y} à "
            f"{last:%m/%Y} : corrigez le mois.",
            field="period",
        )
    if not first <= payment.paid_on <= on:
        raise ActRefused(
            f"La date du paiement est entre le début de l’annexe et le {day(on)} : "
            "corrigez la date.",
            field="paid_on",
        )


def too_much(payment: Payment, left: Decimal) -> str:
    if not left:
        return nothing_left(payment.annexe)
    return (
        f"Il reste {euros(left)} engagés et non payés pour cette annexe ; ce paiement en "
        f"demande {euros(payment.amount)}. Si l’ASP a vraiment versé davantage, enregistrez "
        f"{euros(left)}, puis le dépassement comme trop-perçu à réclamer."
    )


def nothing_left(annexe: AnnexeFinanciere) -> str:
    if not signed_versions(annexe):
        return (
            "Rien n’est engagé pour cette annexe, qui n’est pas signée : vérifiez l’annexe, "
            "ou signez-la d’abord."
        )
    why = "Ce qui n’était pas payé est revenu à l’enveloppe quand l’annexe a pris fin"
    if not is_ended(annexe):
        why = "Tout ce qui est engagé pour cette annexe est déjà payé"
    return (
        f"{why} : vérifiez l’annexe et la référence. Si l’ASP a vraiment versé cette "
        "somme, réclamez-la par un titre de reversement, comme versée au-delà de ce qui "
        "était engagé."
    )


def is_ended(annexe: AnnexeFinanciere) -> bool:
    """Closed or terminated, and nothing is being written that could follow."""
    return not annexe.versions.filter(state__in=[*CURRENT, *BEING_WRITTEN]).exists()


@transaction.atomic
def cancel_payment(*, payment: Payment, on: date, by: User) -> Payment:
    """Take back a payment entered by mistake: each transfer by its opposite.

    Raises ActRefused when it is cancelled already, and a LedgerRefusal when the money has
    moved on since.
    """
    ends = payment.transfers.values_list("source", "target")
    lock(account for both in ends for account in both)
    payment = Payment.objects.get(pk=payment.pk)
    if payment.cancelled_on:
        raise ActRefused("Ce paiement est déjà annulé : rechargez la page.")
    for transfer in payment.transfers.order_by("pk"):
        correct(
            transfer=transfer,
            on=on,
            reference=f"Annulation {payment.reference}"[:120],
            by=by,
            key=uuid5(payment.key, f"annulation/{transfer.pk}"),
        )
    payment.cancelled_on, payment.cancelled_by = on, by
    payment.save(update_fields=["cancelled_on", "cancelled_by"])
    return payment


@transaction.atomic
def release_rest(*, annexe: AnnexeFinanciere, on: date, by: User) -> Decimal:
    """Give back what an ended annexe still has committed: euros given back.

    A payment cancelled after the end leaves it there, for the right one to be recorded;
    this is the way out when none will be. Raises ActRefused.
    """
    accounts = accounts_of(annexe)
    lock(accounts)
    held = {key: amount for key, amount in committed(accounts).items() if amount}
    if not held or not is_ended(annexe):
        raise ActRefused(
            "Rien n’est à rendre : l’annexe n’a plus rien d’engagé, ou elle est encore "
            "en vigueur. Rechargez la page."
        )
    envelopes = Envelope.objects.in_bulk(list(held))
    moves = [
        movement(
            kind=TransferKind.RELEASE,
            envelope=envelopes[envelope],
            annexe=annexe,
            amount=amount,
            on=on,
            reference=f"Reste rendu, {annexe}"[:120],
        )
        for envelope, amount in sorted(held.items())
    ]
    post(transfers=moves, by=by)
    return sum(held.values(), Decimal(0))
