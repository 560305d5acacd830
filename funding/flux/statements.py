"""fluxIAE_EtatMensuelIndiv: the hours of a month, under the statement of a convention.

A row names the annexe, not its version (R92): the month must be one of a version that is
or was in force. Hours hang on the convention, so two annexes of one month add up.
"""

from django.db.backends.utils import CursorWrapper

from funding.enums import VersionState
from funding.flux import issues
from funding.flux.legal import legal_number
from funding.flux.measures import words
from funding.flux.merge import Outcome, create, merge
from parcours.enums import StatementState

VIEW = "EtatMensuelIndiv"
STAGED = "flux_etatmensuelindiv"
STATEMENT, HOURS = "parcours_monthlystatement", "parcours_monthlyhours"
IN_FORCE = [VersionState.VALIDE, VersionState.PROVISOIRE, VersionState.CLOTURE]
# The later in this order, the further the month has gone.
STATES = [
    StatementState.BROUILLON,
    StatementState.SAISI,
    StatementState.DEBLOQUE,
    StatementState.VALIDE,
]
RANK = f"array_position(ARRAY[{words(STATES)}], x.emi_esm_etat_code)"

# The version of each month of the annexes named, as the rules choose it (R92).
MONTHS = f"""
SELECT DISTINCT ON (a.asp_id, month) a.asp_id, a.convention_id, month::date,
    v.hours_per_etp
FROM funding_annexefinanciere a
JOIN funding_annexeversion v ON v.annexe_id = a.id
    AND v.state IN ({words([*IN_FORCE, VersionState.HISTORISE])})
CROSS JOIN LATERAL generate_series(
    date_trunc('month', v.starts_on::timestamp), v.ends_on, '1 month') month
WHERE a.asp_id IN (SELECT emi_afi_id FROM {STAGED})
ORDER BY a.asp_id, month, v.state = '{VersionState.HISTORISE}', v.modification DESC
"""
LINES = f"""
SELECT x.line, x.emi_afi_id, x.emi_ctr_id, x.emi_pph_id, x.emi_nb_heures_travail,
    x.emi_sme_mois, x.emi_esm_etat_code, x.emi_date_validation,
    coalesce(x.emi_sme_version, 0) AS version,
    coalesce(x.emi_date_validation, x.emi_date_modification) AS validated_on,
    {RANK} AS rank, d.month, m.convention_id, c.id AS contract_id,
    CASE WHEN a.id IS NULL THEN 'annexe'
        WHEN m.month IS NULL THEN 'month'
        WHEN d.month < date_trunc('month', v.starts_on) OR d.month > v.ends_on
            THEN 'convention'
        WHEN c.id IS NULL THEN 'contract'
        WHEN c.structure_id <> v.structure_id THEN 'structure'
        WHEN l.person_id IS DISTINCT FROM c.person_id THEN 'person'
        WHEN x.emi_esm_etat_code = '{StatementState.VALIDE}' AND
            coalesce(x.emi_date_validation, x.emi_date_modification) IS NULL
            THEN 'validation'
    END AS fault
FROM {STAGED} x
CROSS JOIN LATERAL (SELECT make_date(emi_sme_annee, emi_sme_mois, 1) AS month) d
LEFT JOIN funding_annexefinanciere a ON a.asp_id = x.emi_afi_id
LEFT JOIN flux_month m ON m.asp_id = x.emi_afi_id AND m.month = d.month
LEFT JOIN structures_convention v ON v.id = m.convention_id
LEFT JOIN parcours_contract c ON c.asp_id = x.emi_ctr_id
LEFT JOIN parcours_localidentity l ON l.asp_id = x.emi_pph_id
"""
FAULTS = {
    "annexe": (
        "emi_afi_id",
        "Cette annexe n’est ni dans la livraison ni dans la base.",
    ),
    "month": ("emi_sme_mois", "Ce mois est hors de la période de l’annexe."),
    "convention": ("emi_sme_mois", "Ce mois est hors de la convention."),
    "contract": (
        "emi_ctr_id",
        "Ce contrat n’est ni dans la livraison ni dans la base.",
    ),
    "structure": ("emi_ctr_id", "Ce contrat n’est pas de la structure de l’annexe."),
    "person": ("emi_pph_id", "Ce salarié n’est pas celui du contrat."),
    "validation": ("emi_date_validation", "Un mois validé a une date de validation."),
}
# Several lines for one contract, month and annexe: the last version of the month counts.
REPEATED = """
SELECT x.line, first_value(x.line) OVER same AS kept_line,
    row_number() OVER same AS rank,
    (x.version, x.emi_nb_heures_travail) IS NOT DISTINCT FROM
        (first_value(x.version) OVER same, first_value(x.emi_nb_heures_travail) OVER same)
        OR x.version < first_value(x.version) OVER same AS is_older_or_same
FROM flux_monthly x
WHERE (emi_ctr_id, emi_afi_id, month) IN (
    SELECT emi_ctr_id, emi_afi_id, month FROM flux_monthly
    GROUP BY 1, 2, 3 HAVING count(*) > 1)
WINDOW same AS (PARTITION BY emi_ctr_id, emi_afi_id, month
    ORDER BY version DESC, line)
"""
DROP_OLDER = """
DELETE FROM flux_monthly x USING flux_repeated r
WHERE r.line = x.line AND r.rank > 1 AND r.is_older_or_same
"""
STATEMENTS = f"""
SELECT convention_id, month, state,
    CASE WHEN state = '{StatementState.VALIDE}' THEN validated_on END AS validated_on
FROM (
    SELECT convention_id, month, max(validated_on) AS validated_on,
        (ARRAY[{words(STATES)}])[max(version * 8 + rank) % 8] AS state
    FROM flux_monthly x GROUP BY 1, 2
) s
"""
HOURS_ROWS = f"""
SELECT min(x.line) AS line, t.id AS statement_id, x.contract_id,
    sum(x.emi_nb_heures_travail)::numeric AS hours, count(*) AS told
FROM flux_monthly x
JOIN {STATEMENT} t ON t.convention_id = x.convention_id AND t.month = x.month
GROUP BY 2, 3
"""


