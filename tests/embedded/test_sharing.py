import pytest

pytestmark = pytest.mark.slow


def postmaster(guest):
    return guest.sql("SELECT pg_postmaster_start_time()")


def test_three_starting_at_once_share_one_server_of_each_kind(desk):
    guests = [guest.arrived() for guest in [desk.guest() for _ in range(3)]]
    assert len({str(postmaster(guest)) for guest in guests}) == 1
    assert len({guest.redis().info()["run_id"] for guest in guests}) == 1
    lines = (desk.local / "postgres.log").read_text().count("ready to accept")
    assert lines == 1


def test_the_last_one_out_stops_the_servers(desk):
    first, second = desk.guest().arrived(), desk.guest().arrived()
    first.leave()
    assert second.sql("SELECT 1") == [(1,)]
    second.leave()
    assert desk.is_down()
    assert desk.pids() == []


def test_the_application_owns_nothing_and_is_a_member_of_nothing(running):
    guest = running.guests[0]
    rights = guest.sql(
        "SELECT rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolbypassrls, "
        "(SELECT count(*) FROM pg_auth_members WHERE member = r.oid), "
        "(SELECT count(*) FROM pg_database WHERE datdba = r.oid) "
        "FROM pg_roles r WHERE rolname = current_user",
        role="database_url",
    )
    assert rights == [(False, False, False, False, False, 0, 0)]


def test_a_database_made_for_tests_has_the_extensions(running):
    guest = running.guests[0]
    guest.sql("CREATE DATABASE test_iae")
    names = "SELECT extname FROM pg_extension ORDER BY 1"
    guest.services["there"] = guest.services["database_owner_url"].replace(
        "/iae?", "/test_iae?"
    )
    found = [name for (name,) in guest.sql(names, role="there")]
    assert {"btree_gist", "pg_trgm"} <= set(found)


def test_checksums_durability_and_the_same_collation_everywhere(running):
    guest = running.guests[0]
    assert guest.sql("SHOW data_checksums") == [("on",)]
    assert guest.sql("SHOW fsync") == [("on",)]
    assert guest.sql("SHOW listen_addresses") == [("",)]
    assert guest.sql("SELECT lower('ÉTÉ')") == [("été",)]
    assert guest.redis().config_get("appendonly") == {"appendonly": "yes"}
