"""The map: how soon it can be used, what a pan costs, and whether it is the same for everybody."""

import hashlib
import math
import time

from bench.browsing.charts import script_seconds
from bench.browsing.worlds import Worlds, ready
from bench.table import Suite

RUNS = 3
PAN_SECONDS = 3
CANVAS = "canvas.topo-canvas[aria-label]"


def run(suite: Suite, worlds: Worlds, full: bool) -> None:
    for name, world, limit in (("876 devices", worlds.bank, 1000), ("10,000 devices", worlds.large, 3000)):
        answer = world.api.get("/topology/map")
        at = Place(answer)
        usable(suite, worlds, world, at, f"map of {name}", limit)
        for zoom in (1, 4):
            panned(suite, worlds, world, at, f"map of {name}, {'all of it' if zoom == 1 else '4x nearer'}", zoom)
        same(suite, worlds, world, f"map of {name}")
    suite.add("map of 10,000 devices: the first answer after a start", "s", [worlds.large.first_map_seconds],
              note="made once, then kept until something changes")
    trays(suite, worlds)
    walked(suite, worlds)


class Place:
    """The device in the middle of the map, and the zoom that shows all."""

    def __init__(self, answer: dict):
        nodes = answer["nodes"]
        placed = [(x, y, name) for x, y, name in zip(nodes["x"], nodes["y"], nodes["name"]) if x is not None]
        (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*((x, y) for x, y, _ in placed)))
        middle = ((left + right) / 2, (top + bottom) / 2)
        self.x, self.y, self.name = min(placed, key=lambda one: math.dist(one[:2], middle))
        self.zoom = max(0.5, min(900 / (right - left + 2), 600 / (bottom - top + 2)))
        self.cables = len(answer["edges"]["id"])

    def address(self, times: float) -> str:
        return f"/topology?x={self.x}&y={self.y}&z={self.zoom * times:.3f}"


def usable(suite: Suite, worlds: Worlds, world, at: Place, name: str, limit: float) -> None:
    """Until it is drawn, the search answers and hovering names a device; since the navigation began."""
    samples, drawn = [], []
    for _ in range(RUNS):
        tab = worlds.tab(world.url)
        try:
            tab.page.goto(world.url + at.address(1), wait_until="commit")
            canvas = tab.page.wait_for_selector(CANVAS)
            drawn.append(clock(tab.page))
            search(tab.page, at.name)
            hover(tab.page, canvas)
            samples.append(clock(tab.page))
        finally:
            tab.close()
    suite.add(f"{name}: drawn, searched and hovered", "ms", samples, at_most=limit,
              note=f"{at.cables:,} cables; graph on the canvas after {min(drawn):.0f} to {max(drawn):.0f} ms")


def clock(page) -> float:
    """Milliseconds since the navigation began, when the next frame is drawn."""
    return page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))")


def search(page, name: str) -> None:
    page.keyboard.press("/")
    page.keyboard.insert_text(name)
    page.wait_for_selector(".topo-search-list li[aria-selected=true] .topo-search-name")
    page.keyboard.press("Escape")


def hover(page, canvas) -> None:
    """Points at the middle, where a device is, until the map says which."""
    x, y = middle(canvas)
    deadline = time.monotonic() + 10
    while not page.locator(".topo-tip strong").count():
        assert time.monotonic() < deadline, "hovering names no device"
        page.mouse.move(x, y)
        page.mouse.move(x + 1, y)


def middle(canvas) -> tuple[float, float]:
    box = canvas.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def panned(suite: Suite, worlds: Worlds, world, at: Place, name: str, zoom: int) -> None:
    """Drags the map about with the mouse; what script runs is counted by the browser."""
    runs = []
    tab = worlds.tab(world.url)
    try:
        tab.page.goto(world.url + at.address(zoom), wait_until="commit")
        canvas = tab.page.wait_for_selector(CANVAS)
        ready(tab.page)
        tab.page.wait_for_timeout(1500)
        for _ in range(RUNS):
            runs.append(pan(tab, *middle(canvas)))
    finally:
        tab.close()
    least = min(runs, key=lambda one: one["script"])
    suite.add(f"{name}: script of a frame while panning", "ms", [one["script"] for one in runs], at_most=8,
              judged_by="minimum", note=f"95th percentile of a frame's drawing {least['drawing']:.1f} ms")
    fps = [one["fps"] for one in runs]
    suite.add(f"{name}: frames a second while panning", "", fps, at_least=30, judged_by="maximum",
              note=f"best {max(fps):.1f}; software drawing, no graphics card")


