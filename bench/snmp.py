"""The engine beside other people's clients: the same agents, the same rows, rounds interleaved."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import exporter, timetable
from bench.fleet import Fleet
from bench.peers import Peers
from bench.processes import DRIVER, ProgramFailed, measured
from bench.table import Suite
from bench.tap import Tap, write_requests

ROWS = 48
COLUMNS = 8
DEVICES = 100
TABLE_COLUMNS = 41
SNMP_USER = ("bench", "bench-authentication", "bench-privacy")


@dataclass
class Context:
    """What the parts share: a folder, the simulated agents, the peers, and how many rounds."""

    folder: Path
    fleet: Fleet
    peers: Peers
    rounds: int
    intervals: int


def counters(context: Context, polls: int, *options: str, fleet: Fleet | None = None, devices: int = DEVICES, **usage):
    """Our driver over the first devices: what it used and what it reports; fails unless every row came."""
    fleet = fleet or context.fleet
    command = [DRIVER, "counters", f"port={fleet.port}", f"polls={polls}", *options]
    used = measured(command, stdin=fleet.addresses(devices), **usage)
    report = json.loads(used.output)
    assert report["failures"] == 0, f"wardflux: {report}"
    assert report["varbinds"] == report["polls"] * ROWS * COLUMNS, f"wardflux: {report}"
    return used, report


def peer(command: list[str], addresses: str, polls: int, rows: int = ROWS * COLUMNS, **usage) -> dict:
    """A peer over the same devices: its report, with the CPU of its polling alone; fails unless every row came."""
    report = json.loads(measured(command, stdin=addresses, **usage).output)
    wanted = polls * len(addresses.split()) * rows
    assert report["failures"] == 0 and report["varbinds"] == wanted, f"{command[0]}: {report}, {wanted} wanted"
    return report


class Costs:
    """CPU per unit of several programs, in interleaved rounds."""

    def __init__(self):
        self._samples: dict[str, list[float]] = {}

    def add(self, name: str, cpu_seconds: float, units: int) -> None:
        self._samples.setdefault(name, []).append(cpu_seconds * 1e6 / units)

    def __getitem__(self, name: str) -> list[float]:
        return self._samples[name]

    def items(self):
        return self._samples.items()


def judged(suite: Suite, name: str, ours: list[float], theirs: list[float], note: str = "") -> None:
    """A ratio against the target of that name, if there is one."""
    suite.ratio(name, ours, theirs, note=note, **TARGETS.get(name, {}))


def same_counters(suite: Suite, context: Context) -> None:
    """Rows 1 and 2: eight counters of 48 interfaces."""
    fleet, costs = context.fleet, Costs()
    few = fleet.addresses(10)
    addresses = fleet.addresses(DEVICES)
    port = str(fleet.port)
    for _ in range(context.rounds):
        used, report = counters(context, 160)
        costs.add("wardflux", used.cpu_seconds, report["varbinds"])
        used, report = counters(context, 100, "mode=table")
        costs.add("wardflux, by Engine.table", used.cpu_seconds, report["varbinds"])
        report = peer([context.peers.netsnmp, port, "50", "100", "50", "counters"], addresses, 50)
        costs.add("net-snmp async x100", report["cpu_seconds"], report["varbinds"])
        report = peer([context.peers.gosnmp, port, "50", "50", "20", "counters"], addresses, 20)
        costs.add("gosnmp x50", report["cpu_seconds"], report["varbinds"])
        report = peer([*context.peers.gufo, port, "50", "20"], addresses, 20)
        costs.add("gufo-snmp", report["cpu_seconds"], report["varbinds"])
        cpu, varbinds = snmpbulkwalks(context, few.split())
        costs.add("snmpbulkwalk processes", cpu, varbinds)
    for name, samples in costs.items():
        suite.add(f"counters 8x48, CPU per varbind: {name}", "us", samples)
    for name in ["net-snmp async x100", "gosnmp x50", "gufo-snmp", "snmpbulkwalk processes"]:
        judged(suite, f"counters: wardflux / {name}", costs["wardflux"], costs[name])


def snmpbulkwalks(context: Context, addresses: list[str]) -> tuple[float, int]:
    """One process for each column of each device, without MIB files and configuration: CPU seconds and varbinds."""
    program = context.peers.installed("snmpbulkwalk")
    environment = {"MIBS": "", "SNMPCONFPATH": str(context.folder)}
    cpu, varbinds = 0.0, 0
    for address in addresses:
        for column in range(6, 14):
            used = measured(
                [program, "-v2c", "-cpublic", "-Cr50", "-On", "-Oq", "-m", "", f"{address}:{context.fleet.port}",
                 f".1.3.6.1.2.1.31.1.1.1.{column}"], environment=environment)
            cpu += used.cpu_seconds
            varbinds += used.output.count("\n")
    assert varbinds == len(addresses) * ROWS * COLUMNS, f"snmpbulkwalk: {varbinds} varbinds"
    return cpu, varbinds


def whole_tables(suite: Suite, context: Context) -> None:
    """Row 3: all of ifTable and ifXTable, against a scrape of the exporter."""
    fleet, costs = context.fleet, Costs()
    addresses, port = fleet.addresses(1000), fleet.port
    targets = [f"{address}:{port}" for address in fleet.addresses(50).split()]
    program = context.peers.installed("prometheus-snmp-exporter")
    with exporter.Exporter(program, context.folder, max_repetitions=50) as scraped:
        for target in targets:
            scraped.scrape(target, ROWS)
        for _ in range(context.rounds):
            used = measured([DRIVER, "walk", str(port), "64", "100"], stdin=addresses)
            report = json.loads(used.output)
            assert report["varbinds"] >= 1000 * ROWS * TABLE_COLUMNS and report["failures"] == 0, report
            costs.add("wardflux", used.cpu_seconds, 1000)
            before = scraped.cpu_seconds
            for target in targets:
                scraped.scrape(target, ROWS)
            costs.add("prometheus-snmp-exporter", scraped.cpu_seconds - before, len(targets))
    for name, samples in costs.items():
        suite.add(f"ifTable+ifXTable, CPU per device: {name}", "us", samples)
    name = "ifTable+ifXTable: wardflux / prometheus-snmp-exporter scrape"
    note = "max-repetitions 50; HTTP and text included in a scrape"
    judged(suite, name, costs["wardflux"], costs["prometheus-snmp-exporter"], note=note)


# With two requests in flight to an agent, half as many agents that are due together keep it full.
OUTSTANDING = 1000


def transport(suite: Suite, context: Context) -> None:
    """Row 4: the same requests to the same agents, as many outstanding, by a C program that decodes nothing."""
    fleet, costs = context.fleet, Costs()
    requests = context.folder / "requests"
    write_requests(steady_requests(context), requests)
    command = [context.peers.transport_limit, str(fleet.port), str(requests), str(OUTSTANDING), "200000"]
    for _ in range(context.rounds):
        for name, segmentation in [("wardflux, plain", "off"), ("wardflux", "automatic")]:
            used, report = counters(
                context, 40, f"window={OUTSTANDING}", "timetables=1", f"segmentation={segmentation}",
                devices=OUTSTANDING // 2)
            costs.add(name, used.cpu_seconds, report["responses"])
        report = json.loads(measured(command, stdin=fleet.addresses(OUTSTANDING // 2)).output)
        assert report["lost"] < 2000, report
        costs.add("C transport", report["cpu_seconds"], report["round_trips"])
    for name, samples in costs.items():
        suite.add(f"round trips, CPU of one: {name}", "us", samples, note=f"at most {OUTSTANDING} outstanding")
    name = "round trips per CPU second: wardflux, plain / C transport"
    judged(suite, name, costs["C transport"], costs["wardflux, plain"], note="both by sendmmsg and recvmmsg")
    suite.ratio(
        "round trips per CPU second: wardflux / C transport", costs["C transport"], costs["wardflux"],
        note="wardflux as it comes (segmentation where the kernel can)")


def steady_requests(context: Context) -> list[bytes]:
    """The requests of one poll of a device that is known, as our driver sends them."""
    address = context.fleet.addresses(1).strip()
    with Tap((address, context.fleet.port)) as tap:
        measured([DRIVER, "counters", f"port={tap.port}", "polls=8", "timetables=1"], stdin="127.0.0.1\n")
        return tap.last_poll()


def instructions(suite: Suite, context: Context) -> None:
    """Row 5: user instructions a varbind, all threads, as the difference of two run lengths."""
    fleet = context.fleet
    addresses = fleet.addresses(DEVICES)

    def ours(polls: int) -> tuple[int, int]:
        output, count = counted([DRIVER, "counters", f"port={fleet.port}", f"polls={polls}"], addresses, context.folder)
        assert output["failures"] == 0, output
        return count, output["varbinds"]

    def theirs(polls: int) -> tuple[int, int]:
        output, count = counted(
            [context.peers.netsnmp, str(fleet.port), "50", "100", str(polls), "counters"], addresses, context.folder)
        assert output["failures"] == 0, output
        return count, output["varbinds"]

    own = [slope(ours(10), ours(30)) for _ in range(2)]
    other = [slope(theirs(2), theirs(6))] * len(own)
    suite.add("user instructions per varbind: wardflux", "", own, note="callgrind, all threads")
    suite.add("user instructions per varbind: net-snmp async x100", "", other[:1], note="callgrind")
    name = "user instructions: wardflux / net-snmp async x100"
    judged(suite, name, own, other)


def slope(short: tuple[float, int], long: tuple[float, int]) -> float:
    """What one more unit costs, from two run lengths."""
    return (long[0] - short[0]) / (long[1] - short[1])


def counted(command: list[str], stdin: str, folder: Path) -> tuple[dict, int]:
    """A program's report and the user instructions it took under callgrind."""
    file = folder / "callgrind.out"
    valgrind = Peers.installed("valgrind")
    # Valgrind gives up on debug information it does not understand; counting needs none.
    program = folder / Path(command[0]).name
    subprocess.run(["strip", "--strip-debug", "-o", program, command[0]], check=True)
    used = measured(
        [valgrind, "--tool=callgrind", "--quiet", f"--callgrind-out-file={file}", str(program), *command[1:]],
        stdin=stdin)
    for line in file.read_text().splitlines():
        if line.startswith(("totals:", "summary:")):
            return json.loads(used.output), int(line.split()[1])
    raise ProgramFailed("callgrind wrote no totals")


