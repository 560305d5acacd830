"""Roles, database and extensions. Run again, it changes nothing.

`iae_owner` owns the database and runs migrations; `iae_app` owns nothing, bypasses nothing
and is a member of nothing: what it may do is granted by the migrations.
"""

import psycopg
from psycopg import sql

from iae_manager.embedded.addresses import (
    APPLICATION,
    DATABASE,
    OWNER,
    SUPERUSER,
    embedded_database,
)
from iae_manager.embedded.errors import ServiceError
from iae_manager.embedded.layout import Layout

# In template1 too, so that the databases of tests have them from the start.
EXTENSIONS = ("btree_gist", "pg_trgm")
OWNER_RIGHTS = "LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS"
APPLICATION_RIGHTS = "LOGIN NOINHERIT NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS"
LOCK = 0x1AE


def embedded(place: Layout) -> None:
    """Everything the embedded server needs, by its superuser, whom nobody else uses."""
    with _connected(embedded_database(place, SUPERUSER, "postgres")) as connection:
        for role, rights in ((OWNER, OWNER_RIGHTS), (APPLICATION, APPLICATION_RIGHTS)):
            address = embedded_database(place, role)
            password = psycopg.conninfo.conninfo_to_dict(address)["password"]
            _role(connection, role, rights=rights, password=password)
        _database(connection)
    for database in ("template1", DATABASE):
        with _connected(embedded_database(place, SUPERUSER, database)) as connection:
            for extension in EXTENSIONS:
                connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
            connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def outside(owner_url: str, application_url: str) -> None:
    """The application's role on a server of which only the owner's address was given."""
    if _opens(application_url):
        return
    wanted = psycopg.conninfo.conninfo_to_dict(application_url)
    try:
        with _connected(owner_url) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            _require_role_creation(connection)
            rights = "LOGIN NOINHERIT NOCREATEDB NOCREATEROLE"
            _role(connection, APPLICATION, rights=rights, password=wanted["password"])
            grant = sql.SQL("GRANT CONNECT ON DATABASE {} TO {}")
            database = sql.Identifier(connection.info.dbname)
            connection.execute(grant.format(database, sql.Identifier(APPLICATION)))
    except psycopg.Error as error:
        raise ServiceError(
            f"Le serveur de DATABASE_URL ne répond pas ou refuse : {_said(error)}"
        ) from None


def _require_role_creation(connection: psycopg.Connection) -> None:
    query = (
        "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )
    if not connection.execute(query).fetchone()[0]:
        raise ServiceError(
            "Le rôle de DATABASE_URL ne peut pas créer le rôle de l’application "
            f"({APPLICATION}) : donnez l’adresse du rôle propriétaire dans "
            "DATABASE_OWNER_URL et celle du rôle de l’application dans DATABASE_URL."
        )


def _connected(url: str) -> psycopg.Connection:
    return psycopg.connect(url, autocommit=True, connect_timeout=10)


def _opens(url: str) -> bool:
    try:
        with _connected(url):
            return True
    except psycopg.Error:
        return False


def _role(
    connection: psycopg.Connection, name: str, *, rights: str, password: str
) -> None:
    known = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name])
    verb = "ALTER" if known.rowcount else "CREATE"
    # Sent already hashed, so that no log of the server can hold it.
    hashed = connection.pgconn.encrypt_password(
        password.encode(), name.encode(), b"scram-sha-256"
    )
    connection.execute(
        sql.SQL("{} ROLE {} {} PASSWORD {}").format(
            sql.SQL(verb),
            sql.Identifier(name),
            sql.SQL(rights),
            sql.Literal(hashed.decode()),
        )
    )


def _database(connection: psycopg.Connection) -> None:
    known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE])
    if not known.rowcount:
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    connection.execute(f"REVOKE CONNECT ON DATABASE {DATABASE} FROM PUBLIC")
    connection.execute(
        f"GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {APPLICATION}"
    )


def _said(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
