"""An envelope bears only the annexes of its territory and of its perimeter (R82).

What was decided stays when the world moves on: a structure that moves house, or a commune
that leaves a perimeter, undoes nothing. The import of the ASP writes neither parts nor
accounts, so that nothing it brings is refused here.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP FUNCTION funding_bearing_kept() CASCADE;
DROP FUNCTION funding_part_borne() CASCADE;
DROP FUNCTION funding_account_borne() CASCADE;
DROP FUNCTION funding_refuse_bearing(text);
DROP FUNCTION funding_cannot_bear(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0008_version_kept"),
        ("structures", "0003_lifecycle"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "envelope_bears.sql").read_text(encoding="utf-8"), UNDO
        )
    ]
