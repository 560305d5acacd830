"""Users, services, memberships, and what is kept of each. Fixed values, not random ones."""

from datetime import date

import factory

from structures.enums import (
    LifeKind,
    Role,
)
from structures.models import (
    Agency,
    Membership,
    OutgoingMail,
    SavedView,
    StructureAct,
    User,
)
from tests.structures.factories.places import (
    DepartementFactory,
    RegionFactory,
    StructureFactory,
)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.invalid")
    first_name = "Camille"
    last_name = "Durand"
    password = "!"


class AgencyFactory(factory.django.DjangoModelFactory):
    """UD 62; `regional=True` is the Direccte."""

    class Meta:
        model = Agency
        django_get_or_create = ["name"]

    class Params:
        regional = factory.Trait(
            name="Direccte Hauts-de-France",
            departement=None,
            region=factory.SubFactory(RegionFactory),
        )

    name = "UD 62"
    departement = factory.SubFactory(DepartementFactory)
    region = None


class MembershipFactory(factory.django.DjangoModelFactory):
    """A director of a structure; `agent=True` is an agent of UD 62."""

    class Meta:
        model = Membership

    class Params:
        agent = factory.Trait(
            role=Role.AGENT, structure=None, agency=factory.SubFactory(AgencyFactory)
        )

    user = factory.SubFactory(UserFactory)
    structure = factory.SubFactory(StructureFactory)
    role = Role.DIRECTION


class SavedViewFactory(factory.django.DjangoModelFactory):
    """The annexes ready to be signed."""

    class Meta:
        model = SavedView

    user = factory.SubFactory(UserFactory)
    page = "annexe_list"
    query = "statut=READY"
    name = "À signer"


class OutgoingMailFactory(factory.django.DjangoModelFactory):
    """A mail that waits."""

    class Meta:
        model = OutgoingMail

    key = factory.Sequence(lambda n: f"move-{n}")
    to = "direction@exemple.invalid"
    subject = "Annexe : en vigueur"
    body = "Bonjour"


class StructureActFactory(factory.django.DjangoModelFactory):
    """A control visit of 4 November 2019, its follow-up due on 16 December."""

    class Meta:
        model = StructureAct

    structure = factory.SubFactory(StructureFactory)
    kind = LifeKind.VISIT
    on = date(2019, 11, 4)
    reason = "Deux plans d’accompagnement ne sont pas signés."
    follow_up_on = date(2019, 12, 16)
    by = factory.SubFactory(UserFactory)
