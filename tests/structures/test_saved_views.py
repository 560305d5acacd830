"""Lists kept under a name."""

import pytest

from structures.actions.saved_views import MOST
from structures.models import SavedView
from tests.structures.factories import MembershipFactory

pytestmark = pytest.mark.django_db
ADD = "/vues/"


@pytest.fixture
def agent(client):
    user = MembershipFactory(agent=True).user
    client.force_login(user)
    return user


def save(client, name="À signer", query="annee=2019&statut=READY", page="annexe_list"):
    data = {"page": page, "name": name, "query": query}
    return client.post(ADD, data, follow=True)


def test_a_view_keeps_the_filters_the_columns_and_the_order(client, agent):
    save(client, query="statut=READY&colonnes=etp&colonnes=aide&tri=-etp&page=3")

    view = SavedView.objects.get(user=agent)
    assert view.query == "colonnes=etp&colonnes=aide&statut=READY&tri=-etp"
    html = client.get(f"/annexes/?{view.query}").content.decode()
    assert 'aria-current="page">À signer</a>' in html


def test_the_same_name_again_replaces_the_view(client, agent):
    save(client)
    save(client, name="à SIGNER", query="statut=DRAFT")

    assert [one.query for one in SavedView.objects.all()] == ["statut=DRAFT"]


def test_a_view_without_a_name_says_so(client, agent):
    response = save(client, name=" ")

    assert "Donnez un nom à la vue" in response.content.decode()
    assert not SavedView.objects.exists()


def test_no_more_views_than_a_page_shows(client, agent):
    for number in range(MOST):
        save(client, name=f"Vue {number}")

    response = save(client, name="Une de trop")

    assert "supprimez-en une" in response.content.decode()
    assert SavedView.objects.count() == MOST


def test_an_address_too_long_to_be_kept_says_so(client, agent):
    response = save(client, query="q=" + "a" * 1_200)

    assert "trop de filtres" in response.content.decode()
    assert not SavedView.objects.exists()


def test_a_view_is_of_one_person_alone(client, agent):
    save(client)
    key = SavedView.objects.get().pk
    client.force_login(MembershipFactory(agent=True).user)

    assert client.post(f"/vues/{key}/supprimer/").status_code == 404
    assert "À signer" not in client.get("/annexes/").content.decode()


def test_a_view_is_forgotten(client, agent):
    save(client)
    key = SavedView.objects.get().pk

    response = client.post(f"/vues/{key}/supprimer/", follow=True)

    assert "est supprimée" in response.content.decode()
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("page", ["home", "admin:index", "nulle-part", ""])
def test_only_lists_may_be_kept(client, agent, page):
    assert save(client, page=page).status_code == 404
