"""How the ASP writes its “fluxIAE” files: lines, header, closing count, fields.

Source : fichiers fluxIAE de l’ASP, tels que deux applications de l’État les lisent.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

SEPARATOR = "|"
OPENING = re.compile(r"DEB[A-Za-z_]+\d{8}_\d{6}\|*", re.ASCII)
CLOSING = re.compile(r"FIN(\d+)\|*", re.ASCII)
DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?: \d{2}:\d{2}:\d{2})?", re.ASCII)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
REJECTION = "af_motif_rejet_"


class WrongFile(ValueError):
    """The whole file is refused, and the base stays as it was."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.user_message = message


class WrongField(ValueError):
    """One line is refused and listed: its column, its value, and why."""

    def __init__(self, *, column: str, value: str, reason: str) -> None:
        super().__init__(f"{column}: {reason}")
        self.column, self.value, self.user_message = column, value, reason


@dataclass(frozen=True)
class Line:
    """A logical line and the number of the first physical line that makes it."""

    number: int
    text: str


def glue(lines: Iterable[str]) -> Iterator[Line]:
    """The lines glued: one that begins with a separator continues the line before.

    Fields may hold line breaks, and nothing is quoted. Blank lines are left out.
    Source : PIL et les emplois, remplacement de « \\n| » par « | » (R89).
    """
    pending: Line | None = None
    for number, raw in enumerate(lines, start=1):
        text = raw.rstrip("\r\n")
        if pending and text.startswith(SEPARATOR):
            pending = Line(pending.number, pending.text + text)
        elif text:
            if pending:
                yield pending
            pending = Line(number, text.removeprefix("\ufeff"))
    if pending:
        yield pending


def is_opening(text: str) -> bool:
    """Whether a line is the DEB line most files begin with (R89)."""
    return OPENING.fullmatch(text) is not None


def fin_count(text: str) -> int | None:
    """Rows a closing line declares, or None when it is not one: FIN6||| is 6 (R89)."""
    found = CLOSING.fullmatch(text)
    return int(found[1]) if found else None


def split_line(text: str) -> list[str]:
    """The fields of a line, without the spaces around them; a quote is a character."""
    return [field.strip() for field in text.split(SEPARATOR)]


@dataclass(frozen=True, kw_only=True)
class Header:
    """Columns in file order, and those nobody expected: a warning, not a refusal."""

    columns: tuple[str, ...]
    unknown: tuple[str, ...]


def parse_header(
    text: str, *, mandatory: Collection[str], known: Collection[str]
) -> Header:
    """The columns of a header line. Raises WrongFile when a mandatory one is missing.

    `af_nb_banques numeric` really has a space. Source : en-tête d’un fichier réel (R90).
    """
    columns = split_line(text)
    repeated = sorted({name for name in columns if name and columns.count(name) > 1})
    if repeated:
        raise WrongFile(f"Colonne en double : {', '.join(repeated)}.")
    missing = sorted(set(mandatory) - set(columns))
    if missing:
        raise WrongFile(f"Colonne obligatoire absente : {', '.join(missing)}.")
    unknown = tuple(name for name in columns if name and name not in known)
    return Header(columns=tuple(columns), unknown=unknown)


def check_count(*, found: int, declared: int | None = None) -> bool:
    """True when the closing count agrees, False when the file has none: a warning.

    Raises WrongFile when it differs. Source : FIN<nombre de lignes> (R89).
    """
    if declared is None:
        return False
    if declared != found:
        raise WrongFile(
            f"La ligne FIN annonce {declared} lignes, le fichier en contient {found}. "
            "Demandez un nouvel envoi : rien n’a été importé."
        )
    return True


def flux_date(text: str, *, column: str) -> date | None:
    """A day dd/mm/yyyy, its time ignored; None when empty. Raises WrongField."""
    if not text:
        return None
    found = DAY.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        pass
    raise WrongField(
        column=column, value=text, reason="Cette date n’est pas au format jj/mm/aaaa."
    )


def flux_decimal(text: str, *, column: str) -> Decimal | None:
    """A number with a dot; None when empty. Raises WrongField, also for NaN and 1e3."""
    if not text:
        return None
    if not NUMBER.fullmatch(text):
        raise WrongField(column=column, value=text, reason="Ce n’est pas un nombre.")
    return Decimal(text)


def flux_hours(text: str, *, column: str) -> Decimal | None:
    """Hours of a month, never negative; None when empty. Raises WrongField (R33)."""
    hours = flux_decimal(text, column=column)
    if hours is not None and hours < 0:
        raise WrongField(
            column=column,
            value=text,
            reason="Des heures ne peuvent pas être négatives.",
        )
    return hours


def flux_boolean(text: str, *, column: str) -> bool | None:
    """true or false; None when empty. Raises WrongField."""
    if text not in {"", "true", "false"}:
        raise WrongField(
            column=column, value=text, reason="La valeur attendue est true ou false."
        )
    return text == "true" if text else None


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One version of an annexe, and the motifs de rejet it was repeated for."""

    row: Mapping[str, str]
    rejections: tuple[str, ...]


def versions_by_key(
    rows: Iterable[Mapping[str, str]],
) -> dict[str, VersionRow]:
    """One entry per af_id_avenant_modification; its rejections beside it.

    The file repeats a version once per motif de rejet. The number is never the key: it
    may cover two periods. Source : AI092181008 A2M1, deux motifs, un avenant (R91).
    """
    versions: dict[str, VersionRow] = {}
    for row in rows:
        key, motive = row["af_id_avenant_modification"], row[f"{REJECTION}code"]
        known = versions.get(key, VersionRow(row=without_rejection(row), rejections=()))
        rejections = {*known.rejections, motive} - {""}
        versions[key] = VersionRow(row=known.row, rejections=tuple(sorted(rejections)))
    return versions


def without_rejection(row: Mapping[str, str]) -> dict[str, str]:
    return {name: row[name] for name in row if not name.startswith(REJECTION)}


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """What became of the rows of a file; every row read is in one of the others."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    merged: int = 0

    @property
    def lost(self) -> int:
        """Rows nobody accounts for: 0, or the import is wrong (R93)."""
        kept = self.created + self.updated + self.unchanged
        return self.read - kept - self.merged - self.rejected


def reconciliation(
    incoming: Mapping[str, object], *, stored: Mapping[str, object], rejected: int = 0
) -> Reconciliation:
    """Rows that a merge creates, updates or leaves, by key.

    The same file twice: nothing created, nothing updated (R93, our proposal).
    """
    created = sum(key not in stored for key in incoming)
    unchanged = sum(
        key in stored and stored[key] == row for key, row in incoming.items()
    )
    return Reconciliation(
        read=len(incoming) + rejected,
        created=created,
        updated=len(incoming) - created - unchanged,
        unchanged=unchanged,
        rejected=rejected,
    )
