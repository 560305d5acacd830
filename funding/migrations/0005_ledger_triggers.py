"""The ledger’s triggers. Their text is in sql/, and is never edited once released."""

import datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


def script(name):
    """No way back: a ledger is not undone."""
    return migrations.RunSQL((SQL / name).read_text(encoding="utf-8"))


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0004_modulation_job'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("account", "account_bucket"),
        migrations.RemoveConstraint("account", "account_owner"),
        migrations.RemoveConstraint("transfer", "transfer_two_accounts"),
        migrations.RemoveConstraint("transfer", "transfer_kind"),
        migrations.RemoveConstraint("transfer", "transfer_correction_names_one"),
        migrations.AlterField(
            "link",
            "transfer",
            models.OneToOneField(
                db_constraint=False,
                on_delete=models.PROTECT,
                primary_key=True,
                related_name="link",
                serialize=False,
                to="funding.transfer",
            ),
        ),
        migrations.RemoveConstraint(
            model_name='transfer',
            name='transfer_amount_positive',
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('amount__lt', Decimal('100000000000000'))), name='transfer_amount_positive', violation_error_message='Le montant doit être supérieur à zéro.'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('on__gte', datetime.date(2000, 1, 1)), ('on__lt', datetime.date(2100, 1, 1))), name='transfer_plausible_day', violation_error_message='La date d’effet est entre 2000 et 2099.'),
        ),
        script("ledger_accounts.sql"),
        script("ledger_transfers.sql"),
        script("ledger_rules.sql"),
    ]
