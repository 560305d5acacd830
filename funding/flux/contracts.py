"""fluxIAE_ContratMission: contracts, each in its chain of renewals and its parcours."""

from typing import Any

from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.measures import POST_AID, UNKNOWN_KIND, set_aside_measures, words
from funding.flux.merge import Outcome, create, listed, merge
from funding.flux.plausible import refuse_hirings
from funding.flux.rights import attach_rights
from parcours.enums import ContractKind, Rsa
from structures.enums import StructureKind

VIEW = "ContratMission"
STAGED = "flux_contratmission"
TARGET = "parcours_contract"
EXCLUSIVE = f"'{ContractKind.CDDI}', '{ContractKind.CDI_INCLUSION}'"
FLAGS = {
    "ass": "is_ass",
    "aah": "is_aah",
    "rqth": "is_rqth",
    "sortant_ase": "is_ase",
    "parent_isole": "is_single_parent",
    "hebergement": "is_homeless",
    "refugie": "is_refugee",
    "sortant_detention": "is_ex_detainee",
    "is_zrr": "is_zrr",
}
FLAG_VALUES = ", ".join(
    f"coalesce(x.contrat_salarie_{theirs}, t.{ours}, false) AS {ours}"
    for theirs, ours in FLAGS.items()
)
COMPARED = [
    *("asp_id", "person_id", "structure_id", "parcours_id", "kind", "hired_on"),
    *("starts_on", "ends_on", "renews_id", "weekly_hours", "job", "rsa"),
    *FLAGS.values(),
    *("training_level", "unemployed_since"),
]
# The kind of contract follows the kind of structure, save the CDI inclusion of a Ref.
ROWS = f"""
SELECT x.*, l.person_id, s.id AS structure_id,
    coalesce(t.id, nextval('parcours_contract_id_seq')) AS id,
    CASE WHEN t.person_id = l.person_id THEN t.parcours_id END AS parcours_id,
    a.salarie_agrement AS agrement, s.kind AS structure_kind,
    CASE WHEN f.rfc_lib_forme_contrat ILIKE 'CDI%inclusion%'
        THEN '{ContractKind.CDI_INCLUSION}'
        WHEN s.kind = '{StructureKind.AI}' THEN '{ContractKind.MAD}'
        WHEN s.kind = '{StructureKind.ETTI}' THEN '{ContractKind.MISSION}'
        ELSE '{ContractKind.CDDI}' END AS kind
FROM {STAGED} x
LEFT JOIN parcours_localidentity l ON l.asp_id = x.contrat_id_pph
LEFT JOIN structures_structure s ON s.asp_id = x.contrat_id_structure
    AND s.kind = split_part(x.contrat_mesure_disp_code, '_', 1)
LEFT JOIN parcours_contract t ON t.asp_id = x.contrat_id_ctr
LEFT JOIN flux_salarie a ON a.salarie_id = x.contrat_id_pph
LEFT JOIN flux_refformecontrat f
    ON f.rfc_code_forme_contrat = x.contrat_format_contrat_code
"""
# Contracts of the same people and structures that the base has and the file has not.
OTHERS = f"""
SELECT c.id, c.person_id, c.structure_id, c.kind, c.hired_on, c.starts_on, c.ends_on,
    c.renews_id, r.id AS renewed_by
FROM {TARGET} c
LEFT JOIN {TARGET} r ON r.renews_id = c.id
    AND NOT EXISTS (SELECT FROM flux_contract_line x WHERE x.id = r.id)
WHERE (c.person_id, c.structure_id) IN (
        SELECT person_id, structure_id FROM flux_contract_line)
    AND NOT EXISTS (SELECT FROM flux_contract_line x WHERE x.id = c.id)
"""
SAME_START = f"""
x.kind IN ({EXCLUSIVE}) AND x.line IN (
    SELECT line FROM (
        SELECT line, row_number() OVER (
            PARTITION BY person_id, structure_id, contrat_date_embauche
            ORDER BY contrat_id_ctr) AS rank
        FROM flux_contract_line WHERE kind IN ({EXCLUSIVE})
    ) r WHERE rank > 1)
"""
OVERLAPS_BASE = f"""
x.kind IN ({EXCLUSIVE}) AND EXISTS (
    SELECT FROM flux_other o
    WHERE o.person_id = x.person_id AND o.structure_id = x.structure_id
        AND o.kind IN ({EXCLUSIVE}) AND o.starts_on <= x.contrat_date_embauche
        AND coalesce(o.ends_on, 'infinity') >= x.contrat_date_embauche)
"""
REFUSALS = [
    (
        "contrat_mesure_disp_code",
        f"x.contrat_mesure_disp_code NOT IN ({words(POST_AID)})",
        UNKNOWN_KIND,
    ),
    (
        "contrat_id_pph",
        "x.person_id IS NULL",
        "Ce salarié n’est ni dans la livraison ni dans la base.",
    ),
    (
        "contrat_id_structure",
        "x.structure_id IS NULL",
        "Cette structure n’est ni dans la livraison ni dans la base pour cette mesure.",
    ),
    (
        "contrat_date_fin_contrat",
        "x.contrat_date_fin_contrat < x.contrat_date_embauche",
        "La fin du contrat précède l’embauche.",
    ),
    (
        "contrat_date_embauche",
        SAME_START,
        "Cette personne a déjà un contrat ici qui commence ce jour-là.",
    ),
]
OVERLAP = "Un contrat de la base couvre déjà cette date pour cette personne, ici."
# In order of start, a contract that is a renewal continues the one before: its stay
# (`hired_on`) began with the first of the chain. A CDDI ends the day before the next.
CHAINED = f"""
WITH every AS (
    SELECT x.line, x.id, x.person_id, x.structure_id, x.kind,
        x.contrat_date_embauche AS starts_on, x.contrat_date_fin_contrat AS ends_on,
        x.contrat_date_embauche AS hired_on,
        coalesce(x.contrat_type_contrat > 0, false) AS is_renewal,
        o.id AS renewed_by, x.contrat_id_ctr AS tie
    FROM flux_contract_line x LEFT JOIN flux_other o ON o.renews_id = x.id
    UNION ALL
    SELECT NULL, id, person_id, structure_id, kind, starts_on, ends_on, hired_on,
        renews_id IS NOT NULL, renewed_by, 0
    FROM flux_other
), ordered AS (
    SELECT *, lag(id) OVER chain AS previous, lag(renewed_by) OVER chain AS taken,
        count(*) FILTER (WHERE NOT is_renewal) OVER chain AS stay,
        lead(starts_on) OVER (PARTITION BY person_id, structure_id,
            kind IN ({EXCLUSIVE}) ORDER BY starts_on, tie) - 1 AS last_day
    FROM every
    WINDOW chain AS (PARTITION BY person_id, structure_id ORDER BY starts_on, tie)
)
SELECT line, id,
    CASE WHEN is_renewal AND taken IS NULL THEN previous END AS renews_id,
    is_renewal AND previous IS NULL AS is_orphan,
    min(hired_on) OVER (PARTITION BY person_id, structure_id, stay) AS hired_on,
    CASE WHEN kind IN ({EXCLUSIVE}) THEN least(ends_on, last_day)
        ELSE ends_on END AS ends_on,
    kind IN ({EXCLUSIVE}) AND last_day < coalesce(ends_on, 'infinity') AS is_cut
FROM ordered
"""
FINAL = f"""
SELECT x.line, x.id, x.contrat_id_ctr AS asp_id, x.person_id, x.structure_id,
    coalesce(x.parcours_id, r.parcours_id) AS parcours_id, x.kind, c.hired_on,
    x.contrat_date_embauche AS starts_on, c.ends_on, c.renews_id,
    coalesce(x.contrat_duree_hebdo_travail, t.weekly_hours) AS weekly_hours,
    coalesce(x.contrat_code_rome, t.job, '') AS job,
    coalesce(x.contrat_salarie_rsa, t.rsa, '{Rsa.NO}') AS rsa,
    {FLAG_VALUES},
    coalesce(x.contrat_niveau_de_formation_code, n.rnf_code_niveau_form_empl,
        t.training_level, '') AS training_level,
    coalesce(x.contrat_salarie_pe_duree_code, d.code, t.unemployed_since, '')
        AS unemployed_since
FROM flux_contract_line x
JOIN flux_chain c ON c.line = x.line
LEFT JOIN flux_contract_right r ON r.id = x.id
LEFT JOIN parcours_contract t ON t.id = x.id
LEFT JOIN flux_refniveauformation n ON n.rnf_id = x.contrat_niveau_de_formation_id
LEFT JOIN flux_duration d ON d.rdp_id = x.contrat_salarie_pe_duree_id
"""
# An exit the base knows ends a contract: this one would now begin after it. A delivery
# that also tells a later end corrects both, and the exit is written again after.
TOLD_END = f"""
EXISTS (SELECT FROM {STAGED} s WHERE s.line = x.line
        AND s.contrat_date_sortie_definitive >= x.starts_on)
OR EXISTS (SELECT FROM flux_etatmensuelindiv m WHERE m.emi_ctr_id = x.asp_id
        AND m.emi_date_fin_reelle >= x.starts_on)
"""
FORGET_EXITS = f"""
DELETE FROM parcours_exit e USING flux_contract x
WHERE e.contract_id = x.id AND e.exited_on < x.starts_on AND ({TOLD_END})
"""
# Out of the way of the constraints on dates and renewals while they change.
MOVED = ["kind", "starts_on", "ends_on", "renews_id", "person_id", "structure_id"]
PARK = f"""
UPDATE {TARGET} t SET kind = '{ContractKind.MAD}', renews_id = NULL
FROM flux_contract x WHERE x.id = t.id
    AND ({listed("t", MOVED)}) IS DISTINCT FROM ({listed("x", MOVED)})
"""
# A renewal may be written a slice before the contract it renews.
RENEWAL_KEY = f"""
SELECT conname FROM pg_constraint
WHERE contype = 'f' AND conrelid = '{TARGET}'::regclass AND confrelid = conrelid
"""


