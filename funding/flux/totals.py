"""ETP and euros that the files tell, against those of the base once merged."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.backends.utils import CursorWrapper

from funding.flux.measures import POST_AID, words
from funding.models.annexe import COUNTED

CREATE = """
DROP TABLE IF EXISTS flux_total, flux_told_version, flux_told_kind;
CREATE TEMP TABLE flux_total (code text, label text, told numeric) ON COMMIT DROP;
CREATE TEMP TABLE flux_told_kind (asp_id integer, kind text) ON COMMIT DROP
"""
# On the staged texts, before any check: lines rejected later are in the file’s total.
NUMBER = (
    "coalesce(sum(CASE WHEN pg_input_is_valid({0}, 'numeric') "
    "AND translate({0}, '.0123456789', '') = '' THEN {0}::numeric END), 0)"
)
TOLD_VERSIONS = f"""
CREATE TEMP TABLE flux_told_version ON COMMIT DROP AS
SELECT DISTINCT ON (af_id_avenant_modification) af_id_avenant_modification AS asp_id,
    af_etp_postes_insertion AS etp, af_montant_total_annuel AS total
FROM flux_raw_annexefinanciere
WHERE af_mesure_dispositif_code IN ({words(POST_AID)})
    AND af_etat_annexe_financiere_code IN ({words(COUNTED)})
"""
# A structure is of the kind its annexes say, even those whose line is rejected.
TOLD_KINDS = f"""
INSERT INTO flux_told_kind
SELECT DISTINCT af_id_structure::integer, split_part(af_mesure_dispositif_code, '_', 1)
FROM flux_raw_annexefinanciere
WHERE af_mesure_dispositif_code IN ({words(POST_AID)})
    AND pg_input_is_valid(af_id_structure, 'integer')
"""
TOLD = """
INSERT INTO flux_total SELECT '{code}', '{label}', {number} FROM {table}
"""
HELD_VERSIONS = f"""
SELECT coalesce(sum(v.{{column}}), 0) FROM funding_annexeversion v
JOIN flux_told_version t ON t.asp_id = v.asp_id::text
WHERE v.state IN ({words(COUNTED)})
"""
HELD_HOURS = """
SELECT coalesce(sum({value}), 0)
FROM flux_statement f
JOIN parcours_monthlystatement s
    ON s.convention_id = f.convention_id AND s.month = f.month
JOIN parcours_monthlyhours h ON h.statement_id = s.id
JOIN (SELECT DISTINCT ON (convention_id, month) * FROM flux_month
      ORDER BY convention_id, month) m
    ON m.convention_id = s.convention_id AND m.month = s.month
"""
# Code, label, where the file tells it, and how the base does.
MEASURES = {
    "AnnexeFinanciere": [
        ("etp", "ETP des annexes comptées", "etp", HELD_VERSIONS.format(column="etp")),
        (
            "euros",
            "Montants des annexes comptées, en euros",
            "total",
            HELD_VERSIONS.format(column="total"),
        ),
    ],
    "EtatMensuelIndiv": [
        (
            "heures",
            "Heures des états mensuels",
            "emi_nb_heures_travail",
            HELD_HOURS.format(value="h.hours"),
        ),
        (
            "etp_mensuels",
            "ETP mensuels, selon l’ASP et selon les heures",
            "emi_part_etp",
            HELD_HOURS.format(value="h.hours / m.hours_per_etp * 12"),
        ),
    ],
}


@dataclass(frozen=True)
class Total:
    """A sum told by the files and the same sum in the base."""

    code: str
    label: str
    told: Decimal
    held: Decimal

    @property
    def gap(self) -> Decimal:
        return self.held - self.told


def create_totals(cursor: CursorWrapper) -> None:
    cursor.execute(CREATE)


def note_told(cursor: CursorWrapper, view: str, columns: Collection[str]) -> None:
    """What a file tells, from its staged texts; only of the columns it has."""
    table = f"flux_raw_{view.lower()}"
    if view == "AnnexeFinanciere":
        cursor.execute(TOLD_VERSIONS)
        cursor.execute(TOLD_KINDS)
        table, columns = "flux_told_version", {"etp", "total"}
    for code, label, column, _ in MEASURES.get(view, []):
        if column in columns:
            number = NUMBER.format(column)
            cursor.execute(
                TOLD.format(code=code, label=label, number=number, table=table)
            )


def totals(cursor: CursorWrapper) -> list[Total]:
    """Once merged: each sum of the files beside that of the base."""
    held = {code: sql for group in MEASURES.values() for code, _, _, sql in group}
    cursor.execute("SELECT code, label, told FROM flux_total")
    found = []
    for code, label, told in cursor.fetchall():
        cursor.execute(held[code])
        found.append(Total(code, label, told, round(cursor.fetchone()[0], 2)))
    return found
