"""The ASP’s measures: those we follow, those set aside, and the unknown ones."""

from collections.abc import Iterable

from django.db.backends.utils import CursorWrapper

from funding.enums import IssueKind
from funding.flux import issues
from structures.enums import Measure, StructureKind

POST_AID = [m for m in Measure.values if m.split("_")[0] in StructureKind.values]
# Known measures of the ASP that are not an aide au poste of our four kinds.
OTHERS = ["FDI_DC", "EITI_DC", "ACIPA_DC", "EIPA_DC"]
UNKNOWN_KIND = "Ce type de structure n’est pas connu."


def words(values: Iterable[str]) -> str:
    """SQL list of texts."""
    return ", ".join(f"'{value}'" for value in values)


def set_aside_measures(
    cursor: CursorWrapper, table: str, view: str, column: str
) -> None:
    """Take out the lines of other measures, never silently."""
    issues.remove(
        cursor,
        table,
        view=view,
        column=column,
        where=f"x.{column} IN ({words(OTHERS)})",
        reason="Cette mesure n’est pas une aide au poste suivie ici.",
        kind=IssueKind.SET_ASIDE,
    )
