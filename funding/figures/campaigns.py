"""How a campaign goes, and what it did, by job and year."""

from dataclasses import asdict, dataclass

from django.db.models import Count, Q, Sum

from funding.enums import Job, LineOutcome, StepStatus
from funding.figures.bearing import Bearing, bearing
from funding.models import Campaign, Step, StepLine


@dataclass(frozen=True)
class CampaignProgress:
    """Steps by state; `label` names what is being computed."""

    total: int
    done: int
    failed: int
    label: str

    @property
    def finished(self) -> bool:
        return self.done + self.failed == self.total


def campaign_progress(campaign: Campaign) -> CampaignProgress:
    """Two queries, whatever the number of steps."""
    counts = campaign.steps.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(status=StepStatus.DONE)),
        failed=Count("pk", filter=Q(status=StepStatus.FAILED)),
    )
    current = (
        campaign.steps.filter(status=StepStatus.RUNNING).order_by("phase", "pk").first()
    )
    label = f"{Job(current.job).label} {current.year}" if current else "En attente"
    return CampaignProgress(**counts, label=label)


@dataclass(frozen=True)
class JobSummary:
    """What one job did for one year: structures by outcome, and steps that failed."""

    job: str
    year: int
    created: int
    refreshed: int
    unchanged: int
    blocked: int
    failed: int

    @property
    def label(self) -> str:
        return f"{Job(self.job).label} {self.year}"


def jobs_summary(campaign: Campaign) -> list[JobSummary]:
    """One row per job and year, in the order they ran; one query."""
    rows = (
        campaign.steps.values_list("job", "year")
        .annotate(
            Sum("created"),
            Sum("refreshed"),
            Sum("unchanged"),
            Sum("blocked"),
            failures=Count("pk", filter=Q(status=StepStatus.FAILED)),
        )
        .order_by("phase", "year")
    )
    return [JobSummary(*row) for row in rows]


def blocked_lines(campaign: Campaign) -> list[StepLine]:
    """Structures that could not be computed, and why; one query."""
    return list(
        StepLine.objects.filter(step__campaign=campaign, outcome=LineOutcome.BLOCKED)
        .select_related("step", "structure")
        .order_by("step__phase", "step__year", "structure__name")
    )


def failed_steps(campaign: Campaign) -> list[Step]:
    """Départements whose computation stopped, with the sentence that says why."""
    return list(
        campaign.steps.filter(status=StepStatus.FAILED).select_related("departement")
    )


def envelopes_asked(campaign: Campaign) -> list[Bearing]:
    """What the drafts of its year ask of the envelopes of its départements."""
    places = set(campaign.steps.values_list("departement", flat=True))
    return bearing(year=campaign.year, departements=sorted(places))


def campaign_as_data(campaign: Campaign) -> dict[str, object]:
    """The summary as plain data, for --json."""
    return {
        "campaign": campaign.pk,
        "year": campaign.year,
        "business_on": campaign.business_on.isoformat(),
        "jobs": [asdict(row) for row in jobs_summary(campaign)],
        "blocked": [
            {
                "job": line.step.job,
                "year": line.step.year,
                "structure": line.structure.name,
                "reason": line.reason,
            }
            for line in blocked_lines(campaign)
        ],
        "envelopes": [
            {
                "label": row.label,
                "drafts": str(row.drafts),
                "available": str(row.available),
                "sentence": row.sentence,
            }
            for row in envelopes_asked(campaign)
        ],
        "failed": [
            {"departement": step.departement_id, "job": step.job, "error": step.error}
            for step in failed_steps(campaign)
        ],
    }
