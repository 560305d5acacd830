"""A list page: its table, its filters, its views, its export."""

from dataclasses import dataclass, field
from typing import Any

from structures.views.parts import Chip, Tab
from structures.views.tables import Table

# Word of the address, and what the link says of the file.
EXPORTS = {"xlsx": "Excel", "csv": "CSV"}


@dataclass(frozen=True)
class Listing:
    """`words` are the singular and the plural of a line; `values` the active filters."""

    table: Table
    words: str
    form: Any = None
    values: dict = field(default_factory=dict)
    tabs: list[Tab] = field(default_factory=list)
    tabs_label: str = ""
    has_export: bool = True
    columns: Any = None  # of structures.views.columns.Columns
    saved: Any = None  # of structures.views.saved_views.SavedViews

    @property
    def count(self):
        return self.table.page.paginator.count

    @property
    def exports(self):
        """The same list as files: (label, address) of each."""
        if not self.has_export or not self.count:
            return []
        return [
            (label, self.table.state.url(format=word, page=None))
            for word, label in EXPORTS.items()
        ]

    @property
    def reset(self):
        return self.table.state.url(**dict.fromkeys([*self.values, "page"]))

    @property
    def kept(self):
        """What the address says besides the filters: kept when filters are sent."""
        return self.table.state.kept(*self.form.fields)

    @property
    def chips(self):
        """One per active filter; its address removes it."""
        return [
            Chip(
                f"{self.form.fields[name].label} : {self.shown(name, value)}",
                self.table.state.url(**{name: None, "page": None}),
            )
            for name, value in self.values.items()
        ]

    def shown(self, name, value):
        choices = dict(getattr(self.form.fields[name], "choices", None) or ())
        return choices.get(value, value)


def read_filter(form):
    """The valid part of a filter form; what is not valid is as if not asked."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}
