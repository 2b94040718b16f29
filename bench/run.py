"""Runs the suites and prints their tables."""

import argparse
import signal
import sys
from pathlib import Path

from bench import alerts, anomalies, cluster, dashboard, discovery, series, snmp, topology
from bench.table import rendered, written

SUITES = {
    "discovery": discovery.run, "snmp": snmp.run, "series": series.run, "topology": topology.run,
    "anomalies": anomalies.run, "alerts": alerts.run, "dashboard": dashboard.run, "scale": cluster.run,
}
# Suites that can be run in part.
PARTS = {
    "snmp": snmp.PARTS, "series": series.PARTS, "anomalies": anomalies.PARTS, "alerts": alerts.PARTS,
    "dashboard": dashboard.PARTS, "scale": cluster.PARTS,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measures WARD FLUX, peers beside it.")
    parser.add_argument("suites", nargs="*", metavar="NAME", help=f"any of: {', '.join(SUITES)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    parser.add_argument("--full", action="store_true", help="the long run")
    parser.add_argument(
        "--part", action="append", metavar="NAME",
        help="only this part: " + "; ".join(f"of {name} {', '.join(parts)}" for name, parts in PARTS.items()))
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER",
        help="of anomalies: score NAME.csv (timestamp,value…) with NAME.labels.csv (series,start,end,kind) instead")
    options = parser.parse_args()
    # An end from outside unwinds like any other, so that nothing that was started is left running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    unknown = [name for name in options.suites if name not in SUITES]
    if unknown:
        parser.error(f"unknown suite '{unknown[0]}'; there are: {', '.join(SUITES)}")
    if options.data and options.suites != ["anomalies"]:
        parser.error("--data is for the suite 'anomalies' alone")
    chosen = options.suites or list(SUITES)
    known = [part for name in chosen for part in PARTS.get(name, [])]
    unknown = [name for name in options.part or [] if name not in known]
    if unknown:
        parser.error(f"unknown part '{unknown[0]}'; there are: {', '.join(known)}")
    results = []
    for name in chosen:
        parts = [part for part in options.part or [] if part in PARTS.get(name, [])]
        if options.part and not parts:
            continue
        more = {"data": options.data} if name == "anomalies" else {}
        results.append(SUITES[name](options.full, *([parts] if name in PARTS else []), **more))
        print(rendered(results[-1]), flush=True)
    if options.json:
        options.json.write_text(written(results))
    short = [figure.name for suite in results for figure in suite.figures if figure.verdict == "short"]
    if short:
        print("short of their targets: " + "; ".join(short), file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
