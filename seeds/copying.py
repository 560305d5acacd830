"""Rows on their way to PostgreSQL: text by table, sent with COPY in an order keys accept."""

from collections.abc import Callable, Iterator

from psycopg import Cursor

# Columns of each table, in the order of its lines; parents come before children. Tables
# nothing refers to draw their own id.
COLUMNS = {
    "structures_region": "code name",
    "structures_departement": "code name region_id",
    "structures_epci": "siren name",
    "structures_commune": "code name departement_id epci_id population postcode",
    "structures_perimeter": "id code name parent_id source is_to_confirm",
    "structures_perimetercommune": "perimeter_id commune_id since",
    "structures_group": "id name",
    "structures_structure": (
        "id kind name siret siret_at_signature asp_id commune_id group_id address postcode "
        "phone email activity naf created_on is_simulated"
    ),
    "structures_convention": (
        "id structure_id measure number state starts_on ends_on signed_on "
        "cdiae_opinion_on active_until"
    ),
    "parcours_person": (
        "id last_name first_name sort_key birth_on sex nir_hash nir_cipher commune_id "
        "is_qpv is_simulated"
    ),
    "parcours_localidentity": "person_id asp_id",
    "parcours_parcours": "id person_id regime number starts_on ends_on",
    "parcours_contract": (
        "id person_id structure_id parcours_id kind hired_on starts_on ends_on renews_id "
        "weekly_hours job rsa is_ass is_aah is_rqth is_ase is_single_parent is_homeless "
        "is_refugee is_ex_detainee is_zrr training_level unemployed_since"
    ),
    "parcours_monthlystatement": "id convention_id month state validated_on",
    "parcours_monthlyhours": "statement_id contract_id hours",
    "parcours_exit": "contract_id exited_on motive_id recorded_at",
    "parcours_interview": "contract_id held_on medium minutes summary counsellor",
    "parcours_frein": "contract_id theme state mode identified_on lifted_on",
    "parcours_supervisionsession": "contract_id held_on task observation supervisor",
    "parcours_training": "contract_id title objective starts_on ends_on hours",
    "parcours_pec": (
        "person_id employer residence_id decided_on starts_on months weekly_hours rate "
        "is_preferential is_simulated"
    ),
    "funding_publishedfigure": (
        "code label measure scope value unit relation document published_on quote"
    ),
    "funding_envelope": "id year level line region_id departement_id perimeter_id parent_id",
    "funding_annexefinanciere": "id convention_id year number renewal",
    "funding_annexeversion": (
        "id annexe_id modification state starts_on ends_on etp unit_amount hours_per_etp "
        "total cofinanced cofinancer is_prison supervision_etp forecast_exits "
        "forecast_dynamic forecast_durable forecast_transition forecast_positive signed_on "
        "note"
    ),
    "funding_annexepart": "version_id envelope_id etp posts amount",
    "funding_modulation": "annexe_id rate base amount notified_on",
}
# Bytes sent at once: enough for the wire, little enough for the memory.
CHUNK = 1 << 18


class Batch:
    """Lines waiting for COPY. A line is its values between tabs, ended by a newline."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = {table: [] for table in COLUMNS}

    def __getitem__(self, table: str) -> list[str]:
        return self.lines[table]

    def count(self, table: str) -> int:
        return len(self.lines[table])

    def flush(
        self, cursor: Cursor, told: Callable[[str], None] = lambda table: None
    ) -> dict[str, int]:
        """Send every table’s lines, forget them, and say how many went."""
        sent = {table: len(lines) for table, lines in self.lines.items() if lines}
        for table in sent:
            told(table)
            copy_lines(cursor, table, self.lines[table])
            self.lines[table] = []
        return sent


def copy_lines(cursor: Cursor, table: str, lines: list[str]) -> None:
    columns = ", ".join(COLUMNS[table].split())
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for chunk in chunks(lines):
            copy.write(chunk)


def chunks(lines: list[str]) -> Iterator[str]:
    step = max(CHUNK // (len(lines[0]) + 1), 1)
    for start in range(0, len(lines), step):
        yield "".join(lines[start : start + step])


def advance_sequences(cursor: Cursor) -> None:
    """Let the next id follow the last one written.

    The application’s role may draw from a sequence, not set it: it draws what was used.
    """
    for table, columns in COLUMNS.items():
        if columns.startswith("id "):
            cursor.execute(
                f"SELECT count(nextval(pg_get_serial_sequence('{table}', 'id'))) "
                f"FROM generate_series(1, (SELECT coalesce(max(id), 0) FROM {table}))"
            )
