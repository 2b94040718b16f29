"""The worlds that tests of the dashboard look at: the simulated bank with its history, and ways to it."""

import re
import socket
import threading

import pytest
import requests

import browser
import wardflux


class Client:
    """The API of a server, for what a page shows to be compared with."""

    def __init__(self, url, token=None):
        self.url, self._headers = url, {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, method, path, *, body=None, status=None, **parameters):
        """The parsed answer, of the status named or any that means success."""
        answer = requests.request(
            method, self.url + "/api/v1" + path, json=body, params=parameters, headers=self._headers, timeout=60)
        fits = answer.ok if status is None else answer.status_code == status
        assert fits, f"{method} {path}: {answer.status_code} {answer.text[:1000]}"
        return answer.json() if answer.content else None

    def get(self, path, **parameters):
        return self.send("GET", path, **parameters)

    def all(self, path, **parameters):
        """The rows of all pages of a list."""
        rows, cursor = [], {}
        while cursor is not None:
            page = self.get(path, limit=1000, **parameters, **cursor)
            rows += page["items"]
            cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else None
        return rows

    def device(self, name):
        """The device of a name; None where there is none."""
        return next(iter(self.get("/devices", name=name)["items"]), None)

    def remove_device(self, name):
        """Removes a device where there is one."""
        found = self.device(name)
        if found:
            self.send("DELETE", f"/devices/{found['id']}")


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    """The whole system on the simulated bank with a day of history; `api` asks it, `control` takes faults."""
    directory = tmp_path_factory.mktemp("bank") / "data"
    with wardflux.Background(
            "demo", "--port", "0", "--history", "1", "--interval", "60", "--data-dir", directory,
            ready=r"(http://127\.0\.0\.1:\d+)/api/v1/interfaces/summary[\s\S]*history: [\d,]+ readings",
            timeout=400) as demo:
        demo.url, demo.control = demo.match.group(1), directory / "lab.sock"
        demo.api = Client(demo.url)
        yield demo


@pytest.fixture(scope="module")
def chromium():
    with browser.Chromium() as found:
        yield found


@pytest.fixture
def tab(request, chromium):
    """Opens tabs of fresh contexts, of the bank where no `base` is given, and closes them."""
    tabs = []

    def opened(base=None, **options):
        tabs.append(browser.Tab(chromium, base or request.getfixturevalue("bank").url, **options))
        return tabs[-1]

    yield opened
    for one in tabs:
        one.close()


def fault(world, *order):
    """Makes something go wrong in the world's lab, or puts it right."""
    wardflux.run("lab", "fault", world.control, *order)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Gate:
    """
    Stands between browsers and a server, and knows which of the connections through it carry events. Browsers may
    know it by another name, which the server is not told.
    """

    def __init__(self, url, name="127.0.0.1"):
        self._server = tuple(re.match(r"http://([\d.]+):(\d+)", url).groups())
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        place = f"{name}:{self._listener.getsockname()[1]}"
        self.url = f"http://{place}"
        self._asked, self._told = (f"Host: {one}".encode() for one in (place, ":".join(self._server)))
        self._streams, self._lock, self._open = 0, threading.Lock(), []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def streams(self):
        """How many connections carry events now."""
        with self._lock:
            return self._streams

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            self._open += [client, server]
            streams = set()
            threading.Thread(target=self._pass, args=(client, server, streams), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, streams, True), daemon=True).start()

    def _pass(self, source, target, streams, is_answer=False):
        try:
            while data := source.recv(65536):
                if not is_answer and b"GET /api/v1/events" in data:
                    self._count(streams, 1)
                target.sendall(data if is_answer else data.replace(self._asked, self._told))
        except OSError:
            pass
        self._count(streams, -1)
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _count(self, streams, change):
        """Counts a connection once, whatever goes through it, until either end ends it."""
        with self._lock:
            if (change > 0) == bool(streams):
                return
            self._streams += change
            streams.add(1) if change > 0 else streams.clear()

    def close(self):
        for one in [self._listener, *self._open]:
            one.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
