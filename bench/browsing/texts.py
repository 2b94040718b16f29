"""Odd and hostile text of the network on every page: nothing runs, nothing is pushed out of its place."""

import contextlib

from bench.browsing.loads import shortened
from bench.browsing.worlds import Worlds, browser, pages_of, ready
from bench.table import Suite

MARKUP = "<img src=x onerror=window.ranHere=1><script>window.ranHere=1</script>\"'"
NAMES = {
    "CORE-SW-01": MARKUP,
    "EDGE-RTR-08": "\u202eמתג ליבה 🛰️ " + "Ж" * 30,
    "HUB-GORI-1": "W" * 255,
}
RAN = "window.ranHere !== undefined || Boolean(document.querySelector('main img, dialog img, body script'))"


def run(suite: Suite, worlds: Worlds, full: bool) -> None:
    bank = worlds.bank
    ran, wider, faults, seen = [], [], [], set()
    with contextlib.ExitStack() as undone:
        ids = [rename(bank, undone, old, new) for old, new in NAMES.items()]
        paths = pages_of(bank) + [f"{page}{each}" for each in ids for page in ("/devices/", "/topology?selected=")]
        paths += ["/topology?view=list", "/topology?view=links", "/alerts?view=history"]
        for size in (browser.WIDE, browser.NARROW):
            tab = worlds.tab(bank.url, size=size)
            try:
                for path in paths:
                    tab.page.goto(bank.url + path, wait_until="commit")
                    ready(tab.page, 150)
                    where = f"{shortened(path)} at {size['width']}"
                    ran += [where] * tab.page.evaluate(RAN)
                    wider += [f"{where} by {tab.overflow()}"] * (tab.overflow() > 0)
                    text = tab.page.inner_text("main") + tab.page.title()
                    seen |= {old for old, new in NAMES.items() if new[:60] in text}
                faults += tab.faults
            finally:
                tab.close()
    note = f"{len(paths)} pages at 1280 and 390: markup, right to left, emoji, 255 characters"
    suite.add("hostile names: script that ran", "", [len(ran)], at_most=0, note=f"{note} {ran[:2] or ''}")
    suite.add("hostile names: pages that can be scrolled sideways", "", [len(wider)], at_most=0,
              note=", ".join(wider[:4]))
    suite.add("hostile names: errors and warnings", "", [len(faults)], at_most=0, note=", ".join(faults[:2]))
    suite.add("hostile names: shown as they are written", "", [len(seen)], at_least=len(NAMES))


def rename(bank, undone: contextlib.ExitStack, old: str, new: str) -> str:
    """Gives a device of the bank another name for a while; its id."""
    device = bank.api.device(old)["id"]
    bank.api.send("PATCH", f"/devices/{device}", body={"name": new})
    undone.callback(bank.api.send, "PATCH", f"/devices/{device}", body={"name": old})
    return device
