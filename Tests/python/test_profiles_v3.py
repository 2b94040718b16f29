"""Credential profiles of SNMPv3, from the command line and the API down to devices that answer nothing else."""

import json

import pytest
import requests

import wardflux
from conftest import open_catalog

AUTH, PRIV = "auth-hush-hush-1", "priv-hush-hush-2"
LEVELS = {
    "noAuthNoPriv": [],
    "authNoPriv": ["--auth", "SHA-256"],
    "authPriv": ["--auth", "SHA", "--priv", "AES"],
}


@pytest.fixture(scope="module")
def secrets(tmp_path_factory):
    """Files with pass phrases."""
    folder = tmp_path_factory.mktemp("secrets")
    (folder / "auth").write_text(AUTH + "\n")
    (folder / "priv").write_text(PRIV + "\n")
    return folder


def user_arguments(secrets, protocols):
    """The options of a user with these protocols, its pass phrases in files."""
    arguments = ["--version", "3", "--user", "reader"]
    for option, value in zip(protocols[::2], protocols[1::2]):
        arguments += [option, value, f"{option}-pass-file", secrets / option[2:]]
    return arguments


def lab_with_user(level, secrets, folder):
    """Devices that know one user of this level; `lab.options` are those of a profile for it."""
    csv, protocols = folder / "devices.csv", LEVELS[level]
    users = ["--v3-user", "reader"]
    for option, value in zip(protocols[::2], protocols[1::2]):
        users += [f"--v3-{option[2:]}", value, f"--v3-{option[2:]}-pass-file", str(secrets / option[2:])]
    lab = wardflux.lab("--network", "grid-5x8", "--devices-csv", csv, *users)
    lab.level, lab.options = level, user_arguments(secrets, protocols)
    lab.rows = [line.split(",") for line in csv.read_text().splitlines()]
    return lab


