"""People, contracts, months and exits for tests. Fixed values, not random ones."""

from datetime import date
from decimal import Decimal

import factory

from parcours.enums import (
    ActionSide,
    ContractKind,
    ExitCategory,
    Extension,
    FollowUpState,
    FreinAct,
    FreinState,
    FreinTheme,
    Medium,
    PersonAct,
    Reading,
    Regime,
    Sex,
    StatementAct,
    StatementState,
)
from parcours.models import (
    AccessLog,
    Action,
    Contract,
    ContractDecision,
    Exit,
    ExitChange,
    ExitFollowUp,
    ExitMotive,
    Frein,
    FreinEvent,
    Immersion,
    Interview,
    InterviewRevision,
    LocalIdentity,
    MonthlyHours,
    MonthlyStatement,
    Objective,
    Parcours,
    Pec,
    Person,
    PersonEvent,
    PrivateNote,
    Referent,
    StatementEvent,
    SupervisionSession,
    Training,
)
from structures.enums import StructureKind
from tests.structures.factories import (
    CommuneFactory,
    ConventionFactory,
    StructureFactory,
    UserFactory,
)

KIND_OF_CONTRACT = {
    StructureKind.ACI: ContractKind.CDDI,
    StructureKind.EI: ContractKind.CDDI,
    StructureKind.AI: ContractKind.MAD,
    StructureKind.ETTI: ContractKind.MISSION,
}


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    last_name = "Durand"
    first_name = "Camille"
    sort_key = "DURAND CAMILLE"
    birth_on = date(1985, 3, 14)
    sex = Sex.FEMALE
    commune = factory.SubFactory(CommuneFactory)
    is_simulated = True


class LocalIdentityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalIdentity

    person = factory.SubFactory(PersonFactory)
    asp_id = factory.Sequence(lambda n: 500_000 + n)


class ParcoursFactory(factory.django.DjangoModelFactory):
    """An agrément of 24 months from January 2019."""

    class Meta:
        model = Parcours

    person = factory.SubFactory(PersonFactory)
    regime = Regime.AGREMENT
    number = factory.Sequence(lambda n: f"0622019{n:05d}")
    starts_on = date(2019, 1, 1)
    ends_on = date(2020, 12, 31)


class ContractFactory(factory.django.DjangoModelFactory):
    """A CDDI of a year in an ACI, from February 2019, of a person on RSA: no."""

    class Meta:
        model = Contract

    structure = factory.SubFactory(StructureFactory)
    parcours = factory.SubFactory(ParcoursFactory)
    person = factory.SelfAttribute("parcours.person")
    kind = factory.LazyAttribute(lambda o: KIND_OF_CONTRACT[o.structure.kind])
    starts_on = date(2019, 2, 4)
    hired_on = factory.SelfAttribute("starts_on")
    ends_on = date(2020, 2, 3)
    weekly_hours = Decimal(26)
    asp_id = factory.Sequence(lambda n: 700_000 + n)


class MonthlyStatementFactory(factory.django.DjangoModelFactory):
    """March 2019, validated."""

    class Meta:
        model = MonthlyStatement

    convention = factory.SubFactory(ConventionFactory)
    month = date(2019, 3, 1)
    state = StatementState.VALIDE
    validated_on = date(2019, 4, 5)


class MonthlyHoursFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MonthlyHours

    statement = factory.SubFactory(MonthlyStatementFactory)
    contract = factory.SubFactory(
        ContractFactory,
        structure=factory.SelfAttribute("..statement.convention.structure"),
    )
    hours = Decimal(113)


class ExitMotiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExitMotive
        django_get_or_create = ["code"]

    code = "D1"
    label = "Embauche en CDI non aidé"
    category = ExitCategory.DURABLE


class ExitFactory(factory.django.DjangoModelFactory):
    """A durable exit at the end of September 2019."""

    class Meta:
        model = Exit

    contract = factory.SubFactory(ContractFactory)
    exited_on = date(2019, 9, 30)
    motive = factory.SubFactory(ExitMotiveFactory)


class SupervisionSessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SupervisionSession

    contract = factory.SubFactory(ContractFactory)
    held_on = date(2019, 3, 12)
    task = "Taille des haies"
    supervisor = "Nadia Lefebvre"


class TrainingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Training

    contract = factory.SubFactory(ContractFactory)
    title = "Sauveteur secouriste du travail"
    starts_on = date(2019, 5, 6)
    ends_on = date(2019, 5, 7)
    hours = Decimal(14)


class InterviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interview

    contract = factory.SubFactory(ContractFactory)
    held_on = date(2019, 2, 18)
    medium = Medium.MEETING
    minutes = 45
    summary = "Point sur le projet professionnel"
    counsellor = "Hugo Martel"


