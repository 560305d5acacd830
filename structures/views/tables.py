"""Tables as data: what a column holds, how a list is sorted, paged and exported."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from structures.views.badges import Badge

PAGE_SIZE = 50
CHUNK = 500
NUMERIC = {"count", "money", "cents", "etp", "hours", "percent", "rate", "figure"}


@dataclass(frozen=True)
class Column:
    """`kind` says how values are written; `sort` is the word in the address.

    A column with a `name` may be shown or left out by the reader.
    """

    label: str
    kind: str = "text"
    sort: str = ""
    total: Any = None
    hint: str = ""
    on_phone: bool = True
    name: str = ""

    @property
    def is_numeric(self):
        return self.kind in NUMERIC


@dataclass(frozen=True)
class Link:
    """A value that opens something, with an optional second line."""

    value: Any
    url: str = ""
    note: str = ""
    depth: int = 0  # how far under its parent, in a tree


@dataclass(frozen=True)
class Live:
    """A value whose link changes a part of the page: `url` is the same without a script.

    `part` is what the script asks for, put in place of `target`.
    """

    value: Any
    url: str
    part: str
    target: str
    label: str
    icon: str
    is_focused: bool = False


@dataclass(frozen=True)
class Rendered:
    """A cell with a template of its own."""

    template: str
    context: dict


@dataclass(frozen=True)
class Check:
    """A box to tick in a row; `form` is the id of the form it is sent with."""

    name: str
    value: Any
    label: str
    form: str


@dataclass(frozen=True)
class Empty:
    """Why there is nothing, what to do next, who to ask."""

    title: str
    why: str = ""
    action: str = ""
    url: str = ""
    who: str = ""


@dataclass(frozen=True)
class Header:
    column: Column
    url: str = ""
    aria_sort: str = ""
    icon: str = ""


@dataclass(frozen=True)
class ListState:
    """What the address says of a list: filters, sort, page."""

    params: QueryDict
    sort: str = ""

    def url(self, **changes):
        """The same list with some words of its address changed; None removes one."""
        params = self.params.copy()
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value
        return f"?{params.urlencode()}"

    def kept(self, *but):
        """(name, value) of all that the address says besides these words and the page."""
        left = {*but, "page", "format"}
        return [
            (name, value)
            for name, values in self.params.lists()
            for value in values
            if name not in left
        ]

    def header(self, column):
        if not column.sort:
            return Header(column)
        is_up, is_down = self.sort == column.sort, self.sort == f"-{column.sort}"
        target = f"-{column.sort}" if is_up else column.sort
        return Header(
            column,
            self.url(tri=target, page=None),
            "ascending" if is_up else "descending" if is_down else "",
            "arrow-up-s-line"
            if is_up
            else "arrow-down-s-line"
            if is_down
            else "arrow-up-down-line",
        )


@dataclass(frozen=True)
class Table:
    caption: str
    columns: list[Column]
    rows: list[tuple]
    state: ListState | None = None
    page: Any = None
    empty: Empty | None = None
    key: str = "table"
    footer: tuple = field(default=())
    has_title: bool = False  # a heading says it just above: the caption is only read
    is_grid: bool = False  # the arrows move between what changes in its lines
    formulas: list[Any] = field(
        default_factory=list
    )  # of structures.views.parts.Formula

    def headers(self):
        if self.state is None:
            return [Header(column) for column in self.columns]
        return [self.state.header(column) for column in self.columns]

    def cells(self):
        """Rows of (column, value), the first one naming the row."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    def footer_cells(self):
        return list(zip(self.columns, self.footer, strict=True)) if self.footer else []

    def pages(self):
        """Numbers, addresses and ellipses of the pagination; empty for one page."""
        if self.page is None or not self.page.has_other_pages():
            return []
        numbers = self.page.paginator.get_elided_page_range(
            self.page.number, on_each_side=1, on_ends=1
        )
        return [PageLink(n, self.state, self.page.number) for n in numbers]

    def previous_url(self):
        return self.state.url(page=self.page.number - 1)

    def next_url(self):
        return self.state.url(page=self.page.number + 1)


class PageLink:
    def __init__(self, number, state, current):
        self.is_gap = not isinstance(number, int)
        self.number = number
        self.is_current = number == current
        self.url = "" if self.is_gap else state.url(page=number)


def list_state(request, *, sorts, default):
    """The sort asked for when it exists, else the default one."""
    return state_of(request.GET, sorts=sorts, default=default)


def state_of(params, *, sorts, default):
    """The same, from the words of the address alone."""
    asked = params.get("tri", "")
    return ListState(params, asked if asked.lstrip("-") in sorts else default)


def sorted_page(queryset, request, state, *, sorts):
    """One page of the list, in the order of its address; ties stay in place."""
    keys = in_order(queryset, state, sorts=sorts).values_list("pk")
    page = page_of(keys, request)
    page.object_list = rows_of(queryset, [pk for (pk,) in page])
    return page


def in_order(queryset, state, *, sorts):
    """The rows in the order the address asks for."""
    expressions = sorts[state.sort.lstrip("-")]
    if state.sort.startswith("-"):
        expressions = [expression.desc(nulls_last=True) for expression in expressions]
    else:
        expressions = [expression.asc(nulls_last=True) for expression in expressions]
    return queryset.order_by(*expressions, "pk")


def rows_of(queryset, keys):
    """The rows of these keys, in their order.

    Keys first: what a row shows is computed for the rows of a page only, not for all
    those before it.
    """
    found = queryset.order_by().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def rows_by_chunk(queryset):
    """Every row in its order, a few hundred at a time, for exports."""
    keys = list(queryset.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        yield from rows_of(queryset, keys[start : start + CHUNK])


def page_of(rows, request):
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def raw(value):
    """What an export holds: the value without its link, the word of a badge."""
    if isinstance(value, Link | Live):
        return raw(value.value)
    return value.label if isinstance(value, Badge) else value