@pytest.fixture(scope="module", params=LEVELS)
def each_level(request, secrets, tmp_path_factory):
    """A lab for each level."""
    with lab_with_user(request.param, secrets, tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module")
def private(secrets, tmp_path_factory):
    """A lab whose user authenticates and encrypts."""
    with lab_with_user("authPriv", secrets, tmp_path_factory.mktemp("lab")) as lab:
        yield lab


def devices_csv(lab, profile):
    """The devices of a lab as a file that names a profile of version 3."""
    header = lab.rows[0]
    name, ip, port = header.index("name"), header.index("ip"), header.index("port")
    lines = ["name,ip,port,version,profile"]
    lines += [f"{row[name]},{row[ip]},{row[port]},3,{profile}" for row in lab.rows[1:]]
    return "\n".join(lines) + "\n"


def results(data):
    """How many devices answered, and how many interfaces there are."""
    connection = open_catalog(data)
    try:
        up = connection.execute("SELECT count(*) FROM standalone_devices WHERE status = 'up'").fetchone()[0]
        return up, connection.execute("SELECT count(*) FROM device_interfaces").fetchone()[0]
    finally:
        connection.close()


def test_devices_of_each_level_are_imported_and_discovered(data, each_level):
    wardflux.run("profiles", "add", "core", *each_level.options, "--data-dir", data)
    shown = json.loads(wardflux.run("profiles", "show", "core", "--json", "--data-dir", data).stdout)
    assert (shown["version"], shown["user"], shown["level"]) == ("3", "reader", each_level.level)
    wardflux.run("devices", "import", "-", "--data-dir", data, stdin=devices_csv(each_level, "core"))
    wardflux.run("discover", "--all", "--data-dir", data)
    assert results(data) == (5, 40)


def test_a_sweep_finds_devices_by_a_user(data, each_level):
    wardflux.run("profiles", "add", "other", "--version", "2c", "--data-dir", data, env={"WARDFLUX_COMMUNITY": "wrong"})
    wardflux.run("profiles", "add", "core", *each_level.options, "--data-dir", data)
    ip = each_level.rows[0].index("ip")
    addresses = [row[ip] for row in each_level.rows[1:]]
    found = wardflux.run("sweep", *addresses, "--port", each_level.port, "--add", "--json", "--data-dir", data).stdout
    assert "core" in found and "other" not in found
    wardflux.run("discover", "--all", "--data-dir", data)
    assert results(data) == (5, 40)


def test_a_wrong_pass_phrase_is_told_by_user_and_not_repeated(data, private, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text("wrong-hush-hush-9\n")
    options = [wrong if str(option).endswith("/auth") else option for option in private.options]
    wardflux.run("profiles", "add", "core", *options, "--data-dir", data)
    wardflux.run("devices", "import", "-", "--data-dir", data, stdin=devices_csv(private, "core"))
    failed = wardflux.run("discover", "--all", "--data-dir", data, expect=None)
    assert failed.returncode != 0 and "hush" not in failed.stdout + failed.stderr
    rows = json.loads(wardflux.run("devices", "list", "--json", "--data-dir", data).stdout)["items"]
    assert all("reader" in row["last_error"] and "hush" not in row["last_error"] for row in rows)
    assert results(data)[1] == 0


def test_a_changed_pass_phrase_counts_from_the_next_discovery(data, private):
    with wardflux.server(data) as server:
        api = f"{server.url}/api/v1"
        body = {
            "name": "core", "version": "3", "user": "reader", "auth_protocol": "SHA", "auth_passphrase": "wrong-hush-hush-9",
            "priv_protocol": "AES", "priv_passphrase": PRIV}
        assert requests.post(f"{api}/profiles", json=body, timeout=10).status_code == 201
        env = {"WARDFLUX_SERVER": server.url}
        wardflux.run("devices", "import", "-", env=env, stdin=devices_csv(private, "core"))
        wardflux.run("discover", "--all", env=env, expect=None)
        assert results(data)[1] == 0
        answer = requests.patch(f"{api}/profiles/core", json={"auth_passphrase": AUTH}, timeout=10)
        assert answer.status_code == 200 and answer.json()["level"] == "authPriv"
        wardflux.run("discover", "--all", env=env)
        assert results(data) == (5, 40)
        device = requests.get(f"{api}/devices?limit=1", timeout=10).json()["items"][0]
        agent = requests.get(f"{api}/devices/{device['id']}/snmp", timeout=10).json()
        assert agent["known"] and agent["counters"]["responses"] > 0
        numbers = requests.get(f"{api}/snmp/statistics", timeout=10).json()
        assert numbers["counters"]["responses"] > 0 and sum(range_["count"] for range_ in numbers["round_trips"]) > 0


def test_what_was_learnt_of_agents_survives_a_restart(data, private):
    """Asking an engine of version 3 for its id, boots and time is needed once only."""
    wardflux.run("profiles", "add", "core", *private.options, "--data-dir", data)
    wardflux.run("devices", "import", "-", "--data-dir", data, stdin=devices_csv(private, "core"))
    requested = []
    for _ in range(2):
        with wardflux.server(data) as server:
            wardflux.run("discover", "--all", env={"WARDFLUX_SERVER": server.url})
            statistics = requests.get(f"{server.url}/api/v1/snmp/statistics", timeout=10).json()
            requested.append(statistics["counters"]["datagrams"])
            assert server.stop() == 0
        connection = open_catalog(data)
        assert connection.execute("SELECT count(*) FROM agent_memories").fetchone() == (5,)
        connection.close()
    assert requested[1] < requested[0]
    names = [row["name"] for row in json.loads(
        wardflux.run("devices", "list", "--json", "--data-dir", data).stdout)["items"]]
    wardflux.run("devices", "remove", names[0], "--data-dir", data)
    with wardflux.server(data) as server:
        assert server.stop() == 0
    connection = open_catalog(data)
    assert connection.execute("SELECT count(*) FROM agent_memories").fetchone() == (4,)
    connection.close()


def test_a_profile_is_added_once_and_set_again(data, secrets):
    options = user_arguments(secrets, LEVELS["authPriv"])
    wardflux.run("profiles", "add", "core", *options, "--data-dir", data)
    again = wardflux.run("profiles", "add", "core", *options, "--data-dir", data, expect=1)
    assert "profiles set core" in again.stderr and "hush" not in again.stderr
    wardflux.run("profiles", "set", "core", "--community-file", secrets / "auth", "--data-dir", data)
    shown = json.loads(wardflux.run("profiles", "show", "core", "--json", "--data-dir", data).stdout)
    assert (shown["version"], shown["user"], shown["level"]) == ("2c", None, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--version", "3"], "--user"),
        (["--user", "reader", "--priv", "AES"], "--auth"),
        (["--version", "2c", "--user", "reader"], "--user"),
        (["--user", "reader", "--auth", "ROT13"], "ROT13"),
    ])
def test_options_that_do_not_go_together_are_told(data, arguments, said):
    refused = wardflux.run("profiles", "add", "core", *arguments, "--data-dir", data, expect=64)
    assert said in refused.stderr


def test_a_row_of_version_3_needs_a_profile(data):
    for row, said in [("a,10.0.0.1,3,,", "profile"), ("a,10.0.0.1,3,hush-hush,", "community"), ("a,10.0.0.1,3,,none", "none")]:
        refused = wardflux.run(
            "devices", "import", "-", "--data-dir", data, stdin=f"name,ip,version,community,profile\n{row}\n", expect=None)
        assert refused.returncode != 0 and said in refused.stderr and "hush" not in refused.stderr


def test_an_export_names_the_profile_and_imports_again(data, secrets):
    wardflux.run("profiles", "add", "core", *user_arguments(secrets, LEVELS["authPriv"]), "--data-dir", data)
    wardflux.run("devices", "add", "sw1", "10.0.0.1", "--profile", "core", "--data-dir", data)
    exported = wardflux.run("devices", "export", "--data-dir", data).stdout
    assert "core" in exported and "hush" not in exported
    again = wardflux.run("devices", "import", "-", "--data-dir", data, stdin=exported).stdout
    assert "1 unchanged" in again
