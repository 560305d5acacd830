"""Which départements make a territory, and what each must close on."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from seeds.geography import ERBM, TERRITORIES, departements, places_of
from seeds.plan import (
    KINDS,
    MEAN_MODULATION,
    Plan,
    department_plan,
    unit_amount,
    yearly_etp,
)
from seeds.targets import Targets, WrongFigures, shared_out

PAS_DE_CALAIS, NORD = "62", "59"
# Of the earmark’s euros, what is engaged on the document’s day.
ENGAGED = Decimal("0.98")
# The published people are reached to this share; else their figure cannot be followed.
CLOSE_TO = 0.02
# The country in 2019: structures and people in post by kind (Dares), and ETP that give
# so many people at the hours and lengths of stay of this generator.
NATIONAL = {
    "ACI": (1900, 40_000),
    "AI": (663, 11_700),
    "EI": (981, 14_700),
    "ETTI": (299, 11_100),
}
IN_ASSOCIATIONS = 53_300
BORN_IN_TWO_YEARS = 0.06
GROWTH = Decimal("0.983")


class Territory:
    """Gives the plans one by one: what the Nord bears depends on the Pas-de-Calais."""

    def __init__(self, targets: Targets, *, last_year: int) -> None:
        """Raises WrongFigures when the perimeter drawn here is not the one published."""
        parts = targets.find("territories", perimeter=ERBM)
        if parts and parts.value != len(TERRITORIES):
            raise WrongFigures(
                f"Le bassin minier est décrit en {len(TERRITORIES)} territoires et "
                f"{parts.value} sont publiés : décrivez-les dans seeds/geography.py."
            )
        self.targets, self.last_year = targets, last_year
        # Of the document’s year inside the perimeter: euros, those of the earmark, and
        # the people it employs.
        self.inside = self.earmarked = Decimal(0)
        self.employed = 0.0

    def count(self, *, inside: Decimal, earmarked: Decimal, people: float) -> None:
        """What the départements made so far bear: the next one bears the rest."""
        self.inside += inside
        self.earmarked += earmarked
        self.employed += people

    def department(self, code: str) -> Plan:
        """Raises WrongFigures when no document speaks of it."""
        plan = department_plan(self.targets, code, last_year=self.last_year)
        return replace(plan, erbm_people=self.people(plan.erbm, plan.day.year))

    def people(self, erbm: Decimal, year: int, *, less: float = 0.0) -> float | None:
        """People in post thanks to a part of the earmark; None if nothing says so."""
        on = {"perimeter": ERBM, "year": year, "line": ERBM.upper()}
        people = self.targets.find("people_on_earmark", **on)
        added = self.targets.find("earmark_notified", **on)
        if people is None or added is None:
            return None
        return float(people.value * erbm / (added.value * ENGAGED)) - less

    def bassin_minier(self) -> Iterator[Plan]:
        """The Pas-de-Calais whole, then the Nord’s structures of the perimeter."""
        first = self.department(PAS_DE_CALAIS)
        first = replace(first, erbm_notified=first.erbm // ENGAGED)
        yield first
        on = {"perimeter": ERBM, "year": first.day.year}
        added = self.targets.value("earmark_notified", line="ERBM", **on)
        base = self.targets.value("aid_engaged", except_line="ERBM", **on)
        erbm = added * ENGAGED - self.earmarked
        aid = base + added * ENGAGED - self.inside
        if aid <= erbm or erbm < 0:
            raise WrongFigures(
                "Le bassin minier publié est moins que le Pas-de-Calais."
            )
        left = added - first.erbm_notified
        yield self.nord(first, aid=aid, erbm=erbm, notified=left)
        self.require_people(first.day.year)

    def require_people(self, year: int) -> None:
        """Raises WrongFigures when the earmark employs other people than published."""
        on = {"perimeter": ERBM, "year": year, "line": ERBM.upper()}
        people = self.targets.find("people_on_earmark", **on)
        if people and abs(self.employed / float(people.value) - 1) > CLOSE_TO:
            raise WrongFigures(
                f"Les crédits du bassin minier ne peuvent pas employer {people.value} "
                f"personnes, mais {self.employed:.0f} au plus près."
            )

    def nord(
        self, like: Plan, *, aid: Decimal, erbm: Decimal, notified: Decimal
    ) -> Plan:
        """As many structures and entries by euro as in the Pas-de-Calais."""
        year = like.day.year
        of_year = like.etp[year]
        unit = {kind: unit_amount(kind, year=year) for kind in KINDS}
        whole = sum(of_year[k] * unit[k] for k in KINDS) / 100 * (1 + MEAN_MODULATION)
        share = aid / whole
        return replace(
            like,
            departement=NORD,
            structures={
                k: max(round(n * share), 1) for k, n in like.structures.items()
            },
            created=round(like.created * share),
            created_at_least=0,
            etp={
                later: {k: int(v * share) for k, v in kinds.items()}
                for later, kinds in like.etp.items()
            },
            entries=int(like.entries * share),
            erbm=erbm,
            erbm_people=self.people(erbm + self.earmarked, year, less=self.employed),
            erbm_notified=notified,
            pauvrete=Decimal(0),
            pauvrete_full_year=Decimal(0),
            only_inside=True,
            in_group=0,
        )

    def national(self) -> Iterator[Plan]:
        """Every département, in proportion to its people; no detail of accompaniment."""
        # In Mayotte the amounts of those years are not known.
        codes = [code for code in departements() if code != "976"]
        weights = [sum(p.population for p in places_of(code)) for code in codes]
        counts = {k: shared_out(NATIONAL[k][0], weights) for k in KINDS}
        etp = {k: shared_out(NATIONAL[k][1] * 100, weights) for k in KINDS}
        people = shared_out(IN_ASSOCIATIONS, weights)
        like = self.department(PAS_DE_CALAIS)
        for n, code in enumerate(codes):
            split = {k: etp[k][n] if counts[k][n] else 0 for k in KINDS}
            before = Decimal(sum(split.values())) / 100 * GROWTH
            number = sum(counts[k][n] for k in KINDS)
            yield replace(
                like,
                departement=code,
                structures={k: counts[k][n] for k in KINDS},
                created=round(number * BORN_IN_TWO_YEARS),
                created_at_least=0,
                etp=yearly_etp(split, before=before, last_year=self.last_year),
                entries=0,
                in_associations=people[n],
                erbm=Decimal(0),
                pauvrete=Decimal(0),
                pauvrete_full_year=Decimal(0),
                is_detailed=False,
                in_group=0,
            )
