"""The checks across tables look each row up, instead of joining whole tables.

As a join, they depend on what the planner believes. “Another structure” looks like nearly
every row, and a table filled in the same transaction may pass for empty: a right COPY of
250,000 hours had not ended after ten minutes. Look-ups by primary key cost the same
whatever it believes.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM added WHERE {fault}) > 0 THEN
        RAISE EXCEPTION '{message}'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
    END IF;
    RETURN NULL;
END $$;
"""
CHECKS = [
    {
        "name": "parcours_exit_after_start",
        "fault": "added.exited_on < (SELECT c.hired_on FROM parcours_contract c "
        "WHERE c.id = added.contract_id)",
        "message": "La sortie ne peut pas précéder l’embauche.",
        "constraint": "exit_not_before_hiring",
    },
    {
        "name": "parcours_hours_at_home",
        "fault": "(SELECT c.structure_id FROM parcours_contract c "
        "WHERE c.id = added.contract_id) <> "
        "(SELECT (SELECT v.structure_id FROM structures_convention v "
        "WHERE v.id = s.convention_id) FROM parcours_monthlystatement s "
        "WHERE s.id = added.statement_id)",
        "message": "Ce contrat n’est pas de la structure de l’état mensuel.",
        "constraint": "hours_of_own_structure",
    },
    {
        "name": "parcours_month_of_convention",
        "fault": "NOT (SELECT added.month BETWEEN date_trunc('month', v.starts_on) "
        "AND v.ends_on FROM structures_convention v WHERE v.id = added.convention_id)",
        "message": "Ce mois est hors de la convention.",
        "constraint": "statement_in_convention",
    },
]


class Migration(migrations.Migration):
    dependencies = [("parcours", "0003_across_tables")]

    operations = [
        migrations.RunSQL(
            "".join(FUNCTION.format(**check) for check in CHECKS),
            migrations.RunSQL.noop,
        )
    ]
