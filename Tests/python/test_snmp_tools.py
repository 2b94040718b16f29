"""`get`, `bulk`, `walk`, `table` and `trap` beside net-snmp's tools, on a real snmpd and on agents that misbehave."""

import csv
import io
import json
import os
import shutil
import socket
import subprocess
import time

import pytest

import faults
import wardflux
from misbehaving_agent import Agent
from misbehaving_switch import device

PASS = "maplesyrup"
COMMUNITY = {"WARDFLUX_COMMUNITY": "real"}
USERS = {
    "md5des": ("MD5", "DES"), "shaaes": ("SHA", "AES"), "sha256aes": ("SHA-256", "AES"), "sha512aes256": ("SHA-512", "AES-256"),
    "shaonly": ("SHA", None),
}

needs_net_snmp = pytest.mark.skipif(
    not all(map(shutil.which, ["snmpd", "snmpget", "snmptrap"])) and not os.environ.get("CI"), reason="no net-snmp")


def free_udp_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def snmpd(tmp_path_factory):
    """A real agent with users of version 3; `snmpd.address` is it."""
    folder = tmp_path_factory.mktemp("snmpd")
    port = free_udp_port()
    lines = [f"agentaddress udp:127.0.0.1:{port}", "rocommunity real 127.0.0.1", "sysName here", "sysLocation a \"b\""]
    for name, (auth, priv) in USERS.items():
        keys = f"{auth} {PASS}" + (f" {priv} {PASS}" if priv else "")
        lines += [f"createUser {name} {keys}", f"rouser {name} {'priv' if priv else 'auth'}"]
    configuration = folder / "snmpd.conf"
    configuration.write_text("\n".join(lines) + "\n")
    agent = subprocess.Popen(
        ["snmpd", "-f", "-C", "-c", str(configuration), "-Lf", str(folder / "log"), "-p", str(folder / "pid")],
        env={**os.environ, "SNMP_PERSISTENT_DIR": str(folder)})
    agent.address = f"127.0.0.1:{port}"
    try:
        wardflux.run("get", agent.address, "sysName.0", "--retries", "8", "--timeout", "0.2", env=COMMUNITY)
        yield agent
    finally:
        agent.terminate()
        agent.wait(10)


def theirs(tool, snmpd, *arguments):
    return subprocess.run(
        [tool, "-v2c", "-c", "real", "-On", "-m", "", snmpd.address, *arguments], capture_output=True, text=True,
        timeout=30).stdout


def ours(command, snmpd, *arguments, **more):
    return wardflux.run(command, snmpd.address, *arguments, "--numeric", env=COMMUNITY, **more).stdout


@needs_net_snmp
@pytest.mark.parametrize("names", [
    ["1.3.6.1.2.1.1.5.0"], ["1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.2.0", "1.3.6.1.2.1.1.6.0"],
    ["1.3.6.1.2.1.2.2.1.2.1", "1.3.6.1.2.1.2.2.1.2.99999", "1.3.6.1.4.1.99999.1.0"],
])
def test_get_prints_what_snmpget_prints(snmpd, names):
    assert ours("get", snmpd, *names) == theirs("snmpget", snmpd, *names) != ""


@needs_net_snmp
@pytest.mark.parametrize("subtree", [
    "1.3.6.1.2.1.1.9.1.3", "1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.2.2.1.6", "1.3.6.1.2.1.4.20", "1.3.6.1.2.1.25.2.3.1.3",
    "1.3.6.1.6.3.10.2.1.1", "1.3.6.1.6.3.15.1.2.2.1.5", "1.3.6.1.2.1.1.5.0", "1.3.6.1.4.1.99999",
])
def test_walk_prints_what_snmpbulkwalk_prints(snmpd, subtree):
    assert ours("walk", snmpd, subtree) == theirs("snmpbulkwalk", snmpd, subtree) != ""


@needs_net_snmp
@pytest.mark.parametrize(("first", "most"), [(0, 3), (1, 4), (2, 5), (0, 0)])
def test_bulk_prints_what_snmpbulkget_prints(snmpd, first, most):
    names = ["1.3.6.1.2.1.1.5", "1.3.6.1.2.1.1.9.1.2", "1.3.6.1.2.1.2.2.1.2"]
    theirs_too = theirs("snmpbulkget", snmpd, f"-Cn{first}", f"-Cr{most}", *names)
    assert ours("bulk", snmpd, *names, "--non-repeaters", first, "--max-repetitions", most) == theirs_too


