"""What a year brings to the envelopes: PEC, FDI, payments, and a past year over-paid."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from funding.actions.fdi import Answers, move_fdi
from funding.actions.ledger import commit_annexe, notify, pay, reserve
from funding.actions.payments import record_payment
from funding.enums import FdiAct, FdiKind, Level, Line
from funding.models import (
    AnnexeFinanciere,
    AnnexeVersion,
    Claim,
    Consumption,
    Envelope,
    FdiRequest,
)
from structures.models import User
from tests.funding.factories import (
    AnnexeFactory,
    ClaimFactory,
    FdiRequestFactory,
    PartFactory,
    VersionFactory,
)
from tests.structures.factories import ConventionFactory

TODAY = date(2019, 12, 2)
TOTAL = Decimal("201990.00")


def write_year_acts(structures):
    agent = User.objects.get(email__startswith="agent@")
    lines = Envelope.objects.filter(year=2019, departement="62")
    mother = lines.get(level=Level.DEPARTMENTAL)
    Envelope.objects.create(
        **{"year": 2019, "level": Level.LINE, "line": Line.PEC, "parent": mother},
        **{"region": mother.region, "departement": mother.departement},
    )
    write_fdi(structures, lines.get(line=Line.FDI), agent)
    annexe = AnnexeFinanciere.objects.get(
        convention__structure=structures[1], year=2019
    )
    record_payment(
        **{"annexe": annexe, "amount": Decimal("1250.40"), "reference": "ASP-2019-118"},
        **{"period": date(2019, 11, 1), "paid_on": date(2019, 11, 25)},
        **{"on": TODAY, "by": agent, "key": UUID(int=118)},
    )
    write_past([structures[2], structures[1]], mother, agent)


def write_fdi(structures, line, agent):
    """One just received, one with its opinion, of two structures."""
    for structure, kind in zip(structures[1:3], FdiKind, strict=False):
        fdi = FdiRequestFactory(structure=structure, envelope=line, kind=kind)
    move_fdi(
        request=fdi,
        act=FdiAct.RECORD_OPINION,
        by=agent,
        answers=Answers(on=date(2019, 9, 16), opinion="FAVOURABLE"),
        today=TODAY,
    )


def write_past(structures, mother, agent):
    """2018, paid in full: nine tenths of the hours were worked; one is claimed back."""
    envelope = Envelope.objects.create(
        **{"year": 2018, "level": Level.LINE, "line": Line.IAE_SOCLE},
        **{"region": mother.region, "departement": mother.departement},
    )
    common = {"on": date(2018, 12, 20), "reference": "2018", "by": None}
    notify(envelope=envelope, amount=TOTAL * 3, **common)
    for structure in structures:
        convention = ConventionFactory(
            structure=structure, starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31)
        )
        annexe = AnnexeFactory(convention=convention, year=2018)
        version = VersionFactory(annexe=annexe, state="CLOTURE")
        PartFactory(version=version, envelope=envelope)
        for act in (reserve, commit_annexe, pay):
            act(envelope=envelope, annexe=annexe, amount=TOTAL, **common)
        Consumption.objects.bulk_create(
            Consumption(
                **{"annexe": annexe, "version": version, "persons": 18},
                **{"month": date(2018, month, 1), "hours": 1365, "etp": 9},
                **{"amount": Decimal("15149.25"), "due": Decimal("15149.25")},
            )
            for month in range(1, 13)
        )
    ClaimFactory(annexe=annexe, issued_on=date(2019, 6, 3), by=agent, key=uuid4())


def keys_of_year():
    return {
        "fdi": FdiRequest.objects.filter(status="RECEIVED").first().pk,
        "claim": Claim.objects.get().pk,
        "paid": AnnexeVersion.objects.filter(annexe__payments__isnull=False)
        .order_by("-modification")
        .first()
        .pk,
        "past": Envelope.objects.get(year=2018).pk,
        "earmark": Envelope.objects.get(year=2019, line=Line.ERBM).pk,
    }
