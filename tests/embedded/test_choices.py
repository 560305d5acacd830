"""Which servers are used: those the environment names, the wheels’, or the machine’s."""

import pytest

from iae_manager.embedded import ServiceError, ensure, programs, urls

OUTSIDE = {"REDIS_URL": "redis://127.0.0.1:1/0", "SECRET_KEY": "k" * 50}


@pytest.fixture
def bare_machine(monkeypatch):
    monkeypatch.setattr(programs, "_wheel", lambda package: None)
    monkeypatch.setattr(programs, "USUAL_PLACES", ())
    monkeypatch.setenv("PATH", "/nowhere")


def test_a_missing_server_is_one_sentence_that_says_what_to_do(bare_machine):
    with pytest.raises(ServiceError, match="apt-get install postgresql"):
        programs.postgres()
    with pytest.raises(ServiceError, match="apt-get install redis-server"):
        programs.redis()


def test_the_newest_server_of_the_machine_is_taken(bare_machine, monkeypatch, tmp_path):
    for version in (14, 16, 18):
        folder = tmp_path / str(version) / "bin"
        folder.mkdir(parents=True)
        for name in ("postgres", "initdb"):
            said = f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}.1'\n"
            (folder / name).write_text(said)
            (folder / name).chmod(0o755)
    monkeypatch.setattr(programs, "USUAL_PLACES", (f"{tmp_path}/*/bin",))
    assert programs.postgres().path == tmp_path / "18" / "bin" / "postgres"


def test_a_server_too_old_is_not_taken(bare_machine, monkeypatch):
    monkeypatch.setattr(programs, "OLDEST_POSTGRES", 10_000)
    with pytest.raises(ServiceError, match="PostgreSQL 15 ou plus récent"):
        programs.postgres()


def test_with_every_service_outside_nothing_is_made(tmp_path):
    named = {"DATABASE_URL": "postgresql://a@h/d", "DATABASE_OWNER_URL": "x"}
    found = ensure(tmp_path / "never", environ={**OUTSIDE, **named})
    assert (found.database_url, found.database_owner_url) == tuple(named.values())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_one_outside_role_owns_and_the_other_is_made_for_it(desks):
    server = desks("server")
    guest = server.guest().arrived()
    given = {**OUTSIDE, "DATABASE_URL": server.superuser_url("iae")}
    for _ in range(2):
        found = ensure(desks("client").local, environ=given)
    assert found.database_owner_url == given["DATABASE_URL"]
    guest.services["outside"] = found.database_url
    assert guest.sql("SELECT current_user", role="outside") == [("iae_app",)]


@pytest.mark.slow
def test_an_outside_role_that_may_not_make_roles_is_one_sentence(running, tmp_path):
    given = {
        **OUTSIDE,
        "DATABASE_URL": running.guests[0].services["database_owner_url"],
    }
    with pytest.raises(ServiceError, match="DATABASE_OWNER_URL"):
        ensure(tmp_path / "client", environ=given)


def test_an_outside_server_that_is_away_is_one_sentence(tmp_path):
    given = {**OUTSIDE, "DATABASE_URL": "postgresql://u@127.0.0.1:1/d"}
    with pytest.raises(ServiceError, match="DATABASE_URL ne répond pas"):
        ensure(tmp_path / "client", environ=given)


def test_the_role_made_outside_keeps_server_and_options():
    given = "postgresql://u:p%40@db:5432/iae?sslmode=require"
    found = urls("/nowhere", environ={**OUTSIDE, "DATABASE_URL": given})
    assert found.owner == given
    assert found.database.startswith("postgresql://iae_app:")
    assert found.database.endswith("@db:5432/iae?sslmode=require")
