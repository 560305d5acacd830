"""What is signed stays as it was signed: the database says so."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP TRIGGER part_kept ON funding_annexepart;
DROP TRIGGER version_never_reopened ON funding_annexeversion;
DROP TRIGGER version_never_erased ON funding_annexeversion;
DROP TRIGGER version_terms_kept ON funding_annexeversion;
DROP FUNCTION funding_part_kept();
DROP FUNCTION funding_version_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0007_lifecycle")]

    operations = [
        migrations.RunSQL((SQL / "version_kept.sql").read_text(encoding="utf-8"), UNDO)
    ]
