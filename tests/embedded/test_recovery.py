import os
import shutil
import signal
import subprocess
import threading
import time

import psycopg
import pytest

from iae_manager.embedded.proc import identity

pytestmark = pytest.mark.slow


def write_something(guest):
    guest.sql("CREATE TABLE kept (n int)")
    guest.sql("INSERT INTO kept SELECT generate_series(1, 1000)")
    guest.redis().rpush("queue", *range(100))


def assert_kept(guest):
    assert guest.sql("SELECT count(*), sum(n) FROM kept") == [(1000, 500_500)]
    assert guest.redis().llen("queue") == 100


def test_everything_killed_outright_loses_nothing(desk):
    write_something(desk.guest().arrived())
    desk.kill_all()
    assert_kept(desk.guest().arrived())


def test_a_killed_user_leaves_servers_that_the_next_adopts(desk):
    guest = desk.guest().arrived()
    write_something(guest)
    before = desk.pids()
    guest.kill()
    heir = desk.guest().arrived()
    assert set(desk.pids()) & set(before)
    assert_kept(heir)
    heir.leave()
    assert desk.pids() == []


def test_orphans_of_a_killed_postmaster_are_waited_for(desk):
    guest = desk.guest().arrived()
    write_something(guest)
    busy = threading.Thread(target=sleep_in_database, args=[guest])
    busy.start()
    time.sleep(0.2)
    pid = int((desk.data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)
    assert_kept(desk.guest().arrived())
    busy.join()


def sleep_in_database(guest):
    with pytest.raises(psycopg.OperationalError):
        guest.sql("SELECT pg_sleep(3)")


def test_a_swept_socket_is_made_again(desk):
    write_something(desk.guest().arrived())
    for socket in desk.place.sockets.iterdir():
        socket.unlink()
    assert_kept(desk.guest().arrived())


@pytest.fixture
def stranger(desk):
    """A `sleep` of the account the servers run as, hence one they could signal."""
    desk.guest().arrived()
    desk.kill_all()
    found = desk.place.servers.stat()
    account = {"user": found.st_uid, "group": found.st_gid, "extra_groups": []}
    drop = account if os.geteuid() == 0 else {}
    process = subprocess.Popen(["sleep", "60"], **drop)
    yield process
    process.kill()
    process.wait()


def test_stale_pid_files_naming_a_stranger_stop_nobody(desk, stranger):
    pid = stranger.pid
    remains = f"{pid}\n{desk.data}\n1600000000\n5432\n{desk.place.sockets}\n\n\n"
    (desk.data / "postmaster.pid").write_text(remains)
    (desk.place.sockets / ".s.PGSQL.5432.lock").write_text(f"{pid}\n")
    for name in ("postgres", "redis"):
        record = (
            f'{{"pid": {pid}, "started": "x", "command": "sleep", "settled": true}}'
        )
        (desk.local / f"{name}.json").write_text(record)
    guest = desk.guest().arrived()
    assert guest.sql("SELECT 1") == [(1,)]
    guest.leave()
    assert stranger.poll() is None


def test_a_record_naming_a_stranger_never_gets_it_signalled(desk, stranger):
    guest = desk.guest().arrived()
    for name in ("postgres", "redis"):
        path = desk.local / f"{name}.json"
        words = path.read_text().split(",", 1)
        path.write_text(f'{{"pid": {stranger.pid},{words[1]}')
    heir = desk.guest().arrived()
    guest.leave()
    heir.leave()
    assert stranger.poll() is None
    assert desk.is_down()


def test_data_half_made_when_killed_are_made_again(desk):
    desk.guest().arrived().leave()
    desk.data.rename(desk.data.with_name("postgres.new"))
    assert desk.guest().arrived().sql("SELECT 1") == [(1,)]


def test_servers_of_a_deleted_desk_are_stopped_by_the_next(desk):
    desk.guest().arrived().kill()
    before = desk.pids()
    shutil.rmtree(desk.data)
    shutil.rmtree(desk.local)
    heir = desk.guest().arrived()
    assert heir.sql("SELECT 1") == [(1,)]
    assert heir.redis().ping()
    assert before
    assert all(identity(pid) is None for pid in before)
