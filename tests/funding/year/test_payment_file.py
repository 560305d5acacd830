"""A file of payments: read line by line, each reference once, each wrong line named."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from funding.models import Payment
from tests.funding.lifecycle.world import make_world
from tests.funding.year.test_payments import MONTHLY, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("december")]
HEADER = "reference;annexe;annee;mois;date;montant;part\n"


@pytest.fixture
def world():
    world = make_world()
    sign(world)
    world.number = world.version.annexe.number
    return world


def run(tmp_path, text, *options, header=HEADER):
    path = tmp_path / "paiements.csv"
    path.write_text(header + text, encoding="utf-8")
    out = StringIO()
    call_command("import_payments", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def line(world, reference="P1", month="03", day="25/03/2019", amount="16832,50"):
    return f"{reference};{world.number};2019;{month};{day};{amount};socle\n"


def test_lines_become_payments_once(world, tmp_path):
    text = line(world) + line(world, "P2", "04/2019", "25/04/2019", "16 832.50")

    first, again = (run(tmp_path, text) for _ in range(2))

    assert (first["created"], first["rejected"]) == (2, 0)
    assert (again["created"], again["unchanged"]) == (0, 2)
    assert world.balances()[3] == 2 * MONTHLY
    assert {it.get_origin_display() for it in Payment.objects.all()} == {"Fichier"}


def test_a_trial_keeps_nothing(world, tmp_path):
    assert run(tmp_path, line(world), "--dry-run")["created"] == 1
    assert not Payment.objects.exists()
    assert world.balances()[3] == 0


@pytest.mark.parametrize(
    "fields, column, told",
    [
        ({"amount": "beaucoup"}, "montant", "deux décimales"),
        ({"amount": "-5"}, "montant", "montant positif"),
        ({"amount": "0"}, "montant", "nul"),
        ({"amount": "999999"}, "montant", "Il reste"),
        ({"month": "13"}, "mois", "mois est attendu"),
        ({"month": "01/2020"}, "mois", "hors de l’annexe"),
        ({"day": "31/02/2019"}, "date", "date est attendue"),
        ({"day": "25/03/2020"}, "date", "corrigez la date"),
        ({"reference": ""}, "reference", "vide"),
    ],
)
def test_a_wrong_line_is_named_and_the_others_are_taken(
    world, tmp_path, fields, column, told
):
    text = line(world, "BON") + line(world, **fields)

    report = run(tmp_path, text)

    assert (report["read"], report["created"], report["rejected"]) == (2, 1, 1)
    [rejected] = report["rejections"]
    assert (rejected["line"], rejected["column"]) == (3, column)
    assert told in rejected["reason"]


def test_an_annexe_is_found_by_its_number_or_its_identifier(world, tmp_path):
    annexe = world.version.annexe
    annexe.asp_id = 71234
    annexe.save()
    text = "P1;71234;2019;03;25/03/2019;10;\nP2;ACI999;2019;03;25/03/2019;10;socle\n"

    report = run(tmp_path, text)

    assert report["created"] == 1
    assert "aucune annexe" in report["rejections"][0]["reason"]


def test_a_reference_of_another_payment_is_rejected(world, tmp_path):
    run(tmp_path, line(world))
    report = run(tmp_path, line(world, amount="10"))

    assert report["rejections"][0]["column"] == "reference"


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path):
    with pytest.raises(CommandError, match="Colonne absente : annexe"):
        run(tmp_path, "", header="reference;annee;mois;date;montant\n")
    with pytest.raises(CommandError, match="n’existe pas"):
        call_command("import_payments", str(tmp_path / "rien.csv"))
    path = tmp_path / "latin.csv"
    path.write_bytes(HEADER.encode() + "é;".encode("latin-1"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("import_payments", str(path))


def test_the_text_says_each_line_and_the_counts(world, tmp_path):
    path = tmp_path / "paiements.csv"
    path.write_text(HEADER + line(world, amount="x"), encoding="utf-8")
    out = StringIO()

    call_command("import_payments", str(path), "--dry-run", stdout=out)

    assert "Rejetée : ligne 2, colonne montant (« x »)" in out.getvalue()
    assert "1 lues, 0 enregistrées, 0 déjà connues, 1 rejetées" in out.getvalue()
