"""How a campaign goes, and all that it did, for the terminal."""

from dataclasses import asdict, dataclass

from django.db.models import Count, Q

from funding.enums import Job, StepStatus
from funding.figures import runs
from funding.figures.bearing import Bearing, bearing
from funding.models import Campaign, StepLine


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


def envelopes_asked(campaign: Campaign) -> list[Bearing]:
    """What the drafts of its year ask of the envelopes of its départements."""
    places = set(campaign.steps.values_list("departement", flat=True))
    return bearing(year=campaign.year, departements=sorted(places))


def campaign_as_data(campaign: Campaign) -> dict[str, object]:
    """The summary as plain data, for --json and the terminal."""
    steps = campaign.steps.all()
    lines = StepLine.objects.filter(step__campaign=campaign)
    return {
        "campaign": campaign.pk,
        "year": campaign.year,
        "business_on": campaign.business_on.isoformat(),
        "jobs": [asdict(row) for row in runs.runs_by_job(steps)],
        "blocked": [
            {
                "job": line.step.job,
                "year": line.step.year,
                "structure": line.structure.name,
                "reason": line.reason,
            }
            for line in runs.blocked_lines(lines).order_by(
                "step__phase", "step__year", "structure__name"
            )
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
            for step in runs.failures(steps)
        ],
    }
