"""The versions M of the annexes: terms, state, and why the ASP rejected them."""

from django.db.backends.utils import CursorWrapper

from funding.enums import VersionState
from funding.flux import issues
from funding.flux.merge import Counts, create, merge

VIEW = "AnnexeFinanciere"
CURRENT = f"'{VersionState.VALIDE}', '{VersionState.PROVISOIRE}'"
NUMBER = "^(ACI|EI|AI|ETTI)[0-9]{2}[0-9A-Z][0-9]{6}$"
FORECASTS = "dynamiques", "durable", "trans", "positives"

OTHER_STRUCTURE = """
x.line IN (SELECT v.line FROM flux_version v JOIN flux_version o
    ON o.af_id_annexe_financiere = v.af_id_annexe_financiere AND o.line < v.line
    AND o.structure_id <> v.structure_id)
"""
SAME_MODIFICATION = """
x.line IN (SELECT v.line FROM flux_version v JOIN flux_version o
    ON o.af_id_annexe_financiere = v.af_id_annexe_financiere AND o.line < v.line
    AND o.af_numero_avenant_modification = v.af_numero_avenant_modification)
"""
# From the first day of a known amount to the year after the last: nobody can price the
# rest, which is a typing error.
SOCLE = """
FROM structures_legalvalue l WHERE l.parameter = 'montant_socle'
    AND l.kind = split_part(x.af_mesure_dispositif_code, '_', 1)
"""
BEFORE_LAW = f"x.af_date_debut_effet < (SELECT min(l.effective_on) {SOCLE})"
AFTER_LAW = (
    "extract(year FROM x.af_date_fin_effet) > "
    f"(SELECT extract(year FROM max(l.effective_on)) + 1 {SOCLE})"
)
# The base would refuse it: the ledger’s accounts and the parts are of one year, one place.
MOVED_MONEY = """
x.line IN (SELECT v.line FROM flux_version v
    JOIN funding_annexefinanciere t ON t.asp_id = v.af_id_annexe_financiere
    JOIN structures_convention c ON c.id = t.convention_id
    JOIN (SELECT af_id_annexe_financiere AS asp_id, min(af_date_debut_effet) AS since
          FROM flux_version GROUP BY 1) f ON f.asp_id = t.asp_id
    WHERE (t.year <> extract(year FROM f.since) OR c.structure_id <> v.structure_id)
        AND t.id IN (SELECT annexe_id FROM funding_account
            UNION ALL SELECT w.annexe_id FROM funding_annexepart p
            JOIN funding_annexeversion w ON w.id = p.version_id))
"""
# Column, what is wrong, and the sentence: all that the base would refuse otherwise.
REFUSALS = [
    (
        "af_id_structure",
        "x.structure_id IS NULL",
        "Cette structure n’est ni dans la livraison ni dans la base pour cette mesure.",
    ),
    (
        "af_numero_annexe_financiere",
        f"replace(x.af_numero_annexe_financiere, ' ', '') !~ '{NUMBER}'",
        "Un numéro d’annexe a la forme ACI062190012.",
    ),
    (
        "af_date_fin_effet",
        "x.af_date_fin_effet < x.af_date_debut_effet",
        "La fin d’effet précède le début.",
    ),
    (
        "af_date_debut_effet",
        BEFORE_LAW,
        "Aucun montant socle n’est connu à cette date : elle est trop ancienne.",
    ),
    (
        "af_date_fin_effet",
        AFTER_LAW,
        "Aucun montant socle n’est connu pour cette année : elle est trop lointaine.",
    ),
    (
        "af_duree_heure_annuel_etp_valeur",
        "NOT x.af_duree_heure_annuel_etp_valeur BETWEEN 1 AND 9999",
        "Les heures par ETP vont de 1 à 9999.",
    ),
    (
        "af_etp_postes_insertion",
        "x.af_etp_postes_insertion > 99999",
        "Ce nombre d’ETP est trop grand.",
    ),
    (
        "af_montant_unitaire_annuel_valeur",
        "x.af_montant_unitaire_annuel_valeur > 9999999",
        "Ce montant est trop grand.",
    ),
    (
        "af_mt_cofinance",
        "x.af_mt_cofinance > x.af_montant_total_annuel",
        "Le cofinancement dépasse le total.",
    ),
    (
        "af_id_annexe_financiere",
        OTHER_STRUCTURE,
        "Cette annexe est déjà celle d’une autre structure.",
    ),
    (
        "af_numero_avenant_modification",
        SAME_MODIFICATION,
        "Cette modification de l’annexe est déjà dans le fichier.",
    ),
    (
        "af_id_annexe_financiere",
        MOVED_MONEY,
        "De l’argent est engagé sur cette annexe : elle garde son année et sa structure.",
    ),
]
WRONG_FORECAST = (
    "x.af_taux_prev_sorties_dynamiques <> coalesce(x.af_taux_prev_sorties_durable, 0)"
    " + coalesce(x.af_taux_prev_sorties_trans, 0)"
    " + coalesce(x.af_taux_prev_sorties_positives, 0) OR greatest("
    + ", ".join(f"x.af_taux_prev_sorties_{name}" for name in FORECASTS)
    + ") > 100"
)
FORGET_FORECAST = (
    "UPDATE flux_version x SET "
    + ", ".join(f"af_taux_prev_sorties_{name} = NULL" for name in FORECASTS)
    + f" WHERE {WRONG_FORECAST}"
)
VERSION_ROWS = f"""
WITH row AS (
    SELECT coalesce(t.id, draft.id, nextval('funding_annexeversion_id_seq')) AS id,
        v.line, v.af_id_avenant_modification AS asp_id, a.id AS annexe_id,
        v.af_numero_avenant_modification AS modification,
        v.af_etat_annexe_financiere_code AS told_state,
        v.af_date_debut_effet AS starts_on, v.af_date_fin_effet AS ends_on,
        round(v.af_etp_postes_insertion, 2) AS etp,
        round(v.af_montant_unitaire_annuel_valeur, 2) AS unit_amount,
        round(v.af_duree_heure_annuel_etp_valeur, 2) AS hours_per_etp,
        round(v.af_montant_total_annuel, 2) AS total,
        round(coalesce(v.af_mt_cofinance, 0), 2) AS cofinanced,
        coalesce(v.af_id_financeur_code, t.cofinancer, '') AS cofinancer,
        coalesce(v.af_indic_perimetre_milieu_penitentiaire, false)
            OR v.af_mesure_dispositif_code LIKE '%\\_MP' AS is_prison,
        CASE WHEN v.af_etp_encadrement_tech_accomp_sociop_annee_prec < 99999 THEN
            round(v.af_etp_encadrement_tech_accomp_sociop_annee_prec, 2)
        END AS supervision_etp,
        v.af_nb_prev_sorties AS forecast_exits,
        round(v.af_taux_prev_sorties_dynamiques, 2) AS forecast_dynamic,
        round(v.af_taux_prev_sorties_durable, 2) AS forecast_durable,
        round(v.af_taux_prev_sorties_trans, 2) AS forecast_transition,
        round(v.af_taux_prev_sorties_positives, 2) AS forecast_positive,
        v.af_date_signature AS signed_on
    FROM flux_version v
    JOIN flux_annexe_row a ON a.asp_id = v.af_id_annexe_financiere
    LEFT JOIN funding_annexeversion t ON t.asp_id = v.af_id_avenant_modification
    LEFT JOIN funding_annexeversion draft ON draft.asp_id IS NULL
        AND draft.annexe_id = a.id
        AND draft.modification = v.af_numero_avenant_modification
)
SELECT *, CASE WHEN told_state IN ({CURRENT}) AND row_number() OVER (
        PARTITION BY annexe_id, told_state IN ({CURRENT}) ORDER BY modification DESC) > 1
    THEN '{VersionState.HISTORISE}' ELSE told_state END AS state
FROM row
"""
COMPARED = [
    *("asp_id", "annexe_id", "modification", "state", "starts_on", "ends_on", "etp"),
    *("unit_amount", "hours_per_etp", "total", "cofinanced", "cofinancer", "is_prison"),
    *("supervision_etp", "forecast_exits", "forecast_dynamic", "forecast_durable"),
    *("forecast_transition", "forecast_positive", "signed_on"),
]
# The one in force in the base gives way to a later modification of the file (R6).
SUPERSEDE = f"""
UPDATE funding_annexeversion t SET state = '{VersionState.HISTORISE}'
FROM flux_version_row x
WHERE x.annexe_id = t.annexe_id AND x.state IN ({CURRENT}) AND t.state IN ({CURRENT})
    AND x.modification > t.modification
    AND NOT EXISTS (SELECT FROM flux_version_row own WHERE own.id = t.id)
"""
# Out of the way of “one in force per annexe” while states change: any state but theirs.
PARK = f"""
UPDATE funding_annexeversion t SET state = CASE x.state WHEN '{VersionState.HISTORISE}'
    THEN '{VersionState.ANNULE}' ELSE '{VersionState.HISTORISE}' END
FROM flux_version_row x
WHERE x.id = t.id AND t.state IN ({CURRENT}) AND x.state <> t.state
"""
DROP_MOTIVES = """
DELETE FROM funding_versionrejection r USING flux_version_row v
WHERE r.version_id = v.id AND NOT EXISTS (
    SELECT FROM flux_motive m WHERE m.version = v.asp_id AND m.code = r.code)
"""
MOTIVE_ROWS = """
SELECT v.id AS version_id, m.code
FROM flux_motive m JOIN flux_version_row v ON v.asp_id = m.version
"""