@needs_net_snmp
def test_names_stand_for_numbers(snmpd):
    line = wardflux.run("get", snmpd.address, "sysName.0", env=COMMUNITY).stdout
    assert line == 'SNMPv2-MIB::sysName.0 = STRING: "here"\n'
    assert wardflux.run("get", snmpd.address, "SNMPv2-MIB::sysName.0", "--numeric", env=COMMUNITY).stdout == (
        '.1.3.6.1.2.1.1.5.0 = STRING: "here"\n')


@needs_net_snmp
def test_a_table_has_a_line_for_each_row(snmpd):
    arguments = ["table", snmpd.address, "ifTable", "--columns", "ifDescr,ifType,ifOperStatus,ifPhysAddress"]
    lines = wardflux.run(*arguments, env=COMMUNITY).stdout.splitlines()
    assert lines[0].split() == ["index", "ifDescr", "ifType", "ifOperStatus", "ifPhysAddress"]
    loopback = next(line for line in lines if " lo " in line)
    assert "softwareLoopback" in loopback and " up" in loopback
    rows = list(csv.DictReader(io.StringIO(wardflux.run(*arguments, "--csv", env=COMMUNITY).stdout)))
    assert next(row for row in rows if row["ifDescr"] == "lo")["ifType"] == "24"
    answer = json.loads(wardflux.run(*arguments, "--json", env=COMMUNITY).stdout)
    assert answer["table"] == "IF-MIB::ifTable" and answer["status"] == "complete"
    assert {column["status"] for column in answer["columns"]} == {"complete"}
    assert [row["index"] for row in answer["rows"]] == [row["index"] for row in rows]
    assert answer["rows"][0]["ifType"] == int(rows[0]["ifType"])


@needs_net_snmp
@pytest.mark.parametrize("user", USERS)
def test_version_3_reads_the_same(snmpd, user, tmp_path):
    auth, priv = USERS[user]
    secret = tmp_path / "pass"
    secret.write_text(PASS + "\n")
    arguments = ["--user", user, "--auth", auth, "--auth-pass-file", secret]
    arguments += ["--priv", priv, "--priv-pass-file", secret] if priv else []
    result = wardflux.run("walk", snmpd.address, "1.3.6.1.2.1.1.9.1.3", "--numeric", *arguments)
    assert result.stdout == theirs("snmpbulkwalk", snmpd, "1.3.6.1.2.1.1.9.1.3")


@needs_net_snmp
@pytest.mark.parametrize(("change", "words"), [
    ({"user": "nobody"}, ["nobody", "user"]), ({"auth_pass": "wrongwrong"}, ["shaaes", "authentication pass phrase"]),
    ({"priv_pass": "wrongwrong"}, ["shaaes", "privacy pass phrase"]), ({"auth": "MD5"}, ["shaaes", "protocol"]),
])
def test_a_fault_of_version_3_is_told_with_user_and_remedy(snmpd, change, words):
    wanted = {"user": "shaaes", "auth": "SHA", "auth_pass": PASS, "priv": "AES", "priv_pass": PASS, **change}
    result = wardflux.run(
        "get", snmpd.address, "sysName.0", "--user", wanted["user"], "--auth", wanted["auth"], "--priv", wanted["priv"],
        "--timeout", "0.3", "--retries", "1", "--json",
        env={"WARDFLUX_AUTH_PASS": wanted["auth_pass"], "WARDFLUX_PRIV_PASS": wanted["priv_pass"]}, expect=4)
    assert json.loads(result.stdout)["status"] == "failed"
    assert all(word in result.stderr for word in words), result.stderr
    assert PASS not in result.stderr and "wrongwrong" not in result.stderr


