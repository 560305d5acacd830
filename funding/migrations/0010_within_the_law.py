"""A modulated share within the legal maximum (R21), an annexe within its convention.

Versions of the ASP (asp_id) are left as they come. Its real files hold one annexe number
over two periods (ACI972190115 A2: 2021, then the whole of 2022), the dates of conventions
are deduced here from a number because its file of conventions is not known, and a
convention is cut short when the next one begins: refusing would lose money really signed.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP FUNCTION funding_version_in_convention() CASCADE;
DROP FUNCTION funding_versions_in_convention() CASCADE;
DROP FUNCTION funding_version_inside(bigint, date, date);
DROP FUNCTION funding_refuse_version_outside();
DROP FUNCTION funding_modulation_within() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0009_envelope_bears"),
        ("structures", "0002_legal_value_function"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "within_the_law.sql").read_text(encoding="utf-8"), UNDO
        )
    ]
