"""The two networks that the dashboard is looked at on: the bank with its history, and one of 10,000 devices."""

import contextlib
import itertools
import os
import random
import sqlite3
import sys
import tempfile
import time
import uuid
from functools import cached_property
from pathlib import Path

from bench.processes import RELEASE

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "python"))
os.environ["WARDFLUX_BIN"] = str(RELEASE / "wardflux")

import browser  # noqa: E402  (of the tests)
import dashboard_world  # noqa: E402
import hands  # noqa: E402, F401
import test_dashboard  # noqa: E402
import test_dashboard_tasks  # noqa: E402, F401
import wardflux  # noqa: E402

# A name of this machine that browsers do not know to be its own: they take pages from there for insecure.
NAME = "wardflux.test"
GRID = "grid-10000x4"
CABLES = 25_000
CORES, DISTRIBUTION = 25, 250
DOWN = ("EDGE-RTR-08", "xe-0/0/1")
LONG_AGO = "2026-01-01T00:00:00.000Z"


class Worlds:
    """Starts what is asked for when it is first asked for, and ends all of it."""

    def __init__(self):
        self._stack = contextlib.ExitStack()
        self.spare_seconds = 90.0  # for measuring again what a busy machine made slow
        self.folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="wardflux-bench-")))

    @cached_property
    def chromium(self):
        return self._stack.enter_context(browser.Chromium(f"--host-resolver-rules=MAP {NAME} 127.0.0.1"))

    @cached_property
    def bank(self):
        """The simulated bank with 15 days of history, one cable of an uplink pulled, and what follows from that."""
        data = self.folder / "bank"
        demo = self._stack.enter_context(wardflux.Background(
            "demo", "--port", "0", "--data-dir", data,
            ready=r"(http://127\.0\.0\.1:\d+)/api/v1/interfaces/summary[\s\S]*ready; Ctrl-C", timeout=300))
        demo.url, demo.control = demo.match.group(1), data / "lab.sock"
        demo.api = dashboard_world.Client(demo.url)
        dashboard_world.fault(demo, "link-down", *DOWN)
        awaited("alert of the pulled cable", lambda: demo.api.get("/alerts", device_name=DOWN[0])["items"], 240)
        return demo

    @cached_property
    def large(self):
        """10,000 simulated switches, discovered, with 25,000 cables that were entered by hand."""
        csv, data = self.folder / "large.csv", self.folder / "large"
        self._stack.enter_context(wardflux.lab("--network", GRID, "--devices-csv", csv))
        for words in (["devices", "import", csv], ["discover", "--all"]):
            wardflux.run(*words, "--data-dir", data, timeout=300)
        with contextlib.closing(sqlite3.connect(data / "catalog.sqlite")) as catalog, catalog:
            wire(catalog)
        wardflux.run("topology", "discover", "--data-dir", data, timeout=300)
        server = self._stack.enter_context(wardflux.server(
            data, "--set", "collection.interval_seconds=3600", "--set", "collection.status_seconds=3600"))
        server.api = dashboard_world.Client(server.url)
        begun = time.monotonic()
        server.api.get("/topology/map")
        server.first_map_seconds = time.monotonic() - begun
        return server

    def tab(self, base: str, probed: bool = True, **options):
        """A tab of a fresh context, which knows when its pages show their data."""
        made = browser.Tab(self.chromium, base, **options)
        if probed:
            made.context.add_init_script(path=Path(__file__).with_name("probe.js"))
        return made

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stack.close()


def wire(catalog: sqlite3.Connection) -> None:
    """Cables of a network in tiers, most devices with two or three ways up; one in fifty has none."""
    catalog.execute("PRAGMA foreign_keys = ON")
    devices = [row[0] for row in catalog.execute("SELECT id FROM standalone_devices ORDER BY rowid")]
    ports: dict[str, list[str]] = {}
    for device, port in catalog.execute("SELECT device_id, id FROM device_interfaces ORDER BY if_index"):
        ports.setdefault(device, []).append(port)
    chance, cables = random.Random(7), set()
    wired = len(devices) * 49 // 50
    lowers = itertools.chain(range(1, wired), iter(lambda: chance.randrange(1, wired), None))
    while len(cables) < CABLES:
        lower = next(lowers)
        upper = above(lower, chance)
        if (lower, upper) not in cables and ports[devices[lower]]:
            cables.add((lower, upper))
            catalog.execute("INSERT INTO manual_links VALUES (?, ?, ?, ?, NULL, NULL, ?)", (
                str(uuid.UUID(int=chance.getrandbits(128))), devices[lower], ports[devices[lower]].pop(0),
                devices[upper], LONG_AGO))


def above(device: int, chance: random.Random) -> int:
    """Which device another one is wired up to: its own of the distribution, the one beside that, or a sibling."""
    if device < CORES:
        return chance.randrange(device)
    if device < CORES + DISTRIBUTION:
        return chance.randrange(CORES)
    home, way = device % DISTRIBUTION, chance.random()
    if way < 0.5 or device < 3 * DISTRIBUTION:
        return CORES + home
    if way < 0.75:
        return CORES + (home + 1) % DISTRIBUTION
    return home + DISTRIBUTION * chance.randrange(2, device // DISTRIBUTION)


def awaited(what: str, holds, seconds: float):
    """What `holds` answers once it is true."""
    deadline = time.monotonic() + seconds
    while not (found := holds()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no {what} in {seconds:.0f} s")
        time.sleep(0.5)
    return found


def ready(page, calm: int = 300, seconds: float = 30) -> dict:
    """Waits until the page has shown its data for so many milliseconds; what the load came to."""
    deadline = time.monotonic() + seconds
    while not page.evaluate("calm => probe.readyAt > 0 && performance.now() - probe.readyAt > calm", calm):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{page.url} is loading for {seconds:.0f} s")
        page.wait_for_timeout(30)
    return page.evaluate("probe.told()")


def pages_of(bank) -> list[str]:
    """The address of every page: lists, and of each kind of thing one."""
    found = test_dashboard.PAGES + test_dashboard.one_of_each(bank)
    for path, page in (("/alerts", "/alerts"), ("/anomalies", "/anomalies"), ("/incidents", "/incidents")):
        found += [f"{page}/{row['id']}" for row in bank.api.get(path, limit=1)["items"]]
    return found
