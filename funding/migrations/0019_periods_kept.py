"""The amounts of a signed annexe are kept with its terms."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP TRIGGER period_kept ON funding_annexeperiod;
DROP FUNCTION funding_period_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0018_annexe_periods")]

    operations = [
        migrations.RunSQL((SQL / "periods_kept.sql").read_text(encoding="utf-8"), UNDO)
    ]
