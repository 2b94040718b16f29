"""What is live: how soon changes are on screen, ten tabs on one stream, a server that goes away, holding still."""

import signal
import time

from playwright.sync_api import TimeoutError as NotInTime

from bench.alerts import unix
from bench.browsing.worlds import NAME, Worlds, awaited, dashboard_world, ready, test_dashboard_tasks, wardflux
from bench.table import Suite

CHANGES = 10
ALERTED = 3
TABS = 10
KILLS = 3
FILTERED = ["4", "2", "7"]


def run(suite: Suite, worlds: Worlds, full: bool) -> None:
    for check in (changed, alerted, shared, lost, held, filtered):
        check(suite, worlds)


# When a text is first there, by the clock that this process has too.
WATCH = """text => {
    window.seenAt = 0;
    const look = () => {
        if (!window.seenAt && document.querySelector('main').innerText.includes(text)) window.seenAt = Date.now();
        if (window.seenAt) observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.querySelector('main'), { subtree: true, childList: true, characterData: true });
    look();
}"""


def seen_at(page, what: str, seconds: float = 60) -> float:
    """When the text that is watched for was on screen."""
    deadline = time.monotonic() + seconds
    while not (at := page.evaluate("window.seenAt")):
        assert time.monotonic() < deadline, f"{what} is not on screen after {seconds} s"
        page.wait_for_timeout(50)
    return at / 1000


def changed(suite: Suite, worlds: Worlds) -> None:
    """A device gets another name by the API; what has the focus keeps it."""
    api, delays = worlds.bank.api, []
    tab = worlds.tab(worlds.bank.url)
    try:
        with test_dashboard_tasks.device(api, "BENCH-0") as device, test_dashboard_tasks.device(
                api, "BENCH-STAYS", ip="127.9.9.8"):
            page = tab.open("/devices?q=BENCH-")
            page.get_by_role("link", name="BENCH-STAYS").focus()
            for change in range(1, CHANGES + 1):
                page.evaluate(WATCH, f"BENCH-{change}")
                begun = time.time()
                api.send("PATCH", f"/devices/{device['id']}", body={"name": f"BENCH-{change}"})
                delays.append(seen_at(page, "the new name") - begun)
            is_kept = page.evaluate("document.activeElement.innerText.trim() === 'BENCH-STAYS'")
    finally:
        tab.close()
    suite.add("a change by the API is on screen", "s", delays, at_most=2, judged_by="maximum",
              note=f"from before it is sent; slowest {max(delays):.2f} s")
    suite.add("focus kept through live updates", "", [is_kept], at_least=1, note=f"{CHANGES} updates of the list")


def alerted(suite: Suite, worlds: Worlds) -> None:
    """Ports go down in the simulated bank: from when the alert fires to its row on screen."""
    bank, delays = worlds.bank, []
    uplinks = [row for row in bank.api.all("/interfaces/isp", sort="device_name,if_name")
               if row["device_name"].startswith("BR-")][-ALERTED:]
    tab = worlds.tab(bank.url)
    try:
        page = tab.open("/alerts")
        for row in uplinks:
            words = [row["device_name"], row["if_name"]]
            page.evaluate(WATCH, f"{row['if_name']} down on {row['device_name']}")
            dashboard_world.fault(bank, "link-down", *words, "alone")
            shown = seen_at(page, f"the alert of {words}", 150)
            alert = bank.api.get("/alerts", interface_id=row["id"])["items"][0]
            delays.append(shown - unix(alert["fired_at"] or alert["started_at"]))
            dashboard_world.fault(bank, "link-up", *words, "alone")
    finally:
        tab.close()
    suite.add("an alert is on screen after it fires", "s", delays, at_most=2, judged_by="maximum",
              note=f"slowest {max(delays):.2f} s")


def shared(suite: Suite, worlds: Worlds) -> None:
    """Ten tabs, at 127.0.0.1 and at a name that browsers hold for insecure, each over one stream; all hear a change."""
    for where, name in (("127.0.0.1", "127.0.0.1"), ("http at a name that is not loopback", NAME)):
        with dashboard_world.Gate(worlds.bank.url, name) as gate:
            tab = worlds.tab(gate.url, probed=False)
            try:
                pages = [tab.open("/devices?q=TEN-TABS")]
                pages += [tab.context.new_page() for _ in range(TABS - 1)]
                for page in pages[1:]:
                    page.goto(gate.url + "/devices?q=TEN-TABS")
                awaited("stream", lambda: pages[0].wait_for_timeout(200) or gate.streams, 20)
                with test_dashboard_tasks.device(worlds.bank.api, "TEN-TABS-SW"):
                    hearing = sum(hears(page, "TEN-TABS-SW") for page in pages)
                suite.add(f"{TABS} tabs at {where}: event streams", "", [gate.streams], at_most=1)
                suite.add(f"{TABS} tabs at {where}: tabs that hear of a change", "", [hearing], at_least=TABS)
            finally:
                tab.close()


