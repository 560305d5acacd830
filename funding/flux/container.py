"""What a file is wrapped in: gzip, zip or nothing; DEB and FIN lines; broken lines."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO, cast

from funding.rules.flux import SEPARATOR, WrongFile, fin_count, is_opening

GZIP, ZIP = b"\x1f\x8b", b"PK"
BROKEN_ARCHIVE = (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile)
ENCRYPTED = 0x1


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes inside a file. Its first bytes say how they are wrapped, not its name."""
    with path.open("rb") as raw:
        magic = raw.read(2)
        raw.seek(0)
        if magic == GZIP:
            with gzip.open(raw) as inner:
                yield cast(IO[bytes], inner)
        elif magic == ZIP:
            with (
                zipfile.ZipFile(raw) as archive,
                archive.open(only_member(archive)) as f,
            ):
                yield f
        else:
            yield raw


def only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) != 1:
        raise WrongFile(f"l’archive contient {len(members)} fichiers au lieu d’un.")
    if members[0].flag_bits & ENCRYPTED:
        raise WrongFile("l’archive est chiffrée : déchiffrez-la avant l’import.")
    return members[0]


class FluxFile:
    """One pass over a file: `read_header`, then `rows`, then the counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.header: list[str] = []
        self.header_line = 0
        self.read = 0
        self.declared: int | None = None
        self.fin_line = 0

    @contextmanager
    def reading(self) -> Iterator["FluxFile"]:
        """Any fault of the container leaves as a WrongFile that names the file."""
        try:
            with (
                opened(self.path) as raw,
                io.TextIOWrapper(raw, "utf-8", newline="\n") as text,
            ):
                self.lines = numbered(text)
                yield self
        except UnicodeDecodeError as error:
            raise WrongFile(broken_encoding(self.path)) from error
        except BROKEN_ARCHIVE as error:
            raise WrongFile(f"{self.name} : l’archive est abîmée ou coupée.") from error
        except WrongFile as error:
            told = error.user_message
            named = told if self.name in told else f"{self.name} : {told}"
            raise WrongFile(named) from error

    def read_header(self) -> str:
        """The header line; the DEB line most files begin with is passed over."""
        for number, text in self.lines:
            text = text.removeprefix("\ufeff")
            if text and not is_opening(text):
                if fin_count(text) is not None:
                    break
                self.header_line = number
                self.header = [name.strip() for name in text.split(SEPARATOR)]
                return text
        raise WrongFile("le fichier n’a pas de ligne d’en-tête.")

    def rows(self) -> Iterator[tuple[int, str]]:
        """Logical lines, with the number of the first physical line of each.

        A field may hold a line break, and nothing is quoted: a line that begins with a
        separator continues the one before, unless that one already has all its columns
        (then it is a row whose first column is empty). FIN ends the file.
        """
        number, pending = 0, ""
        for following, text in self.lines:
            if self.declared is not None and text:
                raise WrongFile(f"ligne {following} : des lignes suivent FIN.")
            if not text:
                continue
            if text[0] == SEPARATOR and self.continues(pending):
                pending += text
                continue
            if pending:
                self.read += 1
                yield number, pending
            number, pending = following, text
            if text.startswith("FIN") and (count := fin_count(text)) is not None:
                self.declared, self.fin_line, pending = count, number, ""
        if pending:
            self.read += 1
            yield number, pending

    def continues(self, pending: str) -> bool:
        """Whether a line is still open: fewer columns than the header."""
        return bool(pending) and pending.count(SEPARATOR) < len(self.header) - 1


def numbered(stream: TextIO) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(stream, start=1):
        if "\0" in line:
            raise WrongFile(
                f"ligne {number} : un caractère nul rend la ligne illisible."
            )
        yield number, line.rstrip("\r\n")


def broken_encoding(path: Path) -> str:
    """The sentence for a file that is not UTF-8: which line, and which column of it."""
    with opened(path) as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode()
            except UnicodeDecodeError as error:
                column = line[: error.start].count(SEPARATOR.encode()) + 1
                return (
                    f"{path.name}, ligne {number}, colonne n° {column} : ce n’est pas "
                    "de l’UTF-8. Demandez un nouvel envoi : rien n’a été importé."
                )
    raise AssertionError("no line fails to decode")
