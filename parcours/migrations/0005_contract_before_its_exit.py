"""A contract is not moved after its own exit: the other side of `exit_not_before_hiring`.

An exit ends a contract, so that it comes after the start of that contract; it used to be
compared with the hiring, which a renewal shares with the contracts before it.
"""

from django.db import migrations

EXIT = """
CREATE OR REPLACE FUNCTION parcours_exit_after_start() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM added WHERE added.exited_on < (
            SELECT c.{start} FROM parcours_contract c WHERE c.id = added.contract_id)) > 0
    THEN
        RAISE EXCEPTION 'La sortie ne peut pas précéder {what}.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'exit_not_before_hiring';
    END IF;
    RETURN NULL;
END $$;
"""
CONTRACT = """
CREATE FUNCTION parcours_contract_before_exit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM parcours_exit e
        WHERE e.contract_id = NEW.id AND e.exited_on < NEW.starts_on
    ) THEN
        RAISE EXCEPTION '%', 'Le début du contrat ne peut pas suivre sa sortie : '
            'corrigez d’abord la date de sortie.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'contract_before_its_exit';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER contract_before_its_exit AFTER UPDATE ON parcours_contract
FOR EACH ROW WHEN (OLD.starts_on <> NEW.starts_on OR OLD.id <> NEW.id)
EXECUTE FUNCTION parcours_contract_before_exit();
"""
UNDO = "DROP FUNCTION parcours_contract_before_exit() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("parcours", "0004_checks_read_in_full")]

    operations = [
        migrations.RunSQL(
            EXIT.format(start="starts_on", what="le début du contrat") + CONTRACT,
            EXIT.format(start="hired_on", what="l’embauche") + UNDO,
        )
    ]