def pan(tab, x: float, y: float) -> dict:
    """One drag to and fro: milliseconds of script a frame, frames a second."""
    session = tab.context.new_cdp_session(tab.page)
    session.send("Performance.enable")
    before = script_seconds(session)
    tab.page.evaluate("probe.begin()")
    tab.page.mouse.move(x, y)
    tab.page.mouse.down()
    begun, step = time.monotonic(), 0
    while time.monotonic() - begun < PAN_SECONDS:
        step += 1
        swing = 300 * math.sin(step / 40)
        tab.page.mouse.move(x + swing, y + swing / 2)
    tab.page.mouse.up()
    frames, drawing = tab.page.evaluate("probe.end()")
    script = 1000 * (script_seconds(session) - before)
    session.detach()
    return {"script": script / len(frames), "fps": 1000 * len(frames) / sum(frames),
            "drawing": sorted(drawing)[len(drawing) * 95 // 100] if drawing else 0}


def same(suite: Suite, worlds: Worlds, world, name: str) -> None:
    """Two fresh browsers draw the same picture; links by speed, so that load does not change their colours."""
    pictures = []
    for _ in range(2):
        tab = worlds.tab(world.url)
        try:
            tab.page.goto(world.url + "/topology?colour=speed", wait_until="commit")
            canvas = tab.page.wait_for_selector(CANVAS)
            ready(tab.page)
            tab.page.wait_for_timeout(1500)
            pictures.append(hashlib.sha256(canvas.evaluate("one => one.toDataURL()").encode()).hexdigest())
        finally:
            tab.close()
    suite.add(f"{name}: pictures of two fresh browsers that differ", "", [len(set(pictures)) - 1], at_most=0)


def trays(suite: Suite, worlds: Worlds) -> None:
    """Neighbours that are no devices, and devices without a cable: as many as the API knows, all of them listed."""
    known = worlds.bank.api.get("/topology/map")
    tab = worlds.tab(worlds.bank.url)
    wrong = 0
    try:
        for view, rows in (("orphans", known["orphans"]), ("unconnected", known["unconnected"])):
            tab.page.goto(f"{worlds.bank.url}/topology?view={view}", wait_until="commit")
            ready(tab.page)
            told = tab.page.locator(".tabs [aria-current]").inner_text()
            wrong += abs(len(rows) - int("".join(filter(str.isdigit, told)))) + abs(len(rows) - listed(tab.page))
    finally:
        tab.close()
    suite.add("map of 876 devices: orphans and lone devices missing in the tray", "", [wrong], at_most=0)


def listed(page) -> int:
    """How many rows the list beside the map has on all its pages."""
    rows = 0
    while True:
        rows += page.locator("aside .topo-row, aside .topo-rows > li").count()
        further = page.locator(".topo-pager button", has_text="Next")
        if not further.count() or further.is_disabled():
            return rows
        further.click()
        ready(page)


def walked(suite: Suite, worlds: Worlds) -> None:
    """By keyboard alone: an arrow goes to a neighbour on the map, Enter opens its page."""
    core = worlds.bank.api.device("CORE-SW-01")["id"]
    tab = worlds.tab(worlds.bank.url)
    try:
        tab.page.goto(f"{tab.base}/topology?selected={core}", wait_until="commit")
        canvas = tab.page.wait_for_selector(CANVAS)
        ready(tab.page)
        canvas.focus()
        tab.page.keyboard.press("ArrowUp")
        tab.page.wait_for_url(lambda url: "selected=" in url and core not in url)
        tab.page.keyboard.press("Enter")
        tab.page.wait_for_url("**/devices/*")
        ready(tab.page)
        opened = tab.page.inner_text("h1")
    finally:
        tab.close()
    suite.add("a neighbour is opened from the map by keyboard", "", [opened != "CORE-SW-01"], at_least=1, note=opened)
