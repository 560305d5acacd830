"""A FDI request is borne by the envelope of the year it is decided in."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
UNDO = """
DROP TRIGGER fdi_borne ON funding_fdirequest;
CREATE TRIGGER fdi_borne BEFORE INSERT OR UPDATE OF kind, agreed, decided_on
    ON funding_fdirequest FOR EACH ROW EXECUTE FUNCTION funding_fdi_borne();
DROP TRIGGER fdi_kept ON funding_fdirequest;
CREATE TRIGGER fdi_kept BEFORE UPDATE ON funding_fdirequest
    FOR EACH ROW WHEN ((OLD.structure_id, OLD.envelope_id)
        IS DISTINCT FROM (NEW.structure_id, NEW.envelope_id))
    EXECUTE FUNCTION funding_ledger_refuse(
        'Une demande FDI garde sa structure et son enveloppe.');
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0021_is_written")]

    operations = [
        migrations.RunSQL(
            (SQL / "fdi_of_its_decision.sql").read_text(encoding="utf-8"), UNDO
        )
    ]