def allocations(suite: Suite, context: Context) -> None:
    """Row 6: heap allocations a response, all threads, as the difference of two run lengths."""
    file = context.folder / "allocations.json"
    environment = {"LD_PRELOAD": context.peers.count_allocations, "COUNT_ALLOCATIONS_FILE": str(file)}

    def ours(polls: int) -> tuple[int, int]:
        _, report = counters(context, polls, environment=environment)
        return json.loads(file.read_text())["allocations"], report["responses"]

    def theirs(polls: int) -> tuple[int, int]:
        report = peer(
            [context.peers.netsnmp, str(context.fleet.port), "50", "100", str(polls), "counters"],
            context.fleet.addresses(DEVICES), polls, environment=environment)
        return json.loads(file.read_text())["allocations"], report["responses"]

    name = "heap allocations per response: wardflux"
    samples = [slope(ours(30), ours(130)) for _ in range(3)]
    suite.add(name, "", samples, note="0, as far as one in a thousand", **TARGETS[name])
    suite.add("heap allocations per response: net-snmp async x100", "", [slope(theirs(10), theirs(30))])


def segmentation(suite: Suite, context: Context) -> None:
    """Row 7: requests to one agent as one segmented message, against one message each."""
    costs = Costs()
    settings = {"4 in flight to an agent": ["in-flight=4"], "as it comes": []}
    for _ in range(context.rounds):
        for setting, options in settings.items():
            for mode in ["off", "automatic"]:
                used, report = counters(context, 20, "timetables=1", f"segmentation={mode}", *options, devices=500)
                costs.add(f"{setting}, {mode}", used.cpu_seconds, report["responses"])
    for name, samples in costs.items():
        suite.add(f"segmentation, CPU per round trip: {name}", "us", samples)
    for setting in settings:
        name = f"segmentation: automatic / off, {setting}"
        judged(suite, name, costs[f"{setting}, automatic"], costs[f"{setting}, off"])


