"""What each document of funding says: every field of its text has a value."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest

from funding.printing.annexe import (
    AnnexeData,
    ChangeData,
    PartData,
    Previous,
    annexe_sheet,
)
from funding.printing.cdiae import (
    ItemData,
    SessionData,
    agenda_sheet,
    minutes_sheet,
)
from funding.printing.letters import (
    BreachData,
    NotificationData,
    breach_sheet,
    convention_sheet,
    notification_sheet,
)
from funding.printing.parties import ConventionData, Party
from structures.enums import Measure, StructureKind
from structures.printing.fields import FIELDS
from structures.printing.render import Identity, render
from structures.printing.texts import given_text
from tests.structures.documents.sheets import DAY, SITE, text_of

PARTY = Party(
    name="Récup’Artois",
    kind=StructureKind.ACI,
    siret="90000000000017",
    commune="Arras",
    address="",
    service="UD 62",
    place="Pas-de-Calais",
    is_simulated=True,
)
CONVENTION = ConventionData(
    party=PARTY,
    number="062 010119 ACI 00012",
    measure=Measure.ACI_DC,
    starts_on=date(2019, 1, 1),
    ends_on=date(2021, 12, 31),
    opinion_on=None,
    is_draft=False,
)
ANNEXE = AnnexeData(
    convention=CONVENTION,
    number="ACI062190012 A0M0",
    year=2019,
    modification=0,
    starts_on=date(2019, 5, 1),
    ends_on=date(2019, 12, 31),
    etp=Decimal("7.43"),
    unit_amount=Decimal("20199.00"),
    unit_text="Arrêté du 27 février 2019",
    hours_per_etp=Decimal(1820),
    total=Decimal("100052.40"),
    cofinanced=Decimal(0),
    cofinancer="",
    parts=(PartData(line="IAE", etp=Decimal("7.43"), amount=Decimal("100052.40")),),
    exits=None,
    forecast=(("Sorties dynamiques", Decimal(60)), ("dont durable", None)),
    is_draft=False,
)
AVENANT = replace(
    ANNEXE,
    modification=1,
    previous=Previous(
        etp=Decimal("8.43"),
        total=Decimal("113518.40"),
        changes=(
            ChangeData(block="ETP et aide", label="ETP", before="8,43", after="7,43"),
        ),
    ),
)
ITEM = ItemData(
    structure="Récup’Artois",
    kind="ACI",
    commune="Arras",
    measure="ACI, droit commun",
    starts_on=date(2019, 1, 1),
    ends_on=date(2021, 12, 31),
    etp=Decimal(12),
    opinion="Favorable",
)
SESSION = SessionData(
    on=date(2019, 11, 14),
    starts_at=time(14, 30),
    location="Préfecture",
    president="",
    service="UD 62",
    place="Pas-de-Calais",
    items=(ITEM,),
    attendance="M. Durand, État\nMme Petit, Pôle emploi",
    is_simulated=True,
)
SHEETS = {
    "convention": convention_sheet(CONVENTION),
    "annexe": annexe_sheet(ANNEXE),
    "avenant": annexe_sheet(AVENANT),
    "breach": breach_sheet(
        BreachData(
            convention=CONVENTION,
            subject="annexe A0M0",
            reason="Bilan non transmis",
            on=date(2019, 3, 1),
            months=1,
            until=date(2019, 4, 1),
        )
    ),
    "notification": notification_sheet(
        NotificationData(
            envelope="IAE 2019 – 62",
            year=2019,
            kind="Délégation",
            amount=Decimal(1000),
            on=date(2019, 2, 4),
            reference="Circulaire",
            number=148,
            total_before=Decimal(500),
            service="UD 62",
            place="Pas-de-Calais",
            is_simulated=True,
        ),
        gains=True,
    ),
    "agenda": agenda_sheet(SESSION),
    "minutes": minutes_sheet(SESSION),
}


@pytest.mark.parametrize("name", SHEETS)
def test_every_field_of_a_document_is_filled(name):
    sheet = SHEETS[name]
    for field in FIELDS[sheet.kind]:
        if field.is_block:
            assert field.name in {**sheet.grids, **sheet.signatures}, field.name
        else:
            assert sheet.values.get(field.name) or field.name == "date", field.name


@pytest.mark.parametrize("name", SHEETS)
def test_it_prints_with_the_text_provided(name):
    sheet = SHEETS[name]
    identity = Identity(code="7Q2M0KXA9TRB", on=DAY, site=SITE)

    made = render(sheet, given_text(sheet.kind), identity)

    text = text_of(made.content).replace("\u00a0", " ")
    assert "Données simulées" in text
    assert "{{" not in text


def test_the_payments_add_up_to_the_total():
    cells = [
        cell
        for row in annexe_sheet(ANNEXE).grids["tableau_versements"].rows
        for cell in row
    ]
    amounts = [cell for cell in cells if "€" in cell]

    assert cells[:2] == ["mai 2019", "12\u202f506,55\u00a0€"]
    assert len(amounts) == 8
    assert cells[-4:] == ["décembre 2019", "12\u202f506,55\u00a0€", "", ""]


def test_an_avenant_says_before_after_and_the_difference():
    values = annexe_sheet(AVENANT).values

    assert values["ecart_etp"] == "\u22121,00"
    assert values["ecart_total"] == "\u221213\u202f466,00\u00a0€"
    rows = annexe_sheet(AVENANT).grids["tableau_modifications"].rows
    assert rows == (("ETP", "ETP et aide", "8,43", "7,43"),)


def test_a_draft_says_it_is_not_to_be_signed():
    assert annexe_sheet(ANNEXE).marks == ()
    [mark] = annexe_sheet(replace(ANNEXE, is_draft=True)).marks
    assert mark.startswith("Projet")


def test_the_minutes_are_a_project_until_they_are_closed():
    assert minutes_sheet(SESSION).marks
    assert not minutes_sheet(replace(SESSION, is_closed=True)).marks
    assert not agenda_sheet(SESSION).marks


def test_what_was_typed_on_several_lines_keeps_them():
    identity = Identity(code="7Q2M0KXA9TRB", on=DAY, site=SITE)
    made = render(minutes_sheet(SESSION), given_text("MINUTES"), identity)

    assert "M. Durand, État\nMme Petit, Pôle emploi" in text_of(made.content)
