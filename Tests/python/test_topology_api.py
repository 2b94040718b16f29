"""Topology through a real server: what the simulated bank's devices tell, as the API and the commands show it."""

import json
import threading
import time
import xml.etree.ElementTree as xml

import pytest
import requests

import wardflux

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    """A server that read the simulated bank: interfaces first, then who hears whom."""
    directory = tmp_path_factory.mktemp("topology")
    csv, control = directory / "devices.csv", directory / "lab.sock"
    with wardflux.lab("--network", "bank-876", "--devices-csv", csv, "--control", control) as lab:
        with wardflux.server(directory / "data") as server:
            wardflux.run("devices", "import", csv, "--server", server.url)
            wardflux.run("discover", "--all", "--server", server.url, expect=None, timeout=300)
            wardflux.run("topology", "discover", "--server", server.url, expect=None, timeout=300)
            server.lab, server.control, server.data = lab, control, directory / "data"
            yield server


def get(server, path, status=200, **parameters):
    answer = requests.get(f"{server.url}/api/v1{path}", params=parameters, timeout=30)
    assert answer.status_code == status, answer.text[:2000]
    return answer.json()


def ends(edge):
    """The two ends of a cable, in one order."""
    return tuple(sorted((edge[f"{side}_name"], edge[f"{side}_interface"]) for side in ("source", "target")))


@pytest.fixture(scope="module")
def truth():
    """The cables of the bank that a device tells of."""
    rows = json.loads(wardflux.run("lab", "cabling", "--json").stdout)
    return {
        tuple(sorted(((row["a_device"], row["a_interface"]), (row["b_device"], row["b_interface"]))))
        for row in rows if row["reported_by"] > 0}


def test_every_cable_is_an_edge_and_every_edge_a_cable(bank, truth):
    edges = get(bank, "/topology")["edges"]
    found = {ends(edge) for edge in edges}
    assert len(found) == len(edges)
    assert found == truth


def test_the_sums_are_those_of_the_bank(bank):
    sums = get(bank, "/topology/statistics")
    assert (sums["total_devices"], sums["connected_devices"], sums["unconnected_devices"]) == (876, 831, 45)
    assert (sums["total_connections"], sums["mapped_connections"]) == (2145, 1987)
    assert sums["orphan_connections"] == 158
    assert round(sums["connected_percent"]) == 95


def test_the_graph_has_the_form_that_is_agreed(bank):
    graph = get(bank, "/topology")
    ids = {node["id"] for node in graph["nodes"]}
    assert len(ids) == 876
    assert all({"id", "name", "device_type", "x", "y", "tier"} <= node.keys() for node in graph["nodes"])
    for edge in graph["edges"]:
        assert edge["source"] in ids and edge["target"] in ids
        assert {"source_interface", "target_interface", "interface_type"} <= edge.keys()
    for orphan in graph["orphans"]:
        assert orphan["neighbor_name"] and orphan["seen_from"]
    assert len(graph["unconnected_devices"]) == 45


def test_a_part_is_a_part(bank):
    whole = get(bank, "/topology")
    edge = whole["edges"][0]
    part = get(bank, "/topology", around=edge["source_name"], depth=1)
    names = {node["name"] for node in part["nodes"]}
    assert {edge["source_name"], edge["target_name"]} <= names and len(names) < 876
    switches = get(bank, "/topology", device_type="switch")
    assert {node["device_type"] for node in switches["nodes"]} == {"switch"}
    assert get(bank, "/topology", 422, around="no such device")["errors"][0]["field"] == "around"


def test_a_device_lists_its_neighbours(bank):
    edge = next(edge for edge in get(bank, "/topology")["edges"] if edge["seen_from"] == "both")
    heard = get(bank, f"/devices/{edge['source']}/neighbours", limit=1000)["items"]
    row = next(row for row in heard if row["interface_id"] == edge["source_interface_id"])
    assert row["connected_to_device_id"] == edge["target"] and row["connected_to_if_name"] == edge["target_interface"]


def test_a_path_is_one_of_cables(bank):
    graph = get(bank, "/topology")
    ids = {edge["source"] for edge in graph["edges"]} | {edge["target"] for edge in graph["edges"]}
    first, last = min(ids), max(ids)
    path = get(bank, "/topology/path", **{"from": first, "to": last})
    if path["is_connected"]:
        assert path["nodes"][0]["id"] == first and path["nodes"][-1]["id"] == last
        assert len(path["edges"]) == len(path["nodes"]) - 1 == path["cables"]
        for edge, near, far in zip(path["edges"], path["nodes"], path["nodes"][1:]):
            assert {edge["source"], edge["target"]} == {near["id"], far["id"]}


def test_what_fails_is_what_single_points_say(bank):
    points = get(bank, "/topology/single-points", kind="device", limit=5)
    assert points["total"] > 0
    for point in points["items"]:
        impact = get(bank, "/topology/impact", device=point["device_name"])
        assert impact["cut_off_count"] == point["cut_off"] == len(impact["cut_off"])
        assert sum(map(len, impact["parts"])) == point["cut_off"]


