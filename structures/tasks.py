"""What Celery does for everybody: the mails."""

from celery import shared_task

from structures.actions.outbox import send_waiting


@shared_task
def send_mails() -> int:
    """Send what waits; returns how many left."""
    return send_waiting()
