#!/bin/sh
# Run once by the postgres image, on an empty volume: two roles, one database.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set owner_password="$IAE_OWNER_PASSWORD" --set app_password="$IAE_APP_PASSWORD" <<'SQL'
CREATE ROLE iae_owner LOGIN NOCREATEROLE PASSWORD :'owner_password';
CREATE ROLE iae_app LOGIN NOINHERIT NOCREATEDB NOCREATEROLE NOBYPASSRLS
  PASSWORD :'app_password';
CREATE DATABASE iae OWNER iae_owner;
REVOKE CONNECT ON DATABASE iae FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE iae TO iae_app;
\connect iae
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
SQL
