import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from iae_manager.crew import Crew
from iae_manager.embedded.proc import identity, send, wait_until

pytestmark = pytest.mark.slow

SLEEP = (sys.executable, "-c", "import time; time.sleep(60)")
DEAF = "trap '' TERM; sleep 60 & echo $! > {file}; wait; wait"


@pytest.fixture
def crew(tmp_path):
    crew = Crew(tmp_path / "logs")
    yield crew
    crew.dismiss()


def test_who_falls_is_restarted_and_it_is_said(crew, capfd):
    crew.hire("worker", *SLEEP)
    first = crew.members[0].process
    first.kill()
    assert wait_until(lambda: tended(crew) not in (None, first), seconds=10)
    assert "« worker » s’est arrêté (code -9)" in capfd.readouterr().out


def tended(crew):
    crew.tend()
    return crew.members[0].process


def test_commands_give_their_code_and_are_waited_for(crew):
    assert crew.run(sys.executable, "-c", "raise SystemExit(3)") == 3
    assert crew.run(sys.executable, "-c", "") == 0


def test_dismissal_leaves_no_orphan_even_of_the_deaf(crew, tmp_path, monkeypatch):
    monkeypatch.setattr("iae_manager.crew.STOP_SECONDS", 0.5)
    file = tmp_path / "pid"
    crew.hire("deaf", "sh", "-c", DEAF.format(file=file))
    assert wait_until(lambda: file.exists() and file.read_text(), seconds=10)
    orphan = int(file.read_text())
    crew.dismiss()
    assert wait_until(lambda: identity(orphan) is None, seconds=5)


def test_the_crew_ends_with_its_captain_killed_outright(tmp_path):
    code = f"""
    import time
    from pathlib import Path
    from iae_manager.crew import Crew
    crew = Crew(Path({str(tmp_path)!r}))
    crew.hire("worker", *{SLEEP!r})
    print(crew.members[0].process.pid, flush=True)
    time.sleep(60)
    """
    words = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as captain:
        sailor = int(captain.stdout.readline())
        time.sleep(0.5)
        captain.kill()
    assert wait_until(lambda: identity(sailor) is None, seconds=5)


def test_a_reused_number_is_not_signalled():
    with subprocess.Popen(["sleep", "60"]) as stranger:
        ours = identity(stranger.pid)
        earlier = type(ours)(ours.pid, "an earlier start", ours.command)
        renamed = type(ours)(ours.pid, ours.started, "postgres\n-D\n/data")
        assert not send(earlier, signal.SIGKILL)
        assert not send(renamed, signal.SIGKILL)
        assert stranger.poll() is None
        assert send(ours, signal.SIGKILL)


def test_the_remains_of_a_process_are_nobody():
    process = subprocess.Popen(["true"])
    with contextlib.suppress(ChildProcessError):
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert identity(process.pid) is None
    process.wait()
