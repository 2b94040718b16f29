"""Anomalies: how well both methods and their peers find events in traffic, and what judging and learning cost."""

import json
import tempfile
from pathlib import Path

from bench.processes import DRIVER, measured
from bench.table import Suite

SEEDS = [101, 102, 103]
FULL_SEEDS = list(range(101, 109))
PEERS = {
    "classic": "classic", "holt-winters": "RRDtool's Holt-Winters, 7 of 9",
    "season-deviation": "Zabbix's baselinedev, 4 weeks",
    "consensus": "Netdata-like k-means, 8 models", "moving-average": "moving average, 2 h",
}
PARTS = ["score", "stress", "cost"]


def run(full: bool, parts: list[str] = (), data: Path | None = None) -> Suite:
    suite = Suite("anomalies")
    if data is not None:
        labelled(suite, data)
        return suite
    parts = parts or PARTS
    seeds = FULL_SEEDS if full else SEEDS
    if "score" in parts:
        calibration(suite, seeds[0])
        score(suite, seeds)
    if "stress" in parts:
        stress(suite, seeds)
    if "cost" in parts:
        cost(suite)
    return suite


def told(*words: str) -> dict:
    return json.loads(measured([DRIVER, *words], limit_seconds=1800).output)


def calibration(suite: Suite, seed: int) -> None:
    """What the made-up links are like, beside what was measured of the real ones."""
    facts = told("anomalies", "what=facts", f"seed={seed}")
    for name, pair in facts.items():
        real = "not measured" if pair["real"] is None else f"real links: {pair['real']:.3g}"
        suite.add(f"traffic: {name}", "", [pair["made"]], note=real)


def score(suite: Suite, seeds: list[int]) -> None:
    """187 interfaces, 12 weeks of which 4 are for learning, one event an interface and week."""
    runs = [told("anomalies", f"seed={seed}") for seed in seeds]
    ours = [run["adaptive"] for run in runs]
    events = f"{sum(each['events'] for each in ours):,} events, {sum(each['false'] for each in ours):,} false alarms"
    suite.add("adaptive: F1 by event", "", of(ours, "f1"), at_least=0.78, note=events)
    suite.add("adaptive: precision", "", of(ours, "precision"))
    suite.add("adaptive: recall", "", of(ours, "recall"))
    suite.add("adaptive: false alarms an interface-week", "", of(ours, "false_per_week"), at_most=0.15)
    suite.add("adaptive: the same with natural doublings and halvings", "", of(ours, "raw_per_week"))
    targets = {
        "outage": 0.95, "flap": 0.95, "saturate": 0.92, "partial": 0.6, "night": 0.6, "shift": 0.6, "drift": None,
    }
    for kind, target in targets.items():
        found = [each["recall_by_kind"][kind] for each in ours]
        suite.add(f"adaptive: recall of {kind}", "", found, at_least=target)
    suite.add("adaptive: delay, median", "min", of(ours, "delay_median_minutes"), note="one poll is 5 min")
    suite.add("adaptive: delay, P90", "min", of(ours, "delay_p90_minutes"), note="shift and drift last two days")
    peers(suite, runs)
    cold = [told("anomalies", "what=cold", "methods=adaptive", f"seed={seed}")["adaptive"] for seed in seeds]
    suite.add("first 14 days from nothing: F1", "", of(cold, "f1"), at_least=0.65)
    suite.add("first 14 days from nothing: false alarms an interface-week", "", of(cold, "false_per_week"), at_most=0.5)
    incidents = [told("anomalies", "what=incidents", f"seed={seed}") for seed in seeds]
    note = f"{incidents[0]['anomalies']:,} in {incidents[0]['incidents']:,}, {incidents[0]['events']} failures"
    suite.add("anomalies an incident", "", of(incidents, "anomalies_per_incident"), at_least=2.5, note=note)


def peers(suite: Suite, runs: list[dict]) -> None:
    """The other methods on the same series; classic must be as bad as on real links, or the traffic proves nothing."""
    for method, name in PEERS.items():
        theirs = [run[method] for run in runs]
        suite.add(f"{name}: F1 by event", "", of(theirs, "f1"), note=f"precision {mean(theirs, 'precision'):.2f}, "
                  f"recall {mean(theirs, 'recall'):.2f}, delay {theirs[0]['delay_median_minutes']} min")
        least = 5 if method == "classic" else None
        kinds = ", ".join(f"{kind} {share:.2f}" for kind, share in theirs[0]["recall_by_kind"].items())
        suite.add(f"{name}: false alarms an interface-week", "", of(theirs, "false_per_week"), at_least=least,
                  note=kinds)


