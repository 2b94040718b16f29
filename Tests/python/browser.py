"""A real Chromium for tests of the dashboard: pages that remember what went wrong in them."""

import os
import shutil
import time

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

# What a browser does of its own accord would be traffic to elsewhere.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions"]
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}
AXE = os.path.join(os.path.dirname(axe_playwright_python.__file__), "axe.min.js")

# What lies far below the window is loaded when one comes there.
LOADING = """[...document.querySelectorAll('main .skeleton, main [aria-busy="true"]')]
    .some(one => one.getBoundingClientRect().top < innerHeight + 100)"""


def launch(play, arguments=()):
    """Debian's Chromium; a test that cannot have it fails with the remedy."""
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("no chromium: install Debian's package 'chromium'")
    return play.chromium.launch(executable_path=path, args=[*ARGUMENTS, *arguments])


class Tab:
    """A page in a fresh context; `faults` has console errors and warnings, page errors, and requests elsewhere."""

    def __init__(self, browser, base, *, size=WIDE, scheme="light", **options):
        self.base, self.faults, self.requests, self.pending = base, [], [], set()
        self.context = browser.new_context(viewport=size, color_scheme=scheme, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfinished", self._answered)
        self.page.on("requestfailed", self._answered)

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")

    def _request(self, request):
        self.requests.append(request.url)
        if "/api/v1/" in request.url and "/api/v1/events" not in request.url:
            self.pending.add(request)
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.faults.append(f"request elsewhere: {request.url}")

    def _answered(self, request):
        self.pending.discard(request)

    def open(self, path):
        """Opens a path and waits until the page has its data."""
        self.pending.clear()
        self.page.goto(self.base + path, wait_until="load")
        self.settle()
        return self.page

    def settle(self):
        """Waits until nothing says any more that it is loading, and every answer that was asked for is there."""
        self.page.wait_for_selector("main h1")
        # Asked from here: a wait inside of the page is made of text again and again, which the pages' policy refuses.
        until(self.page, "end of loading", lambda: not self.page.evaluate(LOADING) and not self.pending)

    def violations(self, *rules):
        """What axe finds wrong, each as a line; of the rules that it leaves off those named count too."""
        # By the protocol, not by a script element: the pages' policy refuses those.
        with open(AXE, encoding="utf-8") as file:
            self.page.evaluate(file.read())
        found = self.page.evaluate(
            "rules => axe.run(document, {resultTypes: ['violations'], rules})",
            {rule: {"enabled": True} for rule in rules})["violations"]
        return [
            f"{one['id']}: {node['html'][:160]} ({node.get('failureSummary', '')[:200]})"
            for one in found for node in one["nodes"]]

    def overflow(self):
        """Pixels by which the page can be scrolled sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def close(self):
        self.context.close()


class Chromium:
    """One browser for a module of tests."""

    def __init__(self, *arguments):
        self._arguments = arguments

    def __enter__(self):
        self._play = sync_playwright().start()
        self.browser = launch(self._play, self._arguments)
        return self.browser

    def __exit__(self, *_):
        self.browser.close()
        self._play.stop()


def until(page, what, holds, seconds=60):
    """What `holds` answers once it is true; the page lives on meanwhile."""
    deadline = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > deadline:
            said = page.inner_text("main")[:3000]
            pytest.fail(f"no {what() if callable(what) else what} in {seconds} s; the page says:\n{said}")
        page.wait_for_timeout(250)


def agree(page, shown, known, seconds=60):
    """Waits until what the page shows is what is known otherwise, and answers it: figures change under both."""
    both = {}

    def equal():
        both["known"], both["shown"] = known(), shown()
        return both["known"] == both["shown"]

    until(page, lambda: f"agreement: shown {both['shown']!r}, known {both['known']!r}", equal, seconds)
    return both["known"]
