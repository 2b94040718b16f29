"""Charts: how soon they are drawn once their data are there, what a moved cursor costs, and whether values are true."""

import csv
import functools
import http.server
import re
import threading
from itertools import zip_longest

from bench.browsing.worlds import ROOT, Worlds, hands, ready, test_dashboard_tasks
from bench.table import Suite

TIMES = 5
READ = 8
RATE, SLIP, rate = test_dashboard_tasks.RATE, test_dashboard_tasks.SLIP, test_dashboard_tasks.rate
STAGE = ".interface-chart.traffic .chart-stage, .chart-stage"
POINTS = 4032  # 14 days of five minutes
SHELL = """<!doctype html><title>chart</title><link rel="stylesheet" href="/css/00-tokens.css">
<link rel="stylesheet" href="/css/50-chart.css"><div id="host"></div>"""


def run(suite: Suite, worlds: Worlds, full: bool) -> None:
    uplink = worlds.bank.api.get("/interfaces/isp", limit=1)["items"][0]["id"]
    in_the_page(suite, worlds, f"/interfaces/{uplink}")
    by_itself(suite, worlds)
    compared(suite, worlds, uplink)


def in_the_page(suite: Suite, worlds: Worlds, path: str) -> None:
    """The page of an uplink over 14 days: from the last answer that the chart is made of to its last stroke."""
    samples, cursor = [], []
    for _ in range(TIMES):
        tab = worlds.tab(worlds.bank.url)
        try:
            tab.page.goto(f"{tab.base}{path}?range=14d", wait_until="commit")
            ready(tab.page)
            samples.append(tab.page.evaluate(DRAWN))
            cursor.append(read(tab))
        finally:
            tab.close()
    suite.add("chart of 14 days on its page: on screen after its data", "ms", samples, at_most=300,
              note="thinned by the server to a point for each pixel, with band and marks")
    suite.add("cursor on its page: script of a frame", "ms", cursor, at_most=8,
              note="moved by the mouse, all charts follow")


# The first burst of strokes after the last answer.
DRAWN = """() => {
    const wanted = /\\/(metrics|expected|anomalies|history)\\?/;
    const answers = performance.getEntriesByType('resource').filter(one => wanted.test(one.name));
    const there = Math.max(...answers.map(one => one.responseEnd));
    const after = probe.draws.filter(at => at > there);
    const end = after.findIndex((at, place) => after[place + 1] - at > 50);
    return after[end < 0 ? after.length - 1 : end] - there;
}"""


def read(tab) -> float:
    """Moves the mouse over a chart for a while: milliseconds of script a frame."""
    session = tab.context.new_cdp_session(tab.page)
    session.send("Performance.enable")
    box = tab.page.locator(STAGE).first.bounding_box()
    before = script_seconds(session)
    tab.page.evaluate("probe.begin()")
    for step in range(200):
        tab.page.mouse.move(box["x"] + 80 + (box["width"] - 100) * step / 200, box["y"] + box["height"] / 2)
    frames, _ = tab.page.evaluate("probe.end()")
    spent = script_seconds(session) - before
    session.detach()
    return 1000 * spent / len(frames)


def script_seconds(session) -> float:
    """How long script ran in a page, as the browser counts it."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "ScriptDuration")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the modules as they are in the sources."""

    def log_message(self, *_):
        pass


