"""Dashboards and alert rules of deploy/: sound, about metrics that exist, and right about data made for them."""

import json
import re
import shutil
import subprocess
import time

import pytest
import requests

import wardflux
from deploy_world import DEPLOY
from test_series_equality import Victoria

BOARDS = sorted((DEPLOY / "grafana").glob("*.json"))
RULES = DEPLOY / "prometheus/wardflux.rules.yml"
STEP = 300_000
POLLS = 8


def documented_metrics():
    text = "".join((wardflux.ROOT / "docs" / name).read_text() for name in ("victoriametrics.md", "metrics.md"))
    return set(re.findall(r"`((?:interface|wardflux)_[a-z0-9_]+)`", text))


def expressions(board):
    return [target["expr"] for panel in board["panels"] for target in panel["targets"]]


def metrics(text):
    return set(re.findall(r"\b(?:interface_if|interface_sys|interface_counter|interface_poll|interface_reading|wardflux)_\w+", text))


def rules():
    """Name, expression and severity of each rule; the file is plain enough to be read without a reader of YAML."""
    found = {}
    for part in RULES.read_text().split("- alert: ")[1:]:
        name = part.split("\n", 1)[0].strip()
        block = re.search(r"expr: \|\n((?: {10}.*\n)+)", part)
        expression = block[1] if block else re.search(r"expr: (.+)", part)[1]
        found[name] = (expression, re.search(r"severity: (\w+)", part)[1])
    return found


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
def test_boards_are_sound_and_ask_for_metrics_that_exist(path):
    board = json.loads(path.read_text())
    assert board["schemaVersion"] >= 36 and board["uid"] is None and board["id"] is None and board["title"]
    names = [variable["name"] for variable in board["templating"]["list"]]
    assert names[0] == "datasource"
    # No data source of one installation: all ask the one that is chosen.
    for holder in json.dumps(board).split('"uid": ')[1:]:
        assert holder.startswith(('"${datasource}"', "null"))
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids)) >= 8
    cells = set()
    for panel in board["panels"]:
        place = panel["gridPos"]
        own = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert place["x"] + place["w"] <= 24 and not own & cells, panel["title"]
        cells |= own
    for text in expressions(board):
        assert metrics(text) and metrics(text) <= documented_metrics(), text
        assert set(re.findall(r"\$(\w+)", text)) <= set(names), text


def test_rules_are_sound_and_as_the_shipped_ones():
    assert shutil.which("vmalert"), "vmalert is not installed: run script/test"
    ended = subprocess.run(["vmalert", "-dryRun", f"-rule={RULES}"], text=True, capture_output=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    if shutil.which("promtool"):
        subprocess.run(["promtool", "check", "rules", str(RULES)], check=True, capture_output=True)
    assert metrics(RULES.read_text()) <= documented_metrics()
    severities = {name: severity for name, (_, severity) in rules().items()}
    assert severities == {
        "InterfaceDown": "critical", "HighUtilization": "high", "HighErrorRate": "medium", "HighDiscardRate": "low",
        "SpeedChanged": "medium", "DeviceUnreachable": "critical", "DeviceRestarted": "medium", "NothingRecorded": "high"}


class Network:
    """Readings of a few interfaces over eight polls, the last one minute ago."""

    def __init__(self):
        self.end = int(time.time() * 1000) - 60_000
        self.lines = []

    def add(self, name, device="SW-1", kind="isp", critical=True, polls=POLLS, **values):
        """An interface; each value is a number a poll, or a function of the poll's number."""
        defaults = {
            "if_hc_in_octets": lambda n: n * 1_000_000, "if_hc_out_octets": lambda n: n * 1_000_000,
            "if_in_errors": 0, "if_out_errors": 0, "if_in_discards": 0, "if_out_discards": 0,
            "if_in_unicast_pkts": lambda n: n * 100_000, "if_out_unicast_pkts": lambda n: n * 100_000,
            "if_speed": 10**9, "if_oper_status": 1, "if_admin_status": 1, "sys_uptime_ticks": lambda n: 10**6 + n * 30_000}
        labels = (f'device_id="{device}",device_name="{device}",interface_id="{device}-{name}",if_index="1",if_name="{name}",'
                  f'interface_type="{kind}",isp_provider="",is_critical="{str(critical).lower()}"')
        for metric, value in {**defaults, **values}.items():
            for number in range(polls):
                shown = value(number) if callable(value) else value
                at = self.end - (POLLS - 1 - number) * STEP
                self.lines.append(f"interface_{metric}{{{labels}}} {shown} {at}")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    assert shutil.which("victoria-metrics"), "victoria-metrics is not installed: run script/test"
    # 30 GB in 300 s are 800 Mbit/s and more.
    full = lambda n: n * 33 * 10**9
    network = Network()
    network.add("quiet")
    network.add("down", if_oper_status=lambda n: 1 if n < 6 else 2)
    network.add("never-up", if_oper_status=2)
    network.add("switched-off", if_oper_status=lambda n: 1 if n < 6 else 2, if_admin_status=lambda n: 1 if n < 6 else 2)
    network.add("desk", kind="access", critical=False, if_oper_status=lambda n: 1 if n < 6 else 2)
    network.add("trunk-down", kind="trunk", critical=False, if_oper_status=lambda n: 1 if n < 6 else 2)
    network.add("full-out", if_hc_out_octets=full)
    network.add("errors", if_in_errors=lambda n: n * 300)
    network.add("few-errors", if_in_errors=lambda n: n * 2, if_in_unicast_pkts=lambda n: n * 100)
    network.add("discards", if_out_discards=lambda n: n * 3000)
    network.add("slower", if_speed=lambda n: 10**9 if n < 4 else 10**8)
    network.add("restarted", device="SW-2", sys_uptime_ticks=lambda n: 10**6 + n * 30_000 if n < 6 else n * 100)
    network.add("silent", device="SW-3", polls=4)
    with Victoria(tmp_path_factory.mktemp("victoria")) as victoria:
        answer = requests.post(f"{victoria.url}/api/v1/import/prometheus", data="\n".join(network.lines) + "\n", timeout=30)
        assert answer.ok, answer.text
        yield victoria


@pytest.mark.parametrize("alert, expected", [
    ("InterfaceDown", {"down", "trunk-down"}), ("HighUtilization", {"full-out"}), ("HighErrorRate", {"errors"}),
    ("HighDiscardRate", {"discards"}), ("SpeedChanged", {"slower"}), ("DeviceUnreachable", {"SW-3"}),
    ("DeviceRestarted", {"SW-2"}), ("NothingRecorded", set()),
])
def test_rules_find_what_is_wrong_and_nothing_else(store, alert, expected):
    rows = store.query(rules()[alert][0])
    assert {row["metric"].get("if_name", row["metric"].get("device_name")) for row in rows} == expected


@pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.stem)
def test_every_panel_has_an_answer(store, path):
    for text in expressions(json.loads(path.read_text())):
        asked = text.replace("$window", "15m").replace("$provider", ".*").replace("$device", "SW-1").replace("$interface", ".*")
        assert store.query(asked), f"{path.stem}: nothing answers {asked}"
