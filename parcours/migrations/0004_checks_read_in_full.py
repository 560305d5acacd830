"""The checks across tables count their faults instead of looking for a first one.

EXISTS makes the planner expect a fault at once, since “another structure” looks like
nearly every row: it then compares row by row, and a right COPY of 250,000 hours had not
ended after ten minutes. A count is planned for reading everything, in a second.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {test} THEN
        RAISE EXCEPTION '{message}'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{constraint}';
    END IF;
    RETURN NULL;
END $$;
"""
COUNTED = "(SELECT count(*) FROM {rows}) > 0"
SOUGHT = "EXISTS (SELECT FROM {rows})"
CHECKS = [
    {
        "name": "parcours_exit_after_start",
        "rows": "added JOIN parcours_contract c ON c.id = added.contract_id "
        "WHERE added.exited_on < c.hired_on",
        "message": "La sortie ne peut pas précéder l’embauche.",
        "constraint": "exit_not_before_hiring",
    },
    {
        "name": "parcours_hours_at_home",
        "rows": "added JOIN parcours_contract c ON c.id = added.contract_id "
        "JOIN parcours_monthlystatement s ON s.id = added.statement_id "
        "JOIN structures_convention v ON v.id = s.convention_id "
        "WHERE v.structure_id <> c.structure_id",
        "message": "Ce contrat n’est pas de la structure de l’état mensuel.",
        "constraint": "hours_of_own_structure",
    },
    {
        "name": "parcours_month_of_convention",
        "rows": "added JOIN structures_convention v ON v.id = added.convention_id "
        "WHERE added.month < date_trunc('month', v.starts_on) "
        "OR added.month > v.ends_on",
        "message": "Ce mois est hors de la convention.",
        "constraint": "statement_in_convention",
    },
]


def functions(test):
    return "".join(
        FUNCTION.format(test=test.format(rows=check["rows"]), **check)
        for check in CHECKS
    )


class Migration(migrations.Migration):
    dependencies = [("parcours", "0003_across_tables")]

    operations = [migrations.RunSQL(functions(COUNTED), functions(SOUGHT))]