def by_itself(suite: Suite, worlds: Worlds) -> None:
    """All 4,032 points of 14 days, unthinned: two series, their bands and 40 marks, by the chart's own module."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(ROOT / "web")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    tab = worlds.tab(base, probed=False)
    try:
        tab.page.route("**/bench.html", lambda route: route.fulfill(body=SHELL, content_type="text/html"))
        tab.page.goto(base + "/bench.html")
        found = tab.page.evaluate(CHART, [POINTS, TIMES])
    finally:
        tab.close()
        server.shutdown()
        server.server_close()
    name = f"chart of {POINTS:,} points, 2 series, bands, 40 marks"
    suite.add(f"{name}: on screen", "ms", found["shown"], at_most=300, note="the module alone, from call to next frame")
    suite.add(f"{name}: cursor, script", "ms", found["cursor"], at_most=8, note="400 positions, with layout")


CHART = """async ([count, times]) => {
    const { timeChart } = await import('/chart/chart.js');
    const step = 300000, from = Date.UTC(2026, 10, 1);
    const at = Array.from({ length: count }, (_, place) => from + place * step);
    const shape = (place, shift) => 2 + Math.sin(place / 46 + shift) + Math.sin(place * 7.1) / 5;
    const wave = (height, shift = 0) => at.map((_, place) => height * shape(place, shift));
    const band = (side, height) => ({ side, times: at, title: 'usual',
        low: wave(height * 0.6), high: wave(height * 1.6), middle: wave(height) });
    const options = {
        title: 'Traffic', unit: 'bit/s', from, to: from + count * step, step, mirrored: true,
        series: ['in', 'out'].map((side, place) => ({ id: side, title: side, side, times: at,
            values: wave(4e8 / (1 + place), place) })),
        bands: [band('in', 4e8), band('out', 2e8)],
        marks: Array.from({ length: 40 }, (_, place) => ({ from: at[place * 100], to: at[place * 100 + 8],
            kind: 'anomaly', title: 'Traffic far above the usual', side: 'in', severity: 'high' })),
    };
    const host = document.getElementById('host');
    const nextFrame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    const shown = [], cursor = [];
    for (let time = 0; time < times; time++) {
        host.replaceChildren();
        await nextFrame();
        const begun = performance.now();
        const chart = timeChart(host, options);
        await nextFrame();
        shown.push(performance.now() - begun);
        chart.showAt(at[5]);
        const moves = 400, before = performance.now();
        for (let move = 0; move < moves; move++) {
            chart.showAt(at[(move * 97) % count]);
            host.getBoundingClientRect();
        }
        cursor.push((performance.now() - before) / moves);
        chart.dispose();
    }
    return { shown, cursor };
}"""


def compared(suite: Suite, worlds: Worlds, uplink: str) -> None:
    """What the chart's file and its cursor say against the API, for half a day that is over."""
    ask = functools.partial(worlds.bank.api.get, f"/interfaces/{uplink}/metrics", points=1000)
    day = ask(**{"from": "-3d"})["points"][0]["at"][:10]
    span = {"from": f"{day}T00:00:00.000Z", "to": f"{day}T12:00:00.000Z"}
    known = [
        [point["at"].replace(".000Z", "Z"), *(point[side] and point[side]["avg"] for side in ("in_bps", "out_bps"))]
        for point in ask(**span)["points"]]
    tab = worlds.tab(worlds.bank.url)
    try:
        tab.page.goto(f"{tab.base}/interfaces/{uplink}?from={span['from']}&to={span['to']}", wait_until="commit")
        ready(tab.page)
        told = [[row[0], *(float(cell) if cell else None for cell in row[1:3])] for row in saved(tab.page)]
        said = [spoken(tab.page, place) for place in range(READ)]
    finally:
        tab.close()
    suite.add("chart's file: rows that are not the API's", "", [sum(a != b for a, b in zip_longest(told, known))],
              at_most=0, note=f"{len(known)} rows")
    wrong = sum(not agree(*pair) for values, row in zip(said, known) for pair in zip(values, row[1:]))
    suite.add("chart's cursor: values that are not the API's", "", [wrong], at_most=0,
              note=f"{READ} points read by keyboard, to three digits")


def agree(said: float | None, known: float | None) -> bool:
    """Whether three digits say the same; nothing is said where there is a gap."""
    return said == known if None in (said, known) else abs(said - known) <= SLIP * known


def spoken(page, place: int) -> tuple[float | None, float | None]:
    """What is said of a point of the first chart, read by keyboard from the left."""
    page.locator(STAGE).first.focus()
    page.keyboard.press("Home" if place == 0 else "ArrowRight")
    page.wait_for_timeout(350)  # it is announced when the keys rest
    text = page.locator(".chart-told").first.inner_text()
    found = (re.search(rf"{side} ({RATE}|no value)", text) for side in ("In", "Out"))
    return tuple(None if one.group(1) == "no value" else rate(one.group(1)) for one in found)


def saved(page) -> list[list[str]]:
    """The rows of the file that the first chart gives, without its header; it is asked for by keyboard."""
    with page.expect_download() as caught:
        hands.Keyboard(page).press(page.locator("figure").first.get_by_role("button", name="CSV"))
    with open(caught.value.path(), newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file))[1:]
