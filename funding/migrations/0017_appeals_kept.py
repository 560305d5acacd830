"""A refusal is taken back by an upheld appeal, and by nothing else."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP TRIGGER appeal_never_erased ON funding_appeal;
DROP TRIGGER appeal_kept ON funding_appeal;
DROP FUNCTION funding_appeal_kept();
DROP TRIGGER version_reopened_by_appeal ON funding_annexeversion;
DROP FUNCTION funding_reopened_by_appeal();
DROP TRIGGER version_never_reopened ON funding_annexeversion;
CREATE TRIGGER version_never_reopened BEFORE UPDATE OF state ON funding_annexeversion
FOR EACH ROW
WHEN (NEW.asp_id IS NULL AND OLD.state NOT IN ('BROUILLON', 'SAISI')
      AND NEW.state IN ('BROUILLON', 'SAISI'))
EXECUTE FUNCTION funding_version_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0016_appeals")]

    operations = [
        migrations.RunSQL((SQL / "appeals_kept.sql").read_text(encoding="utf-8"), UNDO)
    ]
