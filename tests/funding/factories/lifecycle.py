"""What happens to a file, for tests."""

from datetime import date

import factory

from funding.enums import Act, Actor, AppealKind
from funding.models import (
    Appeal,
    FieldComment,
    SigningDelegation,
    StatusChange,
    TermChange,
)
from structures.enums import Status
from tests.funding.factories.annexes import VersionFactory
from tests.structures.factories import AgencyFactory, UserFactory


class StatusChangeFactory(factory.django.DjangoModelFactory):
    """A draft sent to instruction on 2 December 2019."""

    class Meta:
        model = StatusChange

    version = factory.SubFactory(VersionFactory)
    act = Act.SUBMIT
    source = Status.DRAFT
    target = Status.INSTRUCTION
    actor = Actor.AGENT
    by = factory.SubFactory(UserFactory)
    on = date(2019, 12, 2)


class FieldCommentFactory(factory.django.DjangoModelFactory):
    """On the ETP, not yet answered."""

    class Meta:
        model = FieldComment

    version = factory.SubFactory(VersionFactory)
    field = "etp"
    text = "Plus que réalisé en 2018."
    by = factory.SubFactory(UserFactory)


class SigningDelegationFactory(factory.django.DjangoModelFactory):
    """Any amount, since 2018."""

    class Meta:
        model = SigningDelegation

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    since = date(2018, 1, 1)
    text = "Arrêté de subdélégation du 2 janvier 2018"


class AppealFactory(factory.django.DjangoModelFactory):
    """A recours gracieux of 2 December 2019 against a refusal of 18 November."""

    class Meta:
        model = Appeal

    change = factory.SubFactory(
        StatusChangeFactory,
        act=Act.REJECT,
        source=Status.INSTRUCTION,
        target=Status.REJECTED,
        on=date(2019, 11, 18),
        reason="Le projet n’est pas financé.",
    )
    kind = AppealKind.GRACIEUX
    notified_on = date(2019, 11, 18)
    filed_on = date(2019, 12, 2)
    reason = "Le cofinancement est acquis depuis."
    by = factory.SubFactory(UserFactory)


class TermChangeFactory(factory.django.DjangoModelFactory):
    """ETP corrected by the structure."""

    class Meta:
        model = TermChange

    version = factory.SubFactory(VersionFactory)
    field = "etp"
    before = "12,00"
    after = "11,50"
    status = Status.CORRECTION
    by = factory.SubFactory(UserFactory)
