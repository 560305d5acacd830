"""fluxIAE_AnnexeFinanciere: the yearly annexes, their versions, their motifs de rejet."""

from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.conventions import import_conventions, set_active_until
from funding.flux.measures import (
    POST_AID,
    UNKNOWN_KIND,
    set_aside_measures,
    words,
)
from funding.flux.merge import Outcome, create, merge
from funding.flux.versions import import_motives, import_versions, refuse_versions

VIEW = "AnnexeFinanciere"
STAGED = "flux_annexefinanciere"
NEEDED = [
    *("af_numero_annexe_financiere", "af_numero_avenant_renouvellement"),
    *("af_numero_avenant_modification", "af_etat_annexe_financiere_code"),
    *("af_date_debut_effet", "af_date_fin_effet", "af_etp_postes_insertion"),
    *("af_duree_heure_annuel_etp_valeur", "af_montant_unitaire_annuel_valeur"),
    "af_montant_total_annuel",
]

# The value of a unit is on the annexe; failing that, its id points into RefMontantIae.
FILL_FROM_REF = """
UPDATE flux_annexefinanciere x SET {column}_valeur = r.rmi_valeur
FROM flux_refmontantiae r WHERE x.{column}_valeur IS NULL AND r.rmi_id = x.{column}_id
"""
MOTIVES = """
SELECT DISTINCT af_id_avenant_modification AS version, af_motif_rejet_code AS code
FROM flux_annexefinanciere WHERE af_motif_rejet_code IS NOT NULL
"""
VERSIONS = """
SELECT x.*, s.id AS structure_id,
    coalesce(x.af_numero_convention, x.af_numero_annexe_financiere) AS number
FROM flux_annexefinanciere x
LEFT JOIN structures_structure s ON s.asp_id = x.af_id_structure
    AND s.kind = split_part(x.af_mesure_dispositif_code, '_', 1)
"""
# One row per annexe: the terms of its last version, the start of its first.
ANNEXES = """
SELECT DISTINCT ON (af_id_annexe_financiere) line, af_id_annexe_financiere AS asp_id,
    structure_id, af_mesure_dispositif_code AS measure, number,
    replace(number, ' ', '') AS compact,
    replace(af_numero_annexe_financiere, ' ', '') AS annexe_number,
    af_numero_avenant_renouvellement AS renewal,
    min(af_date_debut_effet) OVER (PARTITION BY af_id_annexe_financiere) AS starts_on,
    NULL::bigint AS convention_id, NULL::date AS term
FROM flux_version
ORDER BY af_id_annexe_financiere, af_numero_avenant_modification DESC
"""
# An annexe prepared in the application, without an ASP id, is the one of its year.
ANNEXE_ROWS = """
SELECT coalesce(t.id, draft.id, nextval('funding_annexefinanciere_id_seq')) AS id,
    a.asp_id, a.convention_id, extract(year FROM a.starts_on)::smallint AS year,
    a.annexe_number AS number, a.renewal
FROM (
    SELECT *, row_number() OVER (
        PARTITION BY convention_id, extract(year FROM starts_on) ORDER BY asp_id) AS rank
    FROM flux_annexe WHERE convention_id IS NOT NULL
) a
LEFT JOIN funding_annexefinanciere t ON t.asp_id = a.asp_id
LEFT JOIN funding_annexefinanciere draft ON draft.asp_id IS NULL AND a.rank = 1
    AND draft.convention_id = a.convention_id
    AND draft.year = extract(year FROM a.starts_on)
"""


def import_annexes(cursor: CursorWrapper) -> Outcome:
    for column in ("af_duree_heure_annuel_etp", "af_montant_unitaire_annuel"):
        cursor.execute(FILL_FROM_REF.format(column=column))
    set_aside(cursor)
    create(cursor, "flux_motive", MOTIVES)
    merged = issues.keep_first(
        cursor,
        STAGED,
        VIEW,
        key="af_id_avenant_modification",
        apart="af_motif_rejet_code",
    )
    create(cursor, "flux_version", VERSIONS)
    refuse_versions(cursor)
    create(cursor, "flux_annexe", ANNEXES)
    tables = {"conventions": import_conventions(cursor)}
    create(cursor, "flux_annexe_row", ANNEXE_ROWS)
    tables["annexes"] = merge(
        cursor,
        "flux_annexe_row",
        "funding_annexefinanciere",
        key="id",
        compared=["asp_id", "convention_id", "year", "number", "renewal"],
    )
    lines = import_versions(cursor)
    tables |= {"versions": lines, "motifs de rejet": import_motives(cursor)}
    set_active_until(cursor)
    return Outcome(lines, tables, merged)


def set_aside(cursor: CursorWrapper) -> None:
    """Lines that are no aide au poste, or lack what one needs."""
    measure = "af_mesure_dispositif_code"
    set_aside_measures(cursor, STAGED, VIEW, measure)
    refusals = [(measure, f"x.{measure} NOT IN ({words(POST_AID)})", UNKNOWN_KIND)]
    refusals += [
        (name, f"x.{name} IS NULL", "Une valeur est attendue.") for name in NEEDED
    ]
    issues.refuse(cursor, STAGED, VIEW, refusals)
