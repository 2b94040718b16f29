"""A hundred thousand devices on a timetable, healthy and not, and the memory they take."""

import json
import time

from bench.fleet import Fleet
from bench.processes import DRIVER, measured
from bench.table import Suite

DEVICES = 100_000
ROWS = 48
INTERVAL_MILLISECONDS = 60_000
DEAD_PERCENT = 10
LOSS_PERCENT = 2

TARGETS = {
    "100,000 devices: overdue polls": {"at_most": 0, "judged_by": "maximum"},
    "100,000 devices: live polls on time": {"at_least": 100},
    "100,000 devices: share of a core, I/O threads": {"at_most": 0.25},
    "100,000 devices: share of a core, whole process": {"at_most": 0.25},
    "10 % dead, 2 % loss: live polls on time": {"at_least": 99.9},
    "memory per idle device, before its first poll": {"at_most": 1024},
    "100,000 devices: memory of one, after its polls": {"at_most": 1024},
}
PARTS = ("memory", "schedule", "losses")


def memory(suite: Suite, context) -> None:
    """Devices known to the engine and not yet polled: nothing is sent, so nobody has to answer."""
    addresses = loopback(DEVICES)
    samples = []
    for _ in range(3):
        report = json.loads(measured([DRIVER, "memory", "port=9"], stdin=addresses).output)
        assert not report["polled"], report
        samples.append((report["resident_after"] - report["resident_before"]) / report["devices"])
    name = "memory per idle device, before its first poll"
    suite.add(name, "octets", samples, note=f"resident memory, {DEVICES:,} devices against none", **TARGETS[name])


def loopback(count: int) -> str:
    """Addresses 127.1.0.0 and up."""
    return "".join(f"127.{1 + (number >> 16)}.{number >> 8 & 255}.{number & 255}\n" for number in range(count))


def timetable(context, options: list[str]) -> tuple[dict, float]:
    """Polls the devices for some intervals: the driver's report, and the lab's share of a core meanwhile."""
    with Fleet(context.folder / "large.csv", f"grid-{DEVICES}x{ROWS}", options) as fleet:
        before, started = fleet.cpu_seconds, time.monotonic()
        used = measured(
            [DRIVER, "schedule", f"port={fleet.port}", f"intervals={context.intervals}", f"rows={ROWS}",
             f"interval={INTERVAL_MILLISECONDS}"], stdin=fleet.addresses())
        share = (fleet.cpu_seconds - before) / (time.monotonic() - started)
    return json.loads(used.output), share


def lateness(report: dict) -> str:
    return (
        f"begun late p99 {report['lateness_p99_ms']} max {report['lateness_max_ms']} ms; "
        f"ended after due p50 {report['completion_p50_ms']} p99 {report['completion_p99_ms']} "
        f"max {report['completion_max_ms']} ms")


def on_time(report: dict) -> float:
    return 100 * report["live_polls_on_time"] / max(1, report["live_polls_due"])


def healthy(suite: Suite, context) -> None:
    """Every device answers, nothing is lost."""
    report, lab = timetable(context, [])
    assert report["live"] > 0, report
    add = suite.add
    run = f"{context.intervals} intervals of {INTERVAL_MILLISECONDS // 1000} s; lab beside it used {lab:.2f} of a core"
    name = "100,000 devices: overdue polls"
    add(name, "", [report["overdue"]], note=f"begun over 1 s late, or skipped; {lateness(report)}", **TARGETS[name])
    name = "100,000 devices: live polls on time"
    add(name, "%", [100 * report["live_polls_on_time"] / (DEVICES * context.intervals)], note=run, **TARGETS[name])
    for name, key in [("I/O threads", "engine_share"), ("whole process", "process_share")]:
        name = f"100,000 devices: share of a core, {name}"
        add(name, "", [report[key]], **TARGETS[name])
    name = "100,000 devices: memory of one, after its polls"
    octets = (report["resident_after"] - report["resident_before"]) / DEVICES
    add(name, "octets", [octets], note="resident memory against before the devices were added", **TARGETS[name])


def ailing(suite: Suite, context) -> None:
    """A tenth of the devices never answers, and of the rest's datagrams some are lost."""
    report, lab = timetable(context, ["--dead-percent", str(DEAD_PERCENT), "--loss-percent", str(LOSS_PERCENT)])
    dead = DEVICES - report["live"]
    assert abs(dead - DEVICES * DEAD_PERCENT / 100) < DEVICES / 200, f"{dead} devices never answered: {report}"
    name = "10 % dead, 2 % loss: live polls on time"
    suite.add(
        name, "%", [on_time(report)],
        note=f"{dead:,} never answered; {report['retransmissions']:,} retransmissions; {lateness(report)}",
        **TARGETS[name])
    suite.add(
        "10 % dead, 2 % loss: overdue polls", "", [report["overdue"]],
        note="the dead devices' included: they are only probed")
    suite.add(
        "10 % dead, 2 % loss: share of a core, whole process", "", [report["process_share"]], note=f"lab {lab:.2f}")
