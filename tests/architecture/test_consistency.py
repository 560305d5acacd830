"""Nothing forgotten: every model has its factory, every table its rights."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

APPS = ["structures", "parcours", "funding"]
MODELS = [
    model
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    if not model._meta.auto_created
]
# Filled by the migrations or by the ledger's triggers, never by a person.
WITHOUT_FACTORY = {"Transfer", "Link", "TransferRule", "LegalValue"}


def factories():
    for app in APPS:
        module = importlib.import_module(f"tests.{app}.factories")
        for name, found in vars(module).items():
            if name.endswith("Factory"):
                yield found._meta.model.__name__


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_model_has_a_factory(model):
    assert model.__name__ in WITHOUT_FACTORY | set(factories())


@pytest.mark.django_db
def test_the_application_owns_nothing_and_bypasses_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolinherit, "
            "(SELECT count(*) FROM pg_class WHERE relowner = r.oid) "
            "FROM pg_roles r WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, 0)


@pytest.mark.django_db
def test_the_application_may_truncate_nothing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(oid, 'TRUNCATE')"
        )
        assert cursor.fetchall() == []
