"""Celery carries the steps; PostgreSQL says who holds which."""

import logging
import os
import socket
import threading
from contextlib import contextmanager
from uuid import uuid4

from celery import shared_task
from django.conf import settings
from django.db import Error, OperationalError, connection

from funding.actions import campaigns

logger = logging.getLogger(__name__)

# How many tasks one finished step may wake: more would find nothing to claim.
WIDTH = 8
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
