"""What was issued is neither altered nor erased, by its owner either.

A PDF is compressed already: its bytes are stored as they are.
"""

from django.db import migrations

TABLES = ("document", "documenttemplate", "signedcopy", "storedfile")
FUNCTION = """
CREATE FUNCTION structures_kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', 'Ce qui a été émis ne se modifie ni ne s’efface : un autre '
        'document le remplace.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'kept_for_good';
END $$;
"""
TRIGGER = """
CREATE TRIGGER {table}_kept_for_good BEFORE UPDATE OR DELETE ON structures_{table}
FOR EACH ROW EXECUTE FUNCTION structures_kept_for_good();
"""
STORED = "ALTER TABLE structures_storedfile ALTER content SET STORAGE EXTERNAL;"


class Migration(migrations.Migration):
    dependencies = [("structures", "0008_documents")]

    operations = [
        migrations.RunSQL(
            FUNCTION + "".join(TRIGGER.format(table=one) for one in TABLES) + STORED,
            "DROP FUNCTION structures_kept_for_good() CASCADE;",
        ),
    ]
