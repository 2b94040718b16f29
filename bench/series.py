"""Collecting and keeping counters, beside VictoriaMetrics and librrd: the same readings, rounds interleaved."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import collection
from bench.peers import Peers
from bench.peers.victoria import TEXT, Victoria, csv_route
from bench.processes import DRIVER, ProgramFailed, measured
from bench.snmp import Costs
from bench.table import Suite

BANK = 3_247
LARGE = 42_048
DAY = 288
REST_DAYS = 3
UPLINKS = 187
WEEKS_DAYS = 14
BOTH = '{__name__=~"interface_if_hc_(in|out)_octets"}'

# Each figure with a target, by its name: a part that fails leaves none of its own out of the table.
TARGETS: dict[str, dict] = {
    "insert: samples per CPU second, embedded / VictoriaMetrics by Prometheus text": {"at_least": 2},
    "at rest: octets per sample, embedded / VictoriaMetrics": {"at_most": 0.6},
    f"summary: 24 h of {BANK:,} interfaces, in and out, embedded": {"at_most": 0.1},
    f"summary: 24 h of {LARGE:,} interfaces, in and out, embedded": {"at_most": 1},
    f"summary: 24 h of {LARGE:,} interfaces, VictoriaMetrics / embedded": {"at_least": 5},
    "one: interface, 24 h, 8 counters, embedded": {"at_most": 2},
    f"weeks: 14 days of {UPLINKS} interfaces, in and out, embedded": {"at_most": 0.15},
    "curve: cost of a sample, 400,000 / 3,247 interfaces": {"at_most": 1.5},
    **collection.TARGETS,
}


@dataclass
class Context:
    """What the parts share."""

    folder: Path
    peers: Peers
    rounds: int
    start: int
    """Midnight (UTC) of the last day that is over: the readings of a day are of the past, and within a retention."""

    def fresh(self, name: str) -> Path:
        """An empty folder."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path


def words(**options) -> list[str]:
    return [f"{name}={value}" for name, value in options.items()]


def insert(folder: Path, **options) -> dict:
    """Our driver: appends readings to an embedded store in a folder, and what that took."""
    return json.loads(measured([DRIVER, "collect-insert", *words(folder=folder, **options)]).output)


def read(folder: Path, **options) -> dict:
    """Our driver: reads that store; `seconds` has the time of each round."""
    return json.loads(measured([DRIVER, "collect-read", *words(folder=folder, **options)]).output)


def texts(**options) -> Iterator[bytes]:
    """The very same readings as texts, one for each interval."""
    with subprocess.Popen([DRIVER, "collect-text", *words(**options)], stdout=subprocess.PIPE) as process:
        try:
            while line := process.stdout.readline().strip():
                yield process.stdout.read(int(line))
        finally:
            process.stdout.close()
            process.kill()


def octets_of(*paths: Path) -> int:
    used = subprocess.run(["du", "-sb", *paths], capture_output=True, text=True, check=True)
    return sum(int(line.split()[0]) for line in used.stdout.splitlines())


def posted(server: Victoria, route: str, bodies: list[bytes]) -> float:
    """CPU seconds of the server for some texts, until it rests."""
    before = server.cpu_seconds
    for body in bodies:
        server.request("POST", route, body)
    server.settle()
    return server.cpu_seconds - before


