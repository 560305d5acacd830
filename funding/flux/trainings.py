"""fluxIAE_Formations: the trainings followed during a contract."""

from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.merge import Outcome, create, merge

VIEW = "Formations"
STAGED = "flux_formations"
NO_CONTRACT = """
NOT EXISTS (SELECT FROM parcours_contract c WHERE c.asp_id = x.formation_id_ctr)
"""
REFUSALS = [
    (
        "formation_id_ctr",
        NO_CONTRACT,
        "Ce contrat n’est ni dans la livraison ni dans la base.",
    ),
    (
        "formation_date_fin",
        "x.formation_date_fin < x.formation_date_debut",
        "La fin de la formation précède son début.",
    ),
    (
        "formation_duree_heures",
        "x.formation_duree_heures > 9999 OR x.formation_duree_minutes > 9999",
        "Cette durée est trop longue.",
    ),
]
# A duration given in days only stays unknown: no text says how many hours a day has.
ROWS = """
SELECT x.line, x.formation_id_for AS asp_id, c.id AS contract_id,
    x.formation_date_debut AS starts_on, x.formation_date_fin AS ends_on,
    coalesce(x.formation_type_for_code, t.title, 'Formation') AS title,
    coalesce(x.formation_objectif_for_code, t.objective, '') AS objective,
    CASE WHEN coalesce(x.formation_duree_heures, x.formation_duree_minutes) IS NOT NULL
        THEN round(coalesce(x.formation_duree_heures, 0)
            + coalesce(x.formation_duree_minutes, 0) / 60, 2) END AS hours
FROM flux_formations x
JOIN parcours_contract c ON c.asp_id = x.formation_id_ctr
LEFT JOIN parcours_training t ON t.asp_id = x.formation_id_for
"""


def import_trainings(cursor: CursorWrapper) -> Outcome:
    merged = issues.keep_first(cursor, STAGED, VIEW, key="formation_id_for")
    issues.refuse(cursor, STAGED, VIEW, REFUSALS)
    create(cursor, "flux_training", ROWS)
    lines = merge(
        cursor,
        "flux_training",
        "parcours_training",
        key="asp_id",
        compared=["contract_id", "starts_on", "ends_on", "title", "objective", "hours"],
    )
    return Outcome(lines, {"formations": lines}, merged)
