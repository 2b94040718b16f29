"""Topology of real hosts: lldpd in network namespaces joined by veth cables, read through their snmpd."""

import json
import os
import subprocess

import lldp_hosts
import pytest
import wardflux

RING = ["north", "east", "south", "west"]
CABLES = [
    (("north", "eth1"), ("east", "eth1")),
    (("east", "eth2"), ("south", "eth1")),
    (("south", "eth2"), ("west", "eth1")),
    (("west", "eth2"), ("north", "eth2")),
    # A second cable beside one of the ring, a spur, and a host that is not in the inventory.
    (("south", "eth3"), ("west", "eth3")),
    (("east", "eth4"), ("spur", "eth1")),
    (("north", "eth5"), ("stranger", "eth1")),
]


@pytest.fixture
def hosts(tmp_path):
    why = lldp_hosts.missing()
    if why:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(why)
    # lldpd gives up its rights and must still reach its sockets.
    for folder in [tmp_path, *tmp_path.parents]:
        if os.stat(folder).st_uid == os.geteuid() and str(folder).startswith("/tmp/"):
            folder.chmod(0o755)
    with lldp_hosts.Hosts(tmp_path, [*RING, "spur", "stranger"], CABLES) as network:
        yield network


class Poller:
    """The program where the poller stands, on a data directory of its own."""

    def __init__(self, hosts, data):
        self.hosts, self.data = hosts, data
        listed = data.parent / "devices.csv"
        rows = [f"{host.name},{host.address},161,2c,public" for host in hosts.hosts.values() if host.name != "stranger"]
        listed.write_text("\n".join(["name,ip,port,version,community", *rows]) + "\n")
        self.run("devices", "import", listed)
        self.run("discover", "--all")

    def run(self, *arguments):
        done = subprocess.run(
            self.hosts.command(wardflux.binary(), *arguments, "--data-dir", self.data), capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=wardflux.SECONDS_MAX, env=wardflux.environment())
        assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        return done.stdout

    def topology(self):
        self.run("topology", "discover")
        return json.loads(self.run("topology", "show", "--format", "json"))

    def asked(self, *arguments):
        return json.loads(self.run("topology", *arguments, "--format", "json"))


def cables(graph):
    """Each edge as the set of its two (device, interface) ends."""
    return sorted(
        (sorted([(edge["source_name"], edge["source_interface"]), (edge["target_name"], edge["target_interface"])])
         for edge in graph["edges"]))


def laid(hosts):
    return sorted(sorted(cable) for cable in hosts.cables if "stranger" not in (cable[0][0], cable[1][0]))


def test_the_cables_of_real_hosts_are_found_and_followed_when_they_move(hosts, tmp_path):
    poller = Poller(hosts, tmp_path / "data")
    graph = poller.topology()
    assert cables(graph) == [list(map(tuple, cable)) for cable in laid(hosts)]
    assert all(edge["seen_from"] == "both" for edge in graph["edges"])
    assert graph["contradictions"] == []
    assert graph["unconnected_devices"] == []
    assert [(orphan["neighbor_name"], [(seen["device_name"], seen["interface"]) for seen in orphan["seen_from"]])
            for orphan in graph["orphans"]] == [("stranger", [("north", "eth5")])]

    # The two cables between south and west are two edges of one group, and no other edge is in a group.
    groups = {}
    for edge in graph["edges"]:
        groups.setdefault(edge["group"], []).append({edge["source_name"], edge["target_name"]})
    groups.pop(None)
    assert list(groups.values()) == [[{"south", "west"}, {"south", "west"}]]

    # What the ring can lose: nothing but the spur, behind east and its cable.
    points = poller.asked("single-points")["items"]
    assert [point["device_name"] for point in points if point["kind"] == "device"] == ["east"]
    assert len([point for point in points if point["kind"] == "link"]) == 1
    impact = poller.asked("impact", "east")
    assert [device["name"] for device in impact["cut_off"]] == ["spur"]
    path = poller.asked("path", "north", "spur")
    assert [device["name"] for device in path["nodes"]] == ["north", "east", "spur"]

    # The spur moves from east to west: right again within one run, and told as a change.
    hosts.move(("spur", "eth1"), ("east", "eth4"), ("west", "eth4"))
    hosts.settle()
    poller.run("discover", "--all")
    moved = poller.topology()
    assert cables(moved) == [list(map(tuple, cable)) for cable in laid(hosts)]
    items = poller.asked("changes")["items"]
    kinds = [change["change"] for change in items if change["revision"] == moved["revision"]]
    assert kinds == ["moved"]
