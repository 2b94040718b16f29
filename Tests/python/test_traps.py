"""Traps of net-snmp's programs, to a server with the devices of a lab."""

import json
import os
import shutil
import socket
import subprocess
import threading
import time

import pytest
import requests

import wardflux

pytestmark = pytest.mark.skipif(
    not (shutil.which("snmptrap") and shutil.which("snmpinform")), reason="net-snmp's snmptrap is not installed")

LINK_DOWN, LINK_UP, COLD_START = (f"1.3.6.1.6.3.1.1.5.{number}" for number in (3, 4, 1))
IF_INDEX, IF_ADMIN, IF_OPER = (f"1.3.6.1.2.1.2.2.1.{column}" for column in (1, 7, 8))


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def send(program, tmp_path, *arguments):
    """Runs snmptrap or snmpinform with a folder of its own for its state."""
    env = {**os.environ, "SNMP_PERSISTENT_DIR": str(tmp_path / "net-snmp"), "SNMPCONFPATH": str(tmp_path), "MIBS": ""}
    return subprocess.run([program, *map(str, arguments)], env=env, capture_output=True, text=True, timeout=30)


def link(status, index):
    return [f"{IF_INDEX}.{index}", "i", index, f"{IF_ADMIN}.{index}", "i", 1, f"{IF_OPER}.{index}", "i", status]


