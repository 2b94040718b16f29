"""Baselines and anomalies through a real server on the lab: the commands that ask it."""

import csv
import datetime
import io
import json
import math
import time

import pytest

import wardflux

DAYS = 30
FIELDS = ["series", "timestamp", "direction", "measure", "value", "expected", "low", "high", "score", "severity",
          "kind", "pattern", "mode", "event", "confidence"]


@pytest.fixture(scope="module")
def server(tmp_path_factory, grid):
    """A server that knows the interfaces of the grid."""
    data = tmp_path_factory.mktemp("anomalies") / "data"
    wardflux.run("devices", "import", grid.csv, "--data-dir", data)
    with wardflux.server(data) as started:
        wardflux.run("discover", "--all", "--server", started.url, expect=None, timeout=300)
        yield started


def ask(server, *arguments, expect=0):
    return wardflux.run(*arguments, "--server", server.url, expect=expect)


@pytest.fixture(scope="module")
def interface(server):
    """The id of one monitored interface."""
    rows = json.loads(ask(server, "interfaces", "list", "--limit", 50, "--json").stdout)["items"]
    return next(row["id"] for row in rows if row["monitoring_enabled"])


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def usual(seconds):
    """What the link carries at a time, bit/s in; half of it out."""
    hour = seconds % 86400 / 3600
    wave = 1 + 0.05 * math.sin(seconds / 300 * 1.7) + 0.03 * math.sin(seconds / 300 * 0.37)
    return (3e8 + 2e8 * math.sin((hour - 8) / 24 * 2 * math.pi)) * wave


