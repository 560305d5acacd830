"""What the address of the list of annexes asks for: year, filters, order, columns."""

from functools import cached_property

from django.db.models import F

from funding.figures.instruction import (
    counted_versions,
    last_versions,
    with_signed,
    years_seen,
)
from funding.figures.last_year import with_last_year
from funding.figures.realisation import realised_total, with_realised
from funding.forms import AnnexeFilter
from structures.enums import Status
from structures.figures.search import structures_matching
from structures.models import Structure
from structures.rules.reading import year_in
from structures.views import narrowed
from structures.views.columns import Columns
from structures.views.context import business_date
from structures.views.listing import read_filter
from structures.views.tables import Column, in_order, state_of

SORTS = {
    "nom": [F("sort_name")],
    "etp": [F("etp")],
    "precedent": [F("last_etp")],
    "taux": [F("last_rate")],
    "sorties": [F("last_dynamic")],
    "aide": [F("total")],
    "signature": [F("signed_on")],
}
COUNTED, REALISED = "comptee", "realise-annee"
DEFAULT = frozenset({"annexe", "statut", "etp", "precedent", "aide", "cofinancement"})


class AnnexeQuery:
    """The list as this person asks for it; `params` are the words of its address."""

    def __init__(self, user, params):
        self.user, self.params = user, params
        self.state = state_of(params, sorts=SORTS, default="nom")
        self.status = params.get("statut", "")

    @property
    def year(self):
        return year_in(self.params.get("annee", "")) or business_date().year

    @cached_property
    def form(self):
        """The year is always one of those seen, the business one by default."""
        years = sorted({*years_seen(self.user), self.year}, reverse=True)
        words = {**self.params.dict(), "annee": str(self.year)}
        asked = narrowed.asked(self.user, self.params)
        return AnnexeFilter(words, years=years, asked=asked)

    @cached_property
    def values(self):
        values = read_filter(self.form)
        values.pop("annee", None)
        return values

    @cached_property
    def found(self):
        """Of every status: what the tabs count."""
        counted = self.values.get("retenue") == COUNTED
        listed = counted_versions if counted else last_versions
        versions = listed(self.user, year=self.year)
        if structure := self.values.get("structure"):
            versions = versions.filter(annexe__convention__structure=structure)
        if place := self.values.get("territoire"):
            commune = "annexe__convention__structure__commune__departement"
            versions = versions.filter(**{commune: place})
        if kind := self.values.get("type"):
            versions = versions.filter(annexe__convention__structure__kind=kind)
        if words := self.values.get("q", ""):
            matching = structures_matching(Structure.objects.all(), words)
            versions = versions.filter(annexe__convention__structure__in=matching)
        return versions

    @cached_property
    def rows(self):
        """Of the status asked for, all pages."""
        is_known = self.status in Status
        return self.found.filter(status=self.status) if is_known else self.found

    @property
    def compared(self):
        """The same beside what is signed, their last year and their own months."""
        before = with_last_year(with_signed(self.rows), year=self.year - 1)
        return with_realised(before, on=business_date())

    @property
    def in_order(self):
        return in_order(self.compared, self.state, sorts=SORTS)

    @cached_property
    def columns(self):
        return Columns(all_columns(self.year), DEFAULT, self.state)

    def with_totals(self, sums):
        """The columns, the sum of the list under the name of those that have one."""
        if REALISED in self.columns.shown:
            rows = with_realised(self.rows, on=business_date())
            sums = sums | realised_total(rows)
        columns = all_columns(self.year, sums)
        return Columns(columns, DEFAULT, self.state)


def all_columns(year, sums=None):
    before, sums = year - 1, sums or {}
    return [
        Column("Structure", sort="nom"),
        Column("Commune", name="commune"),
        Column("Annexe", name="annexe"),
        Column("Statut", "badge", name="statut"),
        Column("ETP", "etp", sort="etp", total=sums.get("etp"), name="etp"),
        Column("ETP signés", "etp", total=sums.get("etp_signed"), name="etp-signes"),
        Column(f"ETP {before}", "etp", sort="precedent", name="precedent"),
        Column(f"Réalisé {before}", "etp", name="realise"),
        Column(f"Taux {before}", "percent", sort="taux", name="taux"),
        Column(f"Sorties {before}", "rate", sort="sorties", name="sorties"),
        Column(*(f"Réalisé {year}", "etp"), total=sums.get("realised"), name=REALISED),
        Column("Montant par ETP", "money", name="unitaire"),
        Column("Aide", "money", sort="aide", total=sums.get("total"), name="aide"),
        Column(
            *("Aide signée", "money"),
            total=sums.get("total_signed"),
            name="aide-signee",
        ),
        Column(
            *("dont cofinancement", "money"),
            total=sums.get("cofinanced"),
            name="cofinancement",
        ),
        Column("Début", "day", name="debut"),
        Column("Fin", "day", name="fin"),
        Column("Signée le", "day", sort="signature", name="signature"),
    ]
