"""legal_value(): the value in force on a day, as known on another, for SQL."""

from django.db import migrations

CREATE = """
CREATE FUNCTION legal_value(
    wanted text, of_kind text, at_place text, on_day date, known_day date
) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT value FROM structures_legalvalue
    WHERE parameter = wanted AND kind = of_kind AND place = at_place
      AND effective_on <= on_day AND published_on <= known_day
    ORDER BY effective_on DESC LIMIT 1
$$
"""


class Migration(migrations.Migration):
    dependencies = [("structures", "0001_initial")]

    operations = [
        migrations.RunSQL(
            CREATE, "DROP FUNCTION legal_value(text, text, text, date, date)"
        )
    ]
