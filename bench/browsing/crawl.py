"""A walk over every page and control: what goes wrong, what axe says, whether an address brings its view back."""

import csv
import json
import re
import sys

from playwright.sync_api import Error

from bench.browsing.loads import shortened
from bench.browsing.worlds import Worlds, pages_of, ready, test_dashboard, test_dashboard_tasks, wardflux
from bench.table import Suite

LINKS = 30
CALM = 100  # milliseconds without a change
RULES = ["target-size"]  # targets below 24 pixels
ALL = """[...document.querySelectorAll(
    'main button, main summary, main select, main input[type=checkbox], .tabs a')]"""
# Of rows that are alike the first stands for all, of other controls that look alike some.
CONTROLS = f"const all = {ALL};" + """
    const seen = new Set(), alike = {};
    return all.filter(one => !one.disabled && one.checkVisibility() && !one.closest('dialog')).flatMap(one => {
        const words = (one.ariaLabel || one.labels?.[0]?.innerText || one.innerText).trim().replace(/\\s+/g, ' ');
        const row = one.closest('tbody tr, ul li, ol li');
        const key = row ? `${one.tagName}.${one.className}` : `${one.tagName} ${words}`;
        if (seen.has(key)) return [];
        seen.add(key);
        const look = `${one.tagName}.${one.className}`;
        alike[look] = (alike[look] ?? 0) + 1;
        if (alike[look] > 15) return [];
        return [{ tag: one.tagName, words, place: all.indexOf(one) }];
    });"""
UNNAMED = """[...document.querySelectorAll('main canvas')].filter(one => one.checkVisibility()
    && !one.closest('[aria-hidden=true]') && !one.ariaLabel && !one.closest('[role][aria-label]')).length"""


