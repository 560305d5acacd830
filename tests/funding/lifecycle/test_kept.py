"""What is signed stays as it was signed: PostgreSQL refuses, as the application's role."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from funding.enums import Act, VersionState
from funding.models import AnnexeVersion, StatusChange
from tests.funding.factories import (
    PartFactory,
    StatusChangeFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db
REFUSED = "avenant de modification"


@pytest.fixture
def signed():
    return PartFactory().version


@pytest.mark.parametrize(
    "change",
    [
        {"etp": Decimal(11)},
        {"unit_amount": Decimal(20441)},
        {"hours_per_etp": Decimal(1820)},
        {"total": Decimal(1)},
        {"cofinanced": Decimal(1)},
        {"signed_on": None},
        {"state": VersionState.BROUILLON},
        {"state": VersionState.SAISI},
    ],
    ids=str,
)
def test_signed_terms_are_kept(signed, change):
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        AnnexeVersion.objects.filter(pk=signed.pk).update(**change)


def test_a_signed_version_is_never_erased(signed):
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        AnnexeVersion.objects.filter(pk=signed.pk)._raw_delete("default")


def test_the_parts_of_a_signed_version_are_kept(signed):
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        signed.parts.update(amount=1)
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        signed.parts.all().delete()


def test_a_draft_and_what_comes_from_the_asp_may_change(signed):
    draft = PartFactory(version=VersionFactory(draft=True)).version
    AnnexeVersion.objects.filter(pk=draft.pk).update(etp=9)
    draft.parts.update(amount=1)
    asp = VersionFactory(asp_id=7)

    assert AnnexeVersion.objects.filter(pk=asp.pk).update(etp=9) == 1


def test_a_history_is_only_added_to():
    change = StatusChangeFactory()
    for attempt in (
        lambda: StatusChange.objects.update(act=Act.SIGN),
        lambda: StatusChange.objects.filter(pk=change.pk)._raw_delete("default"),
    ):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            attempt()


def test_one_avenant_at_a_time_but_the_next_year_may_be_prepared():
    first = VersionFactory(draft=True)
    with pytest.raises(IntegrityError, match="version_one_open"), transaction.atomic():
        VersionFactory(annexe=first.annexe, modification=1, draft=True)

    later = VersionFactory(
        annexe__convention=first.annexe.convention, annexe__year=2020, draft=True
    )
    assert later.annexe.year == 2020