def traps(server, **query):
    answer = requests.get(f"{server.url}/api/v1/traps", params=query, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def wait_for(what, found, seconds=20):
    """What `found` answers once it is true; a state is waited for, with a bound."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        result = found()
        if result:
            return result
        time.sleep(0.1)
    pytest.fail(f"no {what} in {seconds} s")


class Follower:
    """Reads the event stream of a server in a thread."""

    def __init__(self, url):
        self.events = []
        self.answer = requests.get(f"{url}/api/v1/events", stream=True, timeout=60)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        name = None
        try:
            for line in self.answer.iter_lines(decode_unicode=True):
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    self.events.append((name, json.loads(line[6:])))
        except (requests.RequestException, AttributeError, ValueError):
            pass

    def of(self, name):
        return [data for kind, data in list(self.events) if kind == name]


@pytest.fixture
def listening(imported):
    """A server that knows the devices of the grid and listens for traps on a port of its own."""
    wardflux.run("discover", "--all", "--data-dir", imported)
    port = free_port()
    with wardflux.server(imported, "--set", f"traps.listen=127.0.0.1:{port}") as server:
        server.traps = f"127.0.0.1:{port}"
        yield server


def device_of_its_own(server):
    """A device whose address no other device has, with one of its interfaces."""
    devices = requests.get(f"{server.url}/api/v1/devices?limit=1000", timeout=10).json()["items"]
    addresses = [device["ip"] for device in devices]
    device = next(device for device in devices if addresses.count(device["ip"]) == 1)
    interfaces = requests.get(f"{server.url}/api/v1/interfaces/device/{device['id']}", timeout=10).json()["items"]
    return device, interfaces[-1]


def test_link_traps_are_matched_listed_and_told_at_once(listening, tmp_path):
    device, interface = device_of_its_own(listening)
    follower = Follower(listening.url)
    source = f"--clientaddr={device['ip']}"
    common = ["-v", "2c", "-c", "public", source, listening.traps, ""]
    assert send("snmptrap", tmp_path, *common, LINK_DOWN, *link(2, interface["if_index"])).returncode == 0
    down = wait_for("linkDown", lambda: traps(listening, kind="linkDown", device_id=device["id"]))[0]
    assert down["device_name"] == device["name"]
    assert (down["interface_id"], down["if_index"]) == (interface["id"], interface["if_index"])
    assert (down["if_admin_status"], down["if_oper_status"]) == (1, 2)
    assert down["trusted"] is True and down["inform"] is False
    told = wait_for("event", lambda: follower.of("trap"))
    assert told[0] == down
    informed = send("snmpinform", tmp_path, "-r", 0, "-t", 10, *common, LINK_UP, *link(1, interface["if_index"]))
    assert informed.returncode == 0, informed.stderr
    newest = wait_for("linkUp", lambda: traps(listening, kind="linkUp"))[0]
    assert newest["inform"] is True and newest["number"] > down["number"]
    assert [item["kind"] for item in traps(listening, limit=2)] == ["linkUp", "linkDown"]


def test_a_trap_of_version_1_is_matched_by_its_agent_address_behind_a_proxy(listening, tmp_path):
    device, interface = device_of_its_own(listening)
    sent = send(
        "snmptrap", tmp_path, "-v", "1", "-c", "public", "--clientaddr=127.255.255.1", listening.traps,
        "1.3.6.1.4.1.9.1.516", device["ip"], 2, 0, 4711, f"{IF_INDEX}.{interface['if_index']}", "i",
        interface["if_index"])
    assert sent.returncode == 0
    down = wait_for("linkDown", lambda: traps(listening))[0]
    assert (down["source"], down["agent_address"]) == ("127.255.255.1", device["ip"])
    assert (down["device_id"], down["interface_id"]) == (device["id"], interface["id"])
    assert (down["version"], down["uptime_seconds"]) == ("1", 47.11)


def test_a_foreign_community_is_dropped_and_an_unknown_sender_shown(listening, tmp_path):
    common = ["--clientaddr=127.255.255.2", listening.traps, "", COLD_START]
    assert send("snmptrap", tmp_path, "-v", "2c", "-c", "guess", *common).returncode == 0
    assert send("snmptrap", tmp_path, "-v", "2c", "-c", "public", *common).returncode == 0
    shown = wait_for("trap", lambda: traps(listening))
    assert [(item["kind"], item["device_id"]) for item in shown] == [("coldStart", None)]
    health = requests.get(f"{listening.url}/api/v1/health", timeout=10).json()["components"]["traps"]
    assert health["status"] == "healthy"
    assert listening.traps in health["detail"] and "1 of no known device, 1 refused" in health["detail"]


def test_a_version_3_profile_made_while_listening_brings_its_traps_in(listening, tmp_path):
    profile = {
        "version": "3", "user": "watcher", "auth_protocol": "SHA", "auth_passphrase": "authentication",
        "priv_protocol": "AES", "priv_passphrase": "encryption!"}
    made = requests.put(f"{listening.url}/api/v1/profiles/watcher", json=profile, timeout=10)
    assert made.status_code == 200, made.text
    options = [
        "-v", "3", "-u", "watcher", "-l", "authPriv", "-a", "SHA", "-A", "authentication", "-x", "AES", "-X",
        "encryption!", "-r", 0, "-t", 2, listening.traps, "", COLD_START]
    # Profiles are read anew every ten seconds.
    wait_for("acknowledgement", lambda: send("snmpinform", tmp_path, *options).returncode == 0, seconds=30)
    # An inform is acknowledged when it is handed over; the list has it a moment later.
    shown = wait_for("trap", lambda: traps(listening))[0]
    assert (shown["version"], shown["user"], shown["level"]) == ("3", "watcher", "authPriv")
    assert shown["inform"] is True and shown["trusted"] is True


def test_a_port_that_is_taken_ends_the_start_with_the_reason(data):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{other.getsockname()[1]}"
        result = wardflux.run(
            "serve", "--data-dir", data, "--bind", "127.0.0.1:0", "--set", f"traps.listen={place}", expect=None,
            timeout=30)
    assert result.returncode != 0
    assert "traps.listen" in result.stderr and place in result.stderr and "choose another port" in result.stderr


def test_without_a_setting_nothing_listens_and_the_list_is_empty(data):
    with wardflux.server(data) as server:
        assert traps(server) == []
        assert "off" in requests.get(f"{server.url}/api/v1/health", timeout=10).json()["components"]["traps"]["detail"]
