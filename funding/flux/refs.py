"""The Ref files: exit motives are kept, the others only serve to read the views."""

from collections.abc import Mapping
from typing import Any

from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.merge import Counts, Outcome, create
from parcours.enums import ExitCategory, Unemployment

KEYS = {
    "RefMotifSort": "rms_id",
    "RefCategorieSort": "rcs_id",
    "RefMontantIae": "rmi_id",
    "RefNiveauFormation": "rnf_id",
    "RefDureePoleEmploi": "rdp_id",
    "RefFormeContrat": "rfc_code_forme_contrat",
}
# The ASP’s codes 1 to 4 of the categories are not public: its words say which is which.
CATEGORY_WORDS = {
    "%retrait%": ExitCategory.WITHDRAWN,
    "%durable%": ExitCategory.DURABLE,
    "%transition%": ExitCategory.TRANSITION,
    "%positive%": ExitCategory.POSITIVE,
    "%autre%": ExitCategory.OTHER,
}
DURATION_WORDS = {
    "%moins%6%": Unemployment.UNDER_6,
    "%6%11%": Unemployment.FROM_6_TO_11,
    "%12%23%": Unemployment.FROM_12_TO_23,
    "%24%": Unemployment.OVER_24,
}
DURATIONS = """
SELECT rdp_id, {code} AS code FROM flux_refdureepoleemploi
"""
MOTIVES = """
SELECT x.line, x.rms_id, x.rms_code AS asp_code, x.rms_libelle AS label,
    {category} AS category, coalesce(m.code, 'M' || x.rms_code) AS code,
    m.code IS NULL AS is_new, m.category AS held_category
FROM flux_refmotifsort x
LEFT JOIN flux_refcategoriesort c ON c.rcs_id = x.rcs_id
LEFT JOIN parcours_exitmotive m ON m.asp_code = x.rms_code
"""
NEW_MOTIVES = """
INSERT INTO parcours_exitmotive (code, label, category, asp_code, stays_in_iae, source)
SELECT code, label, category, asp_code, false, 'fluxIAE_RefMotifSort'
FROM flux_motive_known WHERE is_new
"""


def cases(column: str, words: Mapping[str, str]) -> str:
    """SQL: the value of the first pattern that a label matches."""
    whens = " ".join(
        f"WHEN {column} ILIKE '{pattern}' THEN '{value}'"
        for pattern, value in words.items()
    )
    return f"CASE {whens} END"


def import_refs(cursor: CursorWrapper) -> dict[str, Outcome]:
    """By view. A motive already known keeps the label and category of the base."""
    outcomes = {}
    for view, key in KEYS.items():
        table = f"flux_{view.lower()}"
        merged = issues.keep_first(cursor, table, view, key=key)
        cursor.execute(f"SELECT count(*) FROM {table}")
        outcomes[view] = Outcome(merged=merged, used=cursor.fetchone()[0])
    code = cases("rdp_lib_duree_pe", DURATION_WORDS)
    create(cursor, "flux_duration", DURATIONS.format(code=code))
    outcomes["RefMotifSort"] = import_motives(
        cursor, merged=outcomes["RefMotifSort"].merged
    )
    return outcomes


def import_motives(cursor: CursorWrapper, *, merged: int) -> Outcome:
    category = cases("c.rcs_libelle", CATEGORY_WORDS)
    create(cursor, "flux_motive_known", MOTIVES.format(category=category))
    said: dict[str, Any] = {
        "cursor": cursor,
        "table": "flux_motive_known",
        "view": "RefMotifSort",
    }
    issues.remove(
        **said,
        column="rcs_id",
        value="x.asp_code",
        where="x.category IS NULL AND x.is_new",
        reason="La catégorie de ce motif n’est pas dans RefCategorieSort.",
    )
    issues.warn(
        **said,
        column="rcs_id",
        value="x.asp_code",
        where="x.category <> x.held_category",
        reason="La base classe ce motif autrement : elle n’est pas changée.",
    )
    cursor.execute(NEW_MOTIVES)
    created = cursor.rowcount
    cursor.execute("SELECT count(*) FROM flux_motive_known WHERE NOT is_new")
    lines = Counts(created=created, unchanged=cursor.fetchone()[0])
    return Outcome(lines, {"motifs de sortie": lines}, merged)
