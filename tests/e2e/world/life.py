"""A visit to follow up, a new SIRET, a closing, a refusal and its appeal."""

from datetime import date

from funding.enums import Act, VersionState
from funding.models import AnnexeFinanciere, Appeal, StatusChange
from structures.enums import LifeKind
from structures.models import Structure, StructureAct, User
from tests.funding.factories import AppealFactory, StatusChangeFactory, VersionFactory
from tests.structures.factories import StructureActFactory

CLOSED_ON = date(2019, 10, 31)


def write_life(structures):
    agent = User.objects.filter(memberships__agency__isnull=False).first()
    home, closed, contested = structures[1], structures[9], structures[6]
    StructureActFactory(structure=home, by=agent)
    StructureActFactory(
        structure=home,
        by=agent,
        kind=LifeKind.IDENTITY,
        on=date(2018, 5, 2),
        reason="L’association a changé de nom.",
        reference="Récépissé du 2 mai 2018",
        follow_up_on=None,
        changes={"name": ["Récup’62", home.name]},
    )
    close(closed, agent)
    contest(contested, agent)


def close(structure, agent):
    """Its avenant is still to write: the annexe in force is left to close."""
    Structure.objects.filter(pk=structure.pk).update(closed_on=CLOSED_ON)
    StructureActFactory(
        structure=structure,
        by=agent,
        kind=LifeKind.CLOSING,
        on=CLOSED_ON,
        reason="Liquidation judiciaire",
        follow_up_on=None,
        changes={"versions": []},
    )


def contest(structure, agent):
    annexe = AnnexeFinanciere.objects.get(convention__structure=structure, year=2019)
    version = VersionFactory(
        annexe=annexe, modification=1, state=VersionState.REJETE, signed_on=None
    )
    refusal = StatusChangeFactory(
        version=version, by=agent, act=Act.REJECT, on=date(2019, 11, 18), reason="Non"
    )
    AppealFactory(change=refusal, by=agent)


def keys_of_life():
    return {
        "visit": StructureAct.objects.get(kind=LifeKind.VISIT).pk,
        "ended": Structure.objects.get(closed_on=CLOSED_ON).pk,
        "refusal": StatusChange.objects.get(act=Act.REJECT).pk,
        "appeal": Appeal.objects.get().pk,
        "contested": Appeal.objects.get().change.version.annexe.convention.structure_id,
    }