def inserts(suite: Suite, context: Context) -> None:
    """Appending, in rounds: the embedded store, VictoriaMetrics by both routes, files of librrd."""
    costs, cycles, files = Costs(), 16, 400
    ours_cycles = 48
    feeds = {
        name: texts(interfaces=BANK, cycles=2 + cycles * context.rounds, start=context.start, format=name)
        for name in ("prometheus", "csv")}
    rrd = texts(interfaces=files, cycles=cycles * context.rounds, start=context.start, format="values")
    routes = {"prometheus": TEXT, "csv": csv_route()}
    servers = {name: Victoria(context.fresh(f"victoria-{name}")) for name in feeds}
    written, longest = [], []
    try:
        for name, server in servers.items():
            # New series cost much more: their first readings are not counted.
            posted(server, routes[name], [next(feeds[name]), next(feeds[name])])
        for number in range(context.rounds):
            report = insert(
                context.fresh("embedded"), interfaces=BANK, cycles=ours_cycles, start=context.start)
            costs.add("embedded", report["cpu_seconds"], report["samples"])
            written.append(report["written_octets"] / report["samples"])
            longest.append(1000 * report["longest_append_seconds"])
            for name, server in servers.items():
                bodies = [next(feeds[name]) for _ in range(cycles)]
                costs.add(f"VictoriaMetrics, {name}", posted(server, routes[name], bodies), cycles * BANK * 8)
            values = b"".join(next(rrd) for _ in range(cycles)).decode()
            report = json.loads(measured(
                [context.peers.rrd_update, str(context.fresh("rrd")), str(context.start), str(files), str(cycles)],
                stdin=values).output)
            costs.add("librrd", report["cpu_seconds"], report["samples"])
    finally:
        for server in servers.values():
            server.stop()
        for feed in [*feeds.values(), rrd]:
            feed.close()
    notes = {
        "embedded": f"{ours_cycles} intervals, sealing and closing included; every append synced to disk",
        "librrd": f"{files} files of {report['octets']:,} octets, {cycles} intervals",
    }
    for name, samples in costs.items():
        suite.add(f"insert: CPU of a sample: {name}", "us", samples, note=notes.get(name, "the server alone"))
    name = "insert: samples per CPU second, embedded / VictoriaMetrics by Prometheus text"
    suite.ratio(name, costs["VictoriaMetrics, prometheus"], costs["embedded"], **TARGETS[name])
    suite.ratio(
        "insert: samples per CPU second, embedded / VictoriaMetrics by CSV", costs["VictoriaMetrics, csv"],
        costs["embedded"])
    suite.ratio("insert: samples per CPU second, embedded / librrd", costs["librrd"], costs["embedded"])
    suite.add("insert: octets written to disk per sample, embedded", "octets", written)
    suite.add("insert: longest append, embedded", "ms", longest)


def days_of(context: Context, interfaces: int, days: int) -> dict[str, int]:
    """Whole days of readings, up to the last midnight."""
    return {"interfaces": interfaces, "cycles": days * DAY, "start": context.start - (days - 1) * 86_400}


def kept(context: Context, interfaces: int, days: int = 1) -> tuple[Path, dict]:
    """Whole days of readings in the embedded store: its folder, and what filling it took."""
    folder = context.fresh(f"day-{interfaces}")
    return folder, insert(folder, **days_of(context, interfaces, days))


def sent(context: Context, server: Victoria, interfaces: int, counters: int, days: int = 1) -> None:
    """The same in VictoriaMetrics."""
    route = csv_route(counters)
    for body in texts(**days_of(context, interfaces, days), format="csv", counters=counters):
        server.request("POST", route, body)
    # One merge leaves some small parts behind: it is asked until another one gains nothing.
    before, after = 2 * server.octets(), server.octets()
    while after < 0.999 * before:
        server.settle(merge=True)
        before, after = after, server.octets()


def day(suite: Suite, context: Context) -> None:
    """Days of the bank: what they take at rest, summaries of the last one, a page of one interface."""
    # First ours alone: the server closes a connection on which nothing comes for a minute.
    folder, report = kept(context, BANK, REST_DAYS)
    with Victoria(context.fresh("victoria-day")) as server:
        sent(context, server, BANK, 8, REST_DAYS)
        at_rest(suite, context, folder, server.octets() / report["samples"], report["samples"])
        suite.add(
            "upkeep: longest piece, embedded", "ms", [1000 * report["longest_step_seconds"]],
            note=f"sealing, and days into one block, {REST_DAYS} days")
        summaries(suite, context, server, folder, BANK)
        one(suite, context, server, folder)


def at_rest(suite: Suite, context: Context, folder: Path, theirs: float, samples: int) -> None:
    """What whole days take in both, and in ours a day that is not over for some hours yet."""
    ours = octets_of(folder) / samples
    suite.add(
        "at rest: octets per sample, embedded", "octets", [ours], note=f"all files, {REST_DAYS} days of 8 counters")
    suite.add(
        "at rest: octets per sample, hourly roll-ups in it", "octets",
        [octets_of(*folder.glob("rollups-*")) / samples], note="VictoriaMetrics has none")
    suite.add("at rest: octets per sample, VictoriaMetrics", "octets", [theirs], note="merged; index included")
    name = "at rest: octets per sample, embedded / VictoriaMetrics"
    suite.add(name, "x", [ours / theirs], **TARGETS[name])
    last = context.fresh("last-day")
    report = insert(last, interfaces=BANK, cycles=DAY, start=context.start, settle=3)
    suite.add(
        "at rest: octets per sample, embedded, the last day alone", "octets", [octets_of(last) / report["samples"]],
        note="in blocks of two hours until six hours after its end")


