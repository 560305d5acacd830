import os
import random

import pytest
from celery import current_app

from tests.funding.celery_worker import Worker


@pytest.fixture
def queue():
    """A queue of this test's own; workers of the desk do not see it."""
    before = current_app.conf.task_default_queue
    name = f"test-{os.getpid()}-{random.getrandbits(32):x}"
    current_app.conf.task_default_queue = name
    yield name
    current_app.conf.task_default_queue = before


@pytest.fixture
def worker(queue, tmp_path):
    worker = Worker(queue, tmp_path)
    yield worker
    worker.stop()
