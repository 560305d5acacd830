"""What no single row can check: exits after hiring, hours in the right structure."""

from django.db import migrations

EXIT_AFTER_START = """
CREATE FUNCTION parcours_exit_after_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added JOIN parcours_contract c ON c.id = added.contract_id
        WHERE added.exited_on < c.hired_on
    ) THEN
        RAISE EXCEPTION 'La sortie ne peut pas précéder l’embauche.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'exit_not_before_hiring';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER exit_not_before_hiring AFTER INSERT ON parcours_exit
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION parcours_exit_after_start();
CREATE TRIGGER exit_not_before_hiring_changed AFTER UPDATE ON parcours_exit
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION parcours_exit_after_start();
"""

# A set-based check: a row-by-row one would double the time of a large COPY.
HOURS_AT_HOME = """
CREATE FUNCTION parcours_hours_at_home() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added
        JOIN parcours_contract c ON c.id = added.contract_id
        JOIN parcours_monthlystatement s ON s.id = added.statement_id
        JOIN structures_convention v ON v.id = s.convention_id
        WHERE v.structure_id <> c.structure_id
    ) THEN
        RAISE EXCEPTION 'Ce contrat n’est pas de la structure de l’état mensuel.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'hours_of_own_structure';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER hours_of_own_structure AFTER INSERT ON parcours_monthlyhours
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION parcours_hours_at_home();
CREATE TRIGGER hours_of_own_structure_changed AFTER UPDATE ON parcours_monthlyhours
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION parcours_hours_at_home();
"""

# A statement outside its convention would give hours that no annexe can pay.
MONTH_OF_CONVENTION = """
CREATE FUNCTION parcours_month_of_convention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added JOIN structures_convention v ON v.id = added.convention_id
        WHERE added.month < date_trunc('month', v.starts_on) OR added.month > v.ends_on
    ) THEN
        RAISE EXCEPTION 'Ce mois est hors de la convention.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_in_convention';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER statement_in_convention AFTER INSERT ON parcours_monthlystatement
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION parcours_month_of_convention();
CREATE TRIGGER statement_in_convention_changed AFTER UPDATE ON parcours_monthlystatement
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION parcours_month_of_convention();
"""

DROP = """
DROP FUNCTION parcours_exit_after_start CASCADE;
DROP FUNCTION parcours_hours_at_home CASCADE;
DROP FUNCTION parcours_month_of_convention CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("parcours", "0002_initial")]

    operations = [
        migrations.RunSQL(
            EXIT_AFTER_START + HOURS_AT_HOME + MONTH_OF_CONVENTION, DROP
        )
    ]
