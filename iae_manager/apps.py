"""Loads Celery's application with Django, and grants rights after each migration."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate

from iae_manager import celery
from iae_manager.grants import grant_to_application

__all__ = ["IaeManagerConfig", "celery"]


class IaeManagerConfig(AppConfig):
    name = "iae_manager"
    verbose_name = "IAE Manager"

    def ready(self):
        # The last app with tables: every table exists by then.
        last = apps.get_app_config("funding")
        post_migrate.connect(grant_after_migrate, sender=last)


def grant_after_migrate(*, using, **kwargs):
    grant_to_application(using=using)
