"""The parcours a contract belongs to: the ASP tells the number of the agrément only.

An agrément runs from the first contract under its number, for its legal term, and ends
the day before the next one of the person. A contract without a number belongs to the
parcours that covers its first day; failing that, to a parcours of its own: free in an AI,
an agrément whose number is missing elsewhere.
"""

from typing import Any

from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.legal import legal_number
from funding.flux.merge import Counts, create, merge
from parcours.enums import Regime
from structures.enums import StructureKind

VIEW = "ContratMission"
TARGET = "parcours_parcours"
PASS_NUMBER = "^99999[0-9]{7}$"
COMPARED = ["person_id", "regime", "number", "starts_on", "ends_on"]

# Those of the base and those whose number is new; of two that begin together, one stays.
RIGHTS = f"""
WITH wanted AS (
    SELECT person_id, agrement AS number, min(contrat_date_embauche) AS starts_on
    FROM flux_contract_line WHERE parcours_id IS NULL AND agrement IS NOT NULL
    GROUP BY 1, 2
), every AS (
    SELECT p.id, p.person_id, p.number, p.regime, p.starts_on, p.ends_on
    FROM {TARGET} p WHERE p.person_id IN (
        SELECT person_id FROM flux_contract_line WHERE parcours_id IS NULL)
    UNION ALL
    SELECT NULL, person_id, number,
        CASE WHEN number ~ '{PASS_NUMBER}' THEN '{Regime.PASS_IAE}'
            ELSE '{Regime.AGREMENT}' END,
        starts_on,
        coalesce(
            CASE WHEN number ~ '{PASS_NUMBER}' THEN starts_on + %(pass_days)s END,
            (starts_on + make_interval(months => %(months)s))::date - 1)
    FROM wanted w WHERE NOT EXISTS (
        SELECT FROM {TARGET} p WHERE p.person_id = w.person_id AND p.number = w.number)
), first AS (
    SELECT DISTINCT ON (person_id, starts_on) * FROM every
    ORDER BY person_id, starts_on, id NULLS LAST, number
)
SELECT id, person_id, number, regime, starts_on,
    least(ends_on, lead(starts_on) OVER (PARTITION BY person_id ORDER BY starts_on) - 1)
        AS ends_on
FROM first
"""
# Contracts that no right names nor covers, and the start of the right that follows.
UNCOVERED = """
SELECT x.person_id, x.contrat_date_embauche AS starts_on, x.structure_kind,
    min(later.starts_on) AS following
FROM flux_contract_line x
LEFT JOIN flux_right_known later ON later.person_id = x.person_id
    AND later.starts_on > x.contrat_date_embauche
WHERE x.parcours_id IS NULL AND NOT EXISTS (
    SELECT FROM flux_right_known r WHERE r.person_id = x.person_id AND (
        r.number = x.agrement
        OR x.contrat_date_embauche BETWEEN r.starts_on AND r.ends_on))
GROUP BY x.line, 1, 2, 3
"""
# One right for each stretch without one, as long as its last contract needs.
ALL_RIGHTS = f"""
SELECT coalesce(id, nextval('parcours_parcours_id_seq')) AS id, person_id, number,
    regime, starts_on, ends_on, id IS NULL AS is_new
FROM flux_right_known
UNION ALL
SELECT nextval('parcours_parcours_id_seq'), person_id, '', regime, starts_on, ends_on,
    true
FROM (
    SELECT person_id,
        CASE WHEN bool_and(structure_kind = '{StructureKind.AI}')
            THEN '{Regime.FREE}' ELSE '{Regime.AGREMENT}' END AS regime,
        min(starts_on) AS starts_on,
        least(following - 1, greatest(max(starts_on),
            (min(starts_on) + make_interval(months => %(months)s))::date - 1)) AS ends_on
    FROM flux_uncovered GROUP BY person_id, following
) stretch
"""
ATTACHED = """
SELECT DISTINCT ON (x.id) x.id, r.id AS parcours_id
FROM flux_contract_line x JOIN flux_right r ON r.person_id = x.person_id
WHERE x.parcours_id IS NULL AND (r.number = x.agrement
    OR x.contrat_date_embauche BETWEEN r.starts_on AND r.ends_on)
ORDER BY x.id, (r.number = x.agrement) DESC NULLS LAST, r.starts_on DESC
"""


def attach_rights(cursor: CursorWrapper) -> Counts:
    """Fill flux_contract_right, and write the parcours that were missing or cut."""
    terms = {
        "months": legal_number(cursor, "agrement_duree"),
        "pass_days": legal_number(cursor, "pass_duree", default="NULL::integer"),
    }
    create(cursor, "flux_right_known", RIGHTS % terms)
    create(cursor, "flux_uncovered", UNCOVERED)
    create(cursor, "flux_right", ALL_RIGHTS % terms)
    create(cursor, "flux_contract_right", ATTACHED)
    issues.warn(
        cursor,
        "flux_contract_line",
        view=VIEW,
        column="contrat_id_pph",
        value="x.contrat_id_pph",
        where=f"x.agrement IS NULL AND x.structure_kind <> '{StructureKind.AI}' "
        "AND x.parcours_id IS NULL",
        reason="Aucun numéro d’agrément n’est donné pour ce salarié.",
    )
    plan: dict[str, Any] = {"key": "id", "compared": COMPARED}
    # Those cut short first: the new ones take their place.
    cut = merge(cursor, "flux_right", TARGET, **plan, only="NOT s.is_new")
    return cut + merge(cursor, "flux_right", TARGET, **plan, only="s.is_new")
