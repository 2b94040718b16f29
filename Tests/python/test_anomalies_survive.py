"""A server killed while anomalies are open goes on with the same anomalies, the same incident and the same scores."""

import concurrent.futures
import contextlib
import json
import math
import os
import random
import shutil
import signal
import threading
import time
from collections import Counter
from datetime import datetime, timedelta, timezone

import pytest
import requests

import wardflux
from conftest import assert_consistent

SEED = int(os.environ.get("WARDFLUX_SEED", "20260301"))
INTERVAL = 300
WEEKS = 2
POLLS = 6
FAILED = "GRID-SW-1"
"""The device whose ports fall silent, one poll after the other; those of the other one go on."""
SETTINGS = [
    "jobs.collect-interface-metrics.enabled=false", "jobs.check-anomalies.enabled=false",
    "jobs.learn-baselines.enabled=false", "jobs.discover-all-interfaces.enabled=false",
    "jobs.discover-topology.enabled=false", "jobs.update-interface-summaries.enabled=false",
    "anomalies.classic_for=all",
]


def text(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Traffic:
    """Counters of some ports poll by poll, the same for a seed: a daily shape, and noise."""

    def __init__(self, ports):
        self.random = random.Random(SEED)
        self.ports = ports
        self.level = {port["id"]: self.random.uniform(2e7, 2e8) for port in ports}
        self.octets = dict.fromkeys(self.level, 0)

    def poll(self, at, silent=0):
        """The readings of one moment as lines; the first `silent` ports of the device that fails carry next to none."""
        failing = [port["id"] for port in self.ports if port["device_name"] == FAILED][:silent]
        shape = 1 + 0.5 * math.sin(at.timestamp() / 86_400 * 2 * math.pi)
        lines = []
        for port in self.level:
            carried = self.level[port] * shape * self.random.uniform(0.95, 1.05) * INTERVAL / 8
            self.octets[port] += int(carried * (0.02 if port in failing else 1))
            octets = self.octets[port]
            lines.append(json.dumps({
                "interface_id": port, "at": text(at), "interval_seconds": INTERVAL, "if_speed": 10**9,
                "sys_uptime": int(at.timestamp() * 100) % 2**32, "discontinuity_time": 0, "if_admin_status": 1,
                "if_oper_status": 1, "interface_if_hc_in_octets": octets, "interface_if_hc_out_octets": octets // 2,
                "interface_if_in_unicast_pkts": octets // 700, "interface_if_out_unicast_pkts": octets // 1400,
            }))
        return "\n".join(lines) + "\n"


class Follower:
    """Reads the event stream of a server in a thread until the server is gone."""

    def __init__(self, url):
        self.events = []
        self.answer = requests.get(f"{url}/api/v1/events", stream=True, timeout=60)
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        name = None
        with contextlib.suppress(requests.RequestException, AttributeError, ValueError):
            for line in self.answer.iter_lines(decode_unicode=True):
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    self.events.append((name, line[6:]))


class Watched:
    """A server on a data directory that can be killed and started again, and what it told in all its lives."""

    def __init__(self, data):
        self.data, self.found, self.followers = data, 0, []
        self.start()

    def start(self):
        self.server = wardflux.server(self.data, *(word for setting in SETTINGS for word in ("--set", setting)))
        self.followers.append(Follower(self.server.url))

    def stop(self, how=signal.SIGINT):
        """Stops it, and reads its event stream to the end."""
        status = self.server.stop(how)
        self.followers[-1].thread.join(20)
        return status

    def kill(self):
        self.stop(signal.SIGKILL)
        assert_consistent(self.data)

    def kill_while_adding(self, lines, seconds):
        """Kills it so many seconds after readings were sent, or when they are taken."""
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            done = pool.submit(self.add, lines)
            concurrent.futures.wait([done], timeout=seconds)  # The moment of the kill is what is tested.
            self.kill()
            with contextlib.suppress(requests.RequestException):
                done.result()

    def kill_while_checking(self, seconds):
        """Kills it so many seconds after a check was taken on, whether it is done by then or not."""
        self.ask("POST", "/jobs/check-anomalies/run", json={})
        time.sleep(seconds)  # The moment of the kill is what is tested.
        self.kill()

    def ask(self, method, path, **more):
        answer = requests.request(method, f"{self.server.url}/api/v1{path}", timeout=30, **more)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def add(self, lines):
        """Adds readings as a poll does; how many of them were there already."""
        report = self.ask(
            "POST", "/series/import?format=jsonl", data=lines, headers={"Content-Type": "application/x-ndjson"})
        assert report["accepted"] + report["repeated"] == report["readings"] > 0, report
        return report["repeated"]

    def job(self, name, subject=None):
        """Runs a job to its end."""
        run = self.ask("POST", f"/jobs/{name}/run", json={"subject": subject} if subject else {})
        deadline = time.monotonic() + 60
        while run["state"] in ("queued", "running"):
            assert time.monotonic() < deadline, f"{name} did not end: {run}"
            time.sleep(0.02)
            run = self.ask("GET", f"/jobs/{run['id']}")
        assert run["state"] == "succeeded", run
        return run

    def check(self):
        self.found += self.job("check-anomalies")["results"].get("anomalies_found", 0)

    def rows(self, path, **query):
        return self.ask("GET", path, params={"limit": 1000, **query})["items"]

    def story(self):
        """Anomalies by id; incidents by id, each with its members as the anomalies name it."""
        anomalies = {row["id"]: row for row in self.rows("/anomalies")}
        incidents = {row["id"]: row for row in self.rows("/incidents")}
        for incident in incidents.values():
            named = sorted(row["id"] for row in anomalies.values() if row["incident_id"] == incident["id"])
            assert named == sorted(incident["anomaly_ids"]), "members as told are those that name the incident"
        return anomalies, incidents

    def told(self):
        """What was told of anomalies and incidents, how often."""
        return Counter(
            event for follower in self.followers for event in follower.events if event[0] in ("anomaly", "incident"))

    def scores(self, port, begin, end):
        run = wardflux.run(
            "baselines", "replay", "--interface", port["id"], "--from", text(begin), "--to", text(end), "--all",
            "--json", "--server", self.server.url)
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        assert {line["timestamp"] for line in lines}, "a replay of stored readings tells scores"
        return lines


class Past:
    """A data directory with two weeks of two devices that were judged and learnt, and the traffic that goes on."""

    def __init__(self, directory):
        self.data = directory / "data"
        csv, history = directory / "devices.csv", directory / "history.jsonl"
        with wardflux.lab("--network", "grid-2x3", "--devices-csv", csv):
            wardflux.run("devices", "import", csv, "--data-dir", self.data)
            wardflux.run("discover", "--all", "--data-dir", self.data)
        listed = wardflux.run("interfaces", "list", "--limit", 100, "--json", "--data-dir", self.data)
        self.ports = [port for port in json.loads(listed.stdout)["items"] if port["monitoring_enabled"]]
        self.traffic = Traffic(self.ports)
        # The failure is of the last minutes: an interface that is silent for an hour has no open anomalies.
        now = datetime.now(timezone.utc).replace(microsecond=0)
        self.event = now - timedelta(seconds=INTERVAL * (POLLS + 1))
        self.begin = self.event - timedelta(weeks=WEEKS)
        with open(history, "w") as file:
            for number in range(WEEKS * 7 * 86_400 // INTERVAL):
                file.write(self.traffic.poll(self.begin + timedelta(seconds=number * INTERVAL)))
        wardflux.run("series", "import", history, "--data-dir", self.data)

    def polls(self):
        """The polls of the failure, one more port silent in each, and the end of what is stored after it."""
        for number in range(POLLS):
            at = self.event + timedelta(seconds=number * INTERVAL)
            yield self.traffic.poll(at, silent=number), at + timedelta(seconds=1)


@pytest.fixture(scope="module")
def past(tmp_path_factory):
    return Past(tmp_path_factory.mktemp("past"))


def assert_goes_on(watched, before, stored):
    """After a kill all that was acknowledged is there, and nothing that was open is another one."""
    assert len(watched.rows(f"/interfaces/{stored[0]}/readings", **{"from": text(stored[1])})) >= stored[2]
    (anomalies, incidents), (had, held) = watched.story(), before
    assert set(had) <= set(anomalies) and set(held) <= set(incidents)
    for key, incident in held.items():
        assert set(incident["anomaly_ids"]) <= set(incidents[key]["anomaly_ids"]), "an incident keeps its members"


def test_killed_at_any_moment_it_goes_on_as_a_server_that_never_was(past, tmp_path):
    chance = random.Random(SEED)
    print(f"seed {SEED}; WARDFLUX_SEED takes another")
    with contextlib.ExitStack() as stack:
        first = Watched(past.data)
        stack.callback(lambda: first.stop())
        # The first check makes all states from what is stored.
        first.kill_while_checking(chance.uniform(0, 2))
        first.start()
        first.check()
        first.job("learn-baselines", "all")
        assert first.stop() == 0
        for name in ("unharmed", "killed"):
            shutil.copytree(past.data, tmp_path / name)
        unharmed, killed = Watched(tmp_path / "unharmed"), Watched(tmp_path / "killed")
        stack.callback(lambda: unharmed.stop())
        stack.callback(lambda: killed.stop())
        moments = ["poll", "check", "rest"] * (POLLS // 3)
        chance.shuffle(moments)
        for number, (lines, end) in enumerate(past.polls()):
            unharmed.add(lines)
            unharmed.check()
            before, moment = killed.story(), moments[number]
            seconds = chance.uniform(0, 0.03 if moment == "poll" else 0.15)
            print(f"poll {number}: killed {seconds:.3f} s into its {moment}")
            if moment == "poll":
                killed.kill_while_adding(lines, seconds)
            else:
                killed.add(lines)
                if moment == "rest":
                    killed.check()
                    before = killed.story()
                    killed.kill()
                else:
                    killed.kill_while_checking(seconds)
            killed.start()
            assert_goes_on(killed, before, (past.ports[0]["id"], past.event, number + (moment != "poll")))
            killed.add(lines)
            killed.check()
        assert_same(past, unharmed, killed, end)


def assert_same(past, unharmed, killed, end):
    """Both tell the same story: one incident of all sides of all ports that fell silent."""
    (anomalies, incidents) = unharmed.story()
    assert len(incidents) == 1 and len(anomalies) == 4 * len([p for p in past.ports if p["device_name"] == FAILED])
    assert not any(row["is_over"] for row in anomalies.values())
    assert killed.story() == (anomalies, incidents)
    for port in (past.ports[0], past.ports[-1]):
        assert killed.scores(port, past.begin, end) == unharmed.scores(port, past.begin, end)
    assert killed.found <= len(anomalies), "an anomaly is found once"
    unharmed.stop()
    killed.stop()
    told, expected = killed.told(), unharmed.told()
    twice = [text for (_, text), count in told.items() if count > 1]
    assert not twice, f"told twice: {twice[0]}"
    assert set(told) <= set(expected), f"told otherwise: {next(iter(set(told) - set(expected)))}"
    assert len(expected) > 4 * POLLS
