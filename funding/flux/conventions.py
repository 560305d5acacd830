"""The conventions that the annexes name, since the ASP’s file of conventions is unknown.

`054 010118 ACI 00019` begins on 01/01/2018; the older `EI 017 21 0016` says a year only.
A convention runs for its legal term, cut short the day before the next one; an annexe
that begins after its term (a real A2 carries 2021 and 2022) opens another term.
"""

from typing import Any

from django.db.backends.utils import CursorWrapper

from funding.enums import VersionState
from funding.flux import issues
from funding.flux.legal import legal_number
from funding.flux.merge import Counts, create, merge
from structures.enums import Status

VIEW = "AnnexeFinanciere"
TARGET = "structures_convention"
COMPARED = ["number", "state", "starts_on", "ends_on", "signed_on"]
NEW_FORM = "^[0-9]{2}[0-9A-Z]([0-9]{2})([0-9]{2})([0-9]{2})[A-Z]+[0-9]{5}$"
OLD_FORM = "^[A-Z]+[0-9]{2}[0-9A-Z]([0-9]{2})[0-9]{4}$"
NUMBER_DAY = f"""
CASE WHEN compact ~ '{NEW_FORM}' THEN
    CASE WHEN pg_input_is_valid(
        regexp_replace(compact, '{NEW_FORM}', '20\\3-\\2-\\1'), 'date')
    THEN regexp_replace(compact, '{NEW_FORM}', '20\\3-\\2-\\1')::date END
WHEN compact ~ '{OLD_FORM}'
    THEN make_date(2000 + regexp_replace(compact, '{OLD_FORM}', '\\1')::int, 1, 1)
END
"""

# The convention an annexe already has, else the one of the base that bears its number
# and covers its start, else a term to open: `term` is the day it begins.
ATTACH = """
UPDATE flux_annexe a SET convention_id = coalesce(
    (SELECT f.convention_id FROM funding_annexefinanciere f
     JOIN structures_convention c ON c.id = f.convention_id
     WHERE f.asp_id = a.asp_id AND c.structure_id = a.structure_id
        AND c.measure = a.measure),
    (SELECT c.id FROM structures_convention c
     WHERE c.structure_id = a.structure_id AND c.measure = a.measure
        AND replace(c.number, ' ', '') IN (a.compact, '')
        AND a.starts_on BETWEEN c.starts_on AND c.ends_on
     ORDER BY c.number DESC LIMIT 1))
"""
TERMS = f"""
WITH convention AS (
    SELECT structure_id, measure, compact,
           least(min({NUMBER_DAY}), min(starts_on)) AS starts_on
    FROM flux_annexe WHERE convention_id IS NULL GROUP BY 1, 2, 3
)
UPDATE flux_annexe a SET term = c.starts_on + make_interval(years => %(years)s
    * (extract(year FROM age(a.starts_on, c.starts_on))::int / %(years)s))
FROM convention c
WHERE a.convention_id IS NULL AND c.structure_id = a.structure_id
    AND c.measure = a.measure AND c.compact = a.compact
"""
# Two conventions that begin the same day: the base’s one stays, else the lowest number.
SAME_DAY = """
x.line IN (
    SELECT a.line FROM flux_annexe a JOIN flux_annexe o
    ON o.structure_id = a.structure_id AND o.measure = a.measure AND o.term = a.term
        AND o.compact < a.compact
    UNION ALL
    SELECT a.line FROM flux_annexe a JOIN structures_convention c
    ON c.structure_id = a.structure_id AND c.measure = a.measure
        AND c.starts_on = a.term AND c.state <> 'TERMINATED'
)
"""
# Ours and those of the base for the same structure and measure, each cut at the next.
CONVENTIONS = f"""
WITH signature AS (
    SELECT a.structure_id, a.measure, a.term, a.convention_id, max(a.number) AS number,
        min(coalesce(v.af_date_signature, v.af_date_etat_valide,
            v.af_date_etat_provisoire, v.af_date_debut_effet))
        FILTER (WHERE v.af_etat_annexe_financiere_code IN (
            '{VersionState.VALIDE}', '{VersionState.PROVISOIRE}',
            '{VersionState.HISTORISE}', '{VersionState.CLOTURE}')) AS signed_on
    FROM flux_annexe a JOIN flux_version v ON v.af_id_annexe_financiere = a.asp_id
    GROUP BY 1, 2, 3, 4
), every AS (
    SELECT nextval('structures_convention_id_seq') AS id, structure_id, measure, number,
        term AS starts_on,
        (term + make_interval(years => %(years)s) - interval '1 day')::date AS ends_on,
        CASE WHEN signed_on IS NULL THEN '{Status.DRAFT}'
            ELSE '{Status.SIGNED}' END AS state,
        signed_on, true AS is_new, true AS is_named
    FROM signature WHERE convention_id IS NULL
    UNION ALL
    SELECT c.id, c.structure_id, c.measure,
        coalesce(nullif(c.number, ''), s.number, ''), c.starts_on, c.ends_on,
        CASE WHEN c.state = '{Status.DRAFT}' AND s.signed_on IS NOT NULL
            THEN '{Status.SIGNED}' ELSE c.state END,
        coalesce(c.signed_on, s.signed_on), false, s.convention_id IS NOT NULL
    FROM structures_convention c LEFT JOIN signature s ON s.convention_id = c.id
    WHERE c.state <> '{Status.TERMINATED}' AND EXISTS (
        SELECT FROM flux_annexe a
        WHERE a.structure_id = c.structure_id AND a.measure = c.measure)
), cut AS (
    SELECT *, lead(starts_on) OVER (PARTITION BY structure_id, measure
        ORDER BY starts_on) - 1 AS last_day FROM every
)
SELECT id, structure_id, measure, number, state, starts_on,
    least(ends_on, last_day) AS ends_on, signed_on, is_new,
    is_named OR last_day < ends_on AS is_touched
FROM cut
"""
GIVE = """
UPDATE flux_annexe a SET convention_id = c.id FROM flux_convention c
WHERE a.convention_id IS NULL AND c.is_new AND c.structure_id = a.structure_id
    AND c.measure = a.measure AND c.starts_on = a.term
"""
# Until when a convention has an annexe in force, for the apps that know no money (R8).
ACTIVE = f"""
WITH last AS (
    SELECT c.id, max(v.ends_on) AS active_until
    FROM flux_convention c
    LEFT JOIN funding_annexefinanciere a ON a.convention_id = c.id
    LEFT JOIN funding_annexeversion v ON v.annexe_id = a.id
        AND v.state IN ('{VersionState.VALIDE}', '{VersionState.PROVISOIRE}')
    WHERE c.is_touched GROUP BY c.id
)
UPDATE structures_convention c SET active_until = last.active_until FROM last
WHERE last.id = c.id AND c.active_until IS DISTINCT FROM last.active_until
"""