def import_contracts(cursor: CursorWrapper) -> Outcome:
    merged = issues.keep_first(cursor, STAGED, VIEW, key="contrat_id_ctr")
    measure = "contrat_mesure_disp_code"
    set_aside_measures(cursor, STAGED, VIEW, measure)
    create(cursor, "flux_contract_line", ROWS)
    issues.refuse(cursor, "flux_contract_line", VIEW, REFUSALS)
    refuse_hirings(cursor, "flux_contract_line")
    create(cursor, "flux_other", OTHERS)
    overlap = ("contrat_date_embauche", OVERLAPS_BASE, OVERLAP)
    issues.refuse(cursor, "flux_contract_line", VIEW, [overlap])
    create(cursor, "flux_chain", CHAINED)
    warn_about_chains(cursor)
    rights = attach_rights(cursor)
    create(cursor, "flux_contract", FINAL)
    refuse_after_exit(cursor)
    cursor.execute(PARK)
    cursor.execute(RENEWAL_KEY)
    renewal_key = cursor.fetchone()[0]
    cursor.execute(f"SET CONSTRAINTS {renewal_key} DEFERRED")
    lines = merge(cursor, "flux_contract", TARGET, key="id", compared=COMPARED)
    cursor.execute(f"SET CONSTRAINTS {renewal_key} IMMEDIATE")
    return Outcome(lines, {"parcours": rights, "contrats": lines}, merged)


def refuse_after_exit(cursor: CursorWrapper) -> None:
    cursor.execute(FORGET_EXITS)
    issues.remove(
        cursor,
        "flux_contract",
        view=VIEW,
        column="contrat_date_embauche",
        value="x.starts_on",
        using="USING parcours_exit e",
        where="e.contract_id = x.id AND e.exited_on < x.starts_on",
        reason="('La base connaît une sortie de ce contrat le ' "
        "|| to_char(e.exited_on, 'DD/MM/YYYY') || ' : il ne peut pas débuter après.')",
    )


def warn_about_chains(cursor: CursorWrapper) -> None:
    said: dict[str, Any] = {
        "cursor": cursor,
        "table": "flux_contract_line",
        "view": VIEW,
        "using": "JOIN flux_chain c ON c.line = x.line",
    }
    issues.warn(
        **said,
        column="contrat_type_contrat",
        where="c.is_orphan",
        reason="Le contrat que celui-ci reconduit n’est pas dans la base.",
    )
    issues.warn(
        **said,
        column="contrat_date_fin_contrat",
        where="c.is_cut",
        reason="La fin est ramenée à la veille du contrat suivant.",
    )
