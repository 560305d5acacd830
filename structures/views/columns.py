"""The columns of a list that its reader shows or leaves out; the address says which."""

from dataclasses import dataclass

from structures.views.tables import Column, ListState

WORD = "colonnes"


@dataclass(frozen=True)
class Columns:
    """All the columns a list may have; those without a name are always there."""

    all: list[Column]
    default: frozenset[str]
    state: ListState

    @property
    def shown(self):
        """Names asked for that exist, else those of the list as it first opens."""
        names = {column.name for column in self.all if column.name}
        asked = names.intersection(self.state.params.getlist(WORD))
        return asked or self.default

    @property
    def picked(self):
        return [column for column in self.all if self.is_shown(column)]

    def is_shown(self, column):
        return not column.name or column.name in self.shown

    def cells(self, values):
        """Those of a row, given all of them in the order of `all`."""
        pairs = zip(self.all, values, strict=True)
        return tuple(value for column, value in pairs if self.is_shown(column))

    @property
    def boxes(self):
        """(column, whether it is shown) of those that may be left out."""
        return [(one, self.is_shown(one)) for one in self.all if one.name]

    @property
    def is_chosen(self):
        return self.shown != self.default

    @property
    def kept(self):
        return self.state.kept(WORD)

    @property
    def reset(self):
        return self.state.url(**{WORD: None})
