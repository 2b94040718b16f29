"""Two hundred thousand interfaces on one machine, through PostgreSQL and VictoriaMetrics, for half an hour."""

import time

from bench.clustered import Cluster, cluster
from bench.processes import cpu_seconds, family, resident
from bench.table import Suite

DEVICES, PORTS = 4_167, 48
INTERVAL = 300
CYCLES = 6
WORKERS = 2
COUNTERS = 8


def run(suite: Suite, full: bool) -> None:
    """The whole of it takes three quarters of an hour."""
    begun = time.monotonic()
    with cluster(f"grid-{DEVICES}x{PORTS}", INTERVAL, "max_connections=200") as net:
        suite.add(f"{DEVICES * PORTS:,} interfaces: imported and discovered", "s", [time.monotonic() - begun])
        names = [f"worker{number}" for number in range(WORKERS)]
        net.start(names)
        net.wait("the workers", lambda: net.is_whole(names))
        net.wait("the first polls", lambda: net.standing()["readings"] >= DEVICES * PORTS, 3 * INTERVAL)
        cycles(suite, net)


def processor(net: Cluster) -> dict[str, float]:
    """Processor seconds of each process with its children."""
    pids = {**net.processes, "simulated devices": net.fleet.background.process.pid}
    return {name: sum(cpu_seconds(one) for one in family(pid)) for name, pid in pids.items()}


def cycles(suite: Suite, net: Cluster) -> None:
    what = f"{DEVICES * PORTS:,} interfaces, {CYCLES} cycles of {INTERVAL} s"
    before, used = net.standing(), processor(net)
    time.sleep(CYCLES * INTERVAL)
    ended, spent = int(time.time()), processor(net)
    time.sleep(30)  # What was read last is on its way.
    after = net.standing()
    suite.add(f"{what}: overdue polls", "", [after["missed_polls"] - before["missed_polls"]], at_most=0)
    suite.add(f"{what}: failed polls", "", [after["failed_polls"] - before["failed_polls"]], at_most=0)
    counted = f"count_over_time(interface_if_hc_in_octets[{CYCLES * INTERVAL}s])"
    kept = len(net.victoria.query(f"{counted} == {CYCLES}", ended)[1])
    suite.add(f"{what}: interfaces with a sample of each in VictoriaMetrics", "", [kept], at_least=DEVICES * PORTS)
    for name in spent:
        suite.add(f"{what}: {name}, share of a core", "%", [100 * (spent[name] - used[name]) / (CYCLES * INTERVAL)])
    for name, pid in net.processes.items():
        suite.add(f"{what}: {name}, resident", "MB", [sum(resident(one) for one in family(pid)) / 1e6])
