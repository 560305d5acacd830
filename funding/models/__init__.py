"""Envelopes and their ledger, annexes financières, the yearly jobs and imports."""

from funding.models.annexe import (
    AnnexeFinanciere,
    AnnexePart,
    AnnexeVersion,
)
from funding.models.annexe_period import AnnexePeriod
from funding.models.appeal import Appeal
from funding.models.campaign import Campaign, Step, StepLine
from funding.models.cdiae import AgendaItem, CdiaeSession
from funding.models.consumption import Consumption
from funding.models.envelope import Envelope
from funding.models.fdi import FdiEvent, FdiRequest
from funding.models.flux import FreinCount, ImportRejection, ImportRun
from funding.models.ledger import Account, Link, Transfer, TransferRule
from funding.models.lifecycle import (
    FieldComment,
    SigningDelegation,
    StatusChange,
    TermChange,
)
from funding.models.outcome import Modulation, OutcomeReport, OutcomeRollup
from funding.models.papers import DocumentLink, PrintLine, PrintRun
from funding.models.payment import Claim, Payment
from funding.models.published import PublishedFigure
from funding.models.version_rejection import VersionRejection
from funding.models.year import Closing, Fongibilite, Notification

__all__ = [
    "Account",
    "AgendaItem",
    "AnnexeFinanciere",
    "AnnexePart",
    "AnnexePeriod",
    "AnnexeVersion",
    "Appeal",
    "Campaign",
    "CdiaeSession",
    "Claim",
    "Closing",
    "Consumption",
    "DocumentLink",
    "Envelope",
    "FdiEvent",
    "FdiRequest",
    "FieldComment",
    "Fongibilite",
    "FreinCount",
    "ImportRejection",
    "ImportRun",
    "Link",
    "Modulation",
    "Notification",
    "OutcomeReport",
    "OutcomeRollup",
    "Payment",
    "PrintLine",
    "PrintRun",
    "PublishedFigure",
    "SigningDelegation",
    "StatusChange",
    "Step",
    "StepLine",
    "TermChange",
    "Transfer",
    "TransferRule",
    "VersionRejection",
]
