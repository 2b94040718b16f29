"""Collections by the whole program: a server that polls, rates and stores the counters of a simulated network."""

import json
import os
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.fleet import Fleet
from bench.processes import WARDFLUX, Background, free_port, measured
from bench.table import Suite

BANK = "bank-876"
GRID = "grid-876x48"
WHOLE = "grid-8334x48"

TARGETS = {
    f"collection of {BANK}: wall": {"at_most": 1},
    f"collection of {BANK}: CPU": {"at_most": 0.5},
    f"collection of {GRID}: CPU": {"at_most": 3},
    f"collection of {GRID}: memory": {"at_most": 300},
    f"collection of {WHOLE}: wall": {"at_most": 60},
}


class Server:
    """A server on a data directory whose devices are discovered; it collects when told to."""

    def __init__(self, folder: Path, fleet_csv: Path):
        data = str(folder / "data")
        measured([WARDFLUX, "devices", "import", str(fleet_csv), "--data-dir", data])
        measured([WARDFLUX, "discover", "--all", "--data-dir", data])
        port = free_port(socket.SOCK_STREAM)
        self.url = f"http://127.0.0.1:{port}/api/v1"
        self.background = Background(
            [WARDFLUX, "serve", "--data-dir", data, "--bind", f"127.0.0.1:{port}",
             "--set", "collection.interval_seconds=3600", "--set", "collection.status_seconds=3600"],
            ready=r"http://127\.0\.0\.1")

    def ask(self, method: str, path: str) -> dict:
        request = urllib.request.Request(self.url + path, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def collect(self) -> tuple[float, float, dict]:
        """One collection of all devices at once: seconds, CPU seconds of the process, and the run."""
        begun, before = time.perf_counter(), self.background.cpu_seconds
        run_id = self.ask("POST", "/jobs/collect-interface-metrics/run")["id"]
        while True:
            try:
                run = self.ask("GET", f"/jobs/{run_id}")
            except urllib.error.HTTPError as error:
                assert error.code == 404, error
                run = {"state": "queued"}
            if run["state"] not in ("queued", "running"):
                break
            time.sleep(0.02)
        wall = time.perf_counter() - begun
        # What follows the run's end, such as the last batch on its way to disk.
        time.sleep(0.5)
        assert run["state"] == "succeeded", run
        return wall, self.background.cpu_seconds - before, run

    @property
    def memory_mb(self) -> float:
        """Resident memory now."""
        pages = int(Path(f"/proc/{self.background.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1e6

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.background.stop()


def collected(suite: Suite, context, network: str, rounds: int) -> None:
    folder = context.fresh("collection")
    with Fleet(folder / "fleet.csv", network), Server(folder, folder / "fleet.csv") as server:
        server.collect()
        walls, cpus, run = [], [], {}
        for _ in range(rounds):
            wall, cpu, run = server.collect()
            walls.append(wall)
            cpus.append(cpu)
        memory = server.memory_mb
        note = json.dumps(run.get("results") or {})[:160]
        for name, unit, samples in [("wall", "s", walls), ("CPU", "s", cpus), ("memory", "MB", [memory])]:
            name = f"collection of {network}: {name}"
            suite.add(name, unit, samples, note=note if unit == "s" else "resident", **TARGETS.get(name, {}))


def bank(suite: Suite, context) -> None:
    """876 devices, 3,247 interfaces."""
    collected(suite, context, BANK, 2 * context.rounds)


def grid(suite: Suite, context) -> None:
    """42,048 interfaces."""
    collected(suite, context, GRID, context.rounds)


def whole(suite: Suite, context) -> None:
    """400,032 interfaces, embedded, on the cores there are."""
    collected(suite, context, WHOLE, 1)
