"""Prometheus and Alertmanager of Debian, fed with made-up interfaces; as their own examples set them up."""

import http.client
import http.server
import re
import threading
import time
from pathlib import Path

from bench.peers import Peers
from bench.processes import Background, free_port

PORTS_PER_DEVICE = 48
TYPES = ("access", "access", "access", "access", "server_link", "branch_link", "trunk", "isp")
SCRAPE_SECONDS = 15
RULES = """\
groups:
- name: interfaces
  rules:
  - alert: InterfaceDown
    expr: interface_oper_status{type=~"trunk|server_link|branch_link|isp"} != 1
    labels: {severity: critical}
  - alert: HighUtilization
    expr: interface_utilization_percent > 80
    labels: {severity: high}
  - alert: HighErrorRate
    expr: interface_error_percent > 0.1
    labels: {severity: medium}
  - alert: HighDiscardRate
    expr: interface_discard_percent > 1
    for: 10m
    labels: {severity: low}
  - alert: DeviceUnreachable
    expr: device_up == 0
    labels: {severity: critical}
"""


class Interfaces:
    """An exporter of made-up interfaces; percentages are gauges, so that no rule has rates to make."""

    def __init__(self, count: int):
        self._lock = threading.Lock()
        self._revision = 0
        # When each scrape had its last octet, and the revision it carried.
        self.scrapes: list[tuple[float, int]] = []
        labels = [self._labels(number) for number in range(count)]
        self._status = [f"interface_oper_status{{{each}}} 1" for each in labels]
        lines = []
        for metric, value in (("utilization", 30), ("error", 0.001), ("discard", 0)):
            lines += [f"interface_{metric}_percent{{{each}}} {value}" for each in labels]
        lines += [f'device_up{{device="SW-{number + 1}"}} 1' for number in range(-(-count // PORTS_PER_DEVICE))]
        self._rest = ("\n".join(lines) + "\n").encode()
        exporter = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body, revision = exporter._body()
                self.send_response(200)
                self.send_header("content-type", "text/plain; version=0.0.4")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                exporter._served(revision)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @staticmethod
    def _labels(number: int) -> str:
        place = number % PORTS_PER_DEVICE
        kind = TYPES[place % len(TYPES)]
        return f'device="SW-{number // PORTS_PER_DEVICE + 1}",interface="Gi1/0/{place + 1}",type="{kind}"'

    def _body(self) -> tuple[bytes, int]:
        with self._lock:
            return "\n".join(self._status).encode() + b"\n" + self._rest, self._revision

    def _served(self, revision: int) -> None:
        with self._lock:
            self.scrapes.append((time.time(), revision))

    def take_down(self, device: int) -> int:
        """A trunk of a device goes down; the revision that says so."""
        with self._lock:
            place = device * PORTS_PER_DEVICE + TYPES.index("trunk")
            self._status[place] = self._status[place][:-1] + "2"
            self._revision += 1
            return self._revision

    def scraped(self, revision: int) -> float | None:
        """When a scrape first carried a revision."""
        with self._lock:
            return next((at for at, carried in self.scrapes if carried >= revision), None)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Prometheus:
    """Both servers; they end with the block."""

    def __init__(self, folder: Path, exporter: Interfaces, webhook: str):
        self.port, manager_port = free_port(), free_port()
        programs = [Peers.installed(name) for name in ("prometheus", "prometheus-alertmanager")]
        (folder / "rules.yml").write_text(RULES)
        (folder / "alertmanager.yml").write_text(
            # By device: another alert of a group that was told waits five minutes.
            "route: {receiver: sink, group_by: [device], group_wait: 30s, group_interval: 5m, repeat_interval: 4h}\n"
            f"receivers:\n- name: sink\n  webhook_configs:\n  - url: {webhook}\n")
        (folder / "prometheus.yml").write_text(f"""\
global: {{scrape_interval: {SCRAPE_SECONDS}s, evaluation_interval: {SCRAPE_SECONDS}s}}
rule_files: [{folder}/rules.yml]
alerting:
  alertmanagers:
  - static_configs: [{{targets: ["127.0.0.1:{manager_port}"]}}]
scrape_configs:
- job_name: interfaces
  static_configs: [{{targets: ["127.0.0.1:{exporter.port}"]}}]
""")
        self._manager = Background(
            [programs[1], f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/alertmanager",
             f"--web.listen-address=127.0.0.1:{manager_port}", "--cluster.listen-address="], ready="Listening")
        try:
            self._server = Background(
                [programs[0], f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb",
                 f"--web.listen-address=127.0.0.1:{self.port}"], ready="ready to receive web requests")
        except BaseException:
            self._manager.stop()
            raise

    def number(self, metric: str) -> float:
        """A number of its own metrics, labels aside."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", "/metrics")
            text = connection.getresponse().read().decode()
        finally:
            connection.close()
        found = re.search(rf"^{metric}(?:{{[^}}]*}})? (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else float("nan")

    @property
    def evaluation(self) -> tuple[float, float]:
        """When the rules were evaluated last, and how many seconds that took."""
        return (self.number("prometheus_rule_group_last_evaluation_timestamp_seconds"),
                self.number("prometheus_rule_group_last_duration_seconds"))

    @property
    def cpu_seconds(self) -> float:
        return self._server.cpu_seconds

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.stop()
        self._manager.stop()
