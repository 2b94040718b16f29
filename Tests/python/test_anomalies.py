"""Baselines and anomalies through a real server on the lab: the commands that ask it."""

import csv
import io
import json

import pytest

import wardflux


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


def test_learning_makes_a_baseline_for_each_hour_of_the_week(server, interface):
    run = json.loads(ask(server, "baselines", "learn", "--all", "--json").stdout)
    assert run["state"] == "succeeded" and run["job"] == "learn-baselines"
    rows = json.loads(ask(server, "baselines", "show", interface, "--json").stdout)["items"]
    assert {(row["day_of_week"], row["hour_of_day"]) for row in rows} == {(d, h) for d in range(7) for h in range(24)}
    assert all(0 <= row["confidence"] <= 1 for row in rows)
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


def test_recorded_traffic_is_replayed_and_forecast(server, interface):
    ended = ask(server, "baselines", "replay", "--interface", interface, "--from", "-1h", "--json", "--all")
    assert all("score" in json.loads(line) for line in ended.stdout.splitlines())
    one = json.loads(ask(server, "baselines", "forecast", interface, "--json").stdout)
    assert one["interface_id"] == interface and one["message"]
    assert json.loads(ask(server, "baselines", "forecast", "--json").stdout)["total"] >= 0
