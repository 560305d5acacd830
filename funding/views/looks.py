"""Badges of money, annexes and runs."""

from funding.enums import (
    ConsumptionStatus,
    FdiStatus,
    LineOutcome,
    PrintOutcome,
    StepStatus,
    VersionState,
)
from structures.views.badges import (
    DRAFT,
    ERROR,
    INFO,
    NEUTRAL,
    SUCCESS,
    WARNING,
    Badge,
)

LOOKS = {
    VersionState.BROUILLON: DRAFT,
    VersionState.SAISI: INFO,
    VersionState.PROVISOIRE: ("warning", "fr-icon-time-line"),
    VersionState.VALIDE: SUCCESS,
    VersionState.HISTORISE: NEUTRAL,
    VersionState.CLOTURE: ("info", "fr-icon-lock-line"),
    VersionState.REJETE: ERROR,
    VersionState.ANNULE: ERROR,
    StepStatus.WAITING: INFO,
    StepStatus.RUNNING: ("info", "fr-icon-refresh-line"),
    StepStatus.DONE: SUCCESS,
    StepStatus.FAILED: ERROR,
    ConsumptionStatus.UNDER: WARNING,
    ConsumptionStatus.CONFORM: SUCCESS,
    ConsumptionStatus.OVER: INFO,
    LineOutcome.CREATED: ("success", "fr-icon-add-circle-fill"),
    LineOutcome.REFRESHED: ("info", "fr-icon-refresh-line"),
    LineOutcome.UNCHANGED: ("neutral", "fr-icon-checkbox-circle-line"),
    LineOutcome.BLOCKED: WARNING,
    FdiStatus.RECEIVED: INFO,
    FdiStatus.ADVISED: ("info", "fr-icon-team-line"),
    FdiStatus.AGREED: SUCCESS,
    FdiStatus.ADVANCED: SUCCESS,
    FdiStatus.OVERPAID: WARNING,
    FdiStatus.SETTLED: ("info", "fr-icon-lock-line"),
    FdiStatus.REFUSED: ERROR,
    FdiStatus.CANCELLED: NEUTRAL,
    # WAITING and UNCHANGED are the same words as above, shown the same.
    PrintOutcome.MADE: SUCCESS,
    PrintOutcome.REFUSED: WARNING,
}
ERBM = Badge("ERBM", "erbm", "fr-icon-map-pin-2-line")
LOW = Badge("Moins de 5 %", *WARNING)
EXHAUSTED = Badge("Épuisée", *ERROR)
PROVISIONAL = Badge("Provisoire", *INFO)
REAL = Badge("Définitive", *SUCCESS)
CLOSED = Badge("Exercice clos", "info", "fr-icon-lock-line")
TO_CLAIM = Badge("À réclamer", *WARNING)
CLAIMED = Badge("Titre émis", *INFO)
RECOVERED = Badge("Reversé", *SUCCESS)
DROPPED = Badge("Annulé", *NEUTRAL)
