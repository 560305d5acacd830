"""A delivery, and the commune where everything happens."""

import pytest

from tests.funding.flux.building import Delivery
from tests.structures.factories import CommuneFactory


@pytest.fixture
def delivery(db, tmp_path):
    CommuneFactory()
    return Delivery(tmp_path / "livraison")
