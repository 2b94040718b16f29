"""What commands print, where it cannot be printed, and what is said of a mistake."""

import csv
import io
import json
import subprocess

import pytest

import wardflux


@pytest.fixture
def some(data, tmp_path):
    """A data directory with two devices."""
    table = tmp_path / "devices.csv"
    table.write_text(
        "name,ip,port,version,community,profile,device_type,location,tags\n"
        'a,10.9.0.1,161,2c,secret-a,,switch,"HQ, floor 2",core;hq\n'
        "b,host.example,1161,1,secret-b,,router,,\n")
    wardflux.run("devices", "import", table, "--data-dir", data)
    return data


@pytest.mark.parametrize("output", [[], ["--csv"], ["--json"]])
def test_a_full_disk_is_an_error(some, output):
    with open("/dev/full", "w") as full:
        ended = subprocess.run(
            [wardflux.binary(), "devices", "list", *output, "--data-dir", some], stdout=full, stderr=subprocess.PIPE,
            text=True, env=wardflux.environment(), timeout=60)
    assert ended.returncode == 1
    assert ended.stderr == "error: cannot write the output: No space left on device\n"


def test_a_reader_that_has_gone_is_no_error(some):
    reader = subprocess.Popen(["true"], stdin=subprocess.PIPE)
    reader.wait()
    ended = subprocess.run(
        [wardflux.binary(), "rules", "shipped"], stdout=reader.stdin, stderr=subprocess.PIPE, text=True,
        env=wardflux.environment(), timeout=60)
    reader.stdin.close()
    assert (ended.returncode, ended.stderr) == (0, "")


def test_an_export_is_imported_again_without_a_change_and_holds_no_secret(some, tmp_path):
    exported = wardflux.run("devices", "export", "--data-dir", some).stdout
    assert "secret" not in exported
    rows = list(csv.DictReader(io.StringIO(exported)))
    assert [(row["name"], row["ip"], row["location"], row["tags"]) for row in rows] == [
        ("a", "10.9.0.1", "HQ, floor 2", "core;hq"), ("b", "host.example", "", "")]
    assert all(row["profile"] and not row["community"] for row in rows)
    table = tmp_path / "exported.csv"
    table.write_text(exported)
    again = wardflux.run("devices", "import", table, "--data-dir", some)
    assert again.stdout == "imported 2 devices: 0 added, 0 changed, 2 unchanged\n"


def test_one_device_is_not_devices(data):
    result = wardflux.run("devices", "import", "-", "--data-dir", data, stdin="name,ip\nonly,10.9.0.9\n")
    assert result.stdout == "imported 1 device: 1 added, 0 changed, 0 unchanged\n"


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_rows_without_an_address_are_named(data, tmp_path, options):
    export = tmp_path / "netbox.json"
    export.write_text(json.dumps([
        {"name": "with", "primary_ip4": {"address": "10.9.1.1/24"}}, {"name": "spare-7", "primary_ip4": None}]))
    result = wardflux.run("devices", "import", export, *options, "--data-dir", data)
    assert "spare-7" in result.stderr and "1 skipped" in result.stdout


def test_a_page_of_several_is_not_all(data, tmp_path):
    export = tmp_path / "page.json"
    export.write_text(json.dumps({
        "count": 2, "next": "http://netbox/api/dcim/devices/?offset=1", "previous": None,
        "results": [{"name": "one", "primary_ip4": {"address": "10.9.1.1/24"}}]}))
    refused = wardflux.run("devices", "import", export, "--data-dir", data, expect=1)
    assert "limit=0" in refused.stderr
    kept = wardflux.run("devices", "import", export, "--mode", "good", "--data-dir", data, expect=2)
    assert "limit=0" in kept.stderr and "1 added" in kept.stdout


def test_mistakes_are_told_in_the_words_of_the_command_line(some):
    bad = "name,ip\nx,not an address\n"
    imported = wardflux.run("devices", "import", "-", "--data-dir", some, stdin=bad, expect=1)
    assert "--mode good" in imported.stderr and "mode=good" not in imported.stderr
    unknown = "00000000-0000-7000-8000-000000000000"
    for command in (["jobs", "show", unknown], ["jobs", "cancel", unknown], ["jobs", "run", "nonesuch"]):
        result = wardflux.run(*command, "--data-dir", some, expect=1)
        assert result.stderr.count(command[-1]) == 1, result.stderr
        assert "/api/v1" not in result.stderr, result.stderr


@pytest.mark.parametrize("key", ["short", "zz" * 32])
def test_a_bad_key_is_told_without_a_code(data, key):
    result = wardflux.run(
        "profiles", "set", "default", "--data-dir", data, env={"WARDFLUX_KEY": key, "WARDFLUX_COMMUNITY": "c"},
        expect=1)
    assert "WARDFLUX_KEY" in result.stderr and "badKey" not in result.stderr and key not in result.stderr


def test_a_misspelt_variable_is_told(some):
    result = wardflux.run("devices", "list", "--csv", "--data-dir", some, env={"WARDFLUX_HTTP_PROT": "5001"})
    assert result.stderr.startswith("warning: ") and "WARDFLUX_HTTP_PORT" in result.stderr


def test_one_sub_identifier_is_too_few():
    result = wardflux.run("walk", "127.0.0.1", "1", "--community", "c", expect=64)
    assert "at least two, such as 1.3" in result.stderr


def test_a_sweep_prints_what_answered(data, grid):
    env = {"WARDFLUX_COMMUNITY": grid.csv.read_text().splitlines()[1].split(",")[4]}
    wardflux.run("profiles", "set", "default", "--data-dir", data, env=env)
    first = grid.csv.read_text().splitlines()[1].split(",")[1]
    arguments = ["sweep", f"{first}/32", "--port", grid.port, "--data-dir", data]
    table = wardflux.run(*arguments).stdout
    assert table.startswith("ADDRESS") and first in table and "new" in table
    rows = list(csv.DictReader(io.StringIO(wardflux.run(*arguments, "--csv").stdout)))
    assert [(row["address"], row["profile"], row["standing"]) for row in rows] == [(first, "default", "new")]
    run = json.loads(wardflux.run(*arguments, "--json").stdout)
    assert run["devices"] == rows
    listed = wardflux.run("jobs", "list", "--data-dir", data).stdout
    assert max(map(len, listed.splitlines())) <= 240
    shown = json.loads(wardflux.run("jobs", "show", run["id"], "--json", "--data-dir", data).stdout)
    assert first in shown["message"]


def test_a_discovery_that_reads_nothing_has_failed(data):
    silent = "name,ip,port,version,community\nx,127.0.0.9,9,2c,c\ny,127.0.0.8,9,2c,c\n"
    wardflux.run("devices", "import", "-", "--data-dir", data, stdin=silent)
    env = {"WARDFLUX_SNMP_TIMEOUT_MS": "100", "WARDFLUX_SNMP_RETRIES": "0"}
    wardflux.run("discover", "--all", "--data-dir", data, env=env, expect=1)
    wardflux.run("discover", "x", "--data-dir", data, env=env, expect=1)


def test_a_key_of_a_batch_that_is_none_is_told(tmp_path):
    batch = tmp_path / "batch.json"
    batch.write_text(json.dumps([{"id": "a", "name": "Gi0/1"}, {"id": "b", "ifAlias": "Magti"}]))
    result = wardflux.run("rules", "explain", "--batch", batch, "--json")
    assert [row["id"] for row in json.loads(result.stdout)] == ["a", "b"]
    assert "row 2 (id b): unknown key 'ifAlias'; did you mean 'alias'?" in result.stderr