class Walk:
    """What was found on the way."""

    def __init__(self, worlds: Worlds):
        self.worlds, self.tab = worlds, worlds.tab(worlds.bank.url, accept_downloads=True)
        self.pressed, self.states, self.links = 0, 0, {}
        self.faults, self.violations, self.unnamed, self.files, self.bad_files = [], [], 0, 0, []
        self.tab.page.on("download", self._saved)
        self._page = ""

    def page(self, path: str) -> None:
        """Presses every control of a page once, each from the page as it was."""
        self._page = path
        self._open()
        self._look("loaded")
        for control in self.tab.page.evaluate(f"() => {{ {CONTROLS} }}"):
            try:
                self._press(control)
            except Error as error:
                self.faults.append(f"{shortened(path)}, {control['words'][:40]}: {str(error).splitlines()[0]}")
            self._note(control["words"])
            self._back()

    def _open(self) -> None:
        self.tab.page.goto(self.tab.base + self._page, wait_until="commit")
        ready(self.tab.page, CALM)
        self._before = self.tab.page.url

    def _press(self, control: dict) -> None:
        handle = self.tab.page.evaluate_handle(f"place => {ALL}[place]", control["place"]).as_element()
        if handle is None or not handle.is_visible():
            return
        if control["tag"] == "SELECT":
            handle.select_option(index=handle.evaluate("one => (one.selectedIndex + 1) % one.options.length"))
        else:
            handle.click(timeout=3000)
        self.pressed += 1
        self.tab.page.wait_for_timeout(50)
        ready(self.tab.page, CALM)

    def _note(self, words: str) -> None:
        """What the press has led to: faults, a dialog that axe looks at, an address that is to bring the view back."""
        page = self.tab.page
        self.faults += [f"{shortened(self._page)}, {words[:40]}: {fault}" for fault in self.tab.faults]
        self.tab.faults.clear()
        if page.locator("dialog[open]").count():
            self._look(f"dialog of {words[:40]}")
        elif page.url != self._before and len(self.links) < LINKS:
            self.links[page.url] = view(page)

    def _look(self, state: str) -> None:
        """What axe finds, and canvases without a name."""
        self.states += 1
        self.violations += [f"{shortened(self._page)}, {state}: {line}" for line in self.tab.violations(*RULES)]
        self.unnamed += self.tab.page.evaluate(UNNAMED)

    def _back(self) -> None:
        page = self.tab.page
        if page.locator("dialog[open]").count():
            page.keyboard.press("Escape")
            page.wait_for_timeout(100)
        if page.url != self._before or page.locator("dialog[open]").count() or page.locator("details[open]").count():
            self._open()

    def _saved(self, download) -> None:
        """A file: a header line, as many cells in each row, nothing that a spreadsheet would run."""
        if not download.suggested_filename.endswith(".csv"):
            return
        self.files += 1
        with open(download.path(), newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
        uneven = {len(row) for row in rows} != {len(rows[0])} if rows else True
        formulas = [cell for row in rows[1:] for cell in row if re.match(r"[=+@\t]|-(?![\d.])", cell)]
        if uneven or formulas:
            self.bad_files.append(f"{shortened(self._page)}: {formulas[:2] or 'rows of different lengths'}")


def run(suite: Suite, worlds: Worlds, full: bool) -> None:
    walk = Walk(worlds)
    try:
        paths = [path for path in pages_of(worlds.bank) if "?" not in path]
        for path in paths:
            walk.page(path)
    finally:
        walk.tab.close()
    lost = [shortened(url) for url, known in walk.links.items() if not comes_back(worlds, url, known)]
    add = suite.add
    note = f"{walk.pressed} controls of {len(paths)} pages"
    add("errors and warnings while controls are pressed", "", [len(walk.faults)], at_most=0,
        note=said(note, walk.faults))
    add("axe: violations", "", [len(walk.violations)], at_most=0,
        note=said(f"{walk.states} states, pages and dialogs, with targets of 24 pixels", walk.violations))
    add("canvases without a name", "", [walk.unnamed], at_most=0)
    add("files of tables and charts that are not sound CSV", "", [len(walk.bad_files)], at_most=0,
        note=said(f"{walk.files} files", walk.bad_files))
    add("addresses that do not bring the view back", "", [len(lost)], at_most=0,
        note=said(f"{len(walk.links)} addresses, each in a fresh browser", lost))


def said(note: str, found: list[str]) -> str:
    """A note with the first of what was found; all of it goes to the terminal."""
    for line in found:
        print("   ", " ".join(line.split())[:240], file=sys.stderr)
    return f"{note}; first: {' '.join(found[0].split())[:80]}" if found else note


def view(page) -> dict:
    """What controls say; rows may change by themselves."""
    known = test_dashboard_tasks.controls(page)
    return {key: known[key] for key in ("fields", "pressed", "current", "sorted", "heading")}


def comes_back(worlds: Worlds, url: str, known: dict) -> bool:
    """Whether a fresh browser shows what was to be seen at an address."""
    tab = worlds.tab(worlds.bank.url)
    try:
        tab.page.goto(url, wait_until="commit")
        ready(tab.page)
        return view(tab.page) == known
    finally:
        tab.close()


def states(suite: Suite, worlds: Worlds, full: bool) -> None:
    """Pages of a server that knows nothing yet, and pages whose every question fails: axe, and no page is blank."""
    with wardflux.server(worlds.folder / "nothing") as server:
        for name, fails in (("of an empty server", False), ("while every answer is an error", True)):
            tab = worlds.tab(server.url)
            if fails:
                tab.page.route("**/api/v1/**", refuse)
            try:
                wrong, blank = looked(tab)
            finally:
                tab.close()
            pages = f"{len(test_dashboard.PAGES)} pages"
            suite.add(f"pages {name}: axe: violations", "", [len(wrong)], at_most=0, note=said(pages, wrong))
            suite.add(f"pages {name}: blank", "", [blank], at_most=0, note=pages)


def looked(tab) -> tuple[list[str], int]:
    """What axe finds on every page, and how many pages say nothing."""
    wrong, blank = [], 0
    for path in test_dashboard.PAGES:
        tab.page.goto(tab.base + path, wait_until="commit")
        try:
            ready(tab.page, CALM)
        except TimeoutError as error:
            wrong.append(f"{path}: {error}")
        wrong += [f"{path}: {line}" for line in tab.violations(*RULES)]
        blank += len(tab.page.inner_text("main")) < 40
    return wrong, blank


def refuse(route) -> None:
    """What a server answers that is starting."""
    route.fulfill(status=503, content_type="application/problem+json", body=json.dumps({
        "type": "about:blank", "title": "Not ready", "status": 503, "detail": "it starts", "remedy": "Try again.",
        "errors": [], "errors_total": 0}))
