"""Official geography and the perimeters drawn over it."""

import csv
import gzip
import io
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from seeds.copying import Batch

FOLDER = Path(__file__).parent / "data"
# Codes of two characters: the regions that have départements.
ZONES = {"metro", "drom"}
SIGNED = date(2017, 3, 7)
ERBM = "erbm"
# Each EPCI goes where its seat looks: Osartis-Marquion, in the Pas-de-Calais between Arras
# and Douai, is put with Lens-Hénin (the Douaisis of the document is in the Nord), the Cœur
# d’Ostrevent with the Douaisis (its arrondissement), the Porte du Hainaut with Valenciennes.
TERRITORIES = {
    "bethune-bruay": ("Béthune-Bruay", ["200072460"]),
    "lens-henin": ("Lens-Hénin", ["246200364", "246200299", "200044048"]),
    "douaisis": ("Douaisis", ["200044618", "245901152"]),
    "valenciennois": ("Valenciennois", ["200042190", "245901160"]),
}
ERBM_EPCI = {siren for _, members in TERRITORIES.values() for siren in members}
SOURCE = (
    "Engagement pour le renouveau du bassin minier, 7 mars 2017 : toutes les communes des "
    "8 EPCI signataires, en attendant la liste officielle de 250 communes"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, and whether the bassin minier’s perimeter holds it."""

    code: str
    name: str
    departement: str
    epci: str
    population: int
    postcode: str

    @property
    def inside(self) -> bool:
        return self.epci in ERBM_EPCI


def rows(name: str) -> list[dict[str, str]]:
    path = FOLDER / name
    data = (
        gzip.decompress(path.read_bytes())
        if path.suffix == ".gz"
        else path.read_bytes()
    )
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"))))


@cache
def departements() -> dict[str, dict[str, str]]:
    """Départements by code, overseas ones included, in the order of codes."""
    return {
        row["code"]: row for row in rows("departements.csv") if row["zone"] in ZONES
    }


@cache
def places() -> tuple[Place, ...]:
    known = departements()
    return tuple(
        Place(
            code=row["code_insee"],
            name=row["nom"],
            departement=row["departement"],
            epci=row["epci"],
            population=int(row["population"] or 0),
            postcode=row["codes_postaux"][:5],
        )
        for row in rows("communes.csv.gz")
        if row["departement"] in known
    )


@cache
def places_of(departement: str) -> tuple[Place, ...]:
    return tuple(place for place in places() if place.departement == departement)


def write_geography(batch: Batch) -> None:
    for row in rows("regions.csv"):
        if row["zone"] in ZONES:
            batch["structures_region"].append(f"{row['code']}\t{row['nom']}\n")
    for code, row in departements().items():
        line = f"{code}\t{row['nom']}\t{row['region']}\n"
        batch["structures_departement"].append(line)
    for row in rows("epci.csv"):
        batch["structures_epci"].append(f"{row['siren']}\t{row['nom']}\n")
    for place in places():
        batch["structures_commune"].append(
            f"{place.code}\t{place.name}\t{place.departement}\t{place.epci or NULL}\t"
            f"{place.population}\t{place.postcode}\n"
        )


NULL = "\\N"


def write_perimeters(batch: Batch) -> None:
    """The ERBM and its four territories, to be confirmed: the official list is shorter."""
    write_perimeter(
        batch, 1, ERBM, "Engagement pour le renouveau du bassin minier", ERBM_EPCI
    )
    for number, (code, (name, epci)) in enumerate(TERRITORIES.items(), start=2):
        write_perimeter(batch, number, code, name, set(epci), parent="1")


def write_perimeter(
    batch: Batch,
    number: int,
    code: str,
    name: str,
    epci: set[str],
    *,
    parent: str = NULL,
) -> None:
    batch["structures_perimeter"].append(
        f"{number}\t{code}\t{name}\t{parent}\t{SOURCE}\tt\n"
    )
    for place in places():
        if place.epci in epci:
            line = f"{number}\t{place.code}\t{SIGNED}\n"
            batch["structures_perimetercommune"].append(line)
