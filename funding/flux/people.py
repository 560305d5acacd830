"""fluxIAE_Salarie: one person per NIR, under a local identifier in each structure (R57)."""

from typing import Any

from django.db.backends.utils import CursorWrapper

from funding.flux import issues
from funding.flux.merge import Counts, Outcome, create, listed, merge
from funding.flux.plausible import refuse_births

VIEW = "Salarie"
STAGED = "flux_salarie"
PERSON, LOCAL = "parcours_person", "parcours_localidentity"
COMPARED = [
    *("last_name", "first_name", "sort_key", "birth_on", "sex", "nir_hash"),
    *("nir_cipher", "commune_id", "is_qpv"),
]
# A person comes several times under one identifier: the line changed last is kept.
LATEST = f"""
DELETE FROM {STAGED} x USING (
    SELECT line, row_number() OVER (PARTITION BY salarie_id
        ORDER BY salarie_date_modification DESC NULLS LAST, line DESC) AS rank
    FROM {STAGED} WHERE salarie_id IN (
        SELECT salarie_id FROM {STAGED} GROUP BY 1 HAVING count(*) > 1)
) older WHERE older.rank > 1 AND older.line = x.line
"""
# Who each line is: by NIR, else by local identifier. A person known without a NIR takes
# the one the file gives it. `told` and `held` are the NIRs of the file and of the base.
KNOWN = f"""
WITH local AS (
    SELECT x.line, x.nir_hash, l.person_id, o.nir_hash AS held
    FROM {STAGED} x JOIN {LOCAL} l ON l.asp_id = x.salarie_id
    JOIN {PERSON} o ON o.id = l.person_id
), adopted AS (
    SELECT nir_hash, min(person_id) AS person_id FROM local
    WHERE held IS NULL AND nir_hash IS NOT NULL GROUP BY 1
)
SELECT x.line, x.salarie_id AS asp_id, x.nir_hash AS told,
    coalesce(p.id, a.person_id) AS by_nir, l.person_id AS by_local, l.held
FROM {STAGED} x
LEFT JOIN {PERSON} p ON p.nir_hash = x.nir_hash
LEFT JOIN adopted a ON a.nir_hash = x.nir_hash
LEFT JOIN local l ON l.line = x.line
"""
OTHER_PERSON = """
x.line IN (SELECT line FROM flux_known
    WHERE by_nir <> by_local OR (by_nir IS NULL AND told <> held))
"""
NEW_NIRS = """
SELECT told, nextval('parcours_person_id_seq') AS id
FROM (SELECT DISTINCT told FROM flux_known
      WHERE told IS NOT NULL AND by_nir IS NULL AND by_local IS NULL) n
"""
IDENTITIES = f"""
SELECT k.line, k.asp_id,
    coalesce(k.by_nir, k.by_local, n.id, nextval('parcours_person_id_seq')) AS person_id
FROM flux_known k JOIN {STAGED} x ON x.line = k.line
LEFT JOIN flux_new_nir n ON n.told = k.told
"""
# The line changed last speaks for the person.
PEOPLE = f"""
SELECT DISTINCT ON (i.person_id) i.line, i.person_id AS id,
    x.salarie_nom_usage AS last_name, x.salarie_prenom AS first_name, x.sort_key,
    x.salarie_date_naissance AS birth_on, x.salarie_rci_libelle AS sex,
    coalesce(x.nir_hash, t.nir_hash) AS nir_hash,
    coalesce(decode(x.nir_cipher, 'hex'), t.nir_cipher) AS nir_cipher,
    coalesce(c.code, t.commune_id) AS commune_id,
    coalesce(x.salarie_adr_qpv_type = 'QP', t.is_qpv, false) AS is_qpv
FROM flux_identity i JOIN {STAGED} x ON x.line = i.line
LEFT JOIN {PERSON} t ON t.id = i.person_id
LEFT JOIN structures_commune c ON c.code = x.salarie_codeinseecom
ORDER BY i.person_id, x.salarie_date_modification DESC NULLS LAST, i.asp_id DESC
"""
# A line makes an identity; it changes the person when it is the one that speaks for it.
LINES = f"""
SELECT count(*) FILTER (WHERE t.id IS NULL),
       count(*) FILTER (WHERE t.id IS NOT NULL AND ({listed("p", COMPARED)})
            IS DISTINCT FROM ({listed("o", COMPARED)})),
       count(*) FILTER (WHERE t.id IS NOT NULL AND ({listed("p", COMPARED)})
            IS NOT DISTINCT FROM ({listed("o", COMPARED)}))
FROM flux_identity i
LEFT JOIN {LOCAL} t ON t.asp_id = i.asp_id
LEFT JOIN flux_person p ON p.line = i.line
LEFT JOIN {PERSON} o ON o.id = p.id
"""


def import_people(cursor: CursorWrapper) -> Outcome:
    warn_about_values(cursor)
    refuse_births(cursor)
    cursor.execute(LATEST)
    merged = cursor.rowcount
    create(cursor, "flux_known", KNOWN)
    issues.remove(
        cursor,
        STAGED,
        view=VIEW,
        column="salarie_id",
        where=OTHER_PERSON,
        reason="Ce NIR et cet identifiant local sont ceux de deux personnes de la base.",
    )
    create(cursor, "flux_new_nir", NEW_NIRS)
    create(cursor, "flux_identity", IDENTITIES)
    create(cursor, "flux_person", PEOPLE)
    cursor.execute(LINES)
    lines = Counts(*cursor.fetchone())
    return Outcome(lines, merge_people(cursor), merged)


def merge_people(cursor: CursorWrapper) -> dict[str, Counts]:
    simulated = {"is_simulated": "false"}
    plan: dict[str, Any] = {"key": "id", "compared": COMPARED, "only_new": simulated}
    people = merge(cursor, "flux_person", PERSON, **plan)
    plan = {"key": "asp_id", "compared": ["person_id"]}
    identities = merge(cursor, "flux_identity", LOCAL, **plan)
    return {"personnes": people, "identités locales": identities}


def warn_about_values(cursor: CursorWrapper) -> None:
    """The number itself is nowhere to be shown."""
    issues.warn(
        cursor,
        STAGED,
        view=VIEW,
        column="salarie_nir",
        value="''",
        where="x.nir_problem IS NOT NULL",
        reason="NIR incorrect : la personne est suivie par son seul identifiant local.",
    )
    issues.warn(
        cursor,
        STAGED,
        view=VIEW,
        column="salarie_codeinseecom",
        where="x.salarie_codeinseecom NOT IN (SELECT code FROM structures_commune)",
        reason="Cette commune n’est pas dans la base : elle n’est pas reprise.",
    )
