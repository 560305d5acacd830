"""Loads Celery's application with Django; after each migration, rights and references."""

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
        post_migrate.connect(complete, sender=apps.get_app_config("funding"))


def complete(*, using, plan=(), **kwargs):
    """Rights of the application, values of the law and motives of exit, each time.

    Imported late: models are not loaded yet when this module is.
    """
    from parcours.actions import exit_motives  # noqa: PLC0415 (models first)
    from structures.actions import legal_values  # noqa: PLC0415 (models first)

    grant_to_application(using=using)
    legal_values.sync(using=using)
    exit_motives.add_missing(using=using)