def refuse_versions(cursor: CursorWrapper) -> None:
    """Lines that the base would refuse; a forecast that does not add up is left out."""
    issues.refuse(cursor, "flux_version", VIEW, REFUSALS)
    issues.warn(
        cursor,
        "flux_version",
        view=VIEW,
        column="af_taux_prev_sorties_dynamiques",
        where=WRONG_FORECAST,
        reason="Les sorties prévues ne sont pas la somme des trois catégories : "
        "elles ne sont pas reprises.",
    )
    cursor.execute(FORGET_FORECAST)


def import_versions(cursor: CursorWrapper) -> Counts:
    create(cursor, "flux_version_row", VERSION_ROWS)
    issues.warn(
        cursor,
        "flux_version_row",
        view=VIEW,
        column="af_etat_annexe_financiere_code",
        value="x.told_state",
        where="x.state <> x.told_state",
        reason="Une modification plus récente est en vigueur : celle-ci est archivée.",
    )
    cursor.execute(SUPERSEDE)
    cursor.execute(PARK)
    return merge(
        cursor,
        "flux_version_row",
        "funding_annexeversion",
        key="id",
        compared=COMPARED,
        only_new={"note": "''"},
    )


def import_motives(cursor: CursorWrapper) -> Counts:
    """Those no longer in the file go, and count as updated."""
    cursor.execute(DROP_MOTIVES)
    gone = Counts(updated=cursor.rowcount)
    create(cursor, "flux_motive_row", MOTIVE_ROWS)
    target, key = "funding_versionrejection", "version_id, code"
    return gone + merge(cursor, "flux_motive_row", target, key=key, compared=[])
