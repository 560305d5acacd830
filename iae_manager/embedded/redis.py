"""The embedded Redis: socket only, a password, every write appended to a file."""

import signal
from pathlib import Path

import redis

from iae_manager.embedded import programs, secret
from iae_manager.embedded.accounts import Account, hand_over
from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.layout import Layout
from iae_manager.embedded.proc import send
from iae_manager.embedded.server import Server

CONFIGURATION = """\
port 0
unixsocket {socket}
unixsocketperm 700
requirepass {password}
dir "{data}"
appendonly yes
appendfsync everysec
save ""
daemonize no
databases 16
"""


class Redis(Server):
    name = "redis"
    label = "Redis"
    program = "redis-server"
    orderly = signal.SIGTERM

    def __init__(self, place: Layout, account: Account) -> None:
        super().__init__(place, account)
        self.data = self.home / "redis"
        self.password = secret.derive(secret.read(place.local), "redis")

    def socket(self) -> Path:
        return self.place.redis_socket

    def answers(self) -> bool:
        return bool(self.pid())

    def pid(self) -> int:
        try:
            with self._client() as client:
                return client.info("server")["process_id"]
        except redis.AuthenticationError:
            raise ServiceError(
                f"Un autre Redis répond sur {self.socket()} avec un autre mot de passe : "
                "arrêtez-le, ou donnez un autre dossier dans IAE_LOCAL."
            ) from None
        except redis.RedisError:  # no socket yet, or still loading its file
            return 0

    def settle(self) -> None:
        """Nothing to make in Redis: queues appear when they are first used."""

    def ask_to_stop(self) -> None:
        if self.answers():
            with self._client() as client:
                client.shutdown(nosave=True)  # nothing is lost: every write is on file
        elif who := self.known():
            send(who, self.orderly)

    def find(self) -> programs.Program:
        return programs.redis()

    def prepare(self, program: Path) -> None:
        self.data.mkdir(mode=0o700, exist_ok=True)
        hand_over(self.data)
        self.socket().unlink(missing_ok=True)

    def command(self, program: Path) -> tuple[list[str], bytes]:
        # Read from its input: a password in a command line is everybody's to see.
        given = CONFIGURATION.format(
            socket=self.socket(),
            password=self.password,
            data=self.data,
        )
        return [str(program), "-"], given.encode()

    def _client(self) -> redis.Redis:
        return redis.Redis(
            unix_socket_path=str(self.socket()),
            password=self.password,
            socket_timeout=5,
            retry=None,
        )
