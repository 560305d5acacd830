"""Avenants of 2019 at each point of their life, for the pages that move them."""

from datetime import date

from funding.actions.files import set_status
from funding.actions.terms import open_avenant
from funding.enums import Act, Actor, Level, Line
from funding.models import AnnexeFinanciere, AnnexeVersion, Envelope, FieldComment
from structures.enums import Status
from structures.models import User
from tests.funding.factories import StatusChangeFactory


def write_files(structures):
    """A draft, one being examined, one sent back to the direction that has an account."""
    statuses = (Status.CORRECTION, Status.DRAFT, Status.INSTRUCTION)
    for structure, status in zip(structures[1:4], statuses, strict=True):
        annexe = AnnexeFinanciere.objects.get(
            convention__structure=structure, year=2019
        )
        version = open_avenant(annexe=annexe)
        if status != Status.DRAFT:
            examined(version, status)


def examined(version, status):
    agent = User.objects.filter(memberships__agency__isnull=False).first()
    set_status(version, status)
    FieldComment.objects.create(
        version=version, field="etp", text="Plus que réalisé en 2018 ?", by=agent
    )
    StatusChangeFactory(
        version=version,
        by=agent,
        actor=Actor.AGENT,
        act=Act.SUBMIT,
        on=date(2019, 11, 18),
    )


def keys_of_files():
    versions = AnnexeVersion.objects.filter(annexe__year=2019)
    envelopes = Envelope.objects.filter(year=2019)
    return {
        "correction": versions.get(status=Status.CORRECTION).pk,
        "draft": versions.get(status=Status.DRAFT).pk,
        "examined": versions.get(status=Status.INSTRUCTION).pk,
        "line": envelopes.get(line=Line.IAE_SOCLE, departement="62").pk,
        "region": envelopes.get(level=Level.REGIONAL).pk,
    }
