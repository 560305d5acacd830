"""The database’s refusals, as sentences: what remains, what was asked, what to do."""

import json
from decimal import Decimal
from typing import Self

from django.db import IntegrityError

from funding.enums import Bucket
from funding.models import Account
from structures.rules.writing import euros

NEXT = {
    Bucket.AVAILABLE: "Diminuez le montant, ou faites d’abord abonder l’enveloppe.",
    Bucket.FROZEN: "On ne dégèle pas plus que ce qui est gelé : diminuez le montant.",
    Bucket.RESERVED: "Diminuez le montant, ou réservez d’abord le complément.",
    Bucket.COMMITTED: "Diminuez le montant, ou engagez d’abord un avenant.",
    Bucket.PAID: "On ne reprend pas plus que ce qui a été payé : diminuez le montant.",
}


class LedgerRefusal(Exception):
    """The ledger keeps as it was; `user_message` is for the person."""

    user_message = (
        "Ce mouvement n’est pas permis entre ces deux comptes. Vérifiez l’enveloppe, "
        "l’annexe et la nature du mouvement."
    )

    @classmethod
    def of(cls, error: IntegrityError) -> "LedgerRefusal | None":
        """What the database refused, or None when it is not the ledger’s business."""
        diagnostic = getattr(error.__cause__, "diag", None)
        refusal = BY_CONSTRAINT.get(getattr(diagnostic, "constraint_name", None) or "")
        if refusal is None or diagnostic is None:
            return None
        return refusal.told(diagnostic.message_detail or "", str(error))

    @classmethod
    def told(cls, detail: str, text: str) -> Self:
        return cls(text)


class InsufficientFunds(LedgerRefusal):
    """An account would pass below zero. Amounts in euros, as the database saw them."""

    def __init__(self, account: Account, *, remaining: Decimal, asked: Decimal) -> None:
        super().__init__(f"account {account.pk} holds {remaining}, {asked} asked")
        self.account, self.remaining, self.asked = account, remaining, asked
        self.user_message = (
            f"Il reste {euros(remaining)} dans {place(account)} ; ce mouvement en "
            f"demande {euros(asked)}. {NEXT[Bucket(account.bucket)]}"
        )

    @classmethod
    def told(cls, detail: str, text: str) -> Self:
        told = json.loads(detail)
        account = Account.objects.select_related("envelope", "annexe", "fdi__structure")
        return cls(
            account.get(pk=told["account"]),
            remaining=Decimal(told["remaining"]),
            asked=Decimal(told["asked"]),
        )


class CorrectionRefused(LedgerRefusal):
    user_message = (
        "Une correction reprend un mouvement en sens inverse, entre les mêmes comptes ; "
        "une correction ne se corrige pas : enregistrez de nouveau le mouvement."
    )


class CorrectionTooLarge(LedgerRefusal):
    """Corrections of one transfer may not take back more than it moved."""

    def __init__(self, text: str, *, amount: Decimal, taken: Decimal) -> None:
        super().__init__(text)
        self.user_message = (
            f"Le mouvement à corriger est de {euros(amount)} ; ses corrections en "
            f"reprendraient {euros(taken)}. Diminuez le montant."
        )

    @classmethod
    def told(cls, detail: str, text: str) -> Self:
        told = json.loads(detail)
        return cls(text, amount=Decimal(told["amount"]), taken=Decimal(told["taken"]))


class AmountRefused(LedgerRefusal):
    user_message = "Le montant doit être supérieur à zéro."


class DayRefused(LedgerRefusal):
    user_message = "La date d’effet est entre 2000 et 2099."


class YearRefused(LedgerRefusal):
    user_message = (
        "L’annexe et l’enveloppe ne sont pas de la même année. Choisissez l’enveloppe de "
        "l’année de l’annexe."
    )


class OutsideTerritory(LedgerRefusal):
    user_message = (
        "Cette enveloppe est celle d’un autre territoire. Choisissez une enveloppe du "
        "département de la structure."
    )


class OutsidePerimeter(LedgerRefusal):
    user_message = (
        "Cette enveloppe est réservée à un périmètre, dont la commune de la structure "
        "n’était pas cette année-là (R82). Choisissez la ligne ordinaire."
    )


class YearClosed(LedgerRefusal):
    user_message = (
        "L’exercice de cette enveloppe est clos : elle ne peut plus que payer ce qui est "
        "engagé, reprendre un trop-perçu ou rendre ce qui lui reste. Engagez sur "
        "l’enveloppe de l’année en cours."
    )


class KeyReused(LedgerRefusal):
    """The idempotency key already stands for another transfer."""

    user_message = (
        "Cette demande a déjà été enregistrée avec un autre contenu. Rechargez la page "
        "pour voir le mouvement enregistré."
    )


# Names of the constraints, as the triggers and the models give them.
BY_CONSTRAINT: dict[str, type[LedgerRefusal]] = {
    "ledger_insufficient": InsufficientFunds,
    "ledger_rule": LedgerRefusal,
    "ledger_two_accounts": LedgerRefusal,
    "ledger_correction": CorrectionRefused,
    "ledger_correction_rest": CorrectionTooLarge,
    "ledger_account_year": YearRefused,
    "envelope_territory_of_annexe": OutsideTerritory,
    "envelope_perimeter_of_annexe": OutsidePerimeter,
    "ledger_closed": YearClosed,
    "transfer_amount_positive": AmountRefused,
    "transfer_plausible_day": DayRefused,
}


def place(account: Account) -> str:
    """Where money is, in words: the compartment, the annexe and the envelope."""
    if account.envelope is None:
        return "les crédits hors budget"
    of_annexe = f" de l’annexe {account.annexe}" if account.annexe else ""
    if account.fdi:
        of_annexe = f" de la demande {account.fdi}"
    return (
        f"le compartiment « {account.get_bucket_display()} »{of_annexe}, enveloppe "
        f"{account.envelope}"
    )
