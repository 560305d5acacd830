"""Twenty heads sign at the same moment on an envelope that cannot take them all."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from funding.actions.files import move_version
from funding.actions.ledger_refusals import InsufficientFunds
from funding.enums import Act, Actor, VersionState
from funding.models import AnnexeVersion
from structures.enums import Status
from tests.funding.factories import AnnexeFactory, PartFactory, VersionFactory
from tests.funding.lifecycle.world import DAY, TOTAL, make_world
from tests.structures.factories import ConventionFactory, StructureFactory

SIGNERS, FITTING = 20, 7


def ready(world):
    """An annexe that came to the signature without its money: the ASP had it first."""
    convention = ConventionFactory(structure=StructureFactory())
    version = VersionFactory(
        annexe=AnnexeFactory(convention=convention),
        state=VersionState.SAISI,
        stage="READY",
        signed_on=None,
    )
    PartFactory(version=version, envelope=world.envelope)
    return version


@pytest.mark.usefixtures("committed_db")
def test_exactly_what_fits_is_signed():
    world = make_world(funded=TOTAL * FITTING + Decimal("0.50"))
    versions = [ready(world) for _ in range(SIGNERS)]
    head, start = world.people[Actor.SIGNATORY], Barrier(SIGNERS)

    def sign(version):
        try:
            start.wait()
            move_version(version=version, act=Act.SIGN, by=head, on=DAY)
        except InsufficientFunds as refusal:
            return refusal.user_message
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(SIGNERS) as pool:
        told = list(pool.map(sign, versions))

    signed = AnnexeVersion.objects.filter(status=Status.SIGNED)
    assert signed.count() == told.count("") == FITTING
    assert all("Il reste 0,50" in text for text in told if text)
    assert (
        AnnexeVersion.objects.filter(status=Status.READY).count() == SIGNERS - FITTING
    )
    assert world.balances() == (Decimal("0.50"), 0, TOTAL * FITTING, 0)
