"""A refused convention is taken back by an upheld appeal, and by nothing else."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP TRIGGER convention_reopened_by_appeal ON structures_convention;
DROP FUNCTION funding_convention_reopened();
DROP TRIGGER convention_never_reopened ON structures_convention;
CREATE TRIGGER convention_never_reopened BEFORE UPDATE OF state ON structures_convention
FOR EACH ROW
WHEN (OLD.state NOT IN ('DRAFT', 'INSTRUCTION', 'CORRECTION', 'OPINION', 'READY')
      AND NEW.state IN ('DRAFT', 'INSTRUCTION', 'CORRECTION', 'OPINION', 'READY'))
EXECUTE FUNCTION structures_convention_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0019_periods_kept")]

    operations = [
        migrations.RunSQL(
            (SQL / "convention_reopened.sql").read_text(encoding="utf-8"), UNDO
        )
    ]
