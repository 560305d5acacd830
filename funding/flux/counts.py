"""fluxIAE_Accompagnement: how many people met each of the eight freins, by annexe."""

from typing import Any

from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.merge import Outcome, count_lines, create, merge
from parcours.enums import FreinTheme

VIEW = "Accompagnement"
STAGED = "flux_accompagnement"
TARGET = "funding_freincount"
THEMES = {
    "illetrisme": FreinTheme.ILLETTRISME,
    "demarch": FreinTheme.DEMARCHES,
    "heberg": FreinTheme.HEBERGEMENT,
    "mobilite": FreinTheme.MOBILITE,
    "sante": FreinTheme.SANTE,
    "justice": FreinTheme.JUSTICE,
    "surendet": FreinTheme.SURENDETTEMENT,
    "manque_dispo": FreinTheme.DISPONIBILITE,
}
PLAN: dict[str, Any] = {
    "key": "annexe_id, theme",
    "compared": ["concerned", "internal", "external", '"both"'],
}
# Of several accounts of one annexe, the last made counts.
OLDER = f"""
DELETE FROM {STAGED} x USING (
    SELECT line, row_number() OVER (PARTITION BY acc_afi_id
        ORDER BY acc_date_creation DESC NULLS LAST, acc_id DESC) AS rank
    FROM {STAGED}
) r WHERE r.line = x.line AND r.rank > 1
"""
BY_THEME = ", ".join(
    f"('{theme}', '{name}', x.acc_dif_nb_sal_conc_{name}, x.acc_dif_nb_sal_int_{name}, "
    f"x.acc_dif_nb_sal_ext_{name}, x.acc_dif_nb_sal_int_ext_{name})"
    for name, theme in THEMES.items()
)
ROWS = f"""
SELECT x.line, a.id AS annexe_id, f.theme, f.name,
    coalesce(f.concerned, 0) AS concerned, coalesce(f.internal, 0) AS internal,
    coalesce(f.external, 0) AS external, coalesce(f.both, 0) AS "both"
FROM {STAGED} x JOIN funding_annexefinanciere a ON a.asp_id = x.acc_afi_id
CROSS JOIN LATERAL (VALUES {BY_THEME})
    AS f(theme, name, concerned, internal, external, "both")
"""


def import_counts(cursor: CursorWrapper) -> Outcome:
    merged = issues.keep_first(cursor, STAGED, VIEW, key="acc_id")
    issues.remove(
        cursor,
        STAGED,
        view=VIEW,
        column="acc_afi_id",
        where="NOT EXISTS (SELECT FROM funding_annexefinanciere a "
        "WHERE a.asp_id = x.acc_afi_id)",
        reason="Cette annexe n’est ni dans la livraison ni dans la base.",
    )
    cursor.execute(OLDER)
    merged += cursor.rowcount
    create(cursor, "flux_count", ROWS)
    warn_about_sums(cursor)
    lines = count_lines(cursor, "flux_count", TARGET, **PLAN)
    rows = merge(cursor, "flux_count", TARGET, **PLAN)
    return Outcome(lines, {"comptages de freins": rows}, merged)


def warn_about_sums(cursor: CursorWrapper) -> None:
    """Real files break it: kept as given, and said."""
    for name in THEMES:
        issues.warn(
            cursor,
            "flux_count",
            view=VIEW,
            column=f"acc_dif_nb_sal_conc_{name}",
            value="x.concerned",
            where=f"x.name = '{name}' "
            'AND x.concerned < x.internal::bigint + x.external + x."both"',
            reason="Plus de salariés sont suivis que concernés : gardé tel quel.",
        )
