"""A delivery of any size: structures, three years of annexes, stays, months, exits."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench.flux import rows
from bench.flux.rows import Row
from bench.flux.writing import write_view
from structures import law
from structures.rules.periods import months_later

PEOPLE_PER_STRUCTURE = 34
FIRST_YEAR = 2017
UNITS = {
    kind: tuple(
        int(law.in_force(parameter, kind, on=rows.DAY).value)
        for parameter in ("montant_socle", "heures_par_etp")
    )
    for kind in ("ACI", "EI", "AI", "ETTI")
}
KINDS = ["AI"] * 5 + ["ACI"] * 9 + ["EI"] * 6 + ["ETTI"] * 2
LAST_NAMES = [
    "Lefebvre",
    "Dubois",
    "Carpentier",
    "Delattre",
    "Vasseur",
    "Caron",
    "Poulain",
    "Hérin",
]
FIRST_NAMES = [
    "Camille",
    "Dominique",
    "Claude",
    "Zoé",
    "Karim",
    "Inès",
    "Hugo",
    "Nadia",
    "Noël",
    "Fatou",
]


@dataclass(frozen=True)
class Site:
    """A structure of one kind; an EI may share its ASP id with an ACI."""

    asp_id: int
    kind: str
    rank: int

    def annexe_id(self, year: int) -> int:
        return self.rank * 10 + year - FIRST_YEAR + 1


@dataclass(frozen=True)
class Stay:
    """A person in a site: a first contract and its renewals, then perhaps an exit."""

    person: int
    salarie_id: int
    site: Site
    contracts: tuple[tuple[int, date, date], ...]
    exits: bool


def write_delivery(
    directory: Path, *, people: int, years: int = 1, seed: int = 62, wrap: str = "gz"
) -> Path:
    """The seven views and the Refs, for about ten monthly rows a person and a year."""
    sites = list(draw_sites(max(3, people // PEOPLE_PER_STRUCTURE)))

    def stays() -> Iterator[Stay]:
        return draw_stays(sites, people=people, years=years, seed=seed)

    asp_ids = sorted({site.asp_id for site in sites})
    end = date(FIRST_YEAR + years, 1, 1)
    views = {
        "Structure": map(rows.structure, asp_ids),
        "AnnexeFinanciere": (row for site in sites for row in annexes(site, years)),
        "Salarie": map(person, stays()),
        "ContratMission": (row for stay in stays() for row in contracts(stay)),
        "EtatMensuelIndiv": (
            row for stay in stays() for row in months(stay, before=end)
        ),
        "Formations": (training(stay) for stay in stays() if stay.person % 5 == 0),
        "Accompagnement": (
            rows.accompaniment(site.annexe_id(year), acc_afi_id=site.annexe_id(year))
            for site in sites
            for year in range(FIRST_YEAR, end.year)
        ),
        **rows.REFS,
    }
    for view, lines in views.items():
        write_view(directory, view, lines, wrap=wrap)
    return directory


def draw_sites(count: int) -> Iterator[Site]:
    for rank in range(1, count + 1):
        kind = KINDS[rank % len(KINDS)]
        shared = kind == "EI" and KINDS[(rank - 1) % len(KINDS)] == "ACI"
        yield Site(asp_id=1000 + (rank - 1 if shared else rank), kind=kind, rank=rank)


def draw_stays(
    sites: list[Site], *, people: int, years: int, seed: int
) -> Iterator[Stay]:
    """The same stays each time it is called; one person in twenty has two."""
    chance = random.Random(seed)
    contract_id = salarie_id = 0
    for person_rank in range(people):
        start = date(FIRST_YEAR, 1, 1)
        for _ in range(2 if person_rank % 20 == 0 else 1):
            salarie_id += 1
            start = months_later(start, chance.randrange(4))
            signed = []
            for _ in range(chance.randrange(1, 3) * years):
                contract_id += 1
                end = months_later(start, 6) - timedelta(days=1)
                signed.append((contract_id, start, end))
                start = end + timedelta(days=1)
            yield Stay(
                person=person_rank,
                salarie_id=salarie_id,
                site=chance.choice(sites),
                contracts=tuple(signed),
                exits=chance.random() < 0.6,
            )


def annexes(site: Site, years: int) -> Iterator[Row]:
    """A version replaced, then the one in force; one in forty was rejected twice."""
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        replaced = version(site, year, modification=0, state="HISTORISE", etp=8)
        yield replaced
        if site.rank % 40 == 0:
            yield replaced | {"af_motif_rejet_code": "CP_BANC_KO"}
            yield replaced | {"af_motif_rejet_code": "TIT_RIB_KO"}
        yield version(site, year, modification=1, state="VALIDE", etp=9)


def version(site: Site, year: int, *, modification: int, state: str, etp: int) -> Row:
    (unit, hours), rank = UNITS[site.kind], year - FIRST_YEAR
    first = (FIRST_YEAR + rank // 3 * 3) % 100
    return rows.annexe(
        site.annexe_id(year),
        af_id_structure=site.asp_id,
        af_numero_convention=f"062 0101{first} {site.kind} {site.rank % 100_000:05d}",
        af_mesure_dispositif_code=f"{site.kind}_DC",
        af_numero_annexe_financiere=f"{site.kind}062{first}{site.rank % 10_000:04d}",
        af_numero_avenant_renouvellement=f"A{rank % 3}",
        af_numero_avenant_modification=f"M{modification}",
        af_id_avenant_modification=site.annexe_id(year) * 10 + modification,
        af_etat_annexe_financiere_code=state,
        af_date_debut_effet=f"01/01/{year}",
        af_date_fin_effet=f"31/12/{year}",
        af_etp_postes_insertion=f"{etp}.00",
        af_duree_heure_annuel_etp_valeur=hours,
        af_montant_unitaire_annuel_valeur=unit,
        af_montant_total_annuel=f"{etp * unit}.00",
        af_mt_cofinance="0",
        af_date_signature=f"15/01/{year}",
    )


def training(stay: Stay) -> Row:
    contract_id, start, _ = stay.contracts[0]
    return rows.training(
        stay.salarie_id,
        formation_id_ctr=contract_id,
        formation_date_debut=text(start),
        formation_date_fin=text(start + timedelta(days=2)),
    )


def person(stay: Stay) -> Row:
    number = stay.person
    return rows.person(
        stay.salarie_id,
        salarie_nir=rows.nir(
            number, sex=1 + number % 2, year=60 + number // 10_800_000
        ),
        salarie_agrement=(
            "" if stay.site.kind == "AI" else f"062{FIRST_YEAR}{number:08d}"
        ),
        salarie_nom_usage=f"{LAST_NAMES[number % 8]} {number % 997}",
        salarie_prenom=FIRST_NAMES[number % 10],
        salarie_rci_libelle="MME" if number % 2 else "M.",
    )


def contracts(stay: Stay) -> Iterator[Row]:
    for rank, (contract_id, start, end) in enumerate(stay.contracts):
        last = rank == len(stay.contracts) - 1
        leaves = last and stay.exits
        yield rows.contract(
            contract_id,
            contrat_id_pph=stay.salarie_id,
            contrat_id_structure=stay.site.asp_id,
            contrat_mesure_disp_code=f"{stay.site.kind}_DC",
            contrat_date_embauche=text(start),
            contrat_date_fin_contrat=text(end),
            contrat_type_contrat=rank,
            contrat_date_sortie_definitive=text(end) if leaves else "",
            contrat_motif_sortie_code=11 + stay.person % 5 if leaves else "",
        )


def months(stay: Stay, *, before: date) -> Iterator[Row]:
    """One row a month worked, within the annexes of the site."""
    hours = {"ACI": 113, "EI": 130, "AI": 40, "ETTI": 120}[stay.site.kind]
    for contract_id, start, end in stay.contracts:
        month = start
        while month <= end and month < before:
            worked = hours - (stay.person + month.month) % 7
            following = months_later(month, 1)
            yield rows.month(
                month.month,
                emi_afi_id=stay.site.annexe_id(month.year),
                emi_sme_annee=month.year,
                emi_date_validation=f"05/{following.month:02d}/{following.year}",
                emi_pph_id=stay.salarie_id,
                emi_ctr_id=contract_id,
                emi_nb_heures_travail=worked,
                emi_part_etp=f"{worked / UNITS[stay.site.kind][1] * 12:.6f}",
            )
            month = following


def text(day: date) -> str:
    return f"{day:%d/%m/%Y}"