def test_pass_phrases_do_not_stay_in_the_process_list():
    with Agent(device(), faults.silent) as agent:
        process = subprocess.Popen(
            [wardflux.binary(), "get", agent.address, "sysName.0", "--user", "joe", "--auth", "SHA", "--auth-pass",
             "hush-hush-1", "--priv=AES", "--priv-pass=hush-hush-2", "--timeout", "3", "--retries", "0"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=wardflux.environment())
        try:
            seconds = time.monotonic() + 5
            line = b""
            while (b"hush" in line or b"joe" not in line) and time.monotonic() < seconds:
                with open(f"/proc/{process.pid}/cmdline", "rb") as file:
                    line = file.read()
            assert b"hush" not in line and b"joe" in line
        finally:
            process.kill()
            process.wait(10)


# What is not all is said.

def read(agent, command, *arguments, expect):
    result = wardflux.run(
        command, agent.address, *arguments, "--timeout", "0.1", "--retries", "1", "--json",
        env={"WARDFLUX_COMMUNITY": "public"}, expect=expect)
    return json.loads(result.stdout), result.stderr


@pytest.mark.parametrize("command", ["walk", "get", "bulk", "table"])
def test_a_silent_device_has_failed(command):
    name = {"walk": "ifTable", "get": "sysName.0", "bulk": "ifTable", "table": "ifXTable"}[command]
    with Agent(device(), faults.silent) as agent:
        answer, messages = read(agent, command, name, expect=4)
    assert (answer["rows"], answer["status"], answer["tolerated"]) == ([], "failed", [])
    assert "no answer" in answer["reason"] and answer["requests"] >= 1
    assert messages.startswith("error: no answer from 127.0.0.1:") and "next: snmpwalk -v2c" in messages


def test_a_walk_that_breaks_off_is_partial():
    with Agent(device(), faults.dies_after(3)) as agent:
        answer, messages = read(agent, "walk", "ifTable", "--max-repetitions", "5", expect=3)
    assert answer["status"] == "partial" and "stopped answering" in answer["reason"] and answer["rows"]
    assert messages.startswith("warning: broke off after ")


def test_a_table_names_the_columns_that_are_not_whole():
    with Agent(device(), faults.slow_object((1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 18))) as agent:
        answer, messages = read(agent, "table", "ifXTable", "--columns", "ifName,ifAlias", expect=3)
    states = {column["name"]: column["status"] for column in answer["columns"]}
    assert states["ifName"] == "complete" and states["ifAlias"] in ("failed", "partial")
    assert answer["status"] == "partial" and answer["rows"][0]["ifName"] and answer["rows"][0]["ifAlias"] is None


def test_a_tolerated_deviation_is_named():
    with Agent(device(), faults.trailing) as agent:
        answer, _ = read(agent, "walk", "ifName", expect=0)
    assert answer["status"] == "complete" and "trailingOctets" in answer["tolerated"]
    with Agent(device(), faults.wrong_first(faults.other_community)) as agent:
        answer, _ = read(agent, "walk", "ifName", expect=0)
    assert "wrongCommunity" in answer["tolerated"]


@pytest.mark.parametrize(("policy", "expect"), [("strict", 4), ("port", 4), ("any", 0)])
def test_another_source_address_is_accepted_where_that_is_asked(policy, expect):
    with Agent(device(), faults.other_host) as agent:
        answer, _ = read(agent, "get", "sysName.0", "--source", policy, expect=expect)
    assert answer["status"] == ("complete" if expect == 0 else "failed")


def test_statistics_are_told_beside_the_values():
    with Agent(device()) as agent:
        result = wardflux.run(
            "walk", agent.address, "ifName", "--statistics", env={"WARDFLUX_COMMUNITY": "public"})
    assert "statistics: " in result.stderr and "request" in result.stderr and "statistics" not in result.stdout


# Notifications.

class Listener(wardflux.Background):
    def __init__(self, *arguments):
        super().__init__("trap", "listen", "--bind", "127.0.0.1:0", *arguments, ready=r"listening on 127.0.0.1:(\d+)")
        self.port = int(self.match.group(1))

    def rest(self):
        """Waits until it ends by itself; returns what it printed."""
        text, _ = self.process.communicate(timeout=30)
        assert self.process.returncode == 0
        return (self.text + text.decode()).split(f"127.0.0.1:{self.port}\n", 1)[1]


@needs_net_snmp
@pytest.mark.parametrize("version", ["1", "2c"])
def test_a_trap_of_snmptrap_is_printed(version):
    head = ["1.3.6.1.4.1.9", "127.0.0.1", "2", "0", "12345"] if version == "1" else ["12345", "1.3.6.1.6.3.1.1.5.3"]
    with Listener("--community", "public", "--count", "1") as listener:
        subprocess.run(
            ["snmptrap", f"-v{version}", "-c", "public", "-m", "", f"127.0.0.1:{listener.port}", *head,
             "1.3.6.1.2.1.2.2.1.1.3", "i", "3", "1.3.6.1.2.1.2.2.1.8.3", "i", "2"], check=True, timeout=20)
        lines = listener.rest().splitlines()
    assert f" {version} trap IF-MIB::linkDown up 0:02:03.45" in lines[0]
    assert lines[1:] == ["  IF-MIB::ifIndex.3 = INTEGER: 3", "  IF-MIB::ifOperStatus.3 = INTEGER: down(2)"]


@needs_net_snmp
def test_an_inform_of_snmpinform_is_acknowledged():
    with Listener("--community", "public", "--count", "1", "--json") as listener:
        subprocess.run(
            ["snmptrap", "-Ci", "-v2c", "-c", "public", "-m", "", f"127.0.0.1:{listener.port}", "1",
             "1.3.6.1.6.3.1.1.5.1"], check=True, timeout=20)
        answer = json.loads(listener.rest())
    assert (answer["type"], answer["name"], answer["version"]) == ("inform", "SNMPv2-MIB::coldStart", "2c")
    assert answer["community_known"] is True and answer["rows"] == []


@pytest.mark.parametrize("options", [["--version", "1"], ["--version", "2c"], ["--version", "2c", "--inform"]])
def test_what_is_sent_is_heard(options):
    env = {"WARDFLUX_COMMUNITY": "public"}
    with Listener("--community", "public", "--count", "1", "--json") as listener:
        wardflux.run(
            "trap", "send", f"127.0.0.1:{listener.port}", "linkDown", "ifAlias.7", "s", "Magti uplink", "--if-index", "7",
            "--up-time", "42", *options, env=env)
        answer = json.loads(listener.rest())
    assert (answer["name"], answer["sys_up_time"]) == ("IF-MIB::linkDown", 42)
    assert answer["type"] == ("inform" if "--inform" in options else "trap")
    assert [(row["name"], row["value"]) for row in answer["rows"]] == [
        ("IF-MIB::ifIndex.7", 7), ("IF-MIB::ifAdminStatus.7", 1), ("IF-MIB::ifOperStatus.7", 2),
        ("IF-MIB::ifAlias.7", "Magti uplink")]


def test_a_wrong_community_is_not_shown_and_counted():
    with Listener("--community", "right") as listener:
        wardflux.run("trap", "send", f"127.0.0.1:{listener.port}", "coldStart", "--community", "wrong")
        wardflux.run(
            "trap", "send", f"127.0.0.1:{listener.port}", "coldStart", "--community", "wrong", "--inform", "--timeout",
            "0.2", "--retries", "0", expect=4)
        assert listener.stop() == 0
    assert "coldStart" not in listener.text and "2 with another community" in listener.text


def test_an_inform_nobody_acknowledges_has_failed():
    result = wardflux.run(
        "trap", "send", f"127.0.0.1:{free_udp_port()}", "coldStart", "--inform", "--community", "hush-42", "--timeout",
        "0.1", "--retries", "1", expect=4)
    assert "does not acknowledge the inform" in result.stderr and "hush" not in result.stderr


def test_a_listener_whose_reader_has_gone_ends():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [wardflux.binary(), "trap", "listen", "--bind", f"127.0.0.1:{port}", "--any-community"], stdout=writer,
        stderr=subprocess.PIPE, env=wardflux.environment())
    os.close(writer)
    os.close(reader)
    assert b"listening" in process.stderr.readline()
    wardflux.run("trap", "send", f"127.0.0.1:{port}", "coldStart", "--community", "c")
    assert process.wait(20) == 0
    process.stderr.close()
