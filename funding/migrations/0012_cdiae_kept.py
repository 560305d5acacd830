"""Closed minutes and given opinions are kept: the database says so."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP FUNCTION funding_agenda_kept() CASCADE;
DROP FUNCTION funding_cdiae_kept() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0011_cdiae")]

    operations = [
        migrations.RunSQL((SQL / "cdiae_kept.sql").read_text(encoding="utf-8"), UNDO)
    ]
