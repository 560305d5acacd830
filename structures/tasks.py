"""What Celery does for everybody: the mails, and the reading of scans."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db.models import Q
from django.utils.timezone import now

from structures.actions import scans
from structures.actions.outbox import send_waiting
from structures.models import Scan


@shared_task
def send_mails() -> int:
    """Send what waits; returns how many left."""
    return send_waiting()


@shared_task
def read_scan(scan_id: int) -> None:
    scans.read_scan(scan_id=scan_id)


@shared_task
def sweep_scans() -> None:
    """Wake the scans that nobody moves: their message was lost, or their worker killed."""
    still = now() - timedelta(seconds=settings.STEP_LEASE_SECONDS)
    waiting = Scan.objects.filter(finished_at=None).filter(
        Q(moved_at__lt=still) | Q(moved_at=None, at__lt=still)
    )
    for scan_id in waiting.values_list("pk", flat=True):
        read_scan.delay(scan_id)
