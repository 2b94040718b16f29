"""Discovery: from addresses to classified interfaces, its cost, and the peers' cost of the same walk."""

import http.client
import json
import tempfile
import threading
import time
from pathlib import Path

from bench.peers import Peers
from bench.processes import DRIVER, WARDFLUX, Background, free_port, measured
from bench.table import Suite

PORTS = 48
ROUNDS = 5


def run(full: bool) -> Suite:
    suite = Suite("discovery")
    with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as folder:
        bank(suite, Path(folder))
        large(suite, Path(folder))
        curve(suite, Path(folder), full)
        walk(suite, Path(folder))
        classification(suite)
        api(suite, Path(folder))
    return suite


def lab(network: str, csv: Path) -> tuple[Background, int]:
    """A simulated network on a free port, with the list of its devices."""
    import socket

    port = free_port(socket.SOCK_DGRAM)
    background = Background(
        [WARDFLUX, "lab", "--network", network, "--port", str(port), "--devices-csv", str(csv)], ready="on UDP port")
    return background, port


def discover(data: Path) -> tuple[object, dict]:
    """One discovery of all devices, as a process of its own, and the results it printed."""
    usage = measured([WARDFLUX, "discover", "--all", "--data-dir", str(data), "--json"])
    return usage, json.loads(usage.output)


def imported(folder: Path, name: str, csv: Path) -> Path:
    """A fresh data directory that knows the devices of a list."""
    data = folder / name
    measured([WARDFLUX, "devices", "import", str(csv), "--data-dir", str(data)])
    return data


def results_of(run: dict) -> dict:
    return run.get("results", run)


def bank(suite: Suite, folder: Path) -> None:
    first, again = [], []
    csv = folder / "bank.csv"
    background, _ = lab("bank-876", csv)
    with background:
        for attempt in range(3):
            data = imported(folder, f"bank-{attempt}", csv)
            usage, run = discover(data)
            found = results_of(run)["interfaces_discovered"]
            assert found == 3247, f"bank-876: {found} interfaces"
            first.append(usage.wall_seconds)
            before = rows(data)
            usage, _ = discover(data)
            again.append(usage.wall_seconds)
            changed = rewritten(before, rows(data))
            assert changed == 0, f"{changed} unchanged rows were rewritten"
    suite.add("bank-876: first discovery, wall", "s", first, at_most=5, note="lab beside it on the same cores")
    suite.add("bank-876: unchanged rediscovery, wall", "s", again, at_most=2, note="no row rewritten (checked)")


SEEN = {"last_seen_at", "last_discovered_at"}


