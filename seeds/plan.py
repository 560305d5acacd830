"""What one département must close on, worked out of the published figures and the law."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from seeds.calendar import DOCUMENT_DAY, FIRST_YEAR
from seeds.targets import Targets, WrongFigures, hundredths, shared_out
from structures import law
from structures.enums import StructureKind

KINDS = [kind.value for kind in StructureKind]
# ETP of each kind among 3,000: constructed, not official (it makes 38.03 M€ of 2019).
SPLIT = {"ACI": 1400, "EI": 520, "AI": 760, "ETTI": 320}
MEAN_MODULATION = Decimal("0.05")
# The split holds while it makes the published euros to this share; else it moves.
TOLERANCE = Decimal("0.005")
# Years before the first published ones, as shares of the first.
LEAD_IN = {2015: Decimal("0.925"), 2016: Decimal("0.945"), 2017: Decimal("0.97")}
LEAD_IN_RATES = {2015: Fraction(52, 100), 2016: Fraction(54, 100)}
RATED = (2017, 2018)
GROUP = "TRAJECTOIRE"
LATER_RATE = Fraction(61, 100)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`etp` in hundredths, by year and kind; `erbm` and `pauvrete` in euros of 2019.

    `pauvrete_full_year`: what its posts cost once open the whole year. `in_group`: how
    many structures the group that the document names has. `created` is aimed at.
    `entries` counts those of the document’s year up to its day; where nothing publishes
    them, `in_associations` says how many people the AI have in post.
    """

    departement: str
    structures: dict[str, int]
    created: int
    created_at_least: int
    etp: dict[int, dict[str, int]]
    entries: int
    rsa: float
    rates: dict[int, Fraction]
    erbm: Decimal = Decimal(0)
    erbm_people: float | None = None
    erbm_notified: Decimal = Decimal(0)
    in_associations: int = 0
    pauvrete: Decimal = Decimal(0)
    pauvrete_full_year: Decimal = Decimal(0)
    only_inside: bool = False
    is_detailed: bool = True
    in_group: int = 0
    day: date = DOCUMENT_DAY


def unit_amount(kind: str, *, year: int, known_on: date | None = None) -> Decimal:
    """Socle of 1 January of a year, as known on a day (by default at its end)."""
    known = known_on or date(year, 12, 31)
    return law.in_force(
        "montant_socle", kind, on=date(year, 1, 1), known_on=known
    ).value


def department_plan(targets: Targets, departement: str, *, last_year: int) -> Plan:
    """The plan of a département the documents speak of. Raises WrongFigures."""
    at = {"departement": departement}
    day = targets.day("structures", "on", **at)
    counts = {k: int(targets.value("structures", kind=k, **at)) for k in KINDS}
    if sum(counts.values()) != targets.value("structures", **at):
        raise WrongFigures("Les structures par type ne font pas le total publié.")
    etp = targets.value("etp_agreed", year=day.year, **at)
    before = etp - targets.value("etp_growth", year=day.year, **at)
    aid = targets.value("aid_engaged", year=day.year, **at)
    split = split_of(etp, aid=aid, year=day.year)
    group = targets.find("group_structures", group=GROUP, **at)
    published = {
        year: Fraction(targets.value("dynamic_rate", year=year, **at)) for year in RATED
    }
    return Plan(
        departement=departement,
        structures=counts,
        created=int(targets.value("structures_created", **at)),
        created_at_least=targets.least("structures_created", **at),
        etp=yearly_etp(split, before=before, last_year=last_year),
        entries=int(targets.value("entries", **at)),
        rsa=float(targets.value("rsa_share", **at)),
        rates=yearly_rates(published, last_year=last_year),
        erbm=targets.value("aid_engaged", year=day.year, line="ERBM", **at),
        **of_the_pauvrete(targets, year=day.year, **at),
        in_group=int(group.value) if group else 0,
        day=day,
    )


def of_the_pauvrete(
    targets: Targets, *, year: int, departement: str
) -> dict[str, Decimal]:
    """Euros of the year and of a full year. Raises WrongFigures.

    The later posts open, the more a full year costs; in December, twelve times as much.
    """
    on = {"departement": departement, "year": year, "line": "PAUVRETE"}
    of_year = targets.value("aid_engaged", **on)
    full = targets.value("aid_full_year", **on)
    if not of_year <= full <= 12 * of_year:
        raise WrongFigures(
            f"Le plan pauvreté coûte {of_year} € dans l’année : son année pleine ne peut "
            f"pas coûter {full} €, mais une à douze fois autant."
        )
    return {"pauvrete": of_year, "pauvrete_full_year": full}


def split_of(etp: Decimal, *, aid: Decimal, year: int) -> dict[str, int]:
    """Hundredths of ETP by kind, so that socle and modulated share make the aid."""
    kinds = list(SPLIT)
    parts = dict(
        zip(kinds, shared_out(hundredths(etp), list(SPLIT.values())), strict=True)
    )
    unit = {kind: unit_amount(kind, year=year) for kind in kinds}
    total = sum(parts[k] * unit[k] for k in kinds) / 100 * (1 + MEAN_MODULATION)
    if abs(total / aid - 1) <= TOLERANCE:
        return parts
    moved = int(
        (aid - total) / (1 + MEAN_MODULATION) * 100 / (unit["ACI"] - unit["AI"])
    )
    if not -parts["ACI"] < moved < parts["AI"]:
        raise WrongFigures(f"{etp} ETP ne peuvent pas faire {aid} €.")
    parts["ACI"], parts["AI"] = parts["ACI"] + moved, parts["AI"] - moved
    return parts


def yearly_etp(
    split: dict[str, int], *, before: Decimal, last_year: int
) -> dict[int, dict[str, int]]:
    kinds, weights = list(split), list(split.values())

    def of(total: Decimal) -> dict[str, int]:
        return dict(zip(kinds, shared_out(hundredths(total), weights), strict=True))

    years = {year: of(before * share) for year, share in LEAD_IN.items()}
    years[DOCUMENT_DAY.year - 1] = of(before)
    for year in range(DOCUMENT_DAY.year, last_year + 1):
        years[year] = dict(split)
    return years


def yearly_rates(
    published: dict[int, Fraction], *, last_year: int
) -> dict[int, Fraction]:
    rates = LEAD_IN_RATES | published
    return {
        year: rates.get(year, LATER_RATE) for year in range(FIRST_YEAR, last_year + 1)
    }
