"""Alerts: what looking costs, a storm, and the time from a trap or a poll to a webhook; Prometheus beside it."""

import json
import re
import socket
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bench.peers.prometheus import SCRAPE_SECONDS, Interfaces, Prometheus
from bench.processes import DRIVER, WARDFLUX, Background, free_port, measured
from bench.sink import Sink
from bench.table import Suite

INTERFACES = 42_048
STORM = 100_000
PLACE = "ADM-SW-01"


def run(full: bool, parts: list[str] | None = None) -> Suite:
    suite = Suite("alerts")
    ours = Ours()
    for name in parts or PARTS:
        PARTS[name](suite, full, ours)
    return suite


class Ours:
    """Figures of ours that peers are compared with; measured once."""

    def __init__(self):
        self._evaluating: dict | None = None
        self._from_polls: list[float] | None = None

    def evaluating(self) -> dict:
        """Looking at as many interfaces as the peers do."""
        if self._evaluating is None:
            self._evaluating = driven("what=evaluate", f"interfaces={INTERFACES}", "rounds=15")
        return self._evaluating

    def from_polls(self, full: bool) -> list[float]:
        """Seconds from an answer that shows that a port is down to the webhook."""
        if self._from_polls is None:
            with Server(["collection.interval_seconds=10", "collection.status_seconds=10"]) as server:
                self._from_polls = [delay for _ in range(6 if full else 2) for delay in server.delays_of_polls(60)]
        return self._from_polls


def driven(*words: str) -> dict:
    return json.loads(measured([DRIVER, "alerts", *words]).output)


# Evaluation


def evaluation(suite: Suite, full: bool, ours: Ours) -> None:
    """The shipped rules over interfaces most of which are in order; polls are taken in between."""
    looked(suite, "42,048 interfaces", ours.evaluating(), 0.2)
    looked(suite, "1,000,000 interfaces", driven("what=evaluate", "interfaces=1000000", "rounds=5"), 5)


def looked(suite: Suite, what: str, found: dict, at_most_seconds: float) -> None:
    suite.add(f"{what}: look at all, CPU", "s", found["evaluate"], at_most=at_most_seconds,
              note=f"{found['open']:,} alerts open; some begin and end each time")
    suite.add(f"{what}: the first look, which opens them, CPU", "s", [found["first_evaluation"]])
    suite.add(f"{what}: take a poll of all, CPU", "s", found["take"])
    suite.add(f"{what}: take over a changed inventory, CPU", "s", found["revise"],
              note=f"the first time {found['first_revision']:.2f} s")
    suite.add(f"{what}: memory of one", "octets", [found["octets_per_interface"]],
              note="resident, the inventory's own rows aside")


# Storm


def storm(suite: Suite, full: bool, ours: Ours) -> None:
    """Every interface goes down in one moment; grouped by device, each alert is spelled out in a message."""
    written, delivered, cpu, peak, found = [], [], [], [], {}
    for _ in range(5 if full else 3):
        with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as folder, Sink(keeps_bodies=False) as sink:
            usage = measured(
                [DRIVER, "alerts", "what=storm", f"folder={folder}", f"url={sink.url}", f"interfaces={STORM}"])
            found = json.loads(usage.output)
            assert found["alerts"] == told_in_all(sink) == STORM, f"{found['alerts']}, {told_in_all(sink)}"
        written.append(found["written_seconds"])
        delivered.append(found["entered_seconds"])
        cpu.append(found["cpu_seconds"])
        peak.append(usage.peak_mb)
    notices = f"{found['notices']:,} messages over HTTP to a receiver on the same cores"
    suite.add("storm of 100,000: until all is in the catalog", "s", written,
              note=f"alerts, steps and deliveries in transactions of some 5,000 alerts, in a file; judged in "
                   f"{found['evaluation_seconds']:.2f} s")
    suite.add("storm of 100,000: until all is delivered and entered", "s", delivered, at_most=10, note=notices)
    suite.add("storm of 100,000: CPU", "s", cpu)
    suite.add("storm of 100,000: peak memory", "MB", peak,
              note=f"{found['resident_before'] / 1e6:.0f} MB before it, with the inventory twice")


def told_in_all(sink: Sink) -> int:
    """How many alerts were spelled out in all that the sink took."""
    def sums(name: str) -> int:
        pattern = re.compile(rf'"{name}":\s*(\d+)'.encode())
        return sum(int(found) for _, body in sink.taken for found in pattern.findall(body))

    return sums("alert_count") - sums("left_out")


# Latency


