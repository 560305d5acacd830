"""Exits, told by the monthly rows and by the contracts: a date and a motive together."""

from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.merge import Counts, create, merge

MONTHLY, CONTRACTS = "EtatMensuelIndiv", "ContratMission"
# A motive is known by its code, or by its id in RefMotifSort.
TOLD = f"""
WITH told AS (
    SELECT '{MONTHLY}' AS view, line, emi_ctr_id AS contract, emi_date_fin_reelle AS day,
        emi_motif_sortie_code AS code, emi_motif_sortie_id AS ref,
        emi_sme_annee * 12 + emi_sme_mois AS month
    FROM flux_etatmensuelindiv
    WHERE (emi_date_fin_reelle IS NOT NULL OR emi_motif_sortie_code IS NOT NULL)
        AND line IN (SELECT line FROM flux_monthly)
    UNION ALL
    SELECT '{CONTRACTS}', line, contrat_id_ctr, contrat_date_sortie_definitive,
        contrat_motif_sortie_code, contrat_motif_sortie_id, 0
    FROM flux_contract_line
    WHERE contrat_date_sortie_definitive IS NOT NULL
        OR contrat_motif_sortie_code IS NOT NULL
), coded AS (
    SELECT told.*, coalesce(told.code, k.asp_code) AS asp_code
    FROM told LEFT JOIN flux_motive_known k ON k.rms_id = told.ref
)
SELECT t.view, t.line, t.day, t.asp_code, t.month, c.id AS contract_id, m.code AS motive_id,
    CASE WHEN t.day IS NULL THEN 'no day' WHEN t.asp_code IS NULL THEN 'no motive'
        WHEN m.code IS NULL THEN 'unknown motive'
        WHEN t.day < c.starts_on THEN 'too early'
        WHEN EXISTS (SELECT FROM parcours_contract r WHERE r.renews_id = c.id)
            THEN 'renewed'
    END AS fault
FROM coded t
JOIN parcours_contract c ON c.asp_id = t.contract
LEFT JOIN parcours_exitmotive m ON m.asp_code = t.asp_code
"""
# The last monthly row wins over the contract.
EXITS = """
SELECT DISTINCT ON (contract_id) view, line, contract_id, day AS exited_on, motive_id
FROM flux_exit_told WHERE fault IS NULL ORDER BY contract_id, month DESC, line DESC
"""
OUTVOTED = """
UPDATE flux_exit_told x SET fault = 'outvoted' FROM flux_exit e
WHERE x.fault IS NULL AND e.contract_id = x.contract_id
    AND (e.exited_on, e.motive_id) IS DISTINCT FROM (x.day, x.motive_id)
"""
COLUMNS = {
    MONTHLY: {"day": "emi_date_fin_reelle", "motive": "emi_motif_sortie_code"},
    CONTRACTS: {
        "day": "contrat_date_sortie_definitive",
        "motive": "contrat_motif_sortie_code",
    },
}
VALUES = {"day": "to_char(x.day, 'DD/MM/YYYY')", "motive": "x.asp_code"}
FAULTS = {
    "no day": ("motive", "Un motif de sortie sans date."),
    "no motive": ("day", "Une date de fin sans motif n’est pas une sortie."),
    "unknown motive": (
        "motive",
        "Ce motif de sortie n’est pas connu : livrez RefMotifSort.",
    ),
    "too early": ("day", "La sortie précède le début du contrat."),
    "renewed": ("day", "Ce contrat est reconduit : sa fin n’est pas une sortie."),
    "outvoted": (
        "day",
        "Une autre ligne donne une autre sortie à ce contrat : elle est retenue.",
    ),
}


def import_exits(cursor: CursorWrapper) -> Counts:
    """The lines themselves are read in any case: an exit left out is a reserve."""
    create(cursor, "flux_exit_told", TOLD)
    create(cursor, "flux_exit", EXITS)
    cursor.execute(OUTVOTED)
    for view, names in COLUMNS.items():
        for fault, (column, reason) in FAULTS.items():
            issues.warn(
                cursor,
                "flux_exit_told",
                view=view,
                column=names[column],
                value=VALUES[column],
                where=f"x.view = '{view}' AND x.fault = '{fault}'",
                reason=reason,
            )
    return merge(
        cursor,
        "flux_exit",
        "parcours_exit",
        key="contract_id",
        compared=["exited_on", "motive_id"],
        only_new={"recorded_at": "now()"},
    )
