import os
import socket
import stat
import subprocess
import sys

import psycopg
import pytest
import redis

from iae_manager.embedded import urls

pytestmark = pytest.mark.slow

NOBODY = 65534
INTRUDER = """
import os, socket, sys
os.setgroups([]), os.setgid({uid}), os.setuid({uid})
try:
    socket.socket(socket.AF_UNIX).connect({path!r})
except PermissionError:
    sys.exit(13)
"""


def test_addresses_are_worked_out_without_making_anything(tmp_path):
    found = urls(tmp_path / "never", environ={})
    assert found.database.startswith("postgresql://iae_app:@/iae?host=")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["un dossier, à moi", "long-" * 25, "50%@home"])
def test_awkward_and_long_folders_serve(desks, name):
    desk = desks(name)
    guest = desk.guest().arrived()
    assert guest.sql("SELECT 1") == [(1,)]
    assert guest.redis().ping()
    assert len(str(desk.place.sockets / ".s.PGSQL.5432")) <= 107


def test_sockets_lie_in_a_folder_of_our_own(running):
    found = running.place.sockets.lstat()
    assert stat.S_IMODE(found.st_mode) == 0o700
    assert found.st_uid == running.place.servers.stat().st_uid


def test_another_user_cannot_connect(running):
    for path in (running.place.sockets / ".s.PGSQL.5432", running.place.redis_socket):
        if os.geteuid() == 0:
            code = INTRUDER.format(uid=NOBODY, path=str(path))
            assert subprocess.run([sys.executable, "-c", code]).returncode == 13
        else:  # who cannot become somebody else looks at the rights
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_who_reaches_the_socket_still_needs_a_password(running):
    guest = running.guests[0]
    for role in ("postgres", "iae_owner", "iae_app"):
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(host=str(running.place.sockets), user=role, dbname="iae")
    client = redis.Redis(unix_socket_path=str(running.place.redis_socket), retry=None)
    with pytest.raises(redis.AuthenticationError):
        client.ping()
    assert guest.redis().ping()


def test_a_socket_folder_planted_by_somebody_is_refused(desk, tmp_path):
    desk.local.mkdir()
    desk.place.sockets.symlink_to(tmp_path)
    guest = desk.guest()
    assert "n’est pas un dossier privé" in guest.process.stderr.read()
    assert list(tmp_path.iterdir()) == []
    desk.place.sockets.unlink()


def test_a_taken_socket_is_one_sentence(desk):
    desk.guest().arrived().leave()
    owner = desk.place.servers.stat()
    desk.place.sockets.mkdir(mode=0o700)
    os.chown(desk.place.sockets, owner.st_uid, owner.st_gid)
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(desk.place.redis_socket))
        other.listen()
        said = desk.guest().process.stderr.read()
    assert f"est déjà tenue par le processus {os.getpid()}" in said
    assert "Traceback" not in said


def test_a_lost_secret_is_one_sentence(desk):
    desk.guest().arrived().leave()
    (desk.local / "secret").unlink()
    said = desk.guest().process.stderr.read()
    assert "secret a disparu" in said
    assert "Traceback" not in said


def test_data_of_another_version_are_one_sentence(desk):
    desk.guest().arrived().leave()
    (desk.data / "PG_VERSION").write_text("15\n")
    said = desk.guest().process.stderr.read()
    assert "viennent de PostgreSQL 15" in said
    assert "Traceback" not in said


def test_a_taken_port_is_one_sentence(desk):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = subprocess.run(
            [sys.executable, "-m", "iae_manager.run", "--port", str(port)],
            capture_output=True,
            text=True,
            env={**os.environ, "IAE_LOCAL": str(desk.local)},
        )
    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Le port {port} est déjà pris")
    assert "make run PORT=" in answer.stderr
    assert not desk.local.exists()
