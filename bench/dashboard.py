"""The dashboard in a real Chromium: on the simulated bank of 876 devices, and on a network of 10,000."""

import sys
import time
import traceback

import pytest

from bench.browsing import charts, colours, crawl, lives, loads, maps, tasks, texts
from bench.browsing.worlds import Worlds
from bench.processes import ProgramFailed
from bench.table import Suite, rendered

# Those that press everything come late: what is out of the usual is found some minutes after the bank has begun.
PARTS = {
    "maps": maps.run, "charts": charts.run, "live": lives.run, "loads": loads.run, "states": crawl.states,
    "texts": texts.run, "colours": colours.run, "crawl": crawl.run, "tasks": tasks.run,
}


def run(full: bool, parts: list[str] | None = None) -> Suite:
    suite = Suite("dashboard")
    with Worlds() as worlds:
        for name in parts or PARTS:
            part(suite, name, worlds, full)
    return suite


def part(suite: Suite, name: str, worlds: Worlds, full: bool) -> None:
    """Runs one part and tells its rows at once; what breaks it off is a row too, and the others are measured yet."""
    before, begun = len(suite.figures), time.monotonic()
    try:
        PARTS[name](suite, worlds, full)
    except (Exception, ProgramFailed, pytest.fail.Exception) as error:
        traceback.print_exc()
        lines = str(error).splitlines() or [""]
        suite.add(f"part {name}, whole", "", [], missing=f"{type(error).__name__}: {lines[0]}")
    rows = Suite(f"{suite.name}, {name}, {time.monotonic() - begun:.0f} s", suite.figures[before:])
    print(rendered(rows), file=sys.stderr, flush=True)
