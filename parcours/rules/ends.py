"""Ends announced before they come: of a contract, of a right, of a derogation.

No text gives the lead: it is a parameter of the application, to confirm.
"""

from datetime import date

from parcours.enums import EndKind
from parcours.rules.findings import Finding, warning
from structures.rules.periods import months_later
from structures.rules.writing import counted, day

# What ends, and what to do before or after.
WORDS = {
    EndKind.CONTRACT: ("Le contrat", "renouvelez-le, ou enregistrez la sortie"),
    EndKind.RIGHT: ("Le droit au parcours", "préparez la sortie, ou une prolongation"),
    EndKind.DEROGATION: ("La dérogation", "demandez la suite, ou revenez à la règle"),
}


def warned_from(ends_on: date, *, months: int) -> date:
    """The day an end begins to be announced, `months` before it.

    Source : proposition de l’application.
    """
    return months_later(ends_on, -months)


def end_findings(
    kind: EndKind, *, ends_on: date | None, on: date, months: int
) -> list[Finding]:
    """The warning of an end to come within `months`, or past; None never ends.

    What was renewed or ended already has no end to announce: the caller leaves it out.

    Source : proposition de l’application.
    """
    if ends_on is None or on < warned_from(ends_on, months=months):
        return []
    what, next_step = WORDS[kind]
    return [
        warning(
            "ENDED" if on > ends_on else "ENDS_SOON",
            f"{what} {when(ends_on, on=on)} : {next_step}.",
        )
    ]


def when(ends_on: date, *, on: date) -> str:
    """finit le 30/06/2019, dans 12 jours"""
    left = (ends_on - on).days
    if left == 0:
        return f"finit aujourd’hui, le {day(ends_on)}"
    if left < 0:
        return f"a pris fin le {day(ends_on)}"
    return f"finit le {day(ends_on)}, dans {counted(left, 'jour', 'jours')}"
