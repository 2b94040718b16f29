"""The duplex of a port: from the lab over a discovery to a webhook, once, and not again after a kill."""

import signal

import pytest
import requests

import wardflux
from alert_world import QUIET_JOBS, Sink, alert_file, drained, eventually, items, order, settings

SECONDS = 60


class World:
    """A small network that was discovered once, and a server that is asked to do so again."""

    def __init__(self, folder, sink):
        self.sink, self.data, self.control = sink, folder / "data", folder / "lab.sock"
        csv = folder / "devices.csv"
        alerts = alert_file(folder / "alerts.yaml", sink.url)
        self._settings = settings(f"alerts.file={alerts}", "collection.interval_seconds=10", *QUIET_JOBS)
        self.lab = wardflux.lab("--network", "grid-4x8", "--devices-csv", csv, "--control", self.control)
        self.server = None
        try:
            wardflux.run("devices", "import", csv, "--data-dir", self.data)
            wardflux.run("discover", "--all", "--data-dir", self.data)
            self.start()
        except BaseException:
            self.close()
            raise

    def start(self):
        self.server = drained(wardflux.server(self.data, *self._settings))
        self.url = self.server.url
        # Now all interfaces were read from the catalog: from here on a change is one.
        self.run("/jobs/check-interface-thresholds/run")

    def discover(self, device):
        self.run(f"/interfaces/discover/{device}")

    def run(self, path):
        """Starts a job and waits until its run has ended well."""
        answer = requests.post(f"{self.url}/api/v1{path}", timeout=30)
        assert answer.status_code == 202, answer.text
        run = answer.json()["id"]

        def state():
            found = requests.get(f"{self.url}/api/v1/jobs/{run}", timeout=30)
            assert found.ok, found.text
            return found.json()["state"]

        eventually(f"end of {path}", lambda: state() not in ("queued", "running"), SECONDS)
        assert state() == "succeeded"

    def duplex(self, port):
        answer = requests.get(f"{self.url}/api/v1/interfaces/{port['id']}", timeout=30)
        assert answer.ok, answer.text
        return answer.json()["duplex"]

    def told(self):
        return [
            (alert["message"], alert["status"]) for notice in self.sink.notices for alert in notice["alerts"]
            if alert["message"].startswith("Duplex")]

    def close(self):
        if self.server:
            self.server.stop()
        self.lab.stop()


@pytest.fixture
def world(tmp_path):
    with Sink() as sink:
        world = World(tmp_path, sink)
        yield world
        world.close()


def test_a_duplex_that_changes_is_told_once(world):
    ports = [port for port in items(world.url, "/interfaces/list") if port["duplex"]]
    assert len(ports) >= 3 and {port["duplex"] for port in ports} == {"full"}
    port, dark = ports[0], ports[1]
    name = f"{port['device_name']} {port['if_name']}"
    message = f"Duplex of {port['if_name']} on {port['device_name']} changed from full to half"

    # A port that goes down says half from then on; that is no news.
    order(world.control, f"link-down {dark['device_name']} {dark['if_name']} alone", f"duplex {name} half")
    world.discover(dark["device_id"])
    world.discover(port["device_id"])
    assert (world.duplex(port), world.duplex(dark)) == ("half", "full")
    eventually(lambda: f"message of {name}: {world.sink.notices}", world.told, SECONDS)
    assert world.told() == [(message, "firing")]

    world.server.stop(signal.SIGKILL)
    world.start()
    world.discover(port["device_id"])
    world.discover(dark["device_id"])
    alerts = [row for row in items(world.url, "/alerts") if row["condition"] == "duplex_changed"]
    assert [(row["message"], row["state"]) for row in alerts] == [(message, "firing")]

    # The port that was dark comes back with another duplex: that it is told says that nothing was before.
    other = f"{dark['device_name']} {dark['if_name']}"
    order(world.control, f"duplex {other} half", f"link-up {other} alone")
    world.discover(dark["device_id"])
    second = f"Duplex of {dark['if_name']} on {dark['device_name']} changed from full to half"
    eventually("message of the port that is up again", lambda: len(world.told()) > 1, SECONDS)
    assert world.told() == [(message, "firing"), (second, "firing")]
