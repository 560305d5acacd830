"""A request is kept as it was sent, a convention never opens again: the database says so."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP FUNCTION structures_convention_kept() CASCADE;
DROP FUNCTION structures_attachment_kept() CASCADE;
DROP FUNCTION structures_request_post_kept() CASCADE;
DROP FUNCTION structures_request_kept() CASCADE;
DROP FUNCTION structures_refuse_request();
"""


class Migration(migrations.Migration):
    dependencies = [("structures", "0006_request")]

    operations = [
        migrations.RunSQL((SQL / "request_kept.sql").read_text(encoding="utf-8"), UNDO)
    ]
