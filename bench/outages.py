"""What is shared goes away for ten minutes: PostgreSQL, VictoriaMetrics, Redis, one after the other."""

import contextlib
import json
import time

from bench.clustered import Cluster, cluster
from bench.table import Suite

INTERVAL = 30
WORKERS = 4
CAUGHT_UP_SECONDS = 120
# Who falls silent in each outage; all of them are told by their own names.
FALLEN = {"PostgreSQL": "EDGE-RTR-03", "VictoriaMetrics": "ADM-SW-03", "Redis": "DC1-SPINE-01"}


def run(suite: Suite, full: bool) -> None:
    """The bank of 876 devices on four workers; outages of ten minutes with `--full`, else of one."""
    seconds = 600 if full else 60
    with cluster("bank-876", INTERVAL, "max_connections=200", tells=True) as bank:
        names = [f"worker{number}" for number in range(WORKERS)]
        bank.start(names)
        bank.wait("the workers", lambda: bank.is_whole(names))
        bank.wait("rates of all", lambda: bank.standing()["readings"] >= 2 * 3_120, 300)
        shared = {"PostgreSQL": bank.postgres, "VictoriaMetrics": bank.victoria, "Redis": bank.redis}
        for name, server in shared.items():
            outage(suite, bank, name, server, seconds)


def outage(suite: Suite, bank: Cluster, name: str, server, seconds: int) -> None:
    what, fallen = f"{name} away for {seconds} s", FALLEN[name]
    began = time.time()
    server.stop()
    time.sleep(seconds / 2)
    bank.order(f"power-off {fallen}")
    time.sleep(seconds / 2)
    back = time.time()
    server.start()
    bank.wait("all to be caught up", lambda: not lost(bank, began, fallen) and told(bank, fallen) and is_well(bank), 600)
    suite.add(f"{what}: caught up and told after its return", "s", [time.time() - back], at_most=CAUGHT_UP_SECONDS)
    time.sleep(2 * INTERVAL)
    suite.add(f"{what}: samples lost", "", [lost(bank, began, fallen)], at_most=0)
    suite.add(f"{what}: messages of the device that fell meanwhile", "", [len(told(bank, fallen))], at_least=1, at_most=1)
    bank.order(f"power-on {fallen}")
    time.sleep(2 * INTERVAL)


def lost(bank: Cluster, since: float, fallen: str) -> int:
    """How many polls of devices have no sample in VictoriaMetrics, up to a moment ago."""
    found = bank.readings(since - 2 * INTERVAL)
    found.pop(fallen, None)
    now = time.time() - INTERVAL / 2
    gaps = [later - earlier for times in found.values() for earlier, later in zip(times, [*times[1:], now])]
    return sum(max(0, round(gap / INTERVAL) - 1) for gap in gaps)


def is_well(bank: Cluster) -> bool:
    """Whether the server finds its cluster, catalog and store well."""
    with contextlib.suppress(OSError):
        parts = bank.get("/health")["components"]
        return all(parts[name]["status"] == "healthy" for name in ("cluster", "series"))
    return False


def told(bank: Cluster, device: str) -> list[str]:
    """The alerts that were told of a device that does not answer, each once, by id."""
    return [
        alert["id"] for _, body in bank.sink.taken for alert in json.loads(body)["alerts"]
        if alert["status"] == "firing" and alert["message"].startswith(f"Device {device} unreachable")]
