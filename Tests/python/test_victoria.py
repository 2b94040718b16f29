"""Real polls, stored in a real VictoriaMetrics: nothing acknowledged is missing or doubled, whoever is killed."""

import contextlib
import json
import shutil
import signal
import subprocess
import time

import pytest
import requests

from metrics import Scene, moment
from test_series_equality import Victoria

pytestmark = pytest.mark.skipif(shutil.which("victoria-metrics") is None, reason="victoria-metrics is not installed")

INTERFACES = 20
COUNTERS = ("interface_if_hc_in_octets", "interface_if_hc_out_octets", "interface_if_in_errors")


class MortalVictoria(Victoria):
    """A server that is killed, and comes back with what it wrote."""

    def kill(self):
        self.process.kill()
        self.process.wait(20)

    def restart(self):
        self.process = subprocess.Popen(self.process.args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(f"{self.url}/health", timeout=5).ok:
                    return
            time.sleep(0.05)
        raise AssertionError("victoria-metrics did not start again")

    def at(self, query, when):
        answer = requests.get(
            f"{self.url}/api/v1/query", params={"query": query, "time": when.timestamp(), "nocache": 1}, timeout=10)
        assert answer.ok, answer.text
        return {row["metric"].get("interface_id"): float(row["value"][1]) for row in answer.json()["data"]["result"]}

    def samples(self, metric):
        """All samples of a metric by interface: the value of each millisecond."""
        requests.get(f"{self.url}/internal/force_flush", timeout=10)
        answer = requests.get(f"{self.url}/api/v1/export", params={"match[]": metric}, timeout=10)
        assert answer.ok, answer.text
        found = {}
        for line in answer.text.splitlines():
            series = json.loads(line)
            rows = found.setdefault(series["metric"]["interface_id"], {})
            for when, value in zip(series["timestamps"], series["values"]):
                assert when not in rows, f"{metric} of {series['metric']} twice at {when}"
                rows[when] = value
        return found


def numbers(scene):
    """The counters and gauges of the store."""
    answer = scene.get("/series/statistics")
    assert answer["kind"] == "victoria"
    return {**answer["counters"], **answer["gauges"]}


def degraded(scene):
    """What the store says of itself, once that is bad."""
    answer = scene.get("/series/statistics")
    return answer if answer["state"] == "degraded" else None


def milliseconds(reading):
    return round(moment(reading["at"]).timestamp() * 1000)


def all_readings(scene):
    return {each["id"]: scene.readings(each) for each in scene.interfaces}


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory):
    """Polls during which the database was killed, and then wardflux; what was acknowledged, and what is left."""
    directory = tmp_path_factory.mktemp("victoria")
    with MortalVictoria(directory / "victoria") as victoria:
        settings = ["series.store=victoria", f"victoria.url={victoria.url.replace('//', '//me:s3cret@')}"]
        with Scene(directory, network="grid-4x5", settings=settings) as scene:
            scene.wait(lambda: numbers(scene)["delivered_readings"] >= INTERFACES, 30, "the first delivery")
            victoria.kill()
            scene.wait(lambda: numbers(scene)["waiting_readings"] >= INTERFACES, 40, "an outbox that fills")
            # A delivery refused is told once it was tried; readings may wait for their first try.
            scene.during = scene.wait(lambda: degraded(scene), 40, "a delivery that was refused")
            victoria.restart()
            scene.wait(
                lambda: (now := numbers(scene))["waiting_readings"] == 0 and now["server_restarts"] >= 1, 40,
                "everything delivered")
            scene.acknowledged = all_readings(scene)
            scene.accepted = numbers(scene)["accepted_readings"]
            scene.server.stop(signal.SIGKILL)
            scene.serve("collection.interval_seconds=3600")
            scene.wait(
                lambda: (now := numbers(scene))["waiting_readings"] == 0 and now["delivered_readings"] > 0, 30,
                "everything delivered again")
            scene.victoria = victoria
            scene.left = {name: victoria.samples(name) for name in COUNTERS}
            yield scene


def test_every_acknowledged_reading_is_in_the_server_once(aftermath):
    for interface, readings in aftermath.acknowledged.items():
        assert len(readings) >= 2
        for reading in readings:
            for metric in COUNTERS:
                there = aftermath.left[metric][interface].get(milliseconds(reading))
                assert there == reading[metric], (interface, reading["at"], metric)
    assert sum(len(rows) for rows in aftermath.left[COUNTERS[0]].values()) >= aftermath.accepted


def test_the_server_counts_each_once_and_nothing_else(aftermath):
    readings = all_readings(aftermath)
    last = max(moment(row["at"]) for rows in readings.values() for row in rows)
    for metric in COUNTERS:
        counted = aftermath.victoria.at(f"sum by (interface_id) (count_over_time({metric}[1h]))", last)
        assert counted == {interface: len(rows) for interface, rows in readings.items()}, metric


def test_the_queries_of_users_answer_what_was_polled(aftermath):
    readings = all_readings(aftermath)
    last = max(moment(row["at"]) for rows in readings.values() for row in rows)
    ask = aftermath.victoria.at
    assert list(ask("count(interface_if_hc_in_octets)", last).values()) == [INTERFACES]
    rates = ask("rate(interface_if_hc_in_octets[5m])", last)
    for interface, rows in readings.items():
        seconds = (moment(rows[-1]["at"]) - moment(rows[0]["at"])).total_seconds()
        risen = rows[-1]["interface_if_hc_in_octets"] - rows[0]["interface_if_hc_in_octets"]
        assert rates[interface] == pytest.approx(risen / seconds, rel=0.01), interface
    uplinks = {each["id"] for each in aftermath.interfaces if each["interface_type"] == "isp"}
    found = ask('rate(interface_if_hc_in_octets{interface_type="isp"}[5m])*8', last)
    assert found == {interface: pytest.approx(8 * rates[interface]) for interface in uplinks}
    top = ask("topk(10, rate(interface_if_hc_in_octets[5m]))", last)
    assert sorted(top.values()) == sorted(rates.values())[-10:]
    assert len(ask("rate(interface_if_in_errors[1h])", last)) == INTERFACES


def test_a_server_that_is_away_is_told_without_its_password(aftermath):
    assert aftermath.during["state"] == "degraded" and "takes no readings" in aftermath.during["detail"]
    assert "s3cret" not in str(aftermath.during) + aftermath.server.text
    health = requests.get(f"{aftermath.server.url}/api/v1/health", timeout=10)
    assert "s3cret" not in health.text
