"""Dates that exist and cannot be: a birth after hiring, a hiring before any IAE.

The bounds say what a typing error looks like; they are not rights anybody has.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.backends.utils import CursorWrapper
from django.utils.timezone import localdate

from funding.flux import issues
from funding.flux.merge import create

# The loi n° 91-1 of 3 January 1991 is the first that conventions insertion enterprises.
FIRST_HIRING = date(1991, 1, 1)
# Nobody works before 14, even in the holidays (art. L. 4153-3); nobody is hired at 100.
YOUNGEST, OLDEST = 14, 100
# A delivery may tell a contract signed ahead; five years on is a typing error.
YEARS_AHEAD = 5

STAMP = re.compile(r"_(\d{2})(\d{2})(\d{4})_\d{6}")
DAY = "current_setting('flux.day')::date"
AGES = (
    "BETWEEN {birth} + make_interval(years => "
    f"{YOUNGEST}) AND {{birth}} + make_interval(years => {OLDEST})"
)
HIRED = "x.contrat_date_embauche"
HIRING_REFUSALS = [
    (
        "contrat_date_embauche",
        f"{HIRED} < DATE '{FIRST_HIRING}'",
        f"Une embauche en insertion ne précède pas la loi de {FIRST_HIRING.year}.",
    ),
    (
        "contrat_date_embauche",
        f"{HIRED} > {DAY} + make_interval(years => {YEARS_AHEAD})",
        f"Cette embauche est plus de {YEARS_AHEAD} ans après la livraison.",
    ),
    (
        "contrat_date_sortie_definitive",
        f"x.contrat_date_sortie_definitive < {HIRED}",
        "La sortie précède l’embauche.",
    ),
]
# Hirings, in the delivery and in the base, of people whose birth does not go with them.
UNLIKELY = f"""
WITH hiring AS (
    SELECT contrat_id_pph AS asp_id, contrat_date_embauche AS hired_on
    FROM flux_contratmission
    UNION ALL
    SELECT l.asp_id, c.hired_on FROM parcours_localidentity l
    JOIN parcours_contract c ON c.person_id = l.person_id
)
SELECT x.line, h.asp_id, min(h.hired_on) AS hired_on
FROM flux_salarie x JOIN hiring h ON h.asp_id = x.salarie_id
WHERE NOT h.hired_on {AGES.format(birth="x.salarie_date_naissance")}
GROUP BY 1, 2
"""
# One likely hiring is enough: then the contract is wrong, not the person.
LIKELY = f"""
DELETE FROM flux_unlikely u WHERE u.line IN (
    SELECT x.line FROM flux_salarie x JOIN flux_contratmission h
        ON h.contrat_id_pph = x.salarie_id
    WHERE h.contrat_date_embauche {AGES.format(birth="x.salarie_date_naissance")}
    UNION ALL
    SELECT x.line FROM flux_salarie x
    JOIN parcours_localidentity l ON l.asp_id = x.salarie_id
    JOIN parcours_contract c ON c.person_id = l.person_id
    WHERE c.hired_on {AGES.format(birth="x.salarie_date_naissance")})
"""
AGE_AT_HIRING = (
    f"aurait moins de {YOUNGEST} ans, ou plus de {OLDEST}, à son embauche du "
)


def set_day(cursor: CursorWrapper, paths: Iterable[Path]) -> None:
    """The day of the delivery, for the checks: that of its files’ names, else today."""
    stamps = [found.groups() for path in paths if (found := STAMP.search(path.name))]
    days = [f"{year}-{month}-{number}" for number, month, year in stamps]
    today = settings.BUSINESS_DATE or localdate()
    cursor.execute(
        "SELECT set_config('flux.day', coalesce((SELECT max(day)::date::text "
        "FROM unnest(%s::text[]) day WHERE pg_input_is_valid(day, 'date')), %s), true)",
        [days, str(today)],
    )


def refuse_births(cursor: CursorWrapper) -> None:
    """Persons of the delivery born after it, or at no age to be hired when they were."""
    said = {"view": "Salarie", "column": "salarie_date_naissance"}
    issues.remove(
        cursor,
        "flux_salarie",
        **said,
        where=f"x.salarie_date_naissance > {DAY}",
        reason="Cette naissance suit le jour de la livraison.",
    )
    if not create(cursor, "flux_unlikely", UNLIKELY):
        return
    cursor.execute(LIKELY)
    issues.remove(
        cursor,
        "flux_salarie",
        **said,
        using="USING flux_unlikely u",
        where="u.line = x.line",
        reason=f"('Cette personne {AGE_AT_HIRING}' "
        "|| to_char(u.hired_on, 'DD/MM/YYYY') || '.')",
    )


def refuse_hirings(cursor: CursorWrapper, table: str) -> None:
    """Contracts at a day, or of a person of an age, that cannot be."""
    issues.refuse(cursor, table, "ContratMission", HIRING_REFUSALS)
    issues.remove(
        cursor,
        table,
        view="ContratMission",
        column="contrat_date_embauche",
        using="USING parcours_person p",
        where=f"p.id = x.person_id AND NOT {HIRED} {AGES.format(birth='p.birth_on')}",
        reason="('Né le ' || to_char(p.birth_on, 'DD/MM/YYYY') || ', ce salarié "
        f"{AGE_AT_HIRING}' || to_char({HIRED}, 'DD/MM/YYYY') || '.')",
    )
