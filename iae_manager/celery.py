"""Celery's entrance: `celery -A iae_manager worker`."""

import os
import sys
from pathlib import Path

from celery import Celery

from iae_manager.entry import prepare

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
if "celery" in Path(sys.argv[0]).parts[-2:]:  # bin/celery, or celery/__main__.py
    prepare("celery")
app = Celery("iae_manager")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
