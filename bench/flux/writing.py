"""A file as the ASP writes it: DEB, header, rows, FIN, in gzip, zip or plain."""

import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path

from funding.flux.layout import layout

STAMP = "02122019_081500"


@contextmanager
def wrapped(path: Path, wrap: str):
    """A text stream into a file. `wrap`: gz, zip, or empty for plain."""
    if wrap == "gz":
        with gzip.open(
            path, "wt", compresslevel=1, encoding="utf-8", newline=""
        ) as out:
            yield out
    elif wrap == "zip":
        with (
            zipfile.ZipFile(
                path, "w", zipfile.ZIP_DEFLATED, compresslevel=1
            ) as archive,
            archive.open(f"{path.stem}.csv", "w", force_zip64=True) as raw,
            io.TextIOWrapper(raw, encoding="utf-8", newline="") as out,
        ):
            yield out
    else:
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out


def write_view(
    directory: Path,
    view: str,
    rows: Iterable[Mapping[str, object]],
    *,
    wrap: str = "",
    columns: Iterable[str] = (),
    opening: bool = True,
    fin: int | None = -1,
) -> Path:
    """The file of a view. `fin`: the count announced, by default the right one."""
    names = list(columns) or list(layout(view).in_order)
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"fluxIAE_{view}_{STAMP}.csv.gz"
    count = 0
    with wrapped(path, wrap) as out:
        if opening:
            out.write(f"DEB{view}{STAMP}|||\n")
        out.write("|".join(names) + "\n")
        for row in rows:
            out.write("|".join([str(row.get(name, "")) for name in names]) + "\n")
            count += 1
        if fin is not None:
            out.write(f"FIN{count if fin < 0 else fin}|||\n")
    return path
