"""Traffic of a simulated network as a server measured it, and as it truly was."""

import contextlib
import json
import time
from datetime import datetime, timedelta

import requests

import wardflux

INTERVAL = 10
# Seconds by which the counters of an answer may be older than the moment at which it arrived.
ANSWER_SECONDS = 0.5
COUNTERS = {
    "interface_if_hc_in_octets": "in_octets", "interface_if_hc_out_octets": "out_octets",
    "interface_if_in_unicast_pkts": "in_unicast_packets", "interface_if_out_unicast_pkts": "out_unicast_packets",
}


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def text(when):
    return when.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Scene:
    """A lab, a server that collects its counters every ten seconds, and questions to both."""

    def __init__(self, directory, network="grid-12x6", settings=(), before=()):
        self.network, self.data = network, directory / "data"
        self._settings = [f"collection.interval_seconds={INTERVAL}", *settings]
        self._stack = contextlib.ExitStack()
        self.control = directory / "lab.sock"
        self.csv = directory / "devices.csv"
        try:
            self._begin(before)
        except BaseException:
            self._stack.close()
            raise

    def _begin(self, before):
        self.lab = self._stack.enter_context(
            wardflux.lab("--network", self.network, "--devices-csv", self.csv, "--control", self.control))
        for order in before:
            self.fault(*order.split())
        self.devices = [line.split(",")[:2] for line in self.csv.read_text().splitlines()[1:]]
        wardflux.run("devices", "import", self.csv, "--data-dir", self.data)
        wardflux.run("discover", "--all", "--data-dir", self.data)
        self.serve()
        self.interfaces = self.get("/interfaces/list", limit=1000)["items"]

    def serve(self, *settings):
        """Starts the server, again if it was stopped; later settings win."""
        options = [word for setting in [*self._settings, *settings] for word in ("--set", setting)]
        self.server = self._stack.enter_context(wardflux.server(self.data, *options))

    def fault(self, *words):
        wardflux.run("lab", "fault", self.control, *words)

    def get(self, path, **query):
        answer = requests.get(f"{self.server.url}/api/v1{path}", params=query, timeout=20)
        assert answer.ok, f"{path} {query}: {answer.status_code} {answer.text[:500]}"
        return answer.json()

    def of(self, device, position=0):
        """An interface of a device, by the device's number."""
        rows = [each for each in self.interfaces if each["device_name"] == self.devices[device][0]]
        return sorted(rows, key=lambda each: each["if_index"])[position]

    def readings(self, interface, **query):
        return self.get(f"/interfaces/{interface['id']}/readings", **{"from": "-1h", "limit": 10_000, **query})["items"]

    def points(self, interface, **query):
        return self.get(f"/interfaces/{interface['id']}/metrics", **{"from": "-10m", "step": "10", **query})["points"]

    def current(self, interface):
        return self.get(f"/interfaces/{interface['id']}/summary")["current"]

    def truth(self, interface, since, at):
        """What the interface carried: least and most, as the answers may have been made a moment before they came."""
        slack = timedelta(seconds=ANSWER_SECONDS)
        return carried(self.network, interface, since, at - slack), carried(self.network, interface, since - slack, at)

    def wait(self, condition, seconds=60, what="it"):
        """Asks until the condition holds, and returns what it returned."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := condition():
                return found
            time.sleep(0.25)
        raise AssertionError(f"{what} did not come in {seconds} s")

    def wait_for_readings(self, interface, count):
        return self.wait(
            lambda: (rows := self.readings(interface))[count - 1:] and rows, 15 * count + 30, f"{count} readings")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stack.close()


def carried(network, interface, since, at):
    """What the interface truly carried from one moment to another."""
    if at <= since:
        return {name: 0 for name in COUNTERS.values()}
    made = wardflux.run(
        "lab", "traffic", "--network", network, "--device", interface["device_name"], "--interface",
        interface["if_index"], "--from", text(since), "--to", text(at), "--json")
    return json.loads(made.stdout)[0]


def assert_true(scene, interface, earlier, later):
    """Two readings of an interface differ by what it carried, within a moment of answering and one of rounding."""
    least, most = scene.truth(interface, moment(earlier["at"]), moment(later["at"]))
    for metric, name in COUNTERS.items():
        risen = later[metric] - earlier[metric]
        assert least[name] - 1 <= risen <= most[name] + 1, (
            f"{interface['device_name']} {interface['if_name']} {metric}: {risen}, true {least[name]}..{most[name]}")
