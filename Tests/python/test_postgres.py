"""The same program with its catalog in PostgreSQL: commands, a server, and the move there."""

import json
import os
import pathlib
import signal
import time

import pytest
import requests

import postgres_world
import wardflux


@pytest.fixture(scope="module")
def database():
    if postgres_world.programs() is None:
        message = "no PostgreSQL server: apt install postgresql"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with postgres_world.postgres() as server:
        yield server


@pytest.fixture
def empty(database):
    """The database without any table."""
    database.query("DROP SCHEMA public CASCADE")
    database.query("CREATE SCHEMA public")
    return database


def get(server, path, **query):
    answer = requests.get(f"{server.url}/api/v1{path}", params=query, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def wait(what, condition, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


def inventory(env, *where):
    """What lists tell, without what differs from run to run."""
    listed = json.loads(wardflux.run("interfaces", "list", "--json", *where, env=env).stdout)
    return [{name: row[name] for name in ("device_name", "if_index", "if_name", "interface_type", "isp_provider")}
            for row in listed["items"]]


def test_commands_and_a_server_work_on_one_database(empty, grid, data, tmp_path):
    env = empty.environment
    wardflux.run("devices", "import", grid.csv, "--data-dir", data, env=env)
    wardflux.run("discover", "--all", "--data-dir", data, env=env)
    assert not (data / "catalog.sqlite").exists()
    assert empty.query("SELECT count(*) FROM device_interfaces") == [["160"]]
    rows = inventory(env, "--data-dir", data)
    assert len(rows) == 160
    with wardflux.server(data, "--set", "collection.interval_seconds=10", env=env) as server:
        assert get(server, "/interfaces/list")["total"] == 160
        assert get(server, "/health")["components"]["catalog"]["status"] == "healthy"
        wait("traffic", lambda: get(server, "/interfaces/top", limit=5)["items"])
        # An operator's SQL and the API see the same, each what the other wrote.
        empty.query("UPDATE device_interfaces SET notes = 'by hand' WHERE if_index = 1")
        listed = get(server, "/interfaces/list", limit=1000)["items"]
        assert sum(row["notes"] == "by hand" for row in listed) == 20
        found = wardflux.run("doctor", "--server", server.url, "--json", env=env, expect=None)
        checks = {one["check"]: one["verdict"] for one in json.loads(found.stdout)["findings"]}
        assert checks["catalog"] == "ok" and checks["devices"] == "ok"
        assert server.stop(signal.SIGTERM) == 0
        assert postgres_world.PASSWORD not in server.text


def test_the_server_goes_on_when_the_database_was_away(empty, grid, data):
    env = empty.environment
    wardflux.run("devices", "import", grid.csv, "--data-dir", data, env=env)
    wardflux.run("discover", "--all", "--data-dir", data, env=env)
    with wardflux.server(data, "--set", "collection.interval_seconds=10", env=env) as server:
        wait("traffic", lambda: get(server, "/interfaces/top", limit=5)["items"])
        empty.stop(signal.SIGINT)
        answer = requests.get(f"{server.url}/api/v1/health", timeout=60)
        assert answer.status_code == 503
        assert answer.json()["components"]["catalog"]["status"] == "unhealthy"
        before = get(server, "/series/statistics")["collection"]["stored_readings"]
        wait("readings without a database",
             lambda: get(server, "/series/statistics")["collection"]["stored_readings"] > before)
        empty.start()
        wait("the catalog", lambda: requests.get(f"{server.url}/api/v1/health", timeout=60).status_code == 200)
        assert get(server, "/interfaces/list")["total"] == 160
        assert server.stop(signal.SIGTERM) == 0
        assert postgres_world.PASSWORD not in server.text


def test_a_catalog_moves_into_a_database_with_all_it_has(empty, imported, grid):
    data = imported
    wardflux.run("discover", "--all", "--data-dir", data)
    wardflux.run("topology", "discover", "--data-dir", data)
    wardflux.run("tokens", "create", "dashboards", "--data-dir", data)
    before = inventory({}, "--data-dir", data)
    ids = json.loads(wardflux.run("devices", "list", "--json", "--data-dir", data).stdout)["items"]
    env = empty.environment
    moved = wardflux.run(
        "catalog", "migrate", "--from", "sqlite", "--to", "postgres", "--data-dir", data, env=env)
    assert "device_interfaces: 160 rows" in moved.stdout and "copied and compared" in moved.stdout
    assert inventory(env, "--data-dir", data) == before
    there = json.loads(wardflux.run("devices", "list", "--json", "--data-dir", data, env=env).stdout)["items"]
    assert [row["id"] for row in there] == [row["id"] for row in ids]
    tokens = json.loads(wardflux.run("tokens", "list", "--json", "--data-dir", data, env=env).stdout)
    assert [token["name"] for token in tokens] == ["dashboards"]
    # Not twice: what is there is not written over.
    again = wardflux.run("catalog", "migrate", "--data-dir", data, env=env, expect=1)
    assert "copy to an empty database" in again.stderr
    wardflux.run("discover", "--all", "--data-dir", data, env=env)


def test_what_is_wrong_with_the_database_is_told_without_its_password(empty, data, tmp_path):
    wrong = {**empty.environment, "WARDFLUX_CATALOG_PASSWORD": "wr0ng-one"}
    refused = wardflux.run("devices", "list", "--data-dir", tmp_path, env=wrong, expect=1)
    assert "ward_admin@127.0.0.1" in refused.stderr and "wr0ng-one" not in refused.stderr
    inside = {"WARDFLUX_CATALOG_URL": f"postgresql://ward_admin:h1dden@127.0.0.1:{empty.port}/ward_ops"}
    refused = wardflux.run("devices", "list", "--data-dir", tmp_path, env=inside, expect=1)
    assert "h1dden" not in refused.stderr + refused.stdout
    nobody = {"WARDFLUX_CATALOG_URL": "postgresql://ward_admin@127.0.0.1:1/ward_ops"}
    refused = wardflux.run("devices", "list", "--data-dir", tmp_path, env=nobody, expect=1)
    assert "127.0.0.1:1" in refused.stderr
    other = {"WARDFLUX_CATALOG_URL": "mysql://me:h1dden@127.0.0.1/x"}
    refused = wardflux.run("devices", "list", "--data-dir", tmp_path, env=other, expect=64)
    assert "catalog.url" in refused.stderr and "h1dden" not in refused.stderr
    held = pathlib.Path(tmp_path) / "password"
    held.write_text(postgres_world.PASSWORD + "\n")
    given = {"WARDFLUX_CATALOG_URL": empty.url, "WARDFLUX_CATALOG_PASSWORD_FILE": str(held)}
    wardflux.run("devices", "list", "--data-dir", tmp_path, env=given)
