"""Annexes on paper: state of each version on the day, amounts, and parts by envelope."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

from funding.enums import Line, VersionState
from funding.rules.aide_au_poste import annexe_total
from funding.rules.cofinancing import departement_share
from seeds.chance import stream
from seeds.conventions import Annexe, Version
from seeds.copying import Batch
from seeds.geography import NULL
from seeds.targets import WrongFigures
from structures import law
from structures.rules.rounding import cents

# ETP of supervision and accompaniment by ETP of insertion, around which structures vary.
SUPERVISION = {"ACI": 0.17, "EI": 0.12, "AI": 0.06, "ETTI": 0.07}
# Beneficiaries of the RSA the département bears, by ETP of an ACI.
BORNE_BY_ETP = Decimal("0.66")
# The département never bears more of an annexe.
MOST_BORNE = Decimal("0.28")
# Lasting jobs, transition, positive exits: what annexes forecast, in percent.
FORECASTS = [(20, 15, 15), (15, 20, 15), (25, 20, 15), (25, 25, 20), (30, 25, 20)]
# A past year is closed once its bilan is approved, on 30 June.
CLOSED_AFTER = (6, 30)
FIRST_RSA = law.history("rsa_forfaitaire")[0]
CD = "Conseil départemental"


@dataclass(frozen=True, slots=True)
class Part:
    """What one line bears; ETP in hundredths."""

    line: Line
    etp: int
    posts: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    total: Decimal
    cofinanced: Decimal
    parts: tuple[Part, ...]


def state_of(version: Version, as_of: date) -> VersionState | None:
    """None when it was not even entered on the day."""
    if version.signed_on > as_of:
        return VersionState.SAISI if version.entered_on <= as_of else None
    annexe = version.annexe
    if annexe.current(as_of) is not version:
        return VersionState.HISTORISE
    is_closed = as_of > date(annexe.year + 1, *CLOSED_AFTER)
    return VersionState.CLOTURE if is_closed else VersionState.VALIDE


@cache
def rsa_borne(starts_on: date, known_on: date) -> Decimal:
    """Euros the département pays for one beneficiary from a day to the end of the year."""
    share = law.in_force("part_rsa_cd", "ACI", on=starts_on).value
    months = [date(starts_on.year, n, 1) for n in range(starts_on.month, 13)]
    known = max(known_on, FIRST_RSA.published_on)
    amounts = [
        law.in_force(
            "rsa_forfaitaire", on=max(month, FIRST_RSA.effective_on), known_on=known
        ).value
        for month in months
    ]
    return departement_share(amounts, share=share)


def terms_of(version: Version) -> Terms:
    """Total and parts: earmarks and the département first, the line bears the rest.

    Raises WrongFigures when nothing is left for the line.
    """
    annexe, unit = version.annexe, version.unit

    def aid(etp: int) -> Decimal:
        return annexe_total(
            etp=Decimal(etp) / 100, unit_amount=unit, months=annexe.months
        )

    total = aid(version.etp)
    earmarks = [
        Part(Line.ERBM, version.erbm, version.erbm, aid(version.erbm)),
        Part(Line.PAUVRETE, version.pauvrete, version.posts, aid(version.pauvrete)),
    ]
    borne = borne_by_cd(version, total) if annexe.site.kind == "ACI" else Decimal(0)
    borne_etp = int(version.etp * borne / total) if total else 0
    apart = [*earmarks, Part(Line.CD, borne_etp, borne_etp, borne)]
    left = version.etp - sum(part.etp for part in apart)
    if left < 0:
        raise too_much_apart(version)
    rest = Part(Line.IAE_SOCLE, left, left, total - sum(part.amount for part in apart))
    parts = tuple(part for part in (rest, *apart) if part.amount)
    return Terms(total, borne, parts)


def too_much_apart(version: Version) -> WrongFigures:
    return WrongFigures(
        "Les crédits fléchés publiés dépassent ce que peuvent porter les annexes : "
        f"{version.annexe.label} n’a que {version.etp / 100:.2f} ETP."
    )


def borne_by_cd(version: Version, total: Decimal) -> Decimal:
    annexe = version.annexe
    chance = stream(annexe.site.number, "cofinancing")
    rate = BORNE_BY_ETP * Decimal(chance.randrange(85, 115)) / 100
    beneficiaries = cents(Decimal(version.etp) / 100 * rate)
    wanted = cents(beneficiaries * rsa_borne(annexe.starts_on, version.signed_on))
    return min(wanted, cents(total * MOST_BORNE))


def write_annexes(
    batch: Batch, annexes: list[Annexe], *, envelopes: dict, as_of: date, seed: int
) -> None:
    """`envelopes`: number of the envelope of a (year, département, line)."""
    for annexe in annexes:
        states = [(version, state_of(version, as_of)) for version in annexe.versions]
        known = [(version, state) for version, state in states if state]
        if not known:
            continue
        renewal = annexe.year - annexe.convention.starts_on.year
        batch["funding_annexefinanciere"].append(
            f"{annexe.number}\t{annexe.convention.number}\t{annexe.year}\t{annexe.label}\t"
            f"{renewal}\n"
        )
        chance = stream(seed, "annexe", annexe.number)
        common = forecast(annexe, chance)
        for version, state in known:
            write_version(batch, version, state, common)
            write_parts(batch, version, envelopes)


def forecast(annexe: Annexe, chance: Random) -> str:
    """Exits foreseen and their rates, the same in every version of the year."""
    durable, transition, positive = chance.choice(FORECASTS)
    last = annexe.versions[-1].etp
    exits = max(last * chance.randrange(80, 160) // 10_000, 1)
    return f"{exits}\t{durable + transition + positive}\t{durable}\t{transition}\t{positive}"


def write_version(
    batch: Batch, version: Version, state: VersionState, forecast_text: str
) -> None:
    annexe, terms = version.annexe, terms_of(version)
    chance = stream(annexe.site.number, "supervision", annexe.year)
    ratio = SUPERVISION[annexe.site.kind] * chance.uniform(0.7, 1.4)
    hours = law.in_force("heures_par_etp", annexe.site.kind, on=annexe.starts_on).value
    is_signed = state != VersionState.SAISI
    batch["funding_annexeversion"].append(
        f"{version.number}\t{annexe.number}\t{version.modification}\t{state.value}\t"
        f"{annexe.starts_on}\t{annexe.ends_on}\t{version.etp / 100:.2f}\t{version.unit}\t"
        f"{hours}\t{terms.total}\t{terms.cofinanced}\t"
        f"{CD if terms.cofinanced else ''}\tf\t{version.etp * ratio / 100:.2f}\t"
        f"{forecast_text}\t{version.signed_on if is_signed else NULL}\t{version.note}\n"
    )


def write_parts(batch: Batch, version: Version, envelopes: dict) -> None:
    annexe = version.annexe
    departement = annexe.site.place.departement
    for part in terms_of(version).parts:
        envelope = envelopes[annexe.year, departement, part.line]
        batch["funding_annexepart"].append(
            f"{version.number}\t{envelope}\t{part.etp / 100:.2f}\t{part.posts / 100:.2f}\t"
            f"{part.amount}\n"
        )
