"""Badges of what happens to people."""

from parcours.enums import ExitCategory, FreinState, StatementState
from structures.views.badges import (
    DRAFT,
    ERROR,
    INFO,
    NEUTRAL,
    SUCCESS,
    WARNING,
    Badge,
)

RUNNING = Badge("En cours", *SUCCESS)
EXITED = Badge("Sorti", *NEUTRAL)
ONGOING = Badge("En cours", *INFO)
DONE = Badge("Terminée", *SUCCESS)
LATE = Badge("En retard", *ERROR)
BETWEEN = Badge("Sans contrat", "info", "fr-icon-time-line")

LOOKS = {
    ExitCategory.DURABLE: SUCCESS,
    ExitCategory.TRANSITION: SUCCESS,
    ExitCategory.POSITIVE: ("info", "fr-icon-checkbox-circle-line"),
    ExitCategory.OTHER: WARNING,
    ExitCategory.WITHDRAWN: NEUTRAL,
    StatementState.BROUILLON: DRAFT,
    StatementState.SAISI: INFO,
    StatementState.VALIDE: SUCCESS,
    StatementState.DEBLOQUE: ERROR,
    FreinState.IDENTIFIED: WARNING,
    FreinState.IN_PROGRESS: INFO,
    FreinState.LIFTED: SUCCESS,
}


def state_of(parcours, contract):
    """Running, left, or between two contracts."""
    if parcours.is_running:
        return RUNNING
    return EXITED if hasattr(contract, "exit") else BETWEEN
