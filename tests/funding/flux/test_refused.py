"""A file that cannot be trusted refuses the whole delivery: the base stays as it was."""

import gzip

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from bench.flux import rows
from funding.models import AnnexeVersion
from funding.rules.flux import WrongFile


def counted():
    """Rows of every table of the three apps."""
    return {
        model: model.objects.count()
        for app in ("structures", "parcours", "funding")
        for model in apps.get_app_config(app).get_models()
    }


@pytest.fixture
def refused(delivery):
    """Loads a first delivery, then checks that a second one is refused and why."""
    delivery.load()

    def check(sentence):
        delivery.views["Salarie"].append(rows.person(5001))
        before = counted()
        with pytest.raises(WrongFile) as caught:
            delivery.load()
        assert sentence in caught.value.user_message
        assert counted() == before

    return check


def test_a_wrong_count_is_refused(delivery, refused):
    delivery.options["Accompagnement"] = {"fin": 6}
    refused(
        "fluxIAE_Accompagnement_02122019_081500.csv.gz, ligne 4 : "
        "La ligne FIN annonce 6 lignes, le fichier en contient 1."
    )


def test_a_missing_mandatory_column_is_refused(delivery, refused):
    columns = [name for name in rows.month() if name != "emi_nb_heures_travail"]
    delivery.options["EtatMensuelIndiv"] = {"columns": columns}
    refused("ligne 2 : Colonne obligatoire absente : emi_nb_heures_travail.")


def test_a_column_given_twice_is_refused(delivery, refused):
    delivery.options["Salarie"] = {"columns": [*rows.person(), "salarie_id"]}
    refused("Colonne en double : salarie_id.")


def test_a_broken_encoding_is_refused(delivery, refused):
    delivery.load()
    path = delivery.write() / "fluxIAE_Structure_02122019_081500.csv.gz"
    content = path.read_bytes().replace(b"DES LILAS", "DES PÂTURES".encode("latin-1"))
    delivery.write = lambda: path.write_bytes(content) and delivery.directory
    refused("fluxIAE_Structure_02122019_081500.csv.gz, ligne 3, colonne n° 17 : ")


def test_a_truncated_archive_is_refused(delivery, refused):
    path = delivery.write() / "fluxIAE_Salarie_02122019_081500.csv.gz"
    content = gzip.compress(path.read_bytes())[:-20]
    delivery.write = lambda: path.write_bytes(content) and delivery.directory
    refused("l’archive est abîmée ou coupée.")


def test_what_the_database_refuses_is_a_sentence_too(delivery, refused):
    """A modification M0 that the base has under another identifier of the ASP."""
    AnnexeVersion.objects.update(asp_id=99)
    refused("La base refuse la livraison (version_once")


def test_the_command_says_one_sentence_and_fails(delivery):
    delivery.options["Salarie"] = {"fin": 7}
    with pytest.raises(CommandError, match="La ligne FIN annonce 7 lignes"):
        call_command("import_flux", delivery.write())


def test_without_fin_the_file_is_read_with_a_warning(delivery):
    delivery.options["Salarie"] = {"fin": None}
    result = delivery.load()
    assert result.by_view["Salarie"].created == 1
    assert [(i.line, i.kind) for i in result.issues] == [(0, "WARNING")]
    assert "pas de ligne FIN" in result.issues[0].reason


def test_an_unknown_column_is_a_warning(delivery):
    delivery.options["Salarie"] = {"columns": [*rows.person(), "salarie_nouveau"]}
    (issue,) = delivery.load().issues
    assert (issue.column, issue.kind) == ("salarie_nouveau", "WARNING")


def test_the_columns_of_a_real_header_are_all_known(delivery):
    """Among them, one whose name really has a space (R90)."""
    assert delivery.load().issues == []
    path = delivery.directory / "fluxIAE_AnnexeFinanciere_02122019_081500.csv.gz"
    header = path.read_text().splitlines()[1].split("|")
    assert len(header) == 128
    assert "af_nb_banques numeric" in header
