"""A receiver of webhooks, an alert file for it, and a server with a simulated bank, for tests of alerts."""

import contextlib
import http.server
import json
import signal
import socket
import threading
import time

import requests

import wardflux


class Sink:
    """Takes webhooks in this process; `verdict` says what becomes of each before it is answered.

    It is given the notice and answers an HTTP status, or None to break the connection without an answer; notices that
    were not answered with 2xx are kept too: a receiver may have acted on them.
    """

    def __init__(self, verdict=lambda notice: 200):
        self._notices, self._news = [], threading.Condition()
        sink = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer, or Nagle and delayed acknowledgements cost 40 ms

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                notice = json.loads(body)
                status = verdict(notice)
                sink._take({**notice, "answered": status, "delivery_header": self.headers["wardflux-delivery"]})
                if status is None:
                    self.close_connection = True
                    with contextlib.suppress(OSError):
                        self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # Connections end with the server that is killed.

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _take(self, notice):
        with self._news:
            self._notices.append(notice)
            self._news.notify_all()

    @property
    def notices(self):
        """All that came, in order, each with how it was `answered`."""
        with self._news:
            return list(self._notices)

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def eventually(what, holds, seconds, pause=0.1):
    """What `holds` answers once it is true; a state is waited for, with a bound."""
    deadline = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"no {what() if callable(what) else what} in {seconds} s")
        threading.Event().wait(pause)


def alert_file(path, url, rules="", group_by=("device", "interface")):
    """Writes an alert file: the shipped rules with some of one's own, and one receiver of everything."""
    path.write_text(f"""\
version: 1
rules:{rules or " []"}
route:
  receivers: [noc]
  group_by: [{", ".join(group_by)}]
  wait: 0s
  interval: 0s
receivers:
  - name: noc
    webhook:
      url: "{url}"
      timeout: 5s
""")
    return path


QUIET_JOBS = [
    f"jobs.{name}.enabled=false" for name in (
        "discover-all-interfaces", "discover-topology", "check-anomalies", "learn-baselines",
        "update-interface-summaries", "cleanup-old-interfaces")]
"""Jobs that would only take time beside a test of alerts."""


def free_udp_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def settings(*pairs):
    """Settings as words of a command line."""
    return [word for pair in pairs for word in ("--set", pair)]


def order(control, *lines):
    """Tells a lab what goes wrong, over its socket: one connection for all of it, so that it happens at once."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(10)
        connection.connect(str(control))
        answers = connection.makefile("r")
        for line in lines:
            connection.sendall(f"{line}\n".encode())
            answer = answers.readline().strip()
            assert answer == "ok", f"{line}: {answer}"


def items(url, path, **query):
    """All rows of a list of the API."""
    rows, cursor = [], None
    while True:
        more = {"cursor": cursor} if cursor else {}
        answer = requests.get(f"{url}/api/v1{path}", params={"limit": 1000, **query, **more}, timeout=30)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text[:500]}"
        page = answer.json()
        rows += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return rows


def drained(server):
    """Reads on what a server says, so that it never waits for a reader."""
    def read():
        with contextlib.suppress(OSError, ValueError):
            while chunk := server.process.stdout.read1(65_536):
                server.text += chunk.decode("utf-8", "replace")

    threading.Thread(target=read, daemon=True).start()
    return server


class Bank:
    """`bank-876` in a lab whose faults cut off what is behind them, and a server at one of its devices."""

    def __init__(self, folder, sink, place, rules="", more=()):
        self.sink, self.control, self.data = sink, folder / "lab.sock", folder / "data"
        csv, traps = folder / "devices.csv", f"127.0.0.1:{free_udp_port()}"
        alerts = alert_file(folder / "alerts.yaml", sink.url, rules)
        self._settings = settings(
            f"alerts.file={alerts}", f"topology.poller_device={place}", f"traps.listen={traps}",
            "traps.source_rate=100000", *QUIET_JOBS, *more)
        self.lab = wardflux.lab(
            "--network", "bank-876", "--devices-csv", csv, "--control", self.control, "--trap-to", traps)
        self.server = None
        try:
            wardflux.run("devices", "import", csv, "--data-dir", self.data)
            # Some devices have no tables of neighbours: both end as partial.
            wardflux.run("discover", "--all", "--data-dir", self.data, expect=None)
            wardflux.run("topology", "discover", "--data-dir", self.data, expect=None)
            order(self.control, f"vantage {place}")
            self.start()
        except BaseException:
            self.close()
            raise

    def start(self):
        """Starts the server, and waits until it has heard every device once."""
        self.server = drained(wardflux.server(self.data, *self._settings))
        self.url = self.server.url
        self.devices = eventually("plan of polls", lambda: self.collection()["devices"], 60)
        self.poll(1.2)

    def restart(self):
        """Kills the server and starts it again on the same data directory."""
        self.server.stop(signal.SIGKILL)
        self.start()

    def collection(self):
        answer = requests.get(f"{self.url}/api/v1/series/statistics", timeout=30)
        assert answer.ok, answer.text
        return answer.json()["collection"]

    def poll(self, rounds):
        """Waits until all devices were polled so many times."""
        enough = self.collection()["polls"] + rounds * self.devices
        eventually("polls", lambda: self.collection()["polls"] >= enough, 60 + 20 * rounds, pause=0.25)

    def open_alerts(self):
        return items(self.url, "/alerts")

    def close(self):
        if self.server:
            self.server.stop()
        self.lab.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
