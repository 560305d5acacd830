"""People, their right, their contracts, the three lanes and how they leave."""

from parcours.models.accompaniment import Frein, Interview
from parcours.models.contract import Contract
from parcours.models.decision import ContractDecision
from parcours.models.event import PersonEvent
from parcours.models.exit import Exit, ExitMotive
from parcours.models.follow_up import ExitChange, ExitFollowUp
from parcours.models.immersion import Immersion
from parcours.models.parcours import Parcours
from parcours.models.pec import Pec
from parcours.models.person import LocalIdentity, Person
from parcours.models.statement import MonthlyHours, MonthlyStatement, StatementEvent
from parcours.models.supervision import SupervisionSession, Training

__all__ = [
    "Contract",
    "ContractDecision",
    "Exit",
    "ExitChange",
    "ExitFollowUp",
    "ExitMotive",
    "Frein",
    "Immersion",
    "Interview",
    "LocalIdentity",
    "MonthlyHours",
    "MonthlyStatement",
    "Parcours",
    "Pec",
    "Person",
    "PersonEvent",
    "StatementEvent",
    "SupervisionSession",
    "Training",
]
