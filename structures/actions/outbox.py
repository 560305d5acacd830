"""Write mails with an act, send them afterwards; a server that is down loses none."""

from collections.abc import Iterable
from datetime import timedelta
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from structures.models import OutgoingMail

MOST_ATTEMPTS = 10
AT_ONCE = 200


def write_mails(*, to: Iterable[str], subject: str, body: str, key: str) -> None:
    """One mail per address, in the transaction of the caller.

    The same `key` to the same address is written once.
    """
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(to=one, subject=subject[:200], body=body, key=key)
            for one in dict.fromkeys(to)
            if one
        ],
        ignore_conflicts=True,
    )


def send_waiting() -> int:
    """Send what waits, the oldest first; returns how many left.

    Each is locked while it is sent: two senders never take the same. A mail that fails is
    tried again later and later, ten times, then stays with its error.
    """
    sent = 0
    for _ in range(AT_ONCE):
        outcome = send_one()
        if outcome is None:
            break
        sent += outcome
    return sent


@transaction.atomic
def send_one() -> bool | None:
    """Whether the next mail left; None when none waits."""
    now = timezone.now()
    waiting = OutgoingMail.objects.select_for_update(skip_locked=True)
    mail = (
        waiting.filter(sent_at=None, next_try_at__lte=now, attempts__lt=MOST_ATTEMPTS)
        .order_by("next_try_at", "pk")
        .first()
    )
    if mail is None:
        return None
    mail.attempts += 1
    try:
        message(mail).send()
    except (OSError, SMTPException, ValueError) as error:
        mail.error = str(error)
        mail.next_try_at = now + timedelta(minutes=2**mail.attempts)
    else:
        mail.sent_at, mail.error = now, ""
    mail.save()
    return mail.sent_at is not None


def message(mail: OutgoingMail) -> EmailMessage:
    """Its identity does not change from one try to the next."""
    return EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.to],
        headers={"Message-ID": f"<{mail.pk}.outbox@iae-manager>"},
    )
