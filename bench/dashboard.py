"""The dashboard in a real Chromium: on the simulated bank of 876 devices, and on a network of 10,000."""

from bench.browsing import charts, colours, crawl, lives, loads, maps, tasks, texts
from bench.browsing.worlds import Worlds
from bench.table import Suite

# Those that press everything come late: what is out of the usual is found some minutes after the bank has begun.
PARTS = {
    "maps": maps.run, "charts": charts.run, "live": lives.run, "loads": loads.run, "states": crawl.states,
    "texts": texts.run, "colours": colours.run, "crawl": crawl.run, "tasks": tasks.run,
}


def run(full: bool, parts: list[str] | None = None) -> Suite:
    suite = Suite("dashboard")
    with Worlds() as worlds:
        for name in parts or PARTS:
            PARTS[name](suite, worlds, full)
    return suite
