"""Campaigns: steps are rows in PostgreSQL, claimed with a lease by conditional update."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, Q
from django.utils.timezone import localdate, now

from funding.actions.jobs import JOBS
from funding.enums import Job, LineOutcome, Phase, StepStatus
from funding.models import Campaign, Step
from structures.models import Departement, User

# A step that its workers never finished is given up after this many claims.
MAX_ATTEMPTS = 5
YEARS_BACK = 3
# The aide au poste took its present form in July 2014.
FIRST_YEAR = 2015

CLAIM = """
UPDATE funding_step SET status = 'RUNNING', claimed_by = %(worker)s,
       lease_until = %(until)s, attempts = attempts + 1,
       started_at = coalesce(started_at, now()), error = ''
WHERE id = (
    SELECT s.id FROM funding_step s
    WHERE s.campaign_id = %(campaign)s AND s.status = 'WAITING'
      AND NOT EXISTS (
          SELECT FROM funding_step e
          WHERE e.campaign_id = s.campaign_id AND e.phase < s.phase
            AND e.status IN ('WAITING', 'RUNNING')
      )
    ORDER BY s.phase, s.year, s.departement_id LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING id
"""
# Two workers on one département would wait row by row: wait once, here. One département
# is planned like another: planning each takes as long as running it.
BEGIN = """
SELECT pg_advisory_xact_lock(hashtextextended(%s, 0)),
       set_config('plan_cache_mode', 'force_generic_plan', true)
"""


class NotStarted(Exception):
    """Nothing was laid out; `user_message` says why and what next."""

    user_message = ""


class AlreadyRunning(NotStarted):
    """The same job, year and département is waiting or running in another campaign."""

    user_message = (
        "Une campagne est déjà en cours pour cette année et ce territoire. "
        "Attendez sa fin ou suivez-la sur sa page."
    )


class NothingToRun(NotStarted):
    """No département was given, or none has a structure."""

    user_message = (
        "Aucune structure n’est connue dans ce territoire. "
        "Importez les fichiers de l’ASP ou choisissez un autre département."
    )


class NotThatDay(NotStarted):
    """A reference day still to come, or a year the day says nothing of."""

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


class LeaseLost(Exception):
    """Another worker took the step: what this one computed is rolled back."""


@transaction.atomic
def start_campaign(
    *,
    year: int,
    business_on: date,
    departements: Iterable[Departement],
    by: User | None = None,
) -> Campaign:
    """Lay out the steps of a campaign; workers take them from there.

    Consumption and outcomes of the three years before, their modulation score, then the
    conventions of `year`. Raises NotStarted: AlreadyRunning, NothingToRun, NotThatDay.
    """
    places = [d.pk for d in departements]
    if not places:
        raise NothingToRun
    day_is_possible(year=year, business_on=business_on)
    campaign = Campaign.objects.create(
        year=year, business_on=business_on, launched_by=by
    )
    plan = planned(year)
    try:
        with transaction.atomic():
            Step.objects.bulk_create(
                Step(
                    campaign=campaign,
                    job=job,
                    phase=Phase[job.name],
                    year=one,
                    departement_id=place,
                )
                for job, one in plan
                for place in places
            )
    except IntegrityError as error:
        raise AlreadyRunning from error
    return campaign


def day_is_possible(*, year: int, business_on: date) -> None:
    """Raises NotThatDay when the campaign would compute years that mean nothing."""
    today = settings.BUSINESS_DATE or localdate()
    if business_on > today:
        raise NotThatDay(
            f"La date de référence est au plus tard aujourd’hui, {today:%d/%m/%Y} : "
            "on ne calcule pas sur ce qui n’est pas arrivé."
        )
    first, last = FIRST_YEAR, business_on.year + 1
    if not first <= year <= last:
        raise NotThatDay(
            f"Au {business_on:%d/%m/%Y}, on prépare les conventions de {first} à {last}, "
            f"pas celles de {year}."
        )


def planned(year: int) -> list[tuple[Job, int]]:
    """Jobs and their years: the three before, then the conventions."""
    back = range(year - YEARS_BACK, year)
    yearly = (Job.CONSUMPTION, Job.OUTCOMES, Job.MODULATION)
    return [*((job, one) for job in yearly for one in back), (Job.CONVENTIONS, year)]


def claim_step(*, campaign_id: int, worker: str) -> Step | None:
    """Take the next step whose phase has come, or None. Two workers never get the same."""
    with connection.cursor() as cursor:
        until = lease_end().isoformat()
        cursor.execute(
            CLAIM, {"campaign": campaign_id, "worker": worker, "until": until}
        )
        row = cursor.fetchone()
    return Step.objects.select_related("campaign").get(pk=row[0]) if row else None


def lease_end() -> datetime:
    """When a lease taken or renewed now expires."""
    return now() + timedelta(seconds=settings.STEP_LEASE_SECONDS)


def renew_lease(*, step: Step) -> bool:
    """Whether the step is still ours; its lease runs from now again."""
    mine = Step.objects.filter(
        pk=step.pk, status=StepStatus.RUNNING, claimed_by=step.claimed_by
    )
    return bool(mine.update(lease_until=lease_end()))


@transaction.atomic
def run_step(*, step: Step) -> Step:
    """Compute a claimed step and mark it done, in one transaction.

    Raises LeaseLost when another worker took it meanwhile; nothing is kept then.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [f"step:{step.job}:{step.year}:{step.departement_id}"])
    step.lines.all().delete()
    JOBS[step.job](step=step)
    counts = step.lines.aggregate(
        **{
            outcome.name.lower(): Count("pk", filter=Q(outcome=outcome))
            for outcome in LineOutcome
        }
    )
    _finish(step, status=StepStatus.DONE, **counts)
    return step


def fail_step(*, step: Step, error: str) -> None:
    """Mark a claimed step failed, with what the person reads of it."""
    _finish(step, status=StepStatus.FAILED, error=error)


def _finish(step: Step, **fields: object) -> None:
    mine = Step.objects.filter(
        pk=step.pk, status=StepStatus.RUNNING, claimed_by=step.claimed_by
    )
    fields |= {"lease_until": None, "finished_at": now()}
    if not mine.update(**fields):
        raise LeaseLost(f"step {step.pk} was taken from {step.claimed_by}")
    for name, value in fields.items():
        setattr(step, name, value)


@transaction.atomic
def give_back_expired() -> list[int]:
    """Steps whose lease ran out wait again; returns the campaigns with work to do."""
    late = Step.objects.filter(status=StepStatus.RUNNING, lease_until__lt=now())
    late.filter(attempts__gte=MAX_ATTEMPTS).update(
        status=StepStatus.FAILED,
        lease_until=None,
        finished_at=now(),
        error="Abandonnée après cinq essais interrompus. Relancez la campagne.",
    )
    late.update(status=StepStatus.WAITING, lease_until=None, claimed_by="")
    waiting = Step.objects.filter(status=StepStatus.WAITING).order_by("campaign_id")
    return list(waiting.values_list("campaign_id", flat=True).distinct())
