"""The back-office: who enters, what may change, no list that grows by the line."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from structures.enums import Confidence, Origin
from structures.figures.legal_values import legal_value
from structures.models import LegalValue
from tests.funding.factories import (
    AnnexeFactory,
    CampaignFactory,
    EnvelopeFactory,
    ImportRunFactory,
    PublishedFigureFactory,
    StepFactory,
)
from tests.parcours.factories import ExitMotiveFactory
from tests.structures.factories import (
    CommuneFactory,
    ConventionFactory,
    GroupFactory,
    MembershipFactory,
    PerimeterCommuneFactory,
    PerimeterFactory,
    StructureFactory,
)

# The theme’s own templates use undefined variables.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
ADD_VALUE = "/admin/structures/legalvalue/add/"
NEW_VALUE = {
    "parameter": "montant_socle",
    "kind": "ACI",
    "place": "METROPOLE",
    "effective_on": "01/01/2030",
    "published_on": "15/02/2030",
    "value": "25000",
    "unit": "€/ETP/an",
    "source": "Arrêté du 15 février 2030",
    "confidence": Confidence.VERIFIED,
}
LISTS = [
    model._meta for model in admin.site._registry if model.__module__ != "dsfr.models"
]


@pytest.fixture
def administrator(client, admin_user):
    client.force_login(admin_user)
    return admin_user


def changelist(meta):
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")


def test_a_stranger_signs_in_on_the_pages_of_the_site(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/connexion/?next=%2Fadmin%2F"


def test_an_agent_does_not_enter(client, agent):
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "réservée" in response.content.decode()


def test_the_policy_of_the_back_office_is_its_own(client, administrator):
    inside = client.get("/admin/")["Content-Security-Policy"]
    outside = client.get("/aide/")["Content-Security-Policy"]
    assert "'unsafe-eval'" in inside
    assert "'unsafe" not in outside
    assert "default-src 'none'" in inside


@pytest.mark.parametrize("meta", LISTS, ids=lambda meta: meta.model_name)
def test_every_list_opens_and_is_searched(client, administrator, meta):
    assert client.get(changelist(meta)).status_code == 200
    assert client.get(f"{changelist(meta)}?q=a").status_code == 200


def perimeters(n):
    place = PerimeterFactory(code=f"perimetre-{n}")
    PerimeterCommuneFactory(
        perimeter=place, commune=CommuneFactory(code=f"{62100 + n}")
    )


def envelopes(n):
    EnvelopeFactory(departmental=True, year=2000 + n)


ROWS = {
    "structures_structure": lambda n: StructureFactory(group=GroupFactory()),
    "structures_convention": lambda n: ConventionFactory(),
    "structures_user": lambda n: MembershipFactory(),
    "structures_membership": lambda n: MembershipFactory(),
    "structures_perimeter": perimeters,
    "structures_perimetercommune": perimeters,
    "structures_commune": lambda n: CommuneFactory(code=f"{62100 + n}"),
    "funding_envelope": envelopes,
    "funding_campaign": lambda n: CampaignFactory(),
    "funding_importrun": lambda n: ImportRunFactory(),
    "funding_publishedfigure": lambda n: PublishedFigureFactory(),
    "parcours_exitmotive": lambda n: ExitMotiveFactory(code=f"X{n}"),
}


def queries_of(client, url, capture):
    client.get(url)
    with capture() as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ROWS)
def test_a_list_takes_the_same_queries_whatever_its_length(
    client, administrator, name, django_capture_queries
):
    url = reverse(f"admin:{name}_changelist")
    for n in range(2):
        ROWS[name](n)
    few = queries_of(client, url, django_capture_queries)
    for n in range(2, 20):
        ROWS[name](n)
    assert queries_of(client, url, django_capture_queries) == few


@pytest.fixture
def django_capture_queries(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(100)


def test_a_value_added_by_hand_names_its_author(client, administrator):
    client.post(ADD_VALUE, NEW_VALUE)
    value = LegalValue.objects.get(origin=Origin.ADMIN)
    assert value.added_by == administrator
    assert value.effective_on == date(2030, 1, 1)


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"source": ""}, "Ce champ est obligatoire."),
        ({"parameter": "montant_socl"}, "Choisissez un paramètre de la liste."),
        (
            {"effective_on": "01/01/2019", "published_on": "27/02/2019"},
            "donc après le 27/02/2019.",
        ),
        ({"kind": "ASI"}, "Ce paramètre ne connaît que : ACI, AI, EI, ETTI."),
        ({"kind": ""}, "Ce paramètre ne connaît que : ACI, AI, EI, ETTI."),
        ({"unit": "€/h"}, "Ce paramètre ne connaît que : €/ETP/an."),
        (
            {"parameter": "smic_horaire", "kind": "", "unit": "€/h", "place": "PRISON"},
            "Ce paramètre ne connaît que : Métropole",
        ),
        (
            {"parameter": "smic_horaire", "unit": "€/h"},
            "Ce paramètre ne connaît que : vide, pour tous.",
        ),
    ],
)
def test_a_wrong_value_is_refused_in_a_sentence(client, administrator, wrong, sentence):
    text = client.post(ADD_VALUE, NEW_VALUE | wrong).content.decode()
    assert sentence in text
    assert not LegalValue.objects.filter(origin=Origin.ADMIN).exists()


def test_a_value_of_the_files_is_read_not_changed(client, administrator):
    value = LegalValue.objects.filter(origin=Origin.FILE).first()
    url = f"/admin/structures/legalvalue/{value.pk}/change/"
    assert value.source in client.get(url).content.decode().replace("&#x27;", "'")
    assert client.post(url, NEW_VALUE).status_code == 403
    assert client.post(f"{url[:-7]}delete/", {"post": "yes"}).status_code == 403


@pytest.fixture
def by_hand(client, administrator):
    """A value the first administrator added."""
    client.post(ADD_VALUE, NEW_VALUE)
    return LegalValue.objects.get(origin=Origin.ADMIN)


def test_a_second_administrator_changes_nothing(client, by_hand, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("autre@ud62.invalid"))
    url = f"/admin/structures/legalvalue/{by_hand.pk}/change/"
    assert 'name="value"' not in client.get(url).content.decode()
    assert client.post(url, NEW_VALUE | {"value": "1"}).status_code == 403
    assert client.post(f"{url[:-7]}delete/", {"post": "yes"}).status_code == 403
    kept = LegalValue.objects.get(pk=by_hand.pk)
    assert (kept.value, kept.added_by) == (25_000, by_hand.added_by)


def test_a_correction_is_published_later(client, by_hand):
    early = NEW_VALUE | {"value": "25100"}
    assert "donc après le 15/02/2030" in client.post(ADD_VALUE, early).content.decode()
    client.post(ADD_VALUE, early | {"published_on": "01/03/2030"})
    day, before = date(2030, 6, 1), date(2030, 2, 20)
    assert legal_value("montant_socle", "ACI", on=day).value == 25_100
    assert legal_value("montant_socle", "ACI", on=day, known_on=before).value == 25_000


def test_overlapping_conventions_are_refused_in_a_sentence(client, administrator):
    convention = ConventionFactory()
    text = client.post(
        "/admin/structures/convention/add/",
        {
            "structure": convention.structure_id,
            "measure": convention.measure,
            "state": "DRAFT",
            "starts_on": "01/01/2019",
            "ends_on": "31/12/2019",
        },
    ).content.decode()
    assert "couvre déjà une partie de ces dates" in text


def test_balances_are_read_not_written(client, administrator):
    envelope = EnvelopeFactory()
    text = client.get(f"/admin/funding/envelope/{envelope.pk}/change/").content.decode()
    assert "Disponible" in text
    assert 'name="available"' not in text


@pytest.mark.parametrize("name", ["campaign", "importrun"])
def test_runs_are_only_read(client, administrator, name):
    step = StepFactory()
    pk = {"campaign": step.campaign_id, "importrun": ImportRunFactory().pk}[name]
    assert client.get(f"/admin/funding/{name}/add/").status_code == 403
    assert client.get(f"/admin/funding/{name}/{pk}/change/").status_code == 200
    assert client.post(f"/admin/funding/{name}/{pk}/change/", {}).status_code == 403


def test_nothing_is_deleted_that_others_hang_on(client, administrator):
    annexe = AnnexeFactory()
    structure = annexe.convention.structure
    url = f"/admin/structures/structure/{structure.pk}/delete/"
    assert client.post(url, {"post": "yes"}).status_code == 403


def test_a_convention_is_moved_by_its_table_not_retyped(client, administrator):
    convention = ConventionFactory()
    url = reverse("admin:structures_convention_change", args=[convention.pk])
    data = {
        "structure": convention.structure_id,
        "measure": convention.measure,
        "number": "062 010118 ACI 99999",
        "state": "CLOSED",
        "starts_on": "01/01/2018",
        "ends_on": "31/12/2020",
    }
    client.post(url, data)
    convention.refresh_from_db()
    assert (convention.number, convention.state) == ("062 010118 ACI 99999", "SIGNED")
