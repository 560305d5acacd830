"""The demonstration's accounts: one a role, made once, never in production."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from funding.models import SigningDelegation
from structures.actions.demo_accounts import PASSWORD, ensure_demo_accounts
from structures.enums import Role
from structures.models import Membership, User
from tests.structures.factories import CommuneFactory, GroupFactory, StructureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def structure(settings):
    settings.DEMO = True
    StructureFactory(group=GroupFactory(), kind="ACI")
    return StructureFactory(commune=CommuneFactory(arras=True))


def test_each_role_has_an_account_that_signs_in(structure, rf):
    accounts = ensure_demo_accounts()

    assert len(accounts) == 7
    for account in accounts:
        assert authenticate(rf.post("/"), username=account.email, password=PASSWORD)


def test_staff_work_in_a_simulated_structure_of_no_real_group(structure):
    ensure_demo_accounts()

    staff = Membership.objects.exclude(role=Role.AGENT)
    assert {membership.structure for membership in staff} == {structure}


def test_run_twice_changes_nothing(structure):
    ensure_demo_accounts()
    before = list(User.objects.values()), list(Membership.objects.values())
    ensure_demo_accounts()

    assert (list(User.objects.values()), list(Membership.objects.values())) == before


def test_the_command_prints_them(structure):
    out = StringIO()
    call_command("demo_accounts", stdout=out)

    assert PASSWORD in out.getvalue()
    assert SigningDelegation.objects.get().user.email == "responsable@exemple.invalid"
    assert "direction@exemple.invalid" in out.getvalue()


def test_an_empty_base_has_its_administrator(settings):
    settings.DEMO = True

    assert [account.email for account in ensure_demo_accounts()] == [
        "admin@exemple.invalid"
    ]


def test_never_in_production(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="jamais en production"):
        call_command("demo_accounts")
    assert not User.objects.exists()
