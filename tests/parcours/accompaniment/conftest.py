"""What the tests of the accompaniment share."""

import pytest

from tests.parcours.accompaniment.world import make_case


@pytest.fixture
def case(db, december):
    return make_case()


@pytest.fixture
def page(client):
    """The text of a page, as somebody reads it; its status when it is not theirs."""

    def read(user, url):
        client.force_login(user)
        response = client.get(url)
        text = b"".join(response).decode()  # an export comes line after line
        return text if response.status_code == 200 else ""

    return read