class InterviewRevisionFactory(factory.django.DjangoModelFactory):
    """The same interview, a day earlier, before it was corrected."""

    class Meta:
        model = InterviewRevision

    interview = factory.SubFactory(InterviewFactory)
    held_on = date(2019, 2, 17)
    medium = Medium.MEETING
    minutes = 45
    by = factory.SubFactory(UserFactory)


class PrivateNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PrivateNote

    interview = factory.SubFactory(InterviewFactory)
    text = "Souhaite quitter le logement conjugal"
    by = factory.SubFactory(UserFactory)


class FreinFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Frein

    contract = factory.SubFactory(ContractFactory)
    theme = FreinTheme.MOBILITE
    state = FreinState.IDENTIFIED
    identified_on = date(2019, 2, 18)


class ObjectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objective

    frein = factory.SubFactory(FreinFactory)
    text = "Passer le permis B"
    by = factory.SubFactory(UserFactory)


class ActionFactory(factory.django.DjangoModelFactory):
    """Taken on in March 2019, due in June, still open."""

    class Meta:
        model = Action

    frein = factory.SubFactory(FreinFactory)
    title = "Inscription à l’auto-école solidaire"
    side = ActionSide.EXTERNAL
    started_on = date(2019, 3, 4)
    owner = factory.SubFactory(UserFactory)
    due_on = date(2019, 6, 3)
    by = factory.SelfAttribute("owner")


class FreinEventFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FreinEvent

    frein = factory.SubFactory(FreinFactory)
    act = FreinAct.NAMED
    on = factory.SelfAttribute("frein.identified_on")
    by = factory.SubFactory(UserFactory)


class ReferentFactory(factory.django.DjangoModelFactory):
    """In charge since the hiring of February 2019."""

    class Meta:
        model = Referent

    person = factory.SubFactory(PersonFactory)
    structure = factory.SubFactory(StructureFactory)
    user = factory.SubFactory(UserFactory)
    since = date(2019, 2, 4)
    by = factory.SelfAttribute("user")


class AccessLogFactory(factory.django.DjangoModelFactory):
    """Somebody read the page of somebody."""

    class Meta:
        model = AccessLog

    user = factory.SubFactory(UserFactory)
    person = factory.SubFactory(PersonFactory)
    what = Reading.PERSON


class PecFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pec

    person = factory.SubFactory(PersonFactory)
    employer = "Commune de Liévin"
    residence = factory.SubFactory(CommuneFactory)
    decided_on = date(2018, 9, 20)
    starts_on = date(2018, 10, 1)
    months = 12
    weekly_hours = Decimal(24)
    rate = Decimal("0.5")


class StatementEventFactory(factory.django.DjangoModelFactory):
    """March validated by the director."""

    class Meta:
        model = StatementEvent

    statement = factory.SubFactory(MonthlyStatementFactory)
    act = StatementAct.VALIDATE
    source = StatementState.SAISI
    target = StatementState.VALIDE
    hours = Decimal(113)
    by = factory.SubFactory(UserFactory)
    on = date(2019, 4, 5)


class ExitFollowUpFactory(factory.django.DjangoModelFactory):
    """In employment three months after."""

    class Meta:
        model = ExitFollowUp

    exit = factory.SubFactory(ExitFactory)
    months = 3
    state = FollowUpState.WORKING
    asked_on = date(2020, 1, 6)
    by = factory.SubFactory(UserFactory)


class ExitChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExitChange

    exit = factory.SubFactory(ExitFactory)
    before = "30/09/2019, Au chômage"
    after = "30/09/2019, Embauche en CDI non aidé"
    reason = "Le contrat de travail est arrivé"
    by = factory.SubFactory(UserFactory)


class PersonEventFactory(factory.django.DjangoModelFactory):
    """Taken in by the director on the day of the contract."""

    class Meta:
        model = PersonEvent

    contract = factory.SubFactory(ContractFactory)
    parcours = factory.SelfAttribute("contract.parcours")
    act = PersonAct.TAKEN_IN
    by = factory.SubFactory(UserFactory)
    on = date(2019, 2, 4)


class ContractDecisionFactory(factory.django.DjangoModelFactory):
    """A year more for great difficulties, decided in January 2019."""

    class Meta:
        model = ContractDecision

    contract = factory.SubFactory(ContractFactory)
    kind = Extension.DIFFICULTES
    decided_on = date(2019, 1, 21)
    starts_on = date(2019, 2, 4)
    until = date(2020, 2, 3)
    reference = "PE-62-0457"
    by = factory.SubFactory(UserFactory)


class ImmersionFactory(factory.django.DjangoModelFactory):
    """Two weeks at a nursery, in March 2019."""

    class Meta:
        model = Immersion

    contract = factory.SubFactory(ContractFactory)
    host = "Pépinières de l’Artois"
    purpose = "Découvrir le métier de pépiniériste"
    starts_on = date(2019, 3, 4)
    ends_on = date(2019, 3, 15)
    by = factory.SubFactory(UserFactory)
