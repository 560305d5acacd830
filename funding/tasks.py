"""Celery carries the steps; PostgreSQL says who holds which."""

import logging
import os
import socket
import threading
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from celery import shared_task
from django.conf import settings
from django.db import Error, OperationalError, connection
from django.db.models import Q
from django.utils.timezone import now

from funding.actions import campaigns, print_runs
from funding.models import PrintRun

logger = logging.getLogger(__name__)

# How many tasks one finished step may wake: more would find nothing to claim.
WIDTH = 8
# As many as a small machine has cores: one more would only wait.
PRINTERS = 2
RETRIED = (OperationalError, campaigns.LeaseLost)


@shared_task
def work(campaign_id: int) -> None:
    """Take one step of a campaign, run it, and leave word that more may be taken."""
    worker = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
    step = campaigns.claim_step(campaign_id=campaign_id, worker=worker)
    if step is None:
        return
    run(step)
    work.delay(campaign_id)


def run(step) -> None:
    """A step that cannot be computed says so; the others go on."""
    try:
        with lease_kept(step):
            campaigns.run_step(step=step)
    except RETRIED:
        # Its lease runs out and the sweep gives it back.
        logger.warning("step %s interrupted", step.pk, exc_info=True)
    except Error as error:
        logger.exception("step %s failed", step.pk)
        campaigns.fail_step(step=step, error=explain(error))


def explain(error: Error) -> str:
    """What the page shows: the database's sentence, without the data it quotes."""
    first = str(error).strip().splitlines()[0]
    return (
        f"Le calcul s’est arrêté : {first}. Rien n’a été modifié pour ce département. "
        "Corrigez la donnée en cause, puis relancez la campagne."
    )


@contextmanager
def lease_kept(step):
    """Renew the lease from a thread of its own while the step runs."""
    done = threading.Event()

    def renew():
        try:
            while not done.wait(settings.STEP_LEASE_SECONDS / 3):
                campaigns.renew_lease(step=step)
        finally:
            connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def wake(campaign_id: int, tasks: int = WIDTH) -> None:
    """Put as many tasks in the queue as may usefully run at once."""
    for _ in range(tasks):
        work.delay(campaign_id)


@shared_task
def sweep() -> None:
    """Give expired leases back and wake the campaigns that still have steps waiting."""
    for campaign_id in campaigns.give_back_expired():
        wake(campaign_id)


@shared_task
def print_documents(run_id: int) -> None:
    """Print what waits in a run, until nothing does."""
    run = print_runs.open_run(run_id=run_id)
    while print_runs.print_next(run=run):
        pass


def wake_printers(run_id: int, tasks: int = PRINTERS) -> None:
    for _ in range(tasks):
        print_documents.delay(run_id)


@shared_task
def sweep_prints() -> None:
    """Wake the runs that nobody moves: their message was lost, or their worker killed."""
    still = now() - timedelta(seconds=settings.STEP_LEASE_SECONDS)
    waiting = PrintRun.objects.filter(finished_at=None).filter(
        Q(moved_at__lt=still) | Q(moved_at=None, at__lt=still)
    )
    for run_id in waiting.values_list("pk", flat=True):
        wake_printers(run_id, tasks=1)