def rows(data: Path) -> dict[str, dict]:
    """Every interface row by id, as the database file has it."""
    import sqlite3

    with sqlite3.connect(f"file:{data / 'catalog.sqlite'}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        return {row["id"]: dict(row) for row in database.execute("SELECT * FROM device_interfaces")}


def rewritten(before: dict, after: dict) -> int:
    """How many rows differ in anything but the seen-timestamps."""
    def kept(row):
        return {key: value for key, value in row.items() if key not in SEEN}

    return sum(1 for key in before.keys() | after.keys() if kept(before.get(key, {})) != kept(after.get(key, {})))


def large(suite: Suite, folder: Path) -> None:
    cpu, peak, lab_cpu = [], [], []
    csv = folder / "large.csv"
    background, _ = lab(f"grid-876x{PORTS}", csv)
    with background:
        for attempt in range(3):
            data = imported(folder, f"large-{attempt}", csv)
            before = background.cpu_seconds
            usage, run = discover(data)
            lab_cpu.append(background.cpu_seconds - before)
            assert results_of(run)["interfaces_discovered"] == 876 * PORTS, run
            cpu.append(usage.cpu_seconds)
            peak.append(usage.peak_mb)
    suite.add("42,048 interfaces: first discovery, CPU", "s", cpu, at_most=6, note="whole process, store included")
    suite.add("42,048 interfaces: peak memory", "MB", peak, at_most=200)
    suite.add("42,048 interfaces: CPU of the lab", "s", lab_cpu, note="reported apart")


def curve(suite: Suite, folder: Path, full: bool) -> None:
    nobody = folder / "nobody.csv"
    nobody.write_text("name,ip,port,version,community,profile,device_type,location,tags\n")
    empty = imported(folder, "empty", nobody)
    start = min(discover(empty)[0].cpu_seconds for _ in range(3))
    suite.add("a discovery of no devices, CPU", "s", [start], note="start of the program; taken off below")
    for devices in [100, 300, 1000, 3000, 10000] if full else [100, 1000, 10000]:
        csv = folder / f"curve-{devices}.csv"
        background, _ = lab(f"grid-{devices}x{PORTS}", csv)
        with background:
            data = imported(folder, f"curve-{devices}", csv)
            usage, _ = discover(data)
        suite.add(
            f"{devices:,} devices: CPU per interface", "us",
            [(usage.cpu_seconds - start) * 1e6 / (devices * PORTS)],
            note=f"peak {usage.peak_mb:.0f} MB")


def walkers(folder: Path, port: int) -> dict[str, list[str]]:
    """Commands that walk ifTable and ifXTable of the addresses they read, ours first."""
    peers = Peers(folder)
    return {
        "wardflux": [DRIVER, "walk", str(port), "50", "48"],
        "net-snmp async x100": [peers.netsnmp, str(port), "50", "100", "1", "tables"],
        "gosnmp x50": [peers.gosnmp, str(port), "50", "50", "1", "tables"],
    }


def walk(suite: Suite, folder: Path) -> None:
    """The same devices, the same columns, rounds interleaved; CPU seconds of the client alone."""
    csv = folder / "walk.csv"
    background, port = lab(f"grid-2000x{PORTS}", csv)
    cost: dict[str, list[float]] = {}
    answering: list[float] = []
    with background:
        lines = csv.read_text().splitlines()[1:]
        addresses = "\n".join(line.split(",")[1] for line in lines) + "\n"
        commands = walkers(folder, port)
        for _ in range(ROUNDS):
            for name, command in commands.items():
                before = background.cpu_seconds
                usage = measured(command, stdin=addresses)
                report = json.loads(usage.output)
                if name == "wardflux":
                    answering.append((background.cpu_seconds - before) * 1e6 / report["varbinds"])
                assert report["varbinds"] >= len(lines) * PORTS * 41, f"{name}: {report}"
                cost.setdefault(name, []).append(usage.cpu_seconds * 1e6 / report["varbinds"])
    for name, samples in cost.items():
        suite.add(f"walk ifTable+ifXTable, CPU per varbind: {name}", "us", samples)
    ratios = [lab_cost / ours for lab_cost, ours in zip(answering, cost["wardflux"])]
    suite.add(
        "walk: the lab's CPU / wardflux's", "x", ratios, at_most=1, note="the answering side is not what is measured")
    for name, limit in [("net-snmp async x100", 0.5), ("gosnmp x50", 0.2)]:
        ratios = [ours / theirs for ours, theirs in zip(cost["wardflux"], cost[name])]
        suite.add(f"walk: wardflux / {name}", "x", ratios, at_most=limit, note="same agent, same round")


def classification(suite: Suite) -> None:
    samples = [json.loads(measured([DRIVER, "classify", "100000", "200"]).output) for _ in range(3)]
    suite.add(
        "classification: 100,000 interfaces x 200 rules, CPU", "s", [sample["cpu_seconds"] for sample in samples],
        at_most=2)


def api(suite: Suite, folder: Path) -> None:
    """Latency seen by a client at 200 requests a second, over the catalog of 42,048 interfaces."""
    port = free_port()
    server = Background(
        ["taskset", "-c", "0", WARDFLUX, "serve", "--data-dir", str(folder / "large-0"), "--bind",
         f"127.0.0.1:{port}", "--set", "jobs.discover-all-interfaces.enabled=false", "--set",
         "jobs.cleanup-old-interfaces.enabled=false"], ready=f"127.0.0.1:{port}")
    with server:
        for name, path, limit in [
            ("list, filter and sort, page of 100",
             "/api/v1/interfaces/list?limit=100&if_oper_status=1&sort=-if_speed,if_name", 10),
            ("summary", "/api/v1/interfaces/summary", 5),
        ]:
            latencies = sorted(paced(port, path, per_second=200, seconds=10))
            p99 = latencies[int(len(latencies) * 0.99)] * 1000
            suite.add(f"API, 200 requests/s on one core: {name}, p99", "ms", [p99], at_most=limit,
                      note=f"median {latencies[len(latencies) // 2] * 1000:.2f} ms, {len(latencies)} requests")


def paced(port: int, path: str, per_second: int, seconds: int) -> list[float]:
    """Sends requests on a fixed timetable over four connections; a late answer delays nobody's clock."""
    latencies: list[float] = []
    lock = threading.Lock()
    workers = 4
    start = 0.0

    def begin():
        nonlocal start
        start = time.perf_counter() + 0.1

    # All connections are open and the first answer (which counts and sorts) is in before the timetable begins.
    warm = threading.Barrier(workers, action=begin)

    def work(offset: int):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(5):
            connection.request("GET", path)
            connection.getresponse().read()
        warm.wait()
        own = []
        for number in range(offset, per_second * seconds, workers):
            due = start + number / per_second
            time.sleep(max(0, due - time.perf_counter()))
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            own.append(time.perf_counter() - due)
            assert answer.status == 200, answer.status
        with lock:
            latencies.extend(own)

    threads = [threading.Thread(target=work, args=(offset,)) for offset in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return latencies
