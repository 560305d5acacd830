"""Who has not been met for too long (R58)."""

from datetime import date

from parcours.rules.findings import Finding, warning
from structures.rules.periods import ONE_DAY, months_later
from structures.rules.writing import counted, day


def interview_due_on(
    *, hired_on: date, last_interview: date | None, months: int
) -> date:
    """Last day to meet a person: `months` after the last interview, or after the hiring.

    Source : proposition de l’application (R58).
    """
    return months_later(last_interview or hired_on, months)


def recent_since(on: date, *, months: int) -> date:
    """The oldest interview that is not yet too old on a day: what a query compares with.

    An interview before that day was due before `on`, and no other was: 31 December and two
    months is 28 February, so that on 1 March it is too old.
    """
    since = months_later(on, -months)
    return since if months_later(since, months) >= on else since + ONE_DAY


def interview_findings(
    *, hired_on: date, last_interview: date | None, on: date, months: int
) -> list[Finding]:
    """The alert of a parcours without an interview for more than `months`.

    Source : proposition de l’application (R58).
    """
    due_on = interview_due_on(
        hired_on=hired_on, last_interview=last_interview, months=months
    )
    if on <= due_on:
        return []
    late = counted((on - due_on).days, "jour", "jours")
    since = (
        f"Dernier entretien le {day(last_interview)}"
        if last_interview
        else f"Aucun entretien depuis l’embauche du {day(hired_on)}"
    )
    return [
        warning(
            "NO_INTERVIEW",
            f"{since} : il était attendu au plus tard le {day(due_on)}, il y a {late}. "
            "Fixez-en un, ou enregistrez celui qui a eu lieu.",
        )
    ]