def import_statements(cursor: CursorWrapper) -> Outcome:
    create(cursor, "flux_month", MONTHS)
    create(cursor, "flux_monthly", LINES)
    for fault, (column, reason) in FAULTS.items():
        where = f"x.fault = '{fault}'"
        issues.remove(
            cursor, "flux_monthly", view=VIEW, column=column, where=where, reason=reason
        )
    merged = merge_repeated(cursor)
    create(cursor, "flux_statement", STATEMENTS)
    statements = merge(
        cursor,
        "flux_statement",
        STATEMENT,
        key="convention_id, month",
        compared=["state", "validated_on"],
    )
    create(cursor, "flux_hours", HOURS_ROWS)
    merged += refuse_long_months(cursor)
    warn_about_long_months(cursor)
    hours = merge(
        cursor,
        "flux_hours",
        HOURS,
        key="statement_id, contract_id",
        compared=["hours"],
    )
    return Outcome(hours, {"états mensuels": statements, "heures": hours}, merged)


def merge_repeated(cursor: CursorWrapper) -> int:
    """Returns the lines that an equal or later one stands for."""
    if not create(cursor, "flux_repeated", REPEATED):
        return 0
    cursor.execute(DROP_OLDER)
    merged = cursor.rowcount
    issues.remove(
        cursor,
        "flux_monthly",
        view=VIEW,
        column="emi_nb_heures_travail",
        using="USING flux_repeated r",
        where="r.line = x.line AND r.rank > 1",
        reason="('Ce contrat a déjà d’autres heures ce mois, à la ligne ' "
        "|| r.kept_line || '.')",
    )
    return merged


def warn_about_long_months(cursor: CursorWrapper) -> None:
    """More than one person plausibly works in a month: read, and said (R36)."""
    most = legal_number(cursor, "heures_mensuelles_plausibles")
    issues.warn(
        cursor,
        "flux_hours",
        view=VIEW,
        column="emi_nb_heures_travail",
        value="trim_scale(x.hours)",
        where=f"x.hours > {most}",
        reason=f"Plus de {most} heures dans le mois : à vérifier avec la structure.",
    )


def refuse_long_months(cursor: CursorWrapper) -> int:
    """Sums over a month of several annexes; returns the lines that were added up."""
    cursor.execute("SELECT coalesce(sum(told - 1), 0) FROM flux_hours")
    merged = int(cursor.fetchone()[0])
    issues.remove(
        cursor,
        "flux_hours",
        view=VIEW,
        column="emi_nb_heures_travail",
        value="x.hours",
        where="x.hours > 744",
        reason="Un mois compte de 0 à 744 heures.",
    )
    return merged
