"""What several machines share: the catalog in PostgreSQL."""

import json
import tempfile
from pathlib import Path

from bench import largest, outages, workers
from bench.postgres import Postgres
from bench.processes import DRIVER, measured
from bench.table import Suite

INTERFACES = 50_000
# Devices of one transaction: a discovery's, and a whole import's.
BATCHES = (64, 1_000)


def upsert(suite: Suite, full: bool) -> None:
    """Interfaces read, compared and written, a transaction for some devices at a time."""
    with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as folder, Postgres(Path(folder) / "postgres") as server:
        for batch in BATCHES:
            report = json.loads(measured(
                [DRIVER, "upsert", f"url={server.url(f'batch{batch}')}", f"interfaces={INTERFACES}", f"batch={batch}",
                 f"rounds={9 if full else 5}"]).output)
            what = f"{INTERFACES:,} interfaces, {batch:,} devices at a time"
            suite.add(f"{what}: all are new", "rows/s", report["inserted"])
            suite.add(f"{what}: all changed", "rows/s", report["changed"], at_least=20_000,
                      note="server beside it on the same cores, as it comes")
            suite.add(f"{what}: none changed", "rows/s", report["unchanged"], at_least=40_000)


PARTS = {"upsert": upsert, "workers": workers.run, "outages": outages.run, "largest": largest.run}


def run(full: bool, parts: list[str]) -> Suite:
    suite = Suite("scale")
    for part in parts or PARTS:
        PARTS[part](suite, full)
    return suite
