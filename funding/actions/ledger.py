"""Money moves here, and nowhere else: the database refuses what these would not do."""

from django.db import connection, transaction

from funding.enums import Bucket
from funding.models import Account, AnnexeFinanciere, Envelope

OF_ENVELOPE = (Bucket.AVAILABLE, Bucket.FROZEN)
OF_ANNEXE = (Bucket.RESERVED, Bucket.COMMITTED, Bucket.PAID)


@transaction.atomic
def open_accounts(
    *, envelope: Envelope, annexe: AnnexeFinanciere | None = None
) -> dict[Bucket, Account]:
    """The accounts of an envelope, or of an annexe on an envelope, opened if need be.

    By bucket, empty when new. Running it twice changes nothing.
    """
    buckets = OF_ANNEXE if annexe else OF_ENVELOPE
    with connection.cursor() as cursor:
        # The application may name these three columns only: balances start at zero.
        cursor.executemany(
            "INSERT INTO funding_account (envelope_id, annexe_id, bucket)"
            " VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [(envelope.pk, annexe and annexe.pk, bucket) for bucket in buckets],
        )
    accounts = Account.objects.filter(
        envelope=envelope, annexe=annexe, bucket__in=buckets
    )
    return {Bucket(account.bucket): account for account in accounts}
