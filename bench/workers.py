"""Fifty workers on one machine: who polls what, and what becomes of that when half of them are killed and come back."""

import collections
import contextlib
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from bench.fleet import Fleet
from bench.peers.victoria import Victoria
from bench.postgres import Postgres
from bench.processes import WARDFLUX, ProgramFailed, cpu_seconds, measured
from bench.table import Suite

WORKERS, KILLED = 50, 25
INTERVAL = 30
CYCLES = 4
KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
OWNERS = ("SELECT l.name, n.name FROM cluster_leases l JOIN cluster_nodes n ON n.id = l.node"
          " WHERE l.name LIKE 'shard/%' AND n.expires_at > now() AND NOT n.has_left")


class Bank:
    """PostgreSQL, VictoriaMetrics, the simulated bank, a server and its workers."""

    def __init__(self, folder: Path, postgres: Postgres, victoria: Victoria):
        self.folder, self.postgres, self.victoria = folder, postgres, victoria
        self.environment = {
            **os.environ, "WARDFLUX_KEY": KEY, "WARDFLUX_CATALOG_URL": postgres.url("public").split("?")[0]}
        self.workers: dict[str, subprocess.Popen] = {}
        self.server = self._start(
            "serve", "server", "cluster.roles=api,scheduler,evaluator", "http.port=0")

    def _start(self, command: str, name: str, *settings: str) -> subprocess.Popen:
        settings = (
            f"cluster.node={name}", "series.store=victoria", f"victoria.url=http://127.0.0.1:{self.victoria.port}",
            f"collection.interval_seconds={INTERVAL}", f"collection.status_seconds={INTERVAL}", "catalog.connections=3",
            *settings)
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [WARDFLUX, command, "--data-dir", str(self.folder / name),
                 *(word for setting in settings for word in ("--set", setting))],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment)

    def start(self, names) -> None:
        for name in names:
            self.workers[name] = self._start("worker", name)

    def rows(self, sql: str) -> list[list[str]]:
        answer = subprocess.run(
            ["psql", "-h", "127.0.0.1", "-p", str(self.postgres.port), "-U", "wardflux", "-d", "postgres", "-AtF", "\t",
             "-c", sql], capture_output=True, text=True, timeout=60)
        return [line.split("\t") for line in answer.stdout.splitlines()]

    def owners(self) -> dict[str, str]:
        return dict(self.rows(OWNERS))

    def wait(self, what: str, holds, seconds: float = 180) -> float:
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            if holds():
                return time.monotonic() - begun
            time.sleep(0.25)
        raise ProgramFailed(f"waited {seconds} s in vain for {what}")

    def is_whole(self, names) -> bool:
        owners = self.owners()
        return len(owners) == 1024 and set(owners.values()) <= set(names)

    def readings(self, since: float) -> dict[str, list[float]]:
        """The times of the readings of each device since a moment."""
        self.victoria.get("/internal/force_flush")
        lines = self.victoria.get("/api/v1/export", **{"match[]": "interface_if_hc_in_octets", "start": since})
        found: dict[str, set] = collections.defaultdict(set)
        for line in lines.splitlines():
            series = json.loads(line)
            found[series["metric"]["device_name"]].update(at / 1000 for at in series["timestamps"])
        return {device: sorted(times) for device, times in found.items()}

    def close(self) -> None:
        for process in [*self.workers.values(), self.server]:
            process.terminate()
        for process in [*self.workers.values(), self.server]:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            if process.poll() is None:
                process.kill()


def run(suite: Suite, full: bool) -> None:
    """The bank of 876 devices on fifty workers."""
    with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as folder, \
            Postgres(Path(folder) / "postgres", "max_connections=1000") as postgres:
        folder = Path(folder)
        victoria = Victoria(folder / "victoria")
        csv = folder / "devices.csv"
        with Fleet(csv, "bank-876"):
            environment = {"WARDFLUX_KEY": KEY, "WARDFLUX_CATALOG_URL": postgres.url("public").split("?")[0]}
            measured([WARDFLUX, "devices", "import", str(csv), "--data-dir", str(folder / "server")], environment=environment)
            measured([WARDFLUX, "discover", "--all", "--data-dir", str(folder / "server")], environment=environment)
            bank = Bank(folder, postgres, victoria)
            try:
                shares(suite, bank)
            finally:
                bank.close()
                victoria._background.stop()


def shares(suite: Suite, bank: Bank) -> None:
    names = [f"worker{number:02}" for number in range(WORKERS)]
    bank.start(names)
    begun = time.monotonic()
    bank.wait("all workers", lambda: bank.is_whole(names) and len(set(bank.owners().values())) == WORKERS, 300)
    suite.add(f"{WORKERS} workers started at once: all own their shards", "s", [time.monotonic() - begun])
    time.sleep(2 * INTERVAL)
    steady(suite, bank)
    killed(suite, bank, names)


def steady(suite: Suite, bank: Bank) -> None:
    since, used = time.time(), sum(cpu_seconds(one.pid) for one in bank.workers.values())
    time.sleep(CYCLES * INTERVAL)
    used = sum(cpu_seconds(one.pid) for one in bank.workers.values()) - used
    found = bank.readings(since)
    polled = [len([at for at in times if at < since + CYCLES * INTERVAL]) for times in found.values()]
    what = f"bank-876, {WORKERS} workers, {CYCLES} intervals"
    suite.add(f"{what}: devices polled", "", [len(found)], at_least=870)
    suite.add(f"{what}: devices not polled once an interval", "", [sum(count != CYCLES for count in polled)], at_most=0,
              note=f"polls of a device: {dict(collections.Counter(polled))}")
    suite.add(f"{what}: share of a core, each", "%", [100 * used / (CYCLES * INTERVAL) / WORKERS])
    memory = [int(Path(f"/proc/{one.pid}/statm").read_text().split()[1]) * 4096 / 1e6 for one in bank.workers.values()]
    suite.add(f"{what}: resident, each", "MB", memory)


def killed(suite: Suite, bank: Bank, names: list[str]) -> None:
    before, since = bank.owners(), time.time()
    gone, staying = names[:KILLED], names[KILLED:]
    for name in gone:
        bank.workers[name].kill()
        bank.workers[name].wait(20)
    taken = bank.wait("the others", lambda: bank.is_whole(staying))
    what = f"{KILLED} of {WORKERS} killed"
    suite.add(f"{what}: all shards owned again", "s", [taken], at_most=40)
    between = bank.owners()
    time.sleep(2 * INTERVAL)
    gaps = longest(bank.readings(since - 2 * INTERVAL))
    suite.add(f"{what}: polls missed of a device, at most", "", [max(round(gap / INTERVAL) - 1 for gap in gaps)], at_most=1,
              note=f"the longest time between two readings {max(gaps):.1f} s, the interval {INTERVAL} s")
    bank.start(gone)
    bank.wait("their return", lambda: bank.is_whole(names) and bank.owners() == before, 120)
    moved = sum(between[shard] != owner for shard, owner in before.items())
    needed = sum(owner in gone for owner in before.values())
    suite.add("they come back: shards moved beyond their own", "", [moved - needed], at_most=0, note=f"{needed} moved")
    time.sleep(INTERVAL)
    gaps = longest(bank.readings(since - 2 * INTERVAL))
    suite.add("they come back: polls missed of a device, at most", "", [max(round(gap / INTERVAL) - 1 for gap in gaps)],
              at_most=1)


def longest(found: dict[str, list[float]]) -> list[float]:
    """The longest time between two readings of each device."""
    return [max((later - earlier for earlier, later in zip(times, times[1:])), default=0) for times in found.values()]
