"""A VictoriaMetrics server of its own on a free port of the loopback address."""

import http.client
import json
import shutil
import subprocess
import time
import urllib.parse
from pathlib import Path

from bench.processes import Background, cpu_seconds, free_port

LABELS = [
    "device_id", "device_name", "interface_id", "if_index", "if_name", "interface_type", "isp_provider", "is_critical"]
METRICS = [
    "interface_if_hc_in_octets", "interface_if_hc_out_octets", "interface_if_in_errors", "interface_if_out_errors",
    "interface_if_in_discards", "interface_if_out_discards", "interface_if_in_unicast_pkts",
    "interface_if_out_unicast_pkts"]
TEXT = "/api/v1/import/prometheus"


def csv_route(metrics: int = len(METRICS)) -> str:
    """The import route for lines of eight labels, some counters and the time."""
    columns = [f"{at}:label:{name}" for at, name in enumerate(LABELS, 1)]
    columns += [f"{at}:metric:{name}" for at, name in enumerate(METRICS[:metrics], 1 + len(LABELS))]
    columns.append(f"{1 + len(LABELS) + metrics}:time:unix_ms")
    return "/api/v1/import/csv?format=" + urllib.parse.quote(",".join(columns), safe=":,")


class Victoria:
    """The server; ends with the block."""

    def __init__(self, folder: Path):
        program = shutil.which("victoria-metrics")
        if program is None:
            raise FileNotFoundError("victoria-metrics is not installed")
        self.folder, self.port, self._program = folder, free_port(), program
        self.start()

    def start(self) -> None:
        """Starts it on what is there."""
        self._background = Background(
            [self._program, f"-storageDataPath={self.folder}", f"-httpListenAddr=127.0.0.1:{self.port}", "-retentionPeriod=3",
             "-search.maxUniqueTimeseries=2000000", "-search.maxQueryDuration=120s", "-search.latencyOffset=0s",
             "-search.disableCache=true"],
            ready="started VictoriaMetrics|starting http server|started server")
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                self.get("/health")
                return
            except OSError:
                self._connection.close()
                time.sleep(0.05)
        raise FileNotFoundError("victoria-metrics does not answer")

    def request(self, method: str, path: str, body: bytes | None = None) -> bytes:
        self._connection.request(method, path, body)
        response = self._connection.getresponse()
        answer = response.read()
        assert response.status // 100 == 2, f"VictoriaMetrics: {response.status} {answer[:300]!r}"
        return answer

    def get(self, path: str, **query) -> bytes:
        path += "?" + urllib.parse.urlencode(query, doseq=True) if query else ""
        try:
            return self.request("GET", path)
        except http.client.RemoteDisconnected:  # It ends connections that rest for a minute.
            self._connection.close()
            return self.request("GET", path)

    def query(self, text: str, at: int) -> tuple[float, list]:
        """An instant query: seconds until the whole answer is here, and its series."""
        begun = time.perf_counter()
        answer = self.get("/api/v1/query", query=text, time=at, nocache=1)
        return time.perf_counter() - begun, json.loads(answer)["data"]["result"]

    @property
    def pid(self) -> int:
        return self._background.process.pid

    @property
    def cpu_seconds(self) -> float:
        return cpu_seconds(self._background.process.pid)

    def settle(self, merge: bool = False) -> None:
        """Until what was taken is on disk, merged where asked, and the server does nothing any more."""
        self.get("/internal/force_flush")
        if merge:
            self.get("/internal/force_merge")
        quiet, before = 0, self.cpu_seconds
        while quiet < 4:
            time.sleep(0.25)
            now = self.cpu_seconds
            quiet, before = quiet + 1 if now - before < 0.03 else 0, now

    def octets(self) -> int:
        """What its files take."""
        used = subprocess.run(["du", "-sb", self.folder], capture_output=True, text=True, check=True)
        return int(used.stdout.split()[0])

    def stop(self) -> None:
        self._connection.close()
        self._background.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