def version3(suite: Suite, context: Context) -> None:
    """Rows 8: authenticated by HMAC-SHA-96 and encrypted by AES-128."""
    costs = Costs()
    user, auth, priv = SNMP_USER
    options = [
        "--v3-user", user, "--v3-auth", "SHA", "--v3-auth-pass", auth, "--v3-priv", "AES", "--v3-priv-pass", priv]
    with Fleet(context.folder / "v3.csv", f"grid-{DEVICES}x{ROWS}", options) as fleet:
        addresses, port = fleet.addresses(DEVICES), str(fleet.port)
        for _ in range(context.rounds):
            used, report = counters(context, 100, f"user={user},{auth},{priv}", fleet=fleet)
            costs.add("wardflux", used.cpu_seconds, report["varbinds"])
            report = peer([context.peers.netsnmp, port, "50", "100", "20", "counters", *SNMP_USER], addresses, 20)
            costs.add("net-snmp async x100", report["cpu_seconds"], report["varbinds"])
            report = peer([context.peers.gosnmp, port, "50", "50", "10", "counters", *SNMP_USER], addresses, 10)
            costs.add("gosnmp x50", report["cpu_seconds"], report["varbinds"])
    for name, samples in costs.items():
        suite.add(f"v3 authPriv SHA/AES-128, CPU per varbind: {name}", "us", samples)
    for name in ["net-snmp async x100", "gosnmp x50"]:
        judged(suite, f"v3 authPriv: wardflux / {name}", costs["wardflux"], costs[name])


