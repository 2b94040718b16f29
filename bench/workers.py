"""Fifty workers on one machine: who polls what, and what becomes of that when half of them are killed and come back."""

import collections
import time

from bench.clustered import Cluster, cluster
from bench.processes import cpu_seconds, resident
from bench.table import Suite

WORKERS, KILLED = 50, 25
INTERVAL = 30
CYCLES = 4


def run(suite: Suite, full: bool) -> None:
    """The bank of 876 devices on fifty workers."""
    with cluster("bank-876", INTERVAL, "max_connections=1000") as bank:
        shares(suite, bank)


def shares(suite: Suite, bank: Cluster) -> None:
    names = [f"worker{number:02}" for number in range(WORKERS)]
    bank.start(names)
    begun = time.monotonic()
    bank.wait("all workers", lambda: bank.is_whole(names) and len(set(bank.owners().values())) == WORKERS, 300)
    suite.add(f"{WORKERS} workers started at once: all own their shards", "s", [time.monotonic() - begun])
    time.sleep(2 * INTERVAL)
    steady(suite, bank)
    killed(suite, bank, names)


def steady(suite: Suite, bank: Cluster) -> None:
    since, used = time.time(), sum(cpu_seconds(one.pid) for one in bank.workers.values())
    time.sleep(CYCLES * INTERVAL)
    used = sum(cpu_seconds(one.pid) for one in bank.workers.values()) - used
    time.sleep(INTERVAL / 2)  # What was read last is on its way.
    found = bank.readings(since)
    polled = [len([at for at in times if at < since + CYCLES * INTERVAL]) for times in found.values()]
    what = f"bank-876, {WORKERS} workers, {CYCLES} intervals"
    suite.add(f"{what}: devices polled", "", [len(found)], at_least=870)
    suite.add(f"{what}: devices not polled once an interval", "", [sum(count != CYCLES for count in polled)], at_most=0,
              note=f"polls of a device: {dict(collections.Counter(polled))}")
    suite.add(f"{what}: share of a core, each", "%", [100 * used / (CYCLES * INTERVAL) / WORKERS])
    memory = [resident(one.pid) / 1e6 for one in bank.workers.values()]
    suite.add(f"{what}: resident, each", "MB", memory)


def killed(suite: Suite, bank: Cluster, names: list[str]) -> None:
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
