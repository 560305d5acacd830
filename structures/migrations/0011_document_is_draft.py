"""A document knows that it is a project; those made before are read to learn it.

They are kept for good: their trigger sleeps while this column is filled, and no other is.
"""

import pypdfium2
from django.db import migrations, models

MARK = "n’est pas à signer et n’engage pas l’État"
KEPT = "ALTER TABLE structures_document {} TRIGGER document_kept_for_good"


def find_drafts(apps, schema_editor):
    Document = apps.get_model("structures", "Document")
    documents = Document.objects.using(schema_editor.connection.alias)
    found = documents.select_related("file").order_by("pk")
    drafts = [it.pk for it in found.iterator(20) if is_marked(bytes(it.file.content))]
    if drafts:
        schema_editor.execute(KEPT.format("DISABLE"))
        documents.filter(pk__in=drafts).update(is_draft=True)
        schema_editor.execute(KEPT.format("ENABLE"))


def is_marked(content):
    """Whether the first page of a PDF says that it is a project."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        return False
    try:
        text = document[0].get_textpage().get_text_range()
        return MARK in " ".join(text.split())
    finally:
        document.close()


class Migration(migrations.Migration):
    dependencies = [("structures", "0010_structure_acts")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="is_draft",
            field=models.BooleanField(default=False, verbose_name="projet"),
        ),
        migrations.RunPython(find_drafts, migrations.RunPython.noop),
    ]
