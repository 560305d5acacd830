"""The command’s refusals, each in one sentence, and nothing written."""

import pytest

from seeds.__main__ import arguments, run
from tests.seeds.figures import copy_with
from tests.structures.factories import RegionFactory, StructureFactory


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [StructureFactory, RegionFactory])
def test_a_base_that_holds_something_is_left_alone(factory):
    factory()

    assert "contient déjà des données" in run(arguments([]))


@pytest.mark.parametrize("day", ["2014-12-31", "hier", "2019-02-30"])
def test_a_day_out_of_the_world_is_refused(day, capsys):
    with pytest.raises(SystemExit):
        arguments(["--as-of", day])

    assert "--as-of" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_departement_nobody_published_is_named():
    assert "departement 80" in run(arguments(["--department", "80"]))


@pytest.mark.django_db
def test_figures_that_contradict_each_other_are_refused(tmp_path):
    path = copy_with(tmp_path, {"62-structures": 121})

    assert "total publié" in run(arguments(["--published", str(path)]))


def test_a_missing_file_is_named(tmp_path):
    missing = tmp_path / "absent.toml"

    assert str(missing) in run(arguments(["--published", str(missing)]))
