"""The ledger with a second kind of holder, and exercises that close. Never edited once released."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0013_the_money_of_a_year"),
        ("structures", "0004_legal_value_corrected"),
    ]

    # No way back: a ledger is not undone.
    operations = [
        migrations.RunSQL((SQL / "ledger_holders.sql").read_text(encoding="utf-8"))
    ]