# Each figure with a target, by its name: a part that fails leaves none of its own out of the table.
TARGETS: dict[str, dict] = {
    "counters: wardflux / net-snmp async x100": {"at_most": 0.30},
    "counters: wardflux / gosnmp x50": {"at_most": 0.10},
    "counters: wardflux / gufo-snmp": {"at_most": 0.06},
    "counters: wardflux / snmpbulkwalk processes": {"at_most": 1 / 500},
    "ifTable+ifXTable: wardflux / prometheus-snmp-exporter scrape": {"at_most": 1 / 80},
    "round trips per CPU second: wardflux, plain / C transport": {"at_least": 0.80},
    "user instructions: wardflux / net-snmp async x100": {"at_most": 1 / 8},
    "heap allocations per response: wardflux": {"at_most": 0.001},
    "segmentation: automatic / off, 4 in flight to an agent": {"at_most": 0.7},
    "v3 authPriv: wardflux / net-snmp async x100": {"at_most": 0.40},
    "v3 authPriv: wardflux / gosnmp x50": {"at_most": 0.10},
    **timetable.TARGETS,
}


@dataclass
class Part:
    """Some rows of the table: how they are measured, and how their names begin."""

    run: Callable[[Suite, Context], None]
    prefix: str


PARTS = {
    "counters": Part(same_counters, "counters: "),
    "tables": Part(whole_tables, "ifTable+ifXTable: "),
    "transport": Part(transport, "round trips per CPU second: "),
    "instructions": Part(instructions, "user instructions: "),
    "allocations": Part(allocations, "heap allocations"),
    "segmentation": Part(segmentation, "segmentation: "),
    "version3": Part(version3, "v3 authPriv: "),
    "memory": Part(timetable.memory, "memory per idle device"),
    "schedule": Part(timetable.healthy, "100,000 devices: "),
    "losses": Part(timetable.ailing, "10 % dead, 2 % loss: "),
}


def run(full: bool, parts: list[str] | None = None) -> Suite:
    suite = Suite("snmp")
    with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as name:
        folder = Path(name)
        with Fleet(folder / "fleet.csv", f"grid-1000x{ROWS}") as fleet:
            context = Context(folder, fleet, Peers(folder), rounds=15 if full else 5, intervals=3 if full else 2)
            for each in parts or PARTS:
                if each not in timetable.PARTS:
                    attempt(suite, context, PARTS[each])
        # With no other simulation beside theirs.
        for each in parts or PARTS:
            if each in timetable.PARTS:
                attempt(suite, context, PARTS[each])
    return suite


def attempt(suite: Suite, context: Context, part: Part) -> None:
    """Runs a part; the figures with targets that it could not bring are named with the reason."""
    reason, started = "", time.monotonic()
    try:
        part.run(suite, context)
    except (ProgramFailed, AssertionError, OSError, subprocess.CalledProcessError) as failure:
        reason = " ".join(str(failure).split())[:200]
    present = {figure.name for figure in suite.figures}
    for name, target in TARGETS.items():
        if name.startswith(part.prefix) and name not in present:
            suite.add(name, "", [], missing=reason or "the part did not bring it", **target)
    print(f"snmp: {part.prefix.strip(' :')}: {time.monotonic() - started:.0f} s {reason}", file=sys.stderr, flush=True)
