"""Envelopes, annexes and what hangs on them, for tests."""

from tests.funding.factories.annexes import (
    AccountFactory,
    AnnexeFactory,
    EnvelopeFactory,
    PartFactory,
    PeriodFactory,
    VersionFactory,
    VersionRejectionFactory,
)
from tests.funding.factories.cdiae import AgendaItemFactory, CdiaeSessionFactory
from tests.funding.factories.lifecycle import (
    AppealFactory,
    FieldCommentFactory,
    SigningDelegationFactory,
    StatusChangeFactory,
    TermChangeFactory,
)
from tests.funding.factories.papers import (
    DocumentLinkFactory,
    PrintLineFactory,
    PrintRunFactory,
)
from tests.funding.factories.runs import (
    CampaignFactory,
    ConsumptionFactory,
    FreinCountFactory,
    ImportRejectionFactory,
    ImportRunFactory,
    ModulationFactory,
    OutcomeReportFactory,
    OutcomeRollupFactory,
    PublishedFigureFactory,
    StepFactory,
    StepLineFactory,
)
from tests.funding.factories.year import (
    ClaimFactory,
    ClosingFactory,
    FdiEventFactory,
    FdiRequestFactory,
    FongibiliteFactory,
    NotificationFactory,
    PaymentFactory,
)

__all__ = [
    "AccountFactory",
    "AgendaItemFactory",
    "AnnexeFactory",
    "AppealFactory",
    "CampaignFactory",
    "CdiaeSessionFactory",
    "ClaimFactory",
    "ClosingFactory",
    "ConsumptionFactory",
    "DocumentLinkFactory",
    "EnvelopeFactory",
    "FdiEventFactory",
    "FdiRequestFactory",
    "FieldCommentFactory",
    "FongibiliteFactory",
    "FreinCountFactory",
    "ImportRejectionFactory",
    "ImportRunFactory",
    "ModulationFactory",
    "NotificationFactory",
    "OutcomeReportFactory",
    "OutcomeRollupFactory",
    "PartFactory",
    "PaymentFactory",
    "PrintLineFactory",
    "PrintRunFactory",
    "PeriodFactory",
    "PublishedFigureFactory",
    "SigningDelegationFactory",
    "StatusChangeFactory",
    "StepFactory",
    "StepLineFactory",
    "TermChangeFactory",
    "VersionFactory",
    "VersionRejectionFactory",
]