def hears(page, name: str) -> bool:
    """Whether a device appears in a list by itself."""
    try:
        page.get_by_role("link", name=name).wait_for(timeout=10_000)
        return True
    except NotInTime:
        return False


def lost(suite: Suite, worlds: Worlds) -> None:
    """A server is killed and comes back, again and again, then is silent for a while."""
    folder, address = worlds.folder / "lost", f"127.0.0.1:{dashboard_world.free_port()}"
    wardflux.run("devices", "add", "BEFORE-SW", "127.9.9.9", "--data-dir", folder)
    tab = worlds.tab(f"http://{address}")
    server = test_dashboard_tasks.server_at(address, folder)
    turns = []
    try:
        page = tab.open("/devices")
        page.get_by_role("button", name="Live").wait_for()
        for turn in range(KILLS):
            begun = time.monotonic()
            server.stop(signal.SIGKILL)
            banner, kept = gone(page, begun)
            server = test_dashboard_tasks.server_at(address, folder)
            turns.append((banner, kept, *returned(page, tab.base, f"MEANWHILE-{turn}", f"127.9.8.{turn + 1}")))
        silent = silenced(page, server)
    finally:
        tab.close()
        server.stop()
    banner, kept, back, heard = zip(*turns)
    suite.add("server killed: until the banner", "s", list(banner), at_most=15, judged_by="maximum")
    suite.add("server silent, no connection closed: until the banner", "s", [silent],
              note="it gives a sign of life every 15 s")
    suite.add("server killed: the last data stay, with their time", "", [sum(kept)], at_least=KILLS)
    suite.add("server back: until what was changed is on screen", "s", list(back),
              note="without a reload; new tries are up to 10 s apart")
    suite.add("server back: changes missed", "", [KILLS - sum(heard)], at_most=0)


def gone(page, begun: float) -> tuple[float, bool]:
    """Seconds until the page says that the connection is lost; whether it shows what it had, and from when that is."""
    page.get_by_text("The connection to the server is lost.").wait_for(timeout=60_000)
    seconds = time.monotonic() - begun
    stays = page.get_by_role("link", name="BEFORE-SW").count() == 1
    return seconds, stays and "What is shown is from" in page.inner_text("#bar")


def returned(page, base: str, name: str, ip: str) -> tuple[float, bool]:
    """Seconds until a page shows what was changed before it could hear of the server again; whether it ever does."""
    begun = time.monotonic()
    dashboard_world.Client(base).send("POST", "/devices", body={"name": name, "ip": ip, "enabled": False})
    heard = hears(page, name)
    return time.monotonic() - begun, heard


def silenced(page, server) -> float:
    """Stops the server for a while, as if a cable were pulled: seconds until the page says so."""
    begun = time.monotonic()
    server.process.send_signal(signal.SIGSTOP)
    try:
        page.get_by_text("The connection to the server is lost.").wait_for(timeout=60_000)
        return time.monotonic() - begun
    finally:
        server.process.send_signal(signal.SIGCONT)


def held(suite: Suite, worlds: Worlds) -> None:
    """Holding still: nothing changes until one goes on, then all is there."""
    tab = worlds.tab(worlds.bank.url)
    try:
        page = tab.open("/devices?q=HELD-SW")
        page.get_by_role("button", name="Live").wait_for()
        page.keyboard.press("l")
        page.get_by_text("Held still").wait_for()
        with test_dashboard_tasks.device(worlds.bank.api, "HELD-SW"):
            page.wait_for_timeout(4000)
            stays = page.get_by_role("link", name="HELD-SW").count() == 0
            page.keyboard.press("l")
            goes_on = hears(page, "HELD-SW")
    finally:
        tab.close()
    suite.add("held still: nothing moves; then all is there", "", [stays and goes_on], at_least=1)


def filtered(suite: Suite, worlds: Worlds) -> None:
    """Keys in the filter of the list of all interfaces of 10,000 devices: from the key to other rows on screen."""
    samples = []
    total = worlds.large.api.get("/interfaces/list", limit=1)["total"]
    tab = worlds.tab(worlds.large.url)
    try:
        page = tab.open("/interfaces")
        for _ in range(3):
            page.locator("#filter-q").fill("")
            ready(page)
            page.locator("#filter-q").focus()
            for key in FILTERED:
                page.evaluate(KEY)
                page.keyboard.press(key)
                samples.append(seen_at(page, "other rows") * 1000)
                ready(page)
    finally:
        tab.close()
    suite.add(f"a key in the filter of {total:,} interfaces: rows on screen", "ms", samples, at_most=200,
              note="pause while one types included")


KEY = """() => {
    const main = document.querySelector('main');
    const rows = () => main.querySelector('tbody')?.innerText + main.querySelector('.pager')?.innerText;
    const before = rows();
    let begun = 0;
    window.seenAt = 0;
    addEventListener('keydown', () => { begun = performance.now(); }, { once: true, capture: true });
    const observer = new MutationObserver(() => {
        if (!begun || rows() === before) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.seenAt = performance.now() - begun; }));
    });
    observer.observe(main, { subtree: true, childList: true, characterData: true });
}"""
