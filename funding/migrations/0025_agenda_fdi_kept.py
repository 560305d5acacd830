"""A given opinion on a FDI request is kept as that on a convention."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "agenda_fdi_kept.sql").read_text(
    encoding="utf-8"
)
UNDO = SQL.replace("OLD.fdi_id, ", "").replace("NEW.fdi_id, ", "")


class Migration(migrations.Migration):
    dependencies = [("funding", "0024_fdi_on_the_agenda")]

    operations = [migrations.RunSQL(SQL, UNDO)]
