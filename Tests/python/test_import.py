"""`devices import`: all errors reported, the good rows kept or none, twice the same."""

import json

import pytest

import wardflux

HEADER = "name,ip,port,version,community,profile,device_type,location,tags\n"
BROKEN = (
    HEADER
    + "ok-1,10.1.0.1,161,2c,public,,switch,HQ,core\n"
    + "bad-port,10.1.0.2,70000,2c,public,,switch,,\n"
    + ",10.1.0.3,161,2c,public,,switch,,\n"
    + "bad-version,10.1.0.4,161,9,public,,switch,,\n"
    + "ok-2,10.1.0.5,161,2c,public,,router,,\n"
)


def names(data):
    listed = json.loads(wardflux.run("devices", "list", "--json", "--data-dir", data).stdout)
    return [item["name"] for item in listed["items"]]


@pytest.fixture
def broken(tmp_path):
    path = tmp_path / "broken.csv"
    path.write_text(BROKEN)
    return path


def test_a_file_with_errors_changes_nothing_and_names_all_of_them(broken, data):
    result = wardflux.run("devices", "import", broken, "--data-dir", data, expect=1)
    for line in ("line 3", "line 4", "line 5"):
        assert line in result.stderr
    assert names(data) == []


def test_the_good_rows_are_kept_where_asked(broken, data):
    result = wardflux.run("devices", "import", broken, "--mode", "good", "--data-dir", data, expect=2)
    assert "line 3" in result.stderr
    assert names(data) == ["ok-1", "ok-2"]


def test_a_dry_run_changes_nothing(grid, data):
    result = wardflux.run("devices", "import", grid.csv, "--dry-run", "--data-dir", data)
    assert "would import 20 devices: 20 added" in result.stdout
    assert names(data) == []


def test_importing_twice_changes_nothing(grid, data):
    first = wardflux.run("devices", "import", grid.csv, "--data-dir", data)
    assert "20 added, 0 changed, 0 unchanged" in first.stdout
    second = wardflux.run("devices", "import", grid.csv, "--data-dir", data)
    assert "0 added, 0 changed, 20 unchanged" in second.stdout


def test_a_netbox_export_is_read_as_json_and_as_csv(data, tmp_path):
    export = tmp_path / "netbox.json"
    export.write_text(json.dumps([{
        "name": "nb-sw-1", "primary_ip4": {"address": "10.2.0.1/24"}, "site": {"name": "HQ"},
        "role": {"name": "Access Switch", "slug": "access-switch"}, "status": {"value": "active"}}]))
    wardflux.run("devices", "import", export, "--data-dir", data)
    assert names(data) == ["nb-sw-1"]
    table = tmp_path / "netbox.csv"
    table.write_text("name,status,site,device_role,primary_ip4\nnb-sw-2,active,HQ,Router,10.2.0.2/24\n")
    wardflux.run("devices", "import", table, "--format", "netbox-csv", "--data-dir", data)
    assert names(data) == ["nb-sw-1", "nb-sw-2"]


def test_a_file_comes_from_standard_input(data):
    wardflux.run(
        "devices", "import", "-", "--data-dir", data, stdin=HEADER + "in,10.3.0.1,161,2c,c,,switch,,\n")
    assert names(data) == ["in"]


def test_half_a_json_is_an_error(data, tmp_path):
    export = tmp_path / "half.json"
    export.write_text('[{"name": "x"')
    result = wardflux.run("devices", "import", export, "--data-dir", data, expect=1)
    assert "JSON" in result.stderr
