"""A campaign as it runs, over the steps a person may see."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from funding.enums import Job, LineOutcome, StepStatus
from funding.models import Campaign, Step, StepLine

COUNTS = ["created", "refreshed", "unchanged", "blocked"]


@dataclass(frozen=True)
class JobRun:
    """One job of one year: its steps by state, and what they did for structures."""

    job: str
    year: int
    steps: int
    done: int
    failed: int
    running: int
    created: int
    refreshed: int
    unchanged: int
    blocked: int

    @property
    def label(self) -> str:
        return f"{Job(self.job).label} {self.year}"

    @property
    def status(self) -> StepStatus:
        if self.failed:
            return StepStatus.FAILED
        if self.done == self.steps:
            return StepStatus.DONE
        return StepStatus.RUNNING if self.running or self.done else StepStatus.WAITING


def runs_by_job(steps: QuerySet[Step]) -> list[JobRun]:
    """One row per job and year, in the order they run; one query."""
    rows = (
        steps.values_list("job", "year")
        .annotate(
            steps=Count("pk"),
            done=Count("pk", filter=Q(status=StepStatus.DONE)),
            failures=Count("pk", filter=Q(status=StepStatus.FAILED)),
            running=Count("pk", filter=Q(status=StepStatus.RUNNING)),
            **{f"{name}_lines": Sum(name) for name in COUNTS},
        )
        .order_by("phase", "year")
    )
    return [JobRun(*row) for row in rows]


def failures(steps: QuerySet[Step]) -> list[Step]:
    """Steps that stopped, with the sentence that says why; one query."""
    failed = steps.filter(status=StepStatus.FAILED).select_related("departement")
    return list(failed.order_by("phase", "year", "departement"))


def blocked_lines(lines: QuerySet[StepLine]) -> QuerySet[StepLine]:
    """Structures that could not be computed, and why."""
    return lines.filter(outcome=LineOutcome.BLOCKED).select_related("step", "structure")


@dataclass(frozen=True)
class CampaignLine:
    """A campaign in the list: how many of its steps are over, how many failed."""

    campaign: Campaign
    steps: int
    over: int
    failed: int
    blocked: int

    @property
    def status(self) -> StepStatus:
        if self.failed:
            return StepStatus.FAILED
        return StepStatus.DONE if self.over == self.steps else StepStatus.RUNNING


def with_steps(
    campaigns: QuerySet[Campaign], steps: QuerySet[Step]
) -> QuerySet[Campaign]:
    """Campaigns that have some of these steps, with the counts of those."""
    here = Q(steps__in=steps)
    over = [StepStatus.DONE, StepStatus.FAILED]
    return campaigns.annotate(
        steps_here=Count("steps", filter=here),
        over=Count("steps", filter=here & Q(steps__status__in=over)),
        failed=Count("steps", filter=here & Q(steps__status=StepStatus.FAILED)),
        blocked=Sum("steps__blocked", filter=here, default=0),
        ended_at=Max("steps__finished_at", filter=here),
        begun_at=Min("steps__started_at", filter=here),
    ).filter(steps_here__gt=0)


def campaign_line(campaign: Campaign) -> CampaignLine:
    """A campaign annotated by `with_steps`, with its state."""
    counts = vars(campaign)
    return CampaignLine(
        campaign,
        counts["steps_here"],
        counts["over"],
        counts["failed"],
        counts["blocked"],
    )
