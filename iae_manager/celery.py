"""Celery's entrance: `celery -A iae_manager worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iae_manager.settings")
app = Celery("iae_manager")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