def import_conventions(cursor: CursorWrapper) -> Counts:
    """Give each row of flux_annexe its convention, or refuse its lines."""
    years = {"years": legal_number(cursor, "convention_duree_maximale")}
    cursor.execute(ATTACH)
    cursor.execute(TERMS, years)
    refuse_same_day(cursor)
    create(cursor, "flux_convention", CONVENTIONS % years)
    cursor.execute(GIVE)
    plan: dict[str, Any] = {"key": "id", "compared": COMPARED}
    only_new = {"structure_id": "s.structure_id", "measure": "s.measure"}
    # Those cut short first: the new ones take their place.
    counts = merge(
        cursor,
        "flux_convention",
        TARGET,
        **plan,
        only_new=only_new,
        only="s.is_touched AND NOT s.is_new",
    )
    return counts + merge(
        cursor, "flux_convention", TARGET, **plan, only_new=only_new, only="s.is_new"
    )


def refuse_same_day(cursor: CursorWrapper) -> None:
    """Also takes out every version of the annexes refused."""
    issues.remove(
        cursor,
        "flux_version",
        view=VIEW,
        column="af_numero_convention",
        value="x.number",
        using="USING flux_annexe a",
        where="a.asp_id = x.af_id_annexe_financiere AND a.term IS NOT NULL AND "
        + SAME_DAY.replace("x.line", "a.line"),
        reason="Une autre convention de la structure commence le même jour "
        "pour cette mesure.",
    )
    cursor.execute(
        "DELETE FROM flux_annexe a WHERE NOT EXISTS (SELECT FROM flux_version v "
        "WHERE v.af_id_annexe_financiere = a.asp_id)"
    )


def set_active_until(cursor: CursorWrapper) -> int:
    cursor.execute(ACTIVE)
    return cursor.rowcount
