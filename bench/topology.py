"""Topology: from neighbour tables to a graph that is true, its cost, and the cost of drawing it."""

import json
import tempfile
from pathlib import Path

from bench.discovery import discover, imported, lab
from bench.processes import DRIVER, WARDFLUX, measured
from bench.table import Suite

RUNS = 5


def run(full: bool) -> Suite:
    suite = Suite("topology")
    with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as folder:
        bank(suite, Path(folder))
    layout(suite, full)
    return suite


def bank(suite: Suite, folder: Path) -> None:
    """The whole network from nothing and again, and every edge held against the simulated cabling."""
    first, again, cpu = [], [], []
    csv = folder / "bank.csv"
    background, _ = lab("bank-876", csv)
    with background:
        for attempt in range(RUNS):
            data = imported(folder, f"bank-{attempt}", csv)
            discover(data)
            usage = topology(data)
            first.append(usage.wall_seconds)
            cpu.append(usage.cpu_seconds)
            if attempt == 0:
                truth(suite, data)
            again.append(topology(data).wall_seconds)
    suite.add("bank-876: all topology, wall", "s", first, at_most=3, note="lab beside it on the same cores")
    suite.add("bank-876: all topology, CPU", "s", cpu, note="whole process, store and layout included")
    suite.add("bank-876: unchanged topology, wall", "s", again, at_most=3)
    found = json.loads(measured([DRIVER, "topology", f"catalog={data / 'catalog.sqlite'}", "rounds=15"]).output)
    suite.add("bank-876: graph build, wall", "ms", [1000 * each for each in found["build_seconds"]], at_most=100)
    suite.add("bank-876: single points of failure, wall", "ms", [1000 * each for each in found["analysis_seconds"]])


def topology(data: Path):
    return measured([WARDFLUX, "topology", "discover", "--data-dir", str(data)])


def truth(suite: Suite, data: Path) -> None:
    """Edges against cables: none false, none missing, none twice."""
    graph = json.loads(measured([WARDFLUX, "topology", "show", "--data-dir", str(data), "--format", "json"]).output)
    cables = json.loads(measured([WARDFLUX, "lab", "cabling", "--network", "bank-876", "--json"]).output)
    laid = {ends(*(cable[key] for key in ("a_device", "a_interface", "b_device", "b_interface")))
            for cable in cables if cable["reported_by"]}
    drawn = [ends(*(edge[key] for key in ("source_name", "source_interface", "target_name", "target_interface")))
             for edge in graph["edges"]]
    sums = graph["statistics"]
    suite.add("bank-876: connections found", "", [sums["total_connections"]], at_least=2145, at_most=None)
    suite.add("bank-876: connections mapped", "", [sums["mapped_connections"]], at_least=1987)
    suite.add("bank-876: false edges", "", [len(set(drawn) - laid)], at_most=0)
    suite.add("bank-876: missing edges", "", [len(laid - set(drawn))], at_most=0, note=f"of {len(laid)} cables")
    suite.add("bank-876: edges drawn twice", "", [len(drawn) - len(set(drawn))], at_most=0)
    suite.add("bank-876: contradictions told", "", [len(graph["contradictions"])], at_most=0)


def ends(a_device: str, a_port: str, b_device: str, b_port: str) -> tuple:
    return tuple(sorted([(a_device, a_port), (b_device, b_port)]))


def layout(suite: Suite, full: bool) -> None:
    """Positions of made-up networks; with one device more, nobody else moves."""
    targets = {876: 0.5, 10_000: 6.0}
    for devices in [876, 10_000, 87_600] if full else targets:
        whole, growth, moved = [], [], []
        for seed in range(1, 4):
            found = json.loads(measured([DRIVER, "topology", f"layout={devices}", f"seed={seed}"]).output)
            whole.append(found["cpu_seconds"])
            growth.append(found["growth_cpu_seconds"])
            moved.append(found["moved"])
        suite.add(f"layout of {devices:,} devices, CPU", "s", whole, at_most=targets.get(devices))
        suite.add(f"layout of {devices:,} devices and one more, CPU", "s", growth)
        suite.add(f"devices of {devices:,} that moved for it", "", moved, at_most=devices / 100)
