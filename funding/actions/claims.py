"""Titres de reversement: issued with their letter, then recovered or cancelled (R86)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from funding.actions.ledger import lock, movement, post
from funding.actions.payments import accounts_of
from funding.actions.refusals import ActRefused
from funding.enums import Bucket, ClaimReason, TransferKind
from funding.figures.overpaid import Overpaid, overpaid_of
from funding.models import Account, AnnexeFinanciere, Claim, Envelope
from funding.rules.claims import Facts, letter
from funding.rules.payments import shared
from structures.enums import StructureKind
from structures.models import User
from structures.rules.writing import day, euros

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a titre asks, in euros, and why. `beyond` never was in the ledger."""

    amount: Decimal
    reason: ClaimReason
    detail: str = ""
    beyond: Decimal = ZERO


@transaction.atomic
def issue_claim(
    *, annexe: AnnexeFinanciere, wanted: Wanted, on: date, by: User, key: UUID
) -> Claim:
    """Claim back what was paid above what is due, with its letter; no money moves.

    Once for a key. Raises ActRefused as `drafted`, and when a claim is under way.
    """
    known = Claim.objects.filter(key=key).first()
    if known:
        return known
    claim = drafted(annexe=annexe, wanted=wanted, on=on)
    claim.key, claim.by = key, by
    try:
        with transaction.atomic():
            claim.save()
    except IntegrityError as error:
        raise ActRefused(
            "Un titre de reversement est déjà en cours pour cette annexe : attendez qu’il "
            "soit reversé, ou annulez-le."
        ) from error
    return claim


def drafted(*, annexe: AnnexeFinanciere, wanted: Wanted, on: date) -> Claim:
    """A titre as it would be, its letter written, not saved.

    Raises ActRefused when more is claimed than was paid, or hours not computed are the
    reason.
    """
    stands = overpaid_of(annexe)
    if stands.due is None and wanted.reason == ClaimReason.UNDERUSE:
        raise ActRefused(
            "Les heures de cette annexe ne sont pas calculées : la lettre ne peut pas dire "
            "ce qu’elles valent. Lancez d’abord la campagne de l’année, ou choisissez un "
            "autre motif.",
            field="reason",
        )
    check_amount(stands, wanted.amount, wanted.beyond)
    claim = Claim(
        annexe=annexe,
        paid=stands.paid + wanted.beyond,
        due=stands.due,
        amount=wanted.amount,
        beyond=wanted.beyond,
        reason=wanted.reason,
        detail=wanted.detail.strip(),
        issued_on=on,
    )
    claim.letter = letter(facts_of(claim))
    return claim


def check_amount(stands: Overpaid, amount: Decimal, beyond: Decimal) -> None:
    if beyond > amount:
        raise ActRefused(
            "Ce qui dépasse l’engagement fait partie du montant réclamé : augmentez le "
            "montant, ou diminuez le dépassement."
        )
    if amount - beyond > stands.paid:
        raise ActRefused(
            f"{euros(stands.paid)} ont été payés pour cette annexe ; ce titre en réclame "
            f"{euros(amount - beyond)}. Diminuez le montant."
        )


def facts_of(claim: Claim) -> Facts:
    structure = claim.annexe.convention.structure
    return Facts(
        structure=structure.name,
        kind=StructureKind(structure.kind),
        annexe=str(claim.annexe),
        year=claim.annexe.year,
        paid=claim.paid,
        due=claim.due,
        amount=claim.amount,
        reason=ClaimReason(claim.reason).label,
        detail=claim.detail,
        issued_on=claim.issued_on,
    )


@transaction.atomic
def recover_claim(*, claim: Claim, on: date, by: User) -> Claim:
    """The money came back: it leaves *paid* for what its envelopes have available.

    Raises ActRefused when the claim is over or later than that, and a LedgerRefusal.
    """
    claim = held(claim)
    if on < claim.issued_on:
        raise ActRefused(
            f"Le titre est du {day(claim.issued_on)} : le reversement ne le précède pas, "
            "corrigez la date.",
            field="on",
        )
    accounts = accounts_of(claim.annexe, is_modulated=False)
    lock([*accounts, *available_of(accounts)])
    paid = Account.objects.filter(pk__in=accounts, bucket=Bucket.PAID)
    of_envelope = dict(paid.values_list("envelope", "balance"))
    moved = min(claim.amount - claim.beyond, sum(of_envelope.values(), ZERO))
    parts = shared(moved, of_envelope)
    envelopes = Envelope.objects.in_bulk(list(parts))
    moves = [
        movement(
            kind=TransferKind.CLAWBACK,
            envelope=envelopes[envelope],
            annexe=claim.annexe,
            amount=part,
            on=on,
            reference=f"Reversement, titre n° {claim.pk}",
            key=uuid5(claim.key, str(envelope)),
        )
        for envelope, part in sorted(parts.items())
    ]
    post(transfers=moves, by=by)
    claim.recovered_on, claim.recovered_by = on, by
    claim.save(update_fields=["recovered_on", "recovered_by"])
    return claim


@transaction.atomic
def cancel_claim(*, claim: Claim, on: date, reason: str, by: User) -> Claim:
    """Give up a claim, and say why. Raises ActRefused when it is over."""
    claim = held(claim)
    if not reason.strip():
        raise ActRefused("Annuler un titre demande un motif : écrivez-le.")
    claim.cancelled_on, claim.cancelled_by = on, by
    claim.cancel_reason = reason.strip()
    claim.save(update_fields=["cancelled_on", "cancelled_by", "cancel_reason"])
    return claim


def held(claim: Claim) -> Claim:
    """The claim, locked, still open. Raises ActRefused."""
    locked = Claim.objects.select_for_update(of=("self",)).select_related("annexe")
    claim = locked.get(pk=claim.pk)
    if not claim.is_open:
        end = "reversé" if claim.recovered_on else "annulé"
        raise ActRefused(f"Ce titre est déjà {end} : rechargez la page.")
    return claim


def available_of(accounts: list[int]) -> list[int]:
    """The available accounts of the envelopes these are on."""
    envelopes = Account.objects.filter(pk__in=accounts).values("envelope")
    found = Account.objects.filter(envelope__in=envelopes, bucket=Bucket.AVAILABLE)
    return list(found.values_list("pk", flat=True))
