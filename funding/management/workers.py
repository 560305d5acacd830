"""A Celery worker for a command: those that answer, else one of its own."""

import subprocess
import sys
from contextlib import contextmanager

from celery import current_app


@contextmanager
def a_worker():
    """Celery carries the work: with the workers that answer, else with one of our own."""
    if current_app.control.ping(timeout=1.0):
        yield
        return
    command = [sys.executable, "-m", "celery", "-A", "iae_manager", "--quiet"]
    worker = subprocess.Popen(
        [*command, "worker", "--loglevel", "ERROR", "--concurrency", "2"],
        stdout=sys.stderr,
        stderr=sys.stderr,
    )
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(timeout=30)