@pytest.fixture(scope="module")
def history(server, interface, tmp_path_factory):
    """Readings of a month of one interface up to two hours ago, silent for an hour a day before; when that began."""
    exported = ask(server, "series", "export", "--interface", interface, "--format", "jsonl").stdout
    specimen = json.loads(exported.splitlines()[0])
    now = int(time.time())
    end = now // 3600 * 3600 - 7200
    silent = range(end - 86400, end - 82800)
    octets, lines = 10**12, []
    for at in range(end - DAYS * 86400, end + 1, 300):
        octets += 0 if at - 300 in silent else int(usual(at) * 300 / 16) * 2
        lines.append(json.dumps({
            **specimen, "at": moment(at), "if_speed": 10**9,
            "sys_uptime": (specimen["sys_uptime"] - (now - at) * 100) % 2**32,
            "interface_if_hc_in_octets": octets, "interface_if_hc_out_octets": octets // 2,
            "interface_if_in_unicast_pkts": octets // 800, "interface_if_out_unicast_pkts": octets // 1600}))
    path = tmp_path_factory.mktemp("history") / "readings.jsonl"
    path.write_text("\n".join(lines) + "\n")
    assert f"{len(lines):,} added" in ask(server, "series", "import", path).stdout
    return silent.start


def test_learning_makes_a_baseline_for_each_hour_of_the_week(server, interface, history):
    run = json.loads(ask(server, "baselines", "learn", "--all", "--json").stdout)
    assert run["state"] == "succeeded" and run["job"] == "learn-baselines"
    rows = json.loads(ask(server, "baselines", "show", interface, "--json").stdout)["items"]
    assert {(row["day_of_week"], row["hour_of_day"]) for row in rows} == {(d, h) for d in range(7) for h in range(24)}
    # 14 days are two visits of an hour of 12 samples each; the hours of now have one.
    assert {row["sample_count"] for row in rows} <= {11, 12, 13, 23, 24, 25}
    full = [row for row in rows if row["sample_count"] == 24]
    assert len(full) > 150 and {round(row["confidence"], 9) for row in full} == {round(0.3 + 0.4 * 17 / 23, 9)}
    silent = datetime.datetime.fromtimestamp(history, datetime.timezone.utc)
    usually = next(row for row in full if row["hour_of_day"] not in (silent.hour, (silent.hour + 1) % 24))
    mean = sum(usual(usually["hour_of_day"] * 3600 + place * 300) for place in range(12)) / 12 / 1e6
    assert usually["avg_in_mbps"] == pytest.approx(mean, rel=0.1)
    assert usually["avg_out_mbps"] == pytest.approx(usually["avg_in_mbps"] / 2, rel=1e-6)
    assert usually["min_in_mbps"] < usually["avg_in_mbps"] < usually["max_in_mbps"]
    table = ask(server, "baselines", "show", interface, "--day", "monday").stdout.splitlines()
    assert table[0].startswith("DAY ") and len(table) == 25 and all(line.startswith("Monday") for line in table[1:])
    sums = json.loads(ask(server, "baselines", "statistics", "--json").stdout)
    assert sums["total"] == 168 * sums["interfaces"] > 0


def test_a_time_is_excluded_listed_and_given_back(server, interface):
    added = json.loads(ask(
        server, "baselines", "exclusions", "add", "--from", "-2h", "--to", "2h", "--interface", interface, "--reason",
        "planned work", "--json").stdout)
    assert added["scope"] == "interface" and added["interface_id"] == interface and added["reason"] == "planned work"
    rows = list(csv.DictReader(io.StringIO(ask(server, "baselines", "exclusions", "list", "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == [added["id"]]
    assert "planned work" in ask(server, "baselines", "exclusions").stdout
    ask(server, "baselines", "exclusions", "remove", added["id"])
    assert "No times are excluded" in ask(server, "baselines", "exclusions").stderr
    refused = ask(server, "baselines", "exclusions", "add", "--from", "2h", "--to", "-2h", expect=1)
    assert "error: " in refused.stderr


def test_lists_of_anomalies_and_incidents_are_answered_in_every_form(server, interface):
    for command in (["anomalies", "list"], ["anomalies", "incidents"], ["anomalies", "list", "--interface", interface]):
        whole = json.loads(ask(server, *command, "--all", "--json").stdout)
        assert whole["total"] == len(whole["items"])
        ask(server, *command, "--open", "--from", "-7d")
        ask(server, *command, "--format", "csv")
    missing = "00000000-0000-4000-8000-000000000000"
    for command in (["anomalies", "show", missing], ["anomalies", "incidents", missing],
                    ["anomalies", "act", missing, "expected"]):
        assert missing in ask(server, *command, expect=1).stderr


def test_recorded_traffic_is_replayed(server, interface, history):
    ended = ask(server, "baselines", "replay", "--interface", interface, "--from", f"-{DAYS + 1}d", "--json")
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert all(list(line) == FIELDS for line in lines)
    sides = {(line["direction"], line["measure"]) for line in lines}
    assert sides == {("in", "traffic"), ("out", "traffic"), ("in", "packets"), ("out", "packets")}
    for side in sides:
        own = [line for line in lines if (line["direction"], line["measure"]) == side]
        assert [line["timestamp"] for line in own if line["event"] == "start"] == [moment(history + 300)], side
        assert [line["event"] for line in own] == ["start"] + ["ongoing"] * (len(own) - 2) + ["end"], side
        assert own[0]["kind"] == "traffic_drop" and own[0]["severity"] == "critical" and own[0]["value"] == 0
    every = ask(server, "baselines", "replay", "--interface", interface, "--from", "-1d", "--json", "--all").stdout
    # The first reading is where the first rate begins; two hours of the day are not recorded.
    assert len(every.splitlines()) > 4 * 200 and all("score" in json.loads(line) for line in every.splitlines())
    table = ask(server, "baselines", "replay", "--interface", interface, "--from", f"-{DAYS + 1}d").stdout.splitlines()
    assert table[0].startswith("TIME ") and "out packets  start" in table[4] and len(table) == len(lines) + 1
    nothing = ask(server, "baselines", "replay", "--interface", interface, "--from", "-1h", "--to", "now")
    assert nothing.stdout == "" and nothing.stderr == "No anomalies in that time.\n"


def test_an_excluded_time_is_not_replayed_as_an_anomaly(server, interface, history):
    added = json.loads(ask(
        server, "baselines", "exclusions", "add", "--from", moment(history), "--to", moment(history + 3600),
        "--interface", interface, "--json").stdout)
    try:
        ended = ask(server, "baselines", "replay", "--interface", interface, "--from", f"-{DAYS + 1}d", "--json")
        assert ended.stdout == ""
    finally:
        ask(server, "baselines", "exclusions", "remove", added["id"])


def test_an_uplink_is_forecast(server, interface, history):
    assert "No interface is classified" in ask(server, "baselines", "forecast").stderr
    ask(server, "interfaces", "set", interface, "--type", "isp", "--provider", "magti")
    one = json.loads(ask(server, "baselines", "forecast", interface, "--json").stdout)
    assert one["interface_id"] == interface and one["days"] >= DAYS - 2
    assert one["outcome"] == "not_growing" and one["date"] is None and "Not growing" in one["message"]
    assert one["level_bps"] == pytest.approx(5e8, rel=0.1) and one["p95_bps"] == pytest.approx(5e8, rel=0.1)
    listed = json.loads(ask(server, "baselines", "forecast", "--json").stdout)
    assert [row["interface_id"] for row in listed["items"]] == [interface] and listed["total"] == 1
    assert "Not growing" in ask(server, "baselines", "forecast").stdout


def test_statistics_count_and_what_was_said_is_listed(server):
    counts = json.loads(ask(server, "anomalies", "statistics", "--json").stdout)
    assert set(counts["open"]) == {"raised", "held_back", "muted", "expected"} and counts["budget_per_week"] is None
    assert ask(server, "anomalies", "statistics").stdout.startswith("open\n  raised ")
    assert json.loads(ask(server, "anomalies", "actions", "--json").stdout)["total"] == 0
    assert "Nothing was said of anomalies" in ask(server, "anomalies", "actions").stderr
    refused = ask(server, "anomalies", "actions", "remove", "00000000-0000-4000-8000-000000000000", expect=1).stderr
    assert "`wardflux anomalies actions` shows" in refused
