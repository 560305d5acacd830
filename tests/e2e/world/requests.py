"""Requests at each point of their life, and two sessions of the CDIAE."""

from datetime import date
from decimal import Decimal

from funding.enums import Act, Actor
from funding.models import CdiaeSession, FieldComment
from structures.enums import Measure, OpinionSense, Status
from structures.models import Attachment, Convention, User
from structures.rules.requests import PIECES
from tests.funding.factories import (
    AgendaItemFactory,
    CdiaeSessionFactory,
    SigningDelegationFactory,
    StatusChangeFactory,
)
from tests.structures.factories import (
    AgencyFactory,
    AttachmentContentFactory,
    DraftConventionFactory,
    RequestFactory,
    RequestPostFactory,
)

NEXT = {"starts_on": date(2021, 1, 1), "ends_on": date(2023, 12, 31)}
SESSION_ON = date(2019, 11, 28)


def write_requests(structures):
    """The direction of the second structure has a draft and a correction to make."""
    home = structures[1]
    agent = User.objects.get(email="agent@exemple.invalid")
    asked(home, **NEXT, filled=False)
    corrected(asked(home, measure=Measure.ACI_MP), agent)
    examined = asked(structures[2], **NEXT)
    put(examined, Status.INSTRUCTION)
    remark(examined, agent, "sales", "Le marché des espaces verts continue-t-il ?")
    waiting = [asked(one, **NEXT) for one in structures[3:6]]
    for one in waiting:
        put(one, Status.OPINION)
    write_sessions(waiting, agent)
    breach(structures[6], agent)
    SigningDelegationFactory(user=agent, agency=AgencyFactory(), up_to=Decimal(250_000))


def asked(structure, *, filled=True, **fields):
    measure = fields.pop("measure", Measure(f"{structure.kind}_DC"))
    convention = DraftConventionFactory(structure=structure, measure=measure, **fields)
    request = RequestFactory(convention=convention, filled=filled)
    for year in range(convention.starts_on.year, convention.ends_on.year + 1):
        if filled:
            RequestPostFactory(request=request, year=year, etp=Decimal("8.5"))
    for kind in PIECES if filled else PIECES[:1]:
        AttachmentContentFactory(
            attachment__convention=convention, attachment__kind=kind
        )
    return convention


def put(convention, status, **fields):
    rows = Convention.objects.filter(pk=convention.pk)
    rows.update(state=status, **fields)


def corrected(convention, agent):
    put(convention, Status.CORRECTION)
    for field, text in (
        ("sales", "Plus que l’an dernier ?"),
        ("public", "Et les bRSA ?"),
        ("attachments", "Les statuts signés, s’il vous plaît."),
    ):
        remark(convention, agent, field, text)


def remark(convention, agent, field, text):
    FieldComment.objects.create(convention=convention, field=field, text=text, by=agent)


def write_sessions(waiting, agent):
    session = CdiaeSessionFactory(held_on=SESSION_ON)
    AgendaItemFactory(session=session, convention=waiting[0], rank=1)
    AgendaItemFactory(
        session=session,
        convention=waiting[1],
        rank=2,
        sense=OpinionSense.POSTPONED,
        text="Le budget est à revoir.",
        recorded_by=agent,
        recorded_at="2019-11-28T16:00Z",
    )
    closed = CdiaeSessionFactory(
        held_on=date(2019, 6, 20), attendance="Mme la préfète, la Direccte, Pôle emploi"
    )
    CdiaeSession.objects.filter(pk=closed.pk).update(
        closed_by=agent, closed_at="2019-06-21T09:00Z"
    )


def breach(structure, agent):
    convention = structure.conventions.get()
    put(convention, Status.BREACH)
    StatusChangeFactory(
        version=None,
        convention=convention,
        act=Act.NOTIFY_BREACH,
        actor=Actor.SIGNATORY,
        source=Status.SIGNED,
        target=Status.BREACH,
        by=agent,
        on=date(2019, 11, 15),
        reason="Aucun encadrant depuis septembre.",
    )


def keys_of_requests():
    conventions = Convention.objects.filter(structure__commune__departement="62")
    drafts = conventions.filter(state=Status.DRAFT, request__isnull=False)
    corrected = conventions.get(state=Status.CORRECTION)
    return {
        "request": drafts.get().pk,
        "corrected": corrected.pk,
        "piece": Attachment.objects.filter(convention=corrected).first().pk,
        "asked": conventions.get(state=Status.INSTRUCTION).pk,
        "breach": conventions.get(state=Status.BREACH).pk,
        "session": CdiaeSession.objects.get(held_on=SESSION_ON).pk,
        "closed": CdiaeSession.objects.exclude(held_on=SESSION_ON).get().pk,
    }
