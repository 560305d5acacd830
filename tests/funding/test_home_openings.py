"""What a home counts or sums opens on the list that has as many rows, or the same sum."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from funding.enums import Stage, VersionState
from structures.enums import Measure, Role, Status, StructureKind
from tests.funding.factories import ConsumptionFactory, VersionFactory
from tests.parcours.factories import ContractFactory
from tests.structures.factories import (
    AgencyFactory,
    CommuneFactory,
    ConventionFactory,
    DepartementFactory,
    MembershipFactory,
    StructureFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
CELL = re.compile(r'data-label="([^"]+)"[^>]*><a href="([^"]+)">([^<]+)</a>')
TASK = re.compile(r'__count">([^<]+)</span>\s*<span><a href="([^"]+)">([^<]+)</a>')
FIGURE = re.compile(r"<dt>([^<]+)</dt>\s*<dd><a href=\"([^\"]+)\">([^<]+)</a>")
COUNT = re.compile(r"([\d\u202f]+)\xa0(?:structures?|conventions?|annexes?|parcours)<")
TOTALS = {
    "ETP conventionnés": "etp",
    "ETP réalisés": "realise-annee",
    "Aide de l’année": "aide",
}


def text_of(client, url="/"):
    response = client.get(unescape(url))
    assert response.status_code == 200, url
    return response.content.decode()


def check(client, label, url, shown):
    """The count of the list, or its total of the same name, is what is shown."""
    listed = text_of(client, url)
    if label in TOTALS:
        [found] = re.findall(rf'id="total-{TOTALS[label]}">([^<]+)<', listed)
    else:
        found = COUNT.search(listed)[1]
    assert found == shown, (label, url)


def annexe(structure, **fields):
    known = structure.conventions.first()
    convention = known or ConventionFactory(structure=structure)
    return VersionFactory(annexe__convention=convention, **fields)


@pytest.fixture
def territory():
    """Two kinds in two départements, months entered, an avenant being written."""
    nord = DepartementFactory(code="59", name="Nord")
    there = CommuneFactory(code="59178", departement=nord)
    for kind, place, etp in (
        (StructureKind.ACI, None, "10.25"),
        (StructureKind.ACI, there, "4.5"),
        (StructureKind.EI, None, "7"),
    ):
        options = {"commune": place} if place else {}
        structure = StructureFactory(kind=kind, **options)
        version = annexe(structure, etp=Decimal(etp))
        for month in (1, 3):
            day = date(2019, month, 1)
            ConsumptionFactory(version=version, month=day, etp=Decimal(etp) - 1)
        VersionFactory(annexe=version.annexe, modification=1, draft=True, etp=99)
        annexe(structure, annexe__year=2018, etp=55)


def test_each_figure_of_a_group_opens_on_its_sum_or_its_count(client, territory):
    agency = AgencyFactory(regional=True)
    client.force_login(MembershipFactory(agent=True, agency=agency).user)
    home = text_of(client)
    groups = home[: home.index("À regarder")]

    cells = CELL.findall(groups)

    assert len(cells) == 4 * (2 + 1 + 2 + 1)  # lines and sums of both tables
    for label, url, shown in [*cells, *FIGURE.findall(groups)]:
        if label == "Structures" or label in TOTALS:
            check(client, label, url, shown)


def test_nothing_realised_opens_nothing(client, agent):
    annexe(StructureFactory())

    assert ">—</a>" not in text_of(client)


def test_each_task_of_an_agent_opens_as_many_rows(client, agent):
    late = StructureFactory()
    for measure in (Measure.ACI_DC, Measure.ACI_MP):
        ConventionFactory(structure=late, ends_on=date(2020, 1, 31), measure=measure)
    ConsumptionFactory(version=annexe(StructureFactory()), etp=Decimal(1))
    ConventionFactory(state=Status.INSTRUCTION, signed_on=None)

    tasks = TASK.findall(text_of(client))

    assert {label for _, _, label in tasks} >= {
        *("Structures en retard de saisie", "Structures en sous-réalisation"),
        *("Conventions à instruire", "Conventions qui finissent sous 90 jours"),
    }
    for shown, url, label in tasks:
        check(client, label, url, shown)


@pytest.fixture
def two_structures(client):
    """A director of two structures; both have something of each kind to do."""
    user = MembershipFactory().user
    MembershipFactory(user=user)
    client.force_login(user)
    structures = [one.structure for one in user.memberships.all()]
    for structure in structures:
        ContractFactory(structure=structure, hired_on=date(2019, 1, 7))
        ending = ConventionFactory(structure=structure, ends_on=date(2020, 1, 31))
        asked = ConventionFactory(
            **{"structure": structure, "measure": Measure.ACI_MP},
            **{"state": Status.DRAFT, "signed_on": None},
        )
        for convention, year in ((ending, 2019), (asked, 2019), (ending, 2020)):
            to_correct(convention, year)
    return structures


def to_correct(convention, year):
    VersionFactory(
        **{"annexe__convention": convention, "annexe__year": year},
        **{"state": VersionState.SAISI, "stage": Stage.CORRECTION},
        **{"starts_on": date(year, 1, 1), "ends_on": date(year, 1, 31)},
    )


def test_each_task_of_a_director_opens_as_many_rows(client, two_structures):
    for structure in two_structures:
        home = text_of(client, f"/?structure={structure.pk}")
        tasks = {label: (url, n) for n, url, label in TASK.findall(home)}

        alone = tasks.pop("Annexes 2020 à corriger")[0]
        assert re.fullmatch(r"/annexes/\d+/", alone)
        tasks.pop("Mois en retard", None)
        assert len(tasks) == 4
        for label, (url, shown) in tasks.items():
            check(client, label, url, shown)


def test_the_chip_of_a_list_says_the_structure_it_is_narrowed_to(
    client, two_structures
):
    [first, other] = two_structures
    text = text_of(client, f"/conventions/?structure={first.pk}")
    assert f"Structure : {first.name}" in text
    assert "Retirer le filtre" in text

    stranger = StructureFactory(name="Ailleurs")
    for listed in ("conventions", "annexes", "parcours"):
        text = text_of(client, f"/{listed}/?structure={stranger.pk}")
        assert "Ailleurs" not in text


@pytest.mark.parametrize("word", ["x", "9" * 30, "0"])
@pytest.mark.parametrize("name", ["structure", "territoire", "version", "alerte"])
def test_what_narrows_to_nothing_is_as_if_not_asked(client, agent, name, word):
    for listed in ("structures", "conventions", "annexes", "parcours"):
        text_of(client, f"/{listed}/?{name}={word}")


def test_who_follows_people_counts_the_rows_of_the_list(client):
    """Somebody in two structures at once is one parcours."""
    first, other = (MembershipFactory(role=Role.CIP) for _ in range(2))
    MembershipFactory(role=Role.CIP, user=first.user, structure=other.structure)
    client.force_login(first.user)
    contract = ContractFactory(structure=first.structure, hired_on=date(2019, 1, 7))
    ContractFactory(
        **{"structure": other.structure, "parcours": contract.parcours},
        **{"person": contract.person, "hired_on": date(2019, 2, 4)},
    )

    figures = FIGURE.findall(text_of(client))

    assert [label for label, _, _ in figures] == [
        "Personnes à voir",
        "Parcours en cours",
    ]
    for label, url, shown in figures:
        check(client, label, url, shown)
