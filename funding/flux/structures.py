"""fluxIAE_Structure: one structure of ours for each kind that its annexes name."""

from typing import Any

from django.db.backends.utils import CursorWrapper

from funding.enums import IssueKind
from funding.flux import issues
from funding.flux.merge import Outcome, count_lines, create, merge

VIEW = "Structure"
TARGET = "structures_structure"
COMPARED = [
    *("asp_id", "name", "siret", "siret_at_signature", "commune_id", "address"),
    *("postcode", "phone", "email", "naf", "created_on"),
]
# An ASP id is a legal person: an EI and an ACI on one SIRET share it (R2).
KINDS = f"""
SELECT asp_id, kind FROM flux_told_kind
UNION SELECT asp_id, kind FROM {TARGET} WHERE asp_id IS NOT NULL
"""
# An empty value leaves what the base knows. A structure entered by hand, without an ASP
# id, is recognised by its SIRET and kind.
ROWS = """
WITH wanted AS (
    SELECT x.*, k.kind,
        coalesce(x.structure_siret_actualise, x.structure_siret_signature) AS siret
    FROM flux_structure x JOIN flux_kind k ON k.asp_id = x.structure_id_siae
), known AS (
    SELECT w.*, coalesce(b.id, d.id) AS known_id FROM wanted w
    LEFT JOIN structures_structure b ON b.asp_id = w.structure_id_siae AND b.kind = w.kind
    LEFT JOIN structures_structure d ON d.asp_id IS NULL AND d.siret = w.siret
        AND d.kind = w.kind
)
SELECT x.line, coalesce(t.id, nextval('structures_structure_id_seq')) AS id,
    x.structure_id_siae AS asp_id, x.kind, x.structure_denomination AS name, x.siret,
    coalesce(x.structure_siret_signature, t.siret_at_signature, '')
        AS siret_at_signature,
    x.structure_adresse_admin_code_insee AS commune_id,
    coalesce(nullif(left(concat_ws(' ', x.structure_adresse_admin_numero,
        x.structure_adresse_admin_cplt_num_voie, x.structure_adresse_admin_type_voie,
        x.structure_adresse_admin_nom_voie), 250), ''), t.address, '') AS address,
    coalesce(x.structure_adresse_admin_cp, t.postcode, '') AS postcode,
    coalesce(x.structure_adresse_admin_telephone, t.phone, '') AS phone,
    coalesce(x.structure_adresse_mail_corresp_technique, t.email, '') AS email,
    coalesce(x.structure_code_naf, t.naf, '') AS naf,
    coalesce(x.structure_date_creation, t.created_on) AS created_on
FROM known x LEFT JOIN structures_structure t ON t.id = x.known_id
"""
UNKNOWN_COMMUNE = """
x.structure_adresse_admin_code_insee NOT IN (SELECT code FROM structures_commune)
"""
REFUSALS = [
    (
        "structure_siret_actualise",
        "coalesce(x.structure_siret_actualise, x.structure_siret_signature) IS NULL",
        "La structure n’a pas de SIRET.",
    ),
    (
        "structure_adresse_admin_code_insee",
        UNKNOWN_COMMUNE,
        "Cette commune n’est pas dans la base.",
    ),
]
# Another structure of this kind keeps the SIRET: in the file, or in the base unless the
# file gives it another one.
TAKEN = """
x.line IN (
    SELECT r.line FROM flux_structure_row r JOIN flux_structure_row o
    ON o.kind = r.kind AND o.siret = r.siret AND o.line < r.line
    UNION ALL
    SELECT r.line FROM flux_structure_row r JOIN structures_structure b
    ON b.kind = r.kind AND b.siret = r.siret AND b.id <> r.id
    LEFT JOIN flux_structure_row moving ON moving.id = b.id AND moving.siret <> b.siret
    WHERE moving.id IS NULL
)
"""
# Out of the way of the unique constraint while SIRETs are exchanged.
PARK = """
UPDATE structures_structure t SET siret = lpad(t.id::text, 14, '0')
FROM flux_structure_row x WHERE x.id = t.id AND x.siret <> t.siret
"""


def import_structures(cursor: CursorWrapper) -> Outcome:
    create(cursor, "flux_kind", KINDS)
    merged = refuse_lines(cursor)
    create(cursor, "flux_structure_row", ROWS)
    while refuse_taken(cursor):
        pass
    plan: dict[str, Any] = {"key": "id", "compared": COMPARED}
    lines = count_lines(cursor, "flux_structure_row", TARGET, **plan)
    cursor.execute(PARK)
    only_new = {"kind": "s.kind", "activity": "''", "is_simulated": "false"}
    rows = merge(cursor, "flux_structure_row", TARGET, **plan, only_new=only_new)
    return Outcome(lines, {"structures": rows}, merged)


def refuse_lines(cursor: CursorWrapper) -> int:
    """Returns how many lines repeat another one."""
    merged = issues.keep_first(cursor, "flux_structure", VIEW, key="structure_id_siae")
    issues.refuse(cursor, "flux_structure", VIEW, REFUSALS)
    issues.remove(
        cursor,
        "flux_structure",
        view=VIEW,
        column="structure_id_siae",
        where="NOT EXISTS (SELECT FROM flux_kind k WHERE k.asp_id = x.structure_id_siae)",
        reason="Aucune annexe financière ne dit de quel type est cette structure.",
        kind=IssueKind.SET_ASIDE,
    )
    return merged


def refuse_taken(cursor: CursorWrapper) -> int:
    return issues.remove(
        cursor,
        "flux_structure_row",
        view=VIEW,
        column="structure_siret_actualise",
        value="x.siret",
        where=TAKEN,
        reason="Une autre structure de ce type, d’un autre identifiant ASP, porte ce SIRET.",
    )