def large(suite: Suite, context: Context) -> None:
    """A day of 876 switches of 48 ports: its summaries."""
    folder, report = kept(context, LARGE)
    with Victoria(context.fresh("victoria-large")) as server:
        sent(context, server, LARGE, 2)
        suite.add(
            f"insert: CPU of a sample, {LARGE:,} interfaces, embedded", "us",
            [report["cpu_seconds"] * 1e6 / report["samples"]], note="a day")
        suite.add(
            f"at rest: octets per sample, {LARGE:,} interfaces, embedded", "octets",
            [octets_of(folder) / report["samples"]])
        summaries(suite, context, server, folder, LARGE)


def summaries(suite: Suite, context: Context, server: Victoria, folder: Path, interfaces: int) -> None:
    """Mean and highest rate of a day, in and out, of all interfaces."""
    ours, theirs = [], []
    for _ in range(context.rounds):
        report = read(folder, interfaces=interfaces, start=context.start, what="summary")
        assert report["values"] == interfaces, report
        ours += report["seconds"]
        seconds = 0.0
        for direction in ("in", "out"):
            took, series = server.query(
                f"rollup_rate(interface_if_hc_{direction}_octets[24h])", context.start + 86_400)
            assert len(series) == 3 * interfaces, f"VictoriaMetrics: {len(series)} series"
            seconds += took
        theirs.append(seconds)
    name = f"summary: 24 h of {interfaces:,} interfaces, in and out"
    suite.add(f"{name}, embedded", "s", ours, note="by scan and rate law", **TARGETS[f"{name}, embedded"])
    suite.add(f"{name}, VictoriaMetrics", "s", theirs, note="rollup_rate, a query a direction, over HTTP")
    name = f"summary: 24 h of {interfaces:,} interfaces, VictoriaMetrics / embedded"
    suite.ratio(name, theirs, ours, **TARGETS.get(name, {}))


def one(suite: Suite, context: Context, server: Victoria, folder: Path) -> None:
    """All counters of one interface over a day."""
    report = read(folder, interfaces=BANK, start=context.start, what="one", rounds=200)
    assert report["values"] >= DAY - 1, report
    # Any interface: the ids of those that are in the server.
    ids = [series["interface_id"] for series in json.loads(server.get(
        "/api/v1/series", **{"match[]": "interface_if_in_errors", "start": context.start,
                             "end": context.start + 86_400}))["data"]]
    theirs = []
    for number in range(200):
        begun = time.perf_counter()
        body = server.get(
            "/api/v1/export", **{"match[]": f'{{interface_id="{ids[number * 7919 % len(ids)]}"}}',
                                 "start": context.start, "end": context.start + 86_400})
        theirs.append(1000 * (time.perf_counter() - begun))
        assert body.count(b"\n") == 8, body[:200]
    name = "one: interface, 24 h, 8 counters, embedded"
    suite.add(name, "ms", [1000 * each for each in report["seconds"]], **TARGETS[name])
    suite.add("one: interface, 24 h, 8 counters, VictoriaMetrics", "ms", theirs, note="export over HTTP")


