"""A value added by hand is kept for ever; a correction is published after it.

What a file or a signed version may have used is neither rewritten nor erased: the same
date of effect may have several values, and the last one published by a day is in force.
"""

from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION legal_value(
    wanted text, of_kind text, at_place text, on_day date, known_day date
) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT value FROM structures_legalvalue
    WHERE parameter = wanted AND kind = of_kind AND place = at_place
      AND effective_on <= on_day AND published_on <= known_day
    ORDER BY effective_on DESC{tie} LIMIT 1
$$;
"""
KEPT = """
CREATE FUNCTION structures_legal_value_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', 'Une valeur ajoutée à la main ne se modifie ni ne s’efface : '
        'ajoutez une correction, publiée après elle.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'legal_value_kept';
END $$;
CREATE TRIGGER legal_value_kept BEFORE UPDATE OR DELETE ON structures_legalvalue
FOR EACH ROW WHEN (OLD.origin = 'ADMIN')
EXECUTE FUNCTION structures_legal_value_kept();
"""
UNDO = "DROP FUNCTION structures_legal_value_kept() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("structures", "0003_lifecycle")]

    operations = [
        migrations.RemoveConstraint("legalvalue", "legal_value_once"),
        migrations.AlterModelOptions(
            name="legalvalue",
            options={
                "ordering": [
                    "parameter",
                    "kind",
                    "place",
                    "-effective_on",
                    "-published_on",
                ],
                "verbose_name": "valeur légale",
                "verbose_name_plural": "valeurs légales",
            },
        ),
        migrations.AddConstraint(
            "legalvalue",
            models.UniqueConstraint(
                fields=["parameter", "kind", "place", "effective_on", "published_on"],
                name="legal_value_once",
                violation_error_message=(
                    "Une valeur publiée ce jour-là prend déjà effet à cette date."
                ),
            ),
        ),
        migrations.RunSQL(
            FUNCTION.format(tie=", published_on DESC") + KEPT,
            FUNCTION.format(tie="") + UNDO,
        ),
    ]
