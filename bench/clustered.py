"""A cluster for a benchmark: PostgreSQL, VictoriaMetrics, simulated devices, a server and any number of workers."""

import collections
import contextlib
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

from bench.fleet import Fleet
from bench.peers.victoria import Victoria
from bench.postgres import Postgres
from bench.processes import WARDFLUX, ProgramFailed, free_port, measured
from bench.redis import Redis
from bench.sink import Sink

KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
OWNERS = ("SELECT l.name, n.name FROM cluster_leases l JOIN cluster_nodes n ON n.id = l.node"
          " WHERE l.name LIKE 'shard/%' AND n.expires_at > now() AND NOT n.has_left")


class Cluster:
    """The server and its workers, on what they share."""

    def __init__(self, folder: Path, postgres: Postgres, victoria: Victoria, interval: int, tells: bool):
        self.folder, self.postgres, self.victoria, self.interval = folder, postgres, victoria, interval
        self.more, telling = (), ()
        if tells:
            self.redis, self.sink = Redis(folder / "redis"), Sink()
            self.more, telling = (f"redis.url=redis://127.0.0.1:{self.redis.port}/0",), (f"alerts.file={self._alerts()}",)
        self.port = free_port()
        self.environment = {
            **os.environ, "WARDFLUX_KEY": KEY, "WARDFLUX_CATALOG_URL": postgres.url("public").split("?")[0]}
        self.workers: dict[str, subprocess.Popen] = {}
        self.server = self._start(
            "serve", "server", "cluster.roles=api,scheduler,evaluator", f"http.port={self.port}", *telling)

    def _start(self, command: str, name: str, *settings: str) -> subprocess.Popen:
        settings = (
            f"cluster.node={name}", "series.store=victoria", f"victoria.url=http://127.0.0.1:{self.victoria.port}",
            f"collection.interval_seconds={self.interval}", f"collection.status_seconds={self.interval}",
            "catalog.connections=3", *self.more, *settings)
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [WARDFLUX, command, "--data-dir", str(self.folder / name),
                 *(word for setting in settings for word in ("--set", setting))],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment)

    def _alerts(self) -> Path:
        """An alert file with the shipped rules that tells the sink of everything."""
        path = self.folder / "alerts.yaml"
        path.write_text(
            "version: 1\nroute: {receivers: [sink], group_by: [device, interface], wait: 0s, interval: 0s}\n"
            f'receivers:\n  - name: sink\n    webhook: {{url: "{self.sink.url}"}}\n')
        return path

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

    def get(self, path: str) -> dict:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1{path}", timeout=120) as answer:
            return json.load(answer)

    def standing(self) -> dict:
        """How the collection of all processes stands."""
        return self.get("/series/statistics")["collection"]

    def order(self, line: str) -> None:
        """Tells the simulated devices what goes wrong."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(str(self.folder / "lab.sock"))
            connection.sendall(f"{line}\n".encode())
            answer = connection.makefile("r").readline().strip()
        assert answer == "ok", f"{line}: {answer}"

    def answers(self) -> bool:
        if self.server.poll() is not None:
            raise ProgramFailed(f"the server has ended:\n{(self.folder / 'server.log').read_text()[-3000:]}")
        with contextlib.suppress(OSError):
            return bool(self.get("/health"))
        return False

    @property
    def processes(self) -> dict[str, int]:
        """The process ids of all that works, by name."""
        return {"server": self.server.pid, **{name: one.pid for name, one in self.workers.items()},
                "VictoriaMetrics": self.victoria.pid, "PostgreSQL": self.postgres.process.pid}

    def close(self) -> None:
        for process in [*self.workers.values(), self.server]:
            process.terminate()
        for process in [*self.workers.values(), self.server]:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            if process.poll() is None:
                process.kill()
        if self.more:
            self.redis.stop()


@contextlib.contextmanager
def cluster(network: str, interval: int, *settings: str, tells: bool = False):
    """A cluster on a simulated network that was discovered, with PostgreSQL as set; gone at the end.

    With `tells` it has Redis, and a sink for what it tells of alerts.
    """
    with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as folder, \
            Postgres(Path(folder) / "postgres", *settings) as postgres:
        folder = Path(folder)
        victoria = Victoria(folder / "victoria")
        with Fleet(folder / "devices.csv", network, ["--control", str(folder / "lab.sock")]) as fleet:
            environment = {"WARDFLUX_KEY": KEY, "WARDFLUX_CATALOG_URL": postgres.url("public").split("?")[0]}
            for words in (["devices", "import", str(folder / "devices.csv")], ["discover", "--all"], ["topology", "discover"]):
                measured([WARDFLUX, *words, "--data-dir", str(folder / "server")], environment=environment)
            found = Cluster(folder, postgres, victoria, interval, tells)
            found.fleet = fleet
            try:
                found.wait("the server", found.answers)
                yield found
            finally:
                found.close()
                victoria.stop()
