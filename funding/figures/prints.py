"""A run of documents: where it stands, its lines with the names of what they print."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from funding.enums import PrintOutcome
from funding.models import PrintLine, PrintRun
from structures.figures.search import folded


@dataclass(frozen=True)
class PrintProgress:
    """Lines of a run by what became of them."""

    total: int
    made: int
    unchanged: int
    refused: int

    @property
    def over(self) -> int:
        return self.made + self.unchanged + self.refused

    def of(self, outcome: PrintOutcome) -> int:
        return int(getattr(self, outcome.name.lower()))


def print_progress(run: PrintRun) -> PrintProgress:
    """One query, whatever the number of lines."""
    counts = run.lines.aggregate(
        total=Count("pk"),
        **{
            outcome.name.lower(): Count("pk", filter=Q(outcome=outcome))
            for outcome in PrintOutcome
            if outcome != PrintOutcome.WAITING
        },
    )
    return PrintProgress(**counts)


def with_names(lines: QuerySet[PrintLine]) -> QuerySet[PrintLine]:
    """Lines with all that their list says, and `sort_name`."""
    return lines.annotate(
        sort_name=folded("version__annexe__convention__structure__name")
    ).select_related("version__annexe__convention__structure", "document")
