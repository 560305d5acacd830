"""Documents made before the column are read: a project is one that says so."""

from importlib import import_module

from django.apps import apps
from django.db import connections

from funding.printing.parties import DRAFT_MARK
from structures.models import Document
from tests.structures.documents.test_issue import issued
from tests.structures.factories import DepartementFactory

migration = import_module("structures.migrations.0011_document_is_draft")


def test_only_what_says_it_is_a_project_becomes_one(committed_db):
    place = DepartementFactory()
    project, letter = issued(place, marks=(DRAFT_MARK,)), issued(place)
    with committed_db("owner") as owner:
        owner.execute(migration.KEPT.format("DISABLE"))
        owner.execute("UPDATE structures_document SET is_draft = false")
        owner.execute(migration.KEPT.format("ENABLE"))

    with connections["owner"].schema_editor() as editor:
        migration.find_drafts(apps, editor)

    found = dict(Document.objects.values_list("pk", "is_draft"))
    assert found == {project.pk: True, letter.pk: False}
