"""Making and dropping the databases the bench has for itself."""

import time

from django.db import connections
from psycopg import Connection, connect, errors, sql

TRIES = 30


def exists(name: str) -> bool:
    with maintenance() as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        return connection.execute(query, [name]).fetchone() is not None


def recreate(name: str) -> None:
    """Dropped with whatever is connected to it, then made empty."""
    drop(name)
    with maintenance() as connection:
        connection.execute(statement("CREATE DATABASE {}", name))


def drop(name: str) -> None:
    """A database that has just been used may still hold a maintenance process: waited
    for, and psycopg's error after `TRIES` seconds."""
    for left in reversed(range(TRIES)):
        try:
            with maintenance() as connection:
                connection.execute(
                    statement("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
                )
            return
        except (errors.InsufficientPrivilege, errors.ObjectInUse):
            if not left:
                raise
            time.sleep(1)


def rename(name: str, new: str) -> None:
    text = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with maintenance() as connection:
        connection.execute(text.format(sql.Identifier(name), sql.Identifier(new)))


def maintenance() -> Connection:
    """To the server's own database, as the owner."""
    given = connections["owner"].get_connection_params()
    keys = ("user", "password", "host", "port")
    to = {key: given[key] for key in keys if given.get(key)}
    return connect(dbname="postgres", autocommit=True, **to)


def statement(text: str, name: str) -> sql.Composed:
    return sql.SQL(text).format(sql.Identifier(name))