def weeks(suite: Suite, context: Context) -> None:
    """What baselines are learnt from: 14 days of the uplinks."""
    start = context.start - (WEEKS_DAYS - 1) * 86_400
    cycles, hours = WEEKS_DAYS * DAY, WEEKS_DAYS * 24
    folder = context.fresh("weeks")
    insert(folder, interfaces=UPLINKS, cycles=cycles, start=start, together=96)
    ours, theirs = [], []
    with Victoria(context.fresh("victoria-weeks")) as server:
        bodies = list(texts(interfaces=UPLINKS, cycles=cycles, start=start, format="csv", counters=2))
        for first in range(0, len(bodies), 96):
            server.request("POST", csv_route(2), b"".join(bodies[first:first + 96]))
        server.settle(merge=True)
        for _ in range(2 * context.rounds):
            report = read(folder, interfaces=UPLINKS, start=start, hours=hours, what="weeks")
            assert report["values"] > UPLINKS * 2 * (cycles - 8), report
            ours += report["seconds"]
            begun = time.perf_counter()
            body = server.get("/api/v1/export", **{"match[]": BOTH, "start": start, "end": start + hours * 3600})
            theirs.append(time.perf_counter() - begun)
            assert len(body) > 187 * cycles * 2 * 10, len(body)
    name = f"weeks: 14 days of {UPLINKS} interfaces, in and out"
    suite.add(f"{name}, embedded", "s", ours, note="to 168 buckets of an interface", **TARGETS[f"{name}, embedded"])
    suite.add(f"{name}, VictoriaMetrics", "s", theirs, note="one export over HTTP, not read yet")
    suite.ratio(f"{name}, VictoriaMetrics / embedded", theirs, ours)


def curve(suite: Suite, context: Context) -> None:
    """What a sample costs among ever more interfaces: two hours each, sealed."""
    sizes, cycles = [BANK, 10_000, LARGE, 100_000, 400_000], 24
    cost: dict[int, float] = {}
    for size in sizes:
        reports = [
            insert(context.fresh("curve"), interfaces=size, cycles=cycles, start=context.start)
            for _ in range(3 if size < LARGE else 1)]
        samples = [report["cpu_seconds"] * 1e6 / report["samples"] for report in reports]
        cost[size] = min(samples)
        last = reports[-1]
        suite.add(
            f"curve: CPU of a sample, {size:,} interfaces", "us", samples,
            note=f"{last['wall_seconds'] / cycles:.2f} s an interval, the longest {last['longest_cycle_seconds']:.2f} s; "
            f"{last['resident'] / 1e6:.0f} MB")
    name = "curve: cost of a sample, 400,000 / 3,247 interfaces"
    suite.add(name, "x", [cost[400_000] / cost[BANK]], **TARGETS[name])


@dataclass
class Part:
    """Some rows of the table: how they are measured, how their names begin, and whether only the long run has them."""

    run: Callable[[Suite, Context], None]
    prefixes: tuple[str, ...]
    is_long: bool = False


PARTS = {
    "insert": Part(inserts, ("insert: samples",)),
    "day": Part(day, ("at rest: ", f"summary: 24 h of {BANK:,}", "one: ")),
    "weeks": Part(weeks, ("weeks: ",)),
    "bank": Part(collection.bank, (f"collection of {collection.BANK}: ",)),
    "grid": Part(collection.grid, (f"collection of {collection.GRID}: ",)),
    "large": Part(large, (f"summary: 24 h of {LARGE:,}",)),
    "curve": Part(curve, ("curve: ",)),
    "whole": Part(collection.whole, (f"collection of {collection.WHOLE}: ",), is_long=True),
}


def run(full: bool, parts: list[str] | None = None) -> Suite:
    suite = Suite("series")
    with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as name:
        folder = Path(name)
        midnight = int(time.time()) // 86_400 * 86_400
        context = Context(folder, Peers(folder), rounds=9 if full else 3, start=midnight - 86_400)
        for each in parts or [name for name, part in PARTS.items() if full or not part.is_long]:
            attempt(suite, context, PARTS[each])
    return suite


def attempt(suite: Suite, context: Context, part: Part) -> None:
    """Runs a part; the figures with targets that it could not bring are named with the reason."""
    reason, started = "", time.monotonic()
    try:
        part.run(suite, context)
    except (ProgramFailed, AssertionError, OSError, subprocess.CalledProcessError, StopIteration) as failure:
        reason = " ".join(str(failure).split())[:200] or type(failure).__name__
    present = {figure.name for figure in suite.figures}
    for name, target in TARGETS.items():
        if name.startswith(part.prefixes) and name not in present:
            suite.add(name, "", [], missing=reason or "the part did not bring it", **target)
    for path in context.folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
    print(f"series: {part.prefixes[0].strip(' :')}: {time.monotonic() - started:.0f} s {reason}", file=sys.stderr,
          flush=True)
