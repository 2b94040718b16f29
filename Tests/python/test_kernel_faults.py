"""What this host's kernel refuses to send, for one destination: that request fails, and no other is touched.

Each destination lies in 127.0.0.0/8 of a network namespace of the test's own, which a rule makes unreachable.
"""

import json
import os
import shutil
import subprocess
import threading
import time

import pytest

import wardflux
from misbehaving_agent import Agent
from misbehaving_switch import ROWS, device, facts
from test_faulty_devices import HEADER, rows

# errno name -> (its number, the commands that make 127.0.0.66 such a destination)
REFUSALS = {
    "EACCES": (13, ["ip route add prohibit 127.0.0.66/32 table local"]),
    "EINVAL": (22, ["ip route add blackhole 127.0.0.66/32 table local"]),
    "ENETUNREACH": (101, ["ip route add throw 127.0.0.66/32 table local"]),
    "EHOSTUNREACH": (113, ["ip route add unreachable 127.0.0.66/32 table local"]),
}


def missing(commands):
    """What this host lacks for a namespace with these rules; None where nothing is."""
    tools = {command.split()[0] for command in commands} | {"unshare", "ip"}
    absent = sorted(tool for tool in tools if not shutil.which(tool))
    if os.geteuid() != 0 or absent:
        return f"needs root, and {', '.join(absent)}" if absent else "needs root"
    script = " && ".join(["ip link set lo up", *commands])
    made = subprocess.run(["unshare", "-n", "sh", "-c", script], capture_output=True, text=True)
    return f"the kernel has no {made.stderr.strip()}" if made.returncode else None


def isolated(commands, body):
    """Runs `body` in a thread whose network is a namespace of its own, with these commands carried out in it."""
    failures = []

    def run():
        try:
            enter_namespace()
            for command in ["ip link set lo up", *commands]:
                subprocess.run(command.split(), check=True)
            body()
        except BaseException as error:  # told to the test below
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


def enter_namespace():
    """unshare(CLONE_NEWNET) for this thread: its sockets and its children are in a network of their own."""
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x40000000) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


@pytest.mark.parametrize("name", REFUSALS)
def test_what_the_kernel_refuses_fails_that_device_only(name, data, tmp_path):
    number, commands = REFUSALS[name]
    lacking = missing(commands)
    if lacking:
        pytest.skip(lacking)

    def body():
        agents = [Agent(device()) for _ in range(4)]
        for agent in agents:
            agent.__enter__()
        try:
            inventory = tmp_path / "devices.csv"
            live = "".join(f"sw{place},127.0.0.1,{agent.port},2c,public,,switch,,\n"
                           for place, agent in enumerate(agents))
            inventory.write_text(f"{HEADER}bad,127.0.0.66,1161,2c,public,,switch,,\n{live}")
            wardflux.run("devices", "import", inventory, "--data-dir", data)
            began = time.monotonic()
            result = wardflux.run(
                "discover", "--all", "--json", "--data-dir", data, expect=2, timeout=60,
                env={"WARDFLUX_SNMP_TIMEOUT_MS": "300", "WARDFLUX_SNMP_RETRIES": "1"})
            seconds = time.monotonic() - began
        finally:
            for agent in agents:
                agent.__exit__(None)
        assert json.loads(result.stdout)["state"] == "partial"
        found = {row["name"]: row for row in rows(data, "SELECT name, status, last_error FROM standalone_devices")}
        for place, agent in enumerate(agents):
            assert (found[f"sw{place}"]["status"], found[f"sw{place}"]["last_error"]) == ("up", None)
            assert len(agent.requests) <= 30
        assert len(rows(data, "SELECT id FROM device_interfaces")) == len(agents) * ROWS
        assert found["bad"]["status"] == "down", found["bad"]
        assert f"errno {number}" in found["bad"]["last_error"], found["bad"]["last_error"]
        assert seconds < 15

    isolated(commands, body)


def read_whole(commands, requests_max):
    """Reads the switch over a loopback with these rules."""
    lacking = missing(commands)
    if lacking:
        pytest.skip(lacking)

    def body():
        with Agent(device()) as agent:
            result = wardflux.run(
                "probe", agent.address, "--json", "--timeout", 0.2, "--retries", 1,
                env={"WARDFLUX_COMMUNITY": "public"})
            found = json.loads(result.stdout)["interfaces"]
            assert [{name: row[name] for name in facts(0)} for row in found] == [
                facts(index) for index in range(1, ROWS + 1)]
            assert len(agent.requests) <= requests_max

    isolated(commands, body)


def test_answers_larger_than_the_link_are_read_whole():
    """Requests joined into one message, and answers in fragments, arrive all the same."""
    read_whole(["ip link set lo mtu 600"], 30)


@pytest.mark.parametrize("octets", [300, 500, 900])
def test_a_way_that_loses_all_that_is_large_is_read_whole(octets):
    """The queue takes no more octets: sending is ENOBUFS, and an answer that is larger is lost without a word."""
    read_whole([f"tc qdisc add dev lo root bfifo limit {octets}"], 500)
