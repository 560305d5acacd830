"""A whole delivery, from the files to the three apps."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from funding.models import AnnexeVersion, FreinCount, ImportRejection, ImportRun
from parcours.enums import ContractKind, Regime, Rsa, Sex
from parcours.models import Contract, MonthlyHours, Parcours, Person, Training
from structures.models import Convention, Structure

CREATED = {
    "Structure": 1,
    "AnnexeFinanciere": 1,
    "Salarie": 1,
    "ContratMission": 1,
    "EtatMensuelIndiv": 2,
    "Formations": 1,
    "Accompagnement": 1,
    "RefMotifSort": 5,
}


def test_every_line_of_a_right_delivery_is_created(delivery):
    result = delivery.load()
    assert result.issues == []
    assert {f.view: f.created for f in result.files if not f.used} == CREATED


def test_the_structure_its_convention_and_its_annexe(delivery):
    delivery.load()
    structure = Structure.objects.get()
    assert (structure.kind, structure.asp_id, structure.commune_id) == (
        "ACI",
        100,
        "62498",
    )
    assert structure.address == "12 RUE DES LILAS"
    convention = Convention.objects.get()
    assert convention.number == "062 010118 ACI 00012"
    assert (convention.starts_on, convention.ends_on) == (
        date(2018, 1, 1),
        date(2020, 12, 31),
    )
    assert (convention.signed_on, convention.active_until) == (
        date(2019, 1, 15),
        date(2019, 12, 31),
    )
    version = AnnexeVersion.objects.get()
    assert (version.annexe.year, version.annexe.renewal, version.modification) == (
        2019,
        1,
        0,
    )
    assert (version.etp, version.total) == (Decimal(8), Decimal("161592.00"))
    assert (version.hours_per_etp, version.unit_amount) == (
        Decimal(1820),
        Decimal(20199),
    )
    assert version.forecast_dynamic == 50


def test_the_person_the_right_and_the_contract(delivery):
    delivery.load()
    person = Person.objects.get()
    assert (person.sort_key, person.sex, person.is_qpv) == (
        "D HEROUVILLE PETIT ZOE",
        Sex.FEMALE,
        True,
    )
    right = Parcours.objects.get()
    assert (right.regime, right.number) == (Regime.AGREMENT, "062201905000")
    assert (right.starts_on, right.ends_on) == (date(2019, 2, 4), date(2021, 2, 3))
    contract = Contract.objects.get()
    assert (contract.kind, contract.asp_id, contract.job) == (
        ContractKind.CDDI,
        7000,
        "A1203",
    )
    assert (contract.hired_on, contract.starts_on) == (date(2019, 2, 4),) * 2
    assert (contract.weekly_hours, contract.rsa, contract.is_rqth) == (
        26,
        Rsa.PLAIN,
        True,
    )
    assert (contract.training_level, contract.unemployed_since) == ("51", "04")


def test_hours_trainings_and_counts_of_freins(delivery):
    delivery.load()
    hours = MonthlyHours.objects.select_related("statement").order_by(
        "statement__month"
    )
    assert [(h.statement.month, h.hours, h.statement.validated_on) for h in hours] == [
        (date(2019, 2, 1), 113, date(2019, 3, 5)),
        (date(2019, 3, 1), 113, date(2019, 4, 5)),
    ]
    assert Training.objects.get().hours == Decimal("14.50")
    counts = FreinCount.objects.get(theme="MOBILITE")
    assert (counts.concerned, counts.internal, counts.external, counts.both) == (
        9,
        4,
        3,
        2,
    )


def test_the_same_delivery_twice_changes_nothing(delivery):
    delivery.load()
    again = delivery.load()
    assert {(f.created, f.updated) for f in again.files} == {(0, 0)}
    assert {(c.created, c.updated) for c in again.tables.values()} == {(0, 0)}
    assert {f.view: f.unchanged for f in again.files if not f.used} == CREATED


def test_a_changed_line_is_updated_and_the_others_are_left(delivery):
    delivery.load()
    delivery.views["EtatMensuelIndiv"][1]["emi_nb_heures_travail"] = "99"
    months = delivery.load().by_view["EtatMensuelIndiv"]
    assert (months.created, months.updated, months.unchanged) == (0, 1, 1)
    assert MonthlyHours.objects.get(statement__month="2019-03-01").hours == 99


def test_a_dry_run_says_the_same_and_keeps_nothing(delivery):
    tried = delivery.load(dry_run=True)
    assert not Structure.objects.exists()
    assert not ImportRun.objects.exists()
    assert tried.files == delivery.load().files


def test_totals_of_the_files_stand_beside_those_of_the_base(delivery):
    delivery.views["EtatMensuelIndiv"].append(
        delivery.views["EtatMensuelIndiv"][0] | {"emi_sme_mois": "1", "emi_ctr_id": 1}
    )
    totals = {total.code: total for total in delivery.load().totals}
    assert (totals["euros"].told, totals["euros"].gap) == (Decimal(161592), 0)
    assert (totals["etp"].told, totals["etp"].held) == (8, 8)
    assert (totals["heures"].told, totals["heures"].held) == (339, 226)
    assert totals["etp_mensuels"].held == Decimal("1.49")


def test_the_run_and_its_issues_are_stored(delivery):
    delivery.views["EtatMensuelIndiv"][0]["emi_nb_heures_travail"] = "-3"
    delivery.load()
    run = ImportRun.objects.get()
    assert run.is_applied
    assert run.finished_at >= run.started_at
    assert run.summary["totals"][0]["files"] == "8.00"
    issue = ImportRejection.objects.get()
    assert (issue.line, issue.column, issue.value) == (3, "emi_nb_heures_travail", "-3")
    assert issue.file.startswith("fluxIAE_EtatMensuelIndiv")


def test_the_command_prints_a_reconciliation(delivery, capsys):
    delivery.views["Salarie"][0]["salarie_rci_libelle"] = "X"
    call_command("import_flux", delivery.write(), "--dry-run")
    printed = capsys.readouterr().out
    assert "ligne 3, colonne salarie_rci_libelle (« X ») : La civilité" in printed
    assert "Montants des annexes comptées, en euros : 161592.00" in printed
    assert "Essai : rien n’est gardé." in printed


def test_the_command_prints_json(delivery, capsys):
    delivery.views["Salarie"][0]["salarie_rci_libelle"] = "X"
    call_command("import_flux", delivery.write(), "--json")
    printed = json.loads(capsys.readouterr().out)
    assert printed["applied"] is True
    issue = next(
        i for i in printed["issues"] if i["file"].startswith("fluxIAE_Salarie")
    )
    assert (issue["line"], issue["column"]) == (3, "salarie_rci_libelle")
    assert (issue["value"], issue["kind"]) == ("X", "REJECTED")


@pytest.mark.parametrize("files", [[], ["notes.txt"]])
def test_a_folder_without_files_of_the_asp_is_one_sentence(db, tmp_path, files):
    for name in files:
        (tmp_path / name).touch()
    with pytest.raises(CommandError, match="n’a aucun des fichiers que nous lisons"):
        call_command("import_flux", tmp_path)


def test_two_files_of_one_view_are_refused(delivery):
    directory = delivery.write()
    (directory / "fluxIAE_Salarie_09122019_081500.csv.gz").touch()
    with pytest.raises(CommandError, match="deux fichiers Salarie"):
        call_command("import_flux", directory)


def test_a_file_of_another_view_is_named_and_left(delivery):
    delivery.write()
    (delivery.directory / "fluxIAE_PMSMP_02122019_081500.csv.gz").touch()
    assert delivery.load().ignored == ["fluxIAE_PMSMP_02122019_081500.csv.gz"]


@pytest.mark.parametrize("view", CREATED)
def test_a_delivery_of_one_view_completes_the_base(delivery, view):
    delivery.load()
    for other in set(delivery.views) - {view}:
        del delivery.views[other]
    for path in delivery.directory.iterdir():
        path.unlink()
    (file,) = delivery.load().files
    assert (file.view, file.unchanged, file.created) == (view, CREATED[view], 0)
