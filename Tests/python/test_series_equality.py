"""The embedded store and a real VictoriaMetrics answer the same questions about the same polls alike."""

import contextlib
import json
import shutil
import socket
import subprocess
import time
from datetime import timedelta

import pytest
import requests

import wardflux
from metrics import Scene, moment, text

pytestmark = pytest.mark.skipif(shutil.which("victoria-metrics") is None, reason="victoria-metrics is not installed")

LABELS = {
    "device_id", "device_name", "interface_id", "if_index", "if_name", "interface_type", "isp_provider", "is_critical"}


class Victoria:
    """A server of its own on a free port of the loopback address."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [shutil.which("victoria-metrics"), f"-storageDataPath={folder}", f"-httpListenAddr=127.0.0.1:{self.port}",
             "-retentionPeriod=2", "-dedup.minScrapeInterval=1ms", "-search.latencyOffset=0s",
             "-search.disableCache=true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(1200):
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(f"{self.url}/health", timeout=5).ok:
                    return
            time.sleep(0.05)
        self.stop()
        raise AssertionError("victoria-metrics did not start")

    def query(self, text):
        requests.get(f"{self.url}/internal/force_flush", timeout=10)
        answer = requests.get(f"{self.url}/api/v1/query", params={"query": text, "nocache": 1}, timeout=10)
        assert answer.ok, answer.text
        return answer.json()["data"]["result"]

    def stop(self):
        self.process.terminate()
        self.process.wait(20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Copy:
    """A server with the other store and the same catalog, that polls nothing of its own."""

    def __init__(self, data, *settings):
        self.server = wardflux.server(
            data, *[word for setting in ("collection.interval_seconds=3600", *settings) for word in ("--set", setting)])

    def get(self, path, **query):
        answer = requests.get(f"{self.server.url}/api/v1{path}", params=query, timeout=20)
        assert answer.ok, f"{path} {query}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.stop()


@pytest.fixture(scope="module")
def stores(tmp_path_factory):
    """What one server polled and keeps in files, and a copy of it in VictoriaMetrics by export and import."""
    directory = tmp_path_factory.mktemp("equality")
    with Victoria(directory / "victoria") as victoria:
        with Scene(directory, network="grid-4x5") as scene:
            scene.wait_for_readings(scene.of(3), 2)
            scene.fault("reboot", scene.devices[0][1])
            scene.fault("reset-counters", scene.devices[1][1], "all")
            for device in range(4):
                scene.wait_for_readings(scene.of(device), 5)
            # The same catalog under another server: a copy of its files while nobody writes.
            assert scene.server.stop() == 0
            other = directory / "other"
            shutil.copytree(scene.data, other, ignore=shutil.ignore_patterns("series", "*.sock", "*.lock"))
            # From here on neither polls, so that the export has all there is, and both the same for good.
            for _, address in scene.devices:
                scene.fault("down", address)
            scene.serve("collection.interval_seconds=3600")
            exported = directory / "readings.jsonl"
            env = {"WARDFLUX_SERVER": scene.server.url}
            made = wardflux.run("series", "export", "--format", "jsonl", "--from=-1h", env=env)
            exported.write_text(made.stdout)
            moments = [moment(json.loads(line)["at"]) for line in made.stdout.splitlines()]
            scene.range = {"from": text(min(moments)), "to": text(max(moments) + timedelta(seconds=1))}
            with Copy(other, "series.store=victoria", f"victoria.url={victoria.url}") as copy:
                wardflux.run("series", "import", exported, env={"WARDFLUX_SERVER": copy.server.url})
                scene.victoria, scene.copy = victoria, copy
                scene.wait(lambda: len(victoria.query("interface_if_in_errors")) >= 20, 60, "the delivery")
                yield scene


def both(scene, path, **query):
    return scene.get(path, **query), scene.copy.get(path, **query)


def test_readings_are_the_same(stores):
    for interface in stores.interfaces:
        ours, theirs = both(stores, f"/interfaces/{interface['id']}/readings", limit=1000, **stores.range)
        assert ours["items"] == theirs["items"], interface["if_name"]
        assert len(ours["items"]) >= 3


@pytest.mark.parametrize("step", ["10", "30", "60"])
def test_rates_are_the_same(stores, step):
    for interface in stores.interfaces:
        ours, theirs = both(stores, f"/interfaces/{interface['id']}/metrics", step=step, **stores.range)
        assert ours["points"] == theirs["points"], interface["if_name"]
    assert any("reset_announced" in point["origin"] for point in stores.get(
        f"/interfaces/{stores.of(0)['id']}/metrics", step=step, **stores.range)["points"])


def test_summaries_are_the_same(stores):
    for url in (stores.server.url, stores.copy.server.url):
        wardflux.run("jobs", "run", "update-interface-summaries", env={"WARDFLUX_SERVER": url})
    for interface in stores.interfaces:
        ours, theirs = both(stores, f"/interfaces/{interface['id']}/summary")
        for name in ("total_in_gb", "total_out_gb", "max_in_mbps", "max_out_mbps", "avg_in_mbps", "sample_count"):
            assert ours[name] == theirs[name], (interface["if_name"], name)


def test_the_queries_of_users_work_there(stores):
    found = stores.victoria.query("interface_if_hc_in_octets")
    assert len(found) == 20
    # An empty label is none to VictoriaMetrics.
    assert all(
        LABELS - {"isp_provider"} <= set(series["metric"]) - {"__name__"} <= LABELS for series in found), found[0]
    assert stores.victoria.query("count(interface_if_hc_in_octets)")[0]["value"][1] == "20"
    assert len(stores.victoria.query("topk(10, rate(interface_if_hc_in_octets[5m]))")) == 10
    assert stores.victoria.query("rate(interface_if_in_errors[1h])")
    stores.victoria.query('rate(interface_if_hc_in_octets{interface_type="isp"}[5m])*8')