def stress(suite: Suite, seeds: list[int]) -> None:
    """Links of other kinds, and what is no event."""
    for kind in ("quarter-hours", "flows", "trunks"):
        ours = [told("anomalies", f"kind={kind}", "methods=adaptive", f"seed={seed}")["adaptive"] for seed in seeds]
        suite.add(f"{kind}: F1 by event", "", of(ours, "f1"))
        suite.add(f"{kind}: false alarms an interface-week", "", of(ours, "false_per_week"))
    nuisances = [told("anomalies", "what=nuisances", f"seed={seed}") for seed in seeds]
    for kind in nuisances[0]:
        shares = [100 * each[kind]["alarms"] / each[kind]["nuisances"] for each in nuisances]
        count = sum(each[kind]["nuisances"] for each in nuisances)
        suite.add(f"alarms caused by: {kind}", "%", shares, at_most=1, note=f"of {count:,}, through counters")
    calendars = [told("anomalies", "what=calendar", f"seed={seed}") for seed in seeds]
    words = {
        "clock_change_extra": "more alarms an interface in the week after clocks change",
        "holiday_known_extra": "more alarms an interface for a holiday that is in the calendar",
        "holiday_unknown_extra": "more alarms an interface for one that is not",
    }
    for key, name in words.items():
        suite.add(name, "", [each["adaptive"][key] for each in calendars], at_most=0.1 if "clock" in key else None)


def cost(suite: Suite) -> None:
    """What runs, on files; then the same work for compute alone."""
    with tempfile.TemporaryDirectory(prefix="wardflux-bench-") as folder:
        watch = told("anomaly-speed", "what=watch", f"folder={folder}", "interfaces=187", "days=14", "rounds=10")
    baselines = f"{watch['baselines']:,}"
    kept = f"{watch['state_octets'] / 1e6:.1f} MB, once an hour and after learning"
    ran(suite, "check 187 interfaces, with all reading and writing", watch["check"], 0.005,
        f"{watch['found']} anomalies in all of them")
    ran(suite, "check 187 interfaces, and keep the states", watch["check_keeping"], None, kept)
    ran(suite, f"learn {baselines} baselines for the first time, with their rows", watch["learn_first"], 0.3,
        "new rows, states kept")
    ran(suite, f"learn {baselines} baselines again, with their rows", watch["learn_again"], 0.3,
        "changed rows, states kept")
    ran(suite, f"learn {baselines} baselines by reading 14 stored days, with their rows", watch["learn_reading"], 0.3,
        "of interfaces whose samples are not kept")
    ran(suite, "make all states from 14 stored days", watch["rebuild"], None, "a first start")
    judged = told("anomaly-speed", "what=judge")
    suite.add("judge 200,000 interfaces, 2 directions, compute alone, CPU", "s", judged["seconds"], at_most=0.3,
              judged_by="minimum")
    suite.add("state of a direction", "octets", [judged["octets_per_direction"]], at_most=2048,
              note="resident memory over directions")
    learnt = told("anomaly-speed", "what=learn", "interfaces=187")
    suite.add(f"learn {learnt['baselines']:,} baselines from kept samples, compute alone", "s", learnt["seconds"])


def ran(suite: Suite, name: str, cost: dict, at_most_seconds: float | None, note: str) -> None:
    """Time by the clock on the wall, which is judged, and of the processors."""
    for kind, values in (("wall", cost["wall"]), ("CPU", cost["cpu"])):
        limit = at_most_seconds * 1000 if at_most_seconds and kind == "wall" else None
        suite.add(f"{name}, {kind}", "ms", [1000 * value for value in values], at_most=limit,
                  note=note if kind == "wall" else "")


def labelled(suite: Suite, folder: Path) -> None:
    """Series of one's own with labels: NAME.csv with NAME.labels.csv."""
    for method, result in told("anomalies", f"data={folder}").items():
        name = PEERS.get(method, method)
        kinds = ", ".join(f"{kind} {share:.2f}" for kind, share in result["recall_by_kind"].items())
        suite.add(f"{name}: F1 by event", "", [result["f1"]], note=f"{result['found']} of {result['events']} found")
        suite.add(f"{name}: precision", "", [result["precision"]])
        suite.add(f"{name}: recall", "", [result["recall"]], note=kinds)
        suite.add(f"{name}: false alarms a series and week", "", [result["false_per_week"]],
                  note=f"{result['raw_per_week']:.2f} with natural doublings and halvings")
        suite.add(f"{name}: delay, median", "min", [result["delay_median_minutes"]],
                  note=f"P90 {result['delay_p90_minutes']}")


def of(results: list[dict], key: str) -> list[float]:
    return [result[key] for result in results]


def mean(results: list[dict], key: str) -> float:
    return sum(of(results, key)) / len(results)
