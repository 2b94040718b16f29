"""Discovery, lists and changes on a data directory, without a server."""

import csv
import io
import json

import pytest

import wardflux
from conftest import assert_consistent, open_catalog


@pytest.fixture
def discovered(imported):
    result = wardflux.run("discover", "--all", "--data-dir", imported)
    assert "succeeded" in result.stdout
    return imported


def test_all_interfaces_of_all_devices_are_in_the_catalog(discovered):
    connection = open_catalog(discovered)
    assert connection.execute("SELECT count(*) FROM standalone_devices WHERE status = 'up'").fetchone() == (20,)
    assert connection.execute("SELECT count(*) FROM device_interfaces").fetchone() == (160,)
    connection.close()
    summary = json.loads(wardflux.run("interfaces", "summary", "--json", "--data-dir", discovered).stdout)
    assert summary["total_interfaces"] == 160
    assert_consistent(discovered)


def test_an_unchanged_network_changes_no_row(discovered):
    query = "SELECT id, if_index, if_name, updated_at FROM device_interfaces ORDER BY id"
    connection = open_catalog(discovered)
    before = connection.execute(query).fetchall()
    connection.close()
    wardflux.run("discover", "--all", "--data-dir", discovered)
    connection = open_catalog(discovered)
    assert connection.execute(query).fetchall() == before
    connection.close()


def test_a_renumbered_device_keeps_the_ids_of_its_interfaces(discovered, grid):
    address = grid.csv.read_text().splitlines()[1].split(",")[1]
    query = (
        "SELECT i.if_name, i.id FROM device_interfaces i JOIN standalone_devices d ON d.id = i.device_id "
        f"WHERE d.ip = '{address}' ORDER BY i.if_name")
    connection = open_catalog(discovered)
    before = connection.execute(query).fetchall()
    connection.close()
    wardflux.run("lab", "fault", grid.control, "reboot", address, "renumber")
    wardflux.run("discover", "--all", "--data-dir", discovered)
    connection = open_catalog(discovered)
    assert connection.execute(query).fetchall() == before
    connection.close()


def test_one_device_is_discovered_by_name(imported, grid):
    name = grid.csv.read_text().splitlines()[1].split(",")[0]
    wardflux.run("discover", name, "--data-dir", imported)
    connection = open_catalog(imported)
    assert connection.execute("SELECT count(*) FROM device_interfaces").fetchone() == (8,)
    connection.close()


def test_a_device_that_is_silent_makes_the_run_partial(imported, grid):
    address, name = grid.csv.read_text().splitlines()[3].split(",")[1::-1]
    wardflux.run("lab", "fault", grid.control, "down", address)
    try:
        result = wardflux.run("discover", "--all", "--json", "--data-dir", imported, expect=2)
        assert json.loads(result.stdout)["state"] == "partial"
        single = wardflux.run("discover", name, "--data-dir", imported, expect=None)
        assert single.returncode in (1, 2)
    finally:
        wardflux.run("lab", "fault", grid.control, "up", address)


def test_an_unknown_device_is_an_error(imported):
    result = wardflux.run("discover", "nonesuch", "--data-dir", imported, expect=1)
    assert "nonesuch" in result.stderr


def test_lists_come_as_table_csv_and_json(discovered):
    arguments = ["interfaces", "list", "--data-dir", discovered, "--sort", "-if_index", "--limit", "5"]
    table = wardflux.run(*arguments)
    assert table.stdout.startswith("DEVICE") and len(table.stdout.splitlines()) == 6
    assert "5 of 160 shown" in table.stderr
    rows = list(csv.DictReader(io.StringIO(wardflux.run(*arguments, "--csv").stdout)))
    items = json.loads(wardflux.run(*arguments, "--json").stdout)["items"]
    assert [row["id"] for row in rows] == [item["id"] for item in items]
    assert len(rows) == 5 and list(rows[0]) == list(items[0])
    every = json.loads(wardflux.run("interfaces", "list", "--json", "--data-dir", discovered).stdout)
    assert len(every["items"]) == every["total"] == 160


def test_what_an_operator_set_outlives_discovery(discovered):
    item = json.loads(
        wardflux.run("interfaces", "list", "--limit", "1", "--json", "--data-dir", discovered).stdout)["items"][0]
    name = f"{item['device_name']}:{item['if_name']}"
    wardflux.run(
        "interfaces", "set", name, "--type", "isp", "--critical", "yes", "--notes", "ours", "--data-dir", discovered)
    wardflux.run("discover", "--all", "--data-dir", discovered)
    shown = json.loads(wardflux.run("interfaces", "show", name, "--json", "--data-dir", discovered).stdout)
    assert (shown["interface_type"], shown["is_critical"], shown["notes"]) == ("isp", True, "ours")
    assert shown["id"] == item["id"]


def test_a_bad_filter_is_an_error_that_names_it(discovered):
    result = wardflux.run(
        "interfaces", "list", "--filter", "no_such_column=1", "--data-dir", discovered, expect=1)
    assert "no_such_column" in result.stderr


def test_runs_and_schedules_are_listed(discovered):
    runs = json.loads(wardflux.run("jobs", "list", "--json", "--data-dir", discovered).stdout)["items"]
    assert runs[0]["job"] == "discover-all-interfaces" and runs[0]["state"] == "succeeded"
    schedules = json.loads(wardflux.run("jobs", "schedules", "--json", "--data-dir", discovered).stdout)["items"]
    assert {"discover-all-interfaces", "cleanup-old-interfaces"} <= {item["job"] for item in schedules}
    wardflux.run("jobs", "run", "cleanup-old-interfaces", "--data-dir", discovered)
    assert "cleanup-old-interfaces" in wardflux.run("jobs", "list", "--data-dir", discovered).stdout


def test_a_sweep_finds_and_adds_the_devices(data, grid):
    wardflux.run("profiles", "set", "default", "--data-dir", data, env={"WARDFLUX_COMMUNITY": "public"})
    first = grid.csv.read_text().splitlines()[1].split(",")[1]
    prefix = first.rsplit(".", 1)[0]
    wardflux.run("sweep", f"{prefix}.0/28", "--port", grid.port, "--add", "--data-dir", data)
    found = json.loads(wardflux.run("devices", "list", "--json", "--data-dir", data).stdout)
    assert found["total"] >= 1


def test_reading_does_not_make_a_data_directory(tmp_path):
    missing = tmp_path / "none"
    result = wardflux.run("devices", "list", "--data-dir", missing, expect=1)
    assert str(missing) in result.stderr and not missing.exists()
