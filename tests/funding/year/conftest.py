"""A FDI line with money, somebody who signs, a request."""

import pytest

from funding.enums import Line
from tests.funding.factories import FdiRequestFactory, SigningDelegationFactory
from tests.funding.factories.year import department_line, funded
from tests.structures.factories import (
    AgencyFactory,
    MembershipFactory,
)


@pytest.fixture
def line():
    return funded(department_line(Line.FDI), 40_000)


@pytest.fixture
def head(line):
    """Who records and signs."""
    user = MembershipFactory(agent=True, agency=AgencyFactory()).user
    SigningDelegationFactory(user=user, agency=AgencyFactory())
    return user


@pytest.fixture
def fdi(line):
    return FdiRequestFactory(envelope=line)