def test_exports_can_be_read_by_others(bank):
    graph = get(bank, "/topology")
    url = f"{bank.url}/api/v1/topology/export"
    graphml = xml.fromstring(requests.get(url, params={"format": "graphml"}, timeout=60).content)
    sightings = sum(len(orphan["seen_from"]) for orphan in graph["orphans"])
    assert len(graphml.findall(f".//{GRAPHML}node")) == 876 + len(graph["orphans"])
    assert len(graphml.findall(f".//{GRAPHML}edge")) == len(graph["edges"]) + sightings
    svg = requests.get(url, params={"format": "svg"}, timeout=60)
    assert svg.headers["Content-Type"].startswith("image/svg+xml")
    assert xml.fromstring(svg.content).tag.endswith("svg")
    dot = requests.get(url, params={"format": "dot"}, timeout=60).text
    assert dot.count("{") == dot.count("}") and dot.rstrip().endswith("}")
    assert requests.get(url, params={"format": "json"}, timeout=60).json() == graph


def test_the_command_shows_the_same_on_a_server_and_on_a_data_directory(bank, tmp_path):
    remote = wardflux.run("topology", "show", "--format", "json", "--server", bank.url).stdout
    local = wardflux.run("topology", "show", "--format", "json", "--data-dir", bank.data).stdout
    assert json.loads(remote)["edges"] == json.loads(local)["edges"] == get(bank, "/topology")["edges"]
    text = wardflux.run("topology", "show", "--server", bank.url).stdout
    assert "876 devices, 831 connected (95 %), 45 not" in text
    drawing = tmp_path / "bank.svg"
    wardflux.run("topology", "export", "-o", drawing, "--server", bank.url)
    assert xml.parse(drawing).getroot().tag.endswith("svg")


def test_commands_tell_orphans_paths_and_what_fails(bank):
    orphans = json.loads(wardflux.run("topology", "orphans", "--format", "json", "--server", bank.url).stdout)
    assert orphans["total"] == get(bank, "/topology/statistics")["orphans"]
    edge = get(bank, "/topology")["edges"][0]
    path = wardflux.run("topology", "path", edge["source_name"], edge["target_name"], "--server", bank.url).stdout
    assert "1 cable;" in path
    impact = wardflux.run("topology", "impact", "--link", edge["id"], "--format", "json", "--server", bank.url).stdout
    assert json.loads(impact)["element"]["edge"]["id"] == edge["id"]
    neighbours = wardflux.run("devices", "neighbours", edge["source_name"], "--server", bank.url).stdout
    assert neighbours.startswith("INTERFACE")
    wardflux.run("topology", "path", edge["source_name"], "no such device", "--server", bank.url, expect=1)


def test_a_manual_link_comes_and_goes(bank):
    alone = [device["name"] for device in get(bank, "/topology")["unconnected_devices"]]
    made = json.loads(
        wardflux.run("topology", "links", "add", alone[0], alone[1], "--format", "json", "--server", bank.url).stdout)
    part = get(bank, "/topology", around=alone[0])
    assert [edge["origin"] for edge in part["edges"]] == ["manual"]
    wardflux.run("topology", "links", "remove", made["id"], "--server", bank.url)
    assert get(bank, "/topology", around=alone[0])["edges"] == []


class Events(threading.Thread):
    """Collects the names of events until it is stopped."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.names = []
        self.answer = requests.get(f"{url}/api/v1/events", stream=True, timeout=60)
        self.start()

    def run(self):
        try:
            for line in self.answer.iter_lines():
                if line.startswith(b"event: "):
                    self.names.append(line[7:].decode())
        except requests.RequestException:
            pass

    def wait_for(self, name, seconds=10):
        deadline = time.monotonic() + seconds
        while name not in self.names and time.monotonic() < deadline:
            time.sleep(0.05)
        return name in self.names


def free_place(bank, graph):
    """A cable that both of its ends tell of, and an unused port of the device at one of them."""
    used = {end for cable in graph["edges"] for end in ends(cable)}
    for edge in graph["edges"]:
        if edge["seen_from"] != "both" or edge["group"] is not None:
            continue
        rows = get(bank, f"/interfaces/device/{edge['source']}", limit=1000, sort="if_index")["items"]
        for row in rows:
            is_free = row["if_type"] == 6 and row["lldp_neighbor_name"] is None and not row["was_up"]
            if is_free and (edge["source_name"], row["if_name"]) not in used:
                return edge, row["if_name"]
    raise AssertionError("no port is free")


def test_a_cable_that_is_moved_is_moved_in_the_graph(bank):
    """A switch port's cable goes to another port of the same device, as the simulated cabling says."""
    graph = get(bank, "/topology")
    edge, port = free_place(bank, graph)
    events = Events(bank.url)
    wardflux.run(
        "lab", "fault", bank.control, "rewire", edge["source_name"], port, edge["target_name"],
        edge["target_interface"])
    wardflux.run("topology", "discover", "--server", bank.url, expect=None, timeout=300)
    after = {ends(cable) for cable in get(bank, "/topology")["edges"]}
    moved = tuple(sorted(((edge["source_name"], port), (edge["target_name"], edge["target_interface"]))))
    assert moved in after and ends(edge) not in after
    changes = get(bank, "/topology/changes", **{"from": "-1h"})
    item = next(item for item in changes["items"] if item["change"] == "moved")
    assert moved == ends(item["to"]) and ends(edge) == ends(item["from"])
    assert ends(edge) in {ends(cable) for cable in get(bank, "/topology", as_of=graph["at"])["edges"]}
    assert events.wait_for("topology.changed")
