"""People, their right, their contracts, the three lanes and how they leave."""

from parcours.models.access import AccessLog
from parcours.models.accompaniment import Frein, Interview
from parcours.models.action import Action, FreinEvent, Objective
from parcours.models.contract import Contract
from parcours.models.decision import ContractDecision
from parcours.models.event import PersonEvent
from parcours.models.exit import Exit, ExitMotive
from parcours.models.follow_up import ExitChange, ExitFollowUp
from parcours.models.immersion import Immersion
from parcours.models.interview import InterviewRevision, PrivateNote
from parcours.models.parcours import Parcours
from parcours.models.pec import Pec
from parcours.models.person import LocalIdentity, Person
from parcours.models.referent import Referent
from parcours.models.statement import MonthlyHours, MonthlyStatement, StatementEvent
from parcours.models.supervision import SupervisionSession, Training

__all__ = [
    "AccessLog",
    "Action",
    "Contract",
    "ContractDecision",
    "Exit",
    "ExitChange",
    "ExitFollowUp",
    "ExitMotive",
    "Frein",
    "Immersion",
    "FreinEvent",
    "Interview",
    "InterviewRevision",
    "LocalIdentity",
    "MonthlyHours",
    "MonthlyStatement",
    "Objective",
    "Parcours",
    "Pec",
    "Person",
    "PersonEvent",
    "PrivateNote",
    "Referent",
    "StatementEvent",
    "SupervisionSession",
    "Training",
]
