"""What the application's role may do. Set again after every migration, by the owner."""

from django.conf import settings
from django.db import connections

# The ledger only grows, and so do the history of a file and what was issued: the
# application may add, nothing else. Balances and links are written by the triggers, with
# the owner's rights.
APPEND_ONLY = (
    *("funding_transfer", "funding_statuschange", "funding_payment_transfers"),
    *("funding_termchange", "parcours_statementevent"),
    *("parcours_exitchange", "parcours_exitfollowup"),
    *("structures_requestchange", "structures_attachmentcontent"),
    *("funding_notification", "funding_fongibilite", "funding_closing"),
    *("funding_fdievent", "funding_documentlink", "structures_document"),
    *("structures_documenttemplate", "structures_storedfile"),
    "structures_signedcopy",
    *("structures_structureact", "parcours_personevent"),
    "parcours_contractdecision",
    *("parcours_interviewrevision", "parcours_privatenote"),
    *("parcours_freinevent", "parcours_accesslog"),
)
READ_ONLY = ("funding_link", "funding_transferrule", "django_migrations")
INSERT_COLUMNS = {"funding_account": "envelope_id, annexe_id, fdi_id, bucket"}
# A payment, a claim, a referent keep what they said; only their end is written later.
UPDATE_COLUMNS = {
    "funding_payment": "cancelled_on, cancelled_by_id",
    "funding_claim": (
        "recovered_on, recovered_by_id, cancelled_on, cancelled_by_id, cancel_reason"
    ),
    "parcours_referent": "until",
}


def grant_to_application(*, using: str) -> None:
    """Rights on every table of the schema; a no-op without a role of its own."""
    role = settings.DATABASES["default"]["USER"]
    if using != "owner" or role == settings.DATABASES["owner"]["USER"]:
        return
    with connections[using].cursor() as cursor:
        cursor.execute("BEGIN; " + "; ".join(statements(role)) + "; COMMIT")


def statements(role: str) -> list[str]:
    to, off = f'TO "{role}"', f'FROM "{role}"'
    return [
        f"GRANT USAGE ON SCHEMA public {to}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public {to}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public {to}",
        *(f"REVOKE UPDATE, DELETE ON {table} {off}" for table in APPEND_ONLY),
        *(f"REVOKE INSERT, UPDATE, DELETE ON {table} {off}" for table in READ_ONLY),
        *(
            f"REVOKE INSERT, UPDATE, DELETE ON {table} {off}; "
            f"GRANT INSERT ({columns}) ON {table} {to}"
            for table, columns in INSERT_COLUMNS.items()
        ),
        *(
            f"REVOKE UPDATE, DELETE ON {table} {off}; "
            f"GRANT UPDATE ({columns}) ON {table} {to}"
            for table, columns in UPDATE_COLUMNS.items()
        ),
    ]