class Server:
    """A server at a device of the simulated bank, with a webhook to a sink of this process."""

    def __init__(self, settings: list[str], hears_traps: bool = False):
        self._folder = tempfile.TemporaryDirectory(prefix="wardflux-bench-")
        folder = Path(self._folder.name)
        self.sink, self._control = Sink(), folder / "lab.sock"
        csv, data = folder / "bank.csv", folder / "data"
        traps = f"127.0.0.1:{free_port(socket.SOCK_DGRAM)}"
        listening = [f"traps.listen={traps}", "traps.source_rate=1000"] if hears_traps else []
        self._processes: list[Background] = []
        try:
            self._start(
                "lab", "--network", "bank-876", "--port", str(free_port(socket.SOCK_DGRAM)), "--devices-csv", str(csv),
                "--control", str(self._control), *(["--trap-to", traps] if hears_traps else []), ready="on UDP port")
            for words in (["devices", "import", str(csv)], ["discover", "--all"], ["topology", "discover"]):
                measured([WARDFLUX, *words, "--data-dir", str(data)])
            settings = [f"alerts.file={self._alerts(folder)}", f"topology.poller_device={PLACE}", *listening, *settings]
            server = self._start(
                "serve", "--data-dir", str(data), "--bind", "127.0.0.1:0",
                *(word for setting in settings for word in ("--set", setting)), ready=r"http://127\.0\.0\.1:\d+")
            self.url = next(found[0] for line in server.lines if (found := re.search(r"http://127[.\d]+:\d+", line)))
            self._ids = {(row["device_name"], row["if_name"]): row["id"] for row in self._rows("/interfaces/list")}
            self._cables = self._unused_cables()
            self._hear_all()
        except BaseException:
            self.close()
            raise

    def _start(self, *words: str, ready: str) -> Background:
        self._processes.append(Background([WARDFLUX, *words], ready=ready))
        return self._processes[-1]

    def _alerts(self, folder: Path) -> Path:
        """The shipped rules, and one receiver that is told of each alert at once."""
        path = folder / "alerts.yaml"
        path.write_text(
            "version: 1\nroute: {receivers: [sink], group_by: [device, interface], wait: 0s, interval: 0s}\n"
            f'receivers:\n  - name: sink\n    webhook: {{url: "{self.sink.url}"}}\n')
        return path

    def _get(self, path: str, **query) -> dict:
        address = f"{self.url}/api/v1{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(address, timeout=60) as answer:
            return json.load(answer)

    def _rows(self, path: str, **query) -> list[dict]:
        rows, more = [], {}
        while True:
            page = self._get(path, limit=1000, **query, **more)
            rows += page["items"]
            if not page["next_cursor"]:
                return rows
            more = {"cursor": page["next_cursor"]}

    @staticmethod
    def _unused_cables() -> list[tuple[tuple[str, str], tuple[str, str]]]:
        """Lines of branches, each used once, as a line that fails again and again is damped: the hub's end first."""
        cables = []
        for row in json.loads(measured([WARDFLUX, "lab", "cabling", "--network", "bank-876", "--json"]).output):
            ends = [(row["a_device"], row["a_interface"]), (row["b_device"], row["b_interface"])]
            ends.sort(key=lambda end: not end[0].startswith("HUB-"))
            if ends[0][0].startswith("HUB-") and not ends[1][0].startswith("CORE-"):
                cables.append((ends[0], ends[1]))
        return cables

    def _hear_all(self) -> None:
        """Polls every device once: what nobody ever heard cannot be told to have failed."""
        asked = urllib.request.Request(
            f"{self.url}/api/v1/jobs/collect-interface-metrics/run", b"{}", {"content-type": "application/json"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            run = json.load(answer)
        deadline = time.monotonic() + 120
        while run["state"] in ("queued", "running"):
            assert time.monotonic() < deadline, f"the devices are not polled: {run}"
            time.sleep(0.1)
            run = self._get(f"/jobs/{run['id']}")

    def _order(self, line: str) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(str(self._control))
            connection.sendall(f"{line}\n".encode())
            answer = connection.makefile("r").readline().strip()
        assert answer == "ok", f"{line}: {answer}"

    @staticmethod
    def _tells(cable: tuple) -> Callable[[bytes], bool]:
        """Whether a webhook says that one of the ends of a cable is down."""
        def tells(body: bytes) -> bool:
            return any(
                alert["condition"] == "interface_down" and alert["status"] == "firing"
                and (alert["labels"]["device"], alert["labels"]["interface"]) in cable
                for alert in json.loads(body)["alerts"])

        return tells

    def delays_of_traps(self, count: int) -> list[float]:
        """Seconds from before a cable is pulled, of which both ends send a trap, to the webhook."""
        delays = []
        for _ in range(count):
            cable = self._cables.pop()
            since, begun = len(self.sink.taken), time.time()
            self._order(f"link-down {cable[0][0]} {cable[0][1]}")
            delays.append(self.sink.first(self._tells(cable), since, 60)[0] - begun)
            self._order(f"link-up {cable[0][0]} {cable[0][1]}")
        return delays

    def delays_of_polls(self, count: int) -> list[float]:
        """Seconds from the first answer in which a pulled cable shows, at either end, to the webhook."""
        cables = [self._cables.pop() for _ in range(count)]
        since = len(self.sink.taken)
        for cable in cables:
            self._order(f"link-down {cable[0][0]} {cable[0][1]}")
        told = [self.sink.first(self._tells(cable), since, 120)[0] for cable in cables]
        seen = [self._first_seen_down(cable) for cable in cables]
        for cable in cables:
            self._order(f"link-up {cable[0][0]} {cable[0][1]}")
        return [at - before for at, before in zip(told, seen)]

    def _first_seen_down(self, cable: tuple) -> float:
        """When the first answer came in which an end of a cable is down; it is stored a moment after it is judged."""
        deadline = time.monotonic() + 15
        while True:
            seen = [
                unix(reading["at"]) for end in cable
                for reading in self._get(f"/interfaces/{self._ids[end]}/readings", **{"from": "-5m"})["items"]
                if reading["if_oper_status"] not in (1, None)]
            if seen:
                return min(seen)
            assert time.monotonic() < deadline, f"no reading has {cable} down"
            time.sleep(0.2)

    def close(self) -> None:
        for process in reversed(self._processes):
            process.stop()
        self.sink.__exit__()
        self._folder.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def unix(text: str) -> float:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def latency(suite: Suite, full: bool, ours: Ours) -> None:
    """From what happens in the simulated bank to a webhook, at settings as shipped but for those named."""
    with Server([], hears_traps=True) as server:
        shares(suite, "linkDown trap on the wire to webhook", server.delays_of_traps(400 if full else 150), 1,
               "from before the cable is pulled; the far end is asked first")
    shares(suite, "answer of a poll that shows it to webhook", ours.from_polls(full), 2,
           "polls every 10 s, readings flushed every second")


def shares(suite: Suite, name: str, seconds: list[float], at_most_seconds: float, note: str) -> None:
    delays = sorted(1000 * each for each in seconds)
    suite.add(f"{name}, p50", "ms", [delays[len(delays) // 2]], note=f"{len(delays)} of them; {note}")
    suite.add(f"{name}, p99", "ms", [delays[min(len(delays) - 1, len(delays) * 99 // 100)]],
              at_most=1000 * at_most_seconds, note=f"slowest {delays[-1]:.0f} ms")


# Peers


def peers(suite: Suite, full: bool, ours: Ours) -> None:
    """Prometheus and Alertmanager at the settings of their own examples, over as many interfaces."""
    evaluating = "42,048 interfaces, 5 rules: one evaluation against Prometheus"
    telling = "answer or scrape that shows it to webhook, against Prometheus with Alertmanager"
    try:
        theirs, delays, cpu = prometheus(full)
    except (FileNotFoundError, TimeoutError) as error:
        for name in (evaluating, telling):
            suite.add(name, "x", [], missing=str(error))
        return
    own = ours.evaluating()["evaluate"]
    suite.add("Prometheus: one evaluation of 42,048 interfaces, 5 rules", "s", theirs,
              note="its own measure; shares are gauges there, so that no rule has rates to make")
    suite.add("Prometheus: CPU a minute, scrapes included", "s", [cpu], note=f"every {SCRAPE_SECONDS} s, one target")
    suite.ratio(evaluating, own, theirs, note="below 1 is less than theirs; ours of the processor")
    suite.add("Prometheus with Alertmanager: scrape to webhook", "s", delays,
              note=f"evaluated every {SCRAPE_SECONDS} s, group_wait 30 s")
    suite.ratio(telling, ours.from_polls(full), delays, note="below 1 is sooner than theirs")


def prometheus(full: bool) -> tuple[list[float], list[float], float]:
    """Seconds of evaluations, seconds from scrape to webhook, and processor seconds a minute."""
    exporter = Interfaces(INTERFACES)
    try:
        with (tempfile.TemporaryDirectory(prefix="wardflux-bench-") as folder, Sink() as sink,
              Prometheus(Path(folder), exporter, sink.url) as server):
            wait_until(lambda: server.evaluation[1] > 0 and len(exporter.scrapes) >= 2, 120, "the first evaluation")
            cpu, begun = server.cpu_seconds, time.monotonic()
            durations, delays = evaluations(server, 8 if full else 4), []
            cpu = (server.cpu_seconds - cpu) / (time.monotonic() - begun) * 60
            downs = []
            for device in range(5 if full else 3):
                downs.append((device + 1, exporter.take_down(device)))
                time.sleep(SCRAPE_SECONDS / 2)
            for device, revision in downs:
                needle = f'"device":"SW-{device}"'.encode()
                at, _ = sink.first(lambda body, needle=needle: needle in body.replace(b": ", b":"), 0, 180)
                delays.append(at - exporter.scraped(revision))
            return durations, delays, cpu
    finally:
        exporter.close()


def evaluations(server: Prometheus, count: int) -> list[float]:
    """How long some evaluations took, one after another."""
    found: dict[float, float] = {}
    wait_until(lambda: found.update([server.evaluation]) or len(found) >= count, 60 + 30 * count, "evaluations")
    return list(found.values())


def wait_until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited too long for {what}")
        time.sleep(0.5)


PARTS = {"evaluation": evaluation, "storm": storm, "latency": latency, "peers": peers}
