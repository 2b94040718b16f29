"""What operators do with the dashboard, on the simulated bank: each task by mouse, and again by keyboard alone."""

import contextlib
import csv
import json
import re

import pytest
from playwright.sync_api import expect

import hands
import wardflux
from alert_world import QUIET_JOBS, eventually
from browser import agree, until
from dashboard_world import Client, Gate, bank, chromium, fault, free_port, tab  # noqa: F401 (fixtures)

expect.set_options(timeout=60_000)

BY_BOTH = pytest.mark.parametrize("by", hands.BOTH, ids=lambda one: one.__name__.lower())
ZONE = "Asia/Tbilisi"  # UTC+4, without summer time
SLIP = 0.006  # what three digits of a rate leave open
RATE = r"[\d.]+ [kMGT]?bit/s"
DOWN = ("EDGE-RTR-08", "xe-0/0/1")


@pytest.fixture(scope="module", autouse=True)
def pulled(bank):
    """The cable of an uplink is pulled from the beginning: its alert comes while other tests run."""
    fault(bank, "link-down", *DOWN)
    yield
    fault(bank, "link-up", *DOWN)


@pytest.fixture
def trouble(bank):
    """The alert of the pulled cable."""
    return eventually("alert of the pulled cable", lambda: next(iter(bank.api.get(
        "/alerts", device_name=DOWN[0], condition="interface_down", state="firing")["items"]), None), 300, pause=1)


@pytest.fixture
def visit(bank, tab):
    """Opens a page of the bank as one who may copy, in the bank's zone; no page may end with a fault."""
    seen = []

    def opened(path="/", **options):
        seen.append(tab(timezone_id=ZONE, permissions=["clipboard-read", "clipboard-write"], **options))
        return seen[-1].open(path)

    yield opened
    assert not [found for one in seen for found in one.faults]


def rate(text):
    """`1.24 Gbit/s` as bit/s."""
    if len(text.split()) != 2:
        return None  # a dash: not read yet
    number, unit = text.split()
    return float(number) * {"b": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}[unit[0]]


def near(value):
    return pytest.approx(value, rel=SLIP)


def go(by, page, title, key):
    """Goes to a page of the navigation; the keys are `g` and one more."""
    by.press(page.get_by_role("navigation", name="Pages").get_by_role("link", name=title, exact=True), key=f"g {key}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


# The busiest uplink, and whether now is normal.

def busiest(bank, provider):
    """What the API says of the busiest uplink of a provider: its id and rates."""
    rows = bank.api.get("/interfaces/top", by="traffic", window="now", limit=1000, isp_provider=provider)["items"]
    rows = [row for row in rows if row["in_bps"] is not None]
    if not rows:
        return ()  # not polled twice yet: no page agrees with that
    row = max(rows, key=lambda row: row["in_bps"] + row["out_bps"])
    return row["interface_id"], near(row["in_bps"]), near(row["out_bps"])


def first_uplink(page, provider):
    """What the overview shows as the first uplink of a provider: its id and rates."""
    # Read at once: the row may be another one a moment later.
    found = page.evaluate("""provider => {
        const row = document.querySelector(`tbody[data-provider="${provider}"] tr[data-uplink]`);
        return row && [row.dataset.uplink, ...[...row.querySelectorAll('td.numeric')].map(cell => cell.innerText)];
    }""", provider)
    return found and (found[0], rate(found[1]), rate(found[2]))


def judged(bank, uplink):
    """What the API says of now: is it usual, and by side the rate with what is usual; None where it cannot be said."""
    now = bank.api.get(f"/interfaces/{uplink}/summary")["current"]
    # The points are those of the page, so that the moments are.
    usual = bank.api.get(f"/interfaces/{uplink}/expected", **{"from": "-24h", "points": 1000})["points"]
    point = max((point for point in usual if point["at"] <= now["at"]), key=lambda point: point["at"])
    if not point["in"] or not point["out"]:
        return None
    sides = {side: (now[f"{side}_bps"], point[side]["low"], point[side]["high"]) for side in ("in", "out")}
    is_usual = all(low <= value <= high for value, low, high in sides.values())
    return is_usual, {side: tuple(map(near, figures)) for side, figures in sides.items()}


def sentence(page):
    """The same as the page tells it."""
    text = page.locator(".interface-normal").inner_text()
    found = re.match(r"\S+ (Normal|Unusual, though in the usual range|Unusual) for [A-Z]\w+day \d\d:00", text)
    if not found:
        return None
    sides = {}
    for side in ("in", "out"):
        told = re.search(rf"({RATE}) {side} (?:\(usually|is (?:above|below) the usual) ({RATE}) to ({RATE})", text)
        sides[side] = tuple(map(rate, told.groups()))
    return found.group(1) != "Unusual", sides


@BY_BOTH
def test_the_busiest_uplink_is_found_and_whether_now_is_normal(bank, visit, by):
    page = visit()
    by = by(page)
    uplink, *_ = agree(page, lambda: first_uplink(page, "magti"), lambda: busiest(bank, "magti"), seconds=150)
    by.press(page.locator(f'tr[data-uplink="{uplink}"] a[href="/interfaces/{uplink}"]'))
    row = bank.api.get(f"/interfaces/{uplink}")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{row['device_name']} {row['if_name']}")
    until(page, "word on whether now is normal", lambda: sentence(page), seconds=150)
    agree(page, lambda: sentence(page), lambda: judged(bank, uplink), seconds=150)
    expect(page.locator(".interface-purpose")).to_contain_text("magti")


# What a failure cuts off.

def choose_on_map(by, page, name):
    box = page.get_by_role("combobox", name="Find a device on the map")
    by.write(box, name, key="/")
    found = page.get_by_role("listbox", name="Devices found").get_by_role("option")
    by.pick(box, found.filter(has_text=re.compile(rf"\b{name}\b")).first)
    expect(page.get_by_role("complementary", name="Chosen device").get_by_role("heading", name=name)).to_be_visible()


def impact_shown(page):
    """The counts that are told, and the names in each list."""
    told, lists = page.get_by_role("region", name="What would be cut off").evaluate("""part => [
        part.querySelector('strong')?.innerText ?? '',
        Object.fromEntries([...part.querySelectorAll('h4')].map(title => [
            title.innerText.replace(/\\d+/, '').trim(),
            [...title.nextElementSibling.querySelectorAll('button')].map(name => name.innerText.trim()).sort()])),
    ]""")
    devices, cables = (re.search(rf"(\d+) {word}", told) for word in ("device", "cable"))
    return {
        "devices": int(devices.group(1)) if devices else 0, "cables": int(cables.group(1)) if cables else 0,
        "cut off": lists.get("Cut off", []), "one way left": lists.get("One way left", [])}


def impact_known(bank, device):
    answer = bank.api.get("/topology/impact", device=device)
    names = {name: sorted(row["name"] for row in answer[name]) for name in ("cut_off", "lost_redundancy")}
    assert answer["cut_off_count"] == len(names["cut_off"]) <= 100
    return {
        "devices": answer["cut_off_count"], "cables": len(answer["failed_links"]),
        "cut off": names["cut_off"], "one way left": names["lost_redundancy"]}


@BY_BOTH
def test_what_would_be_cut_off_is_what_the_api_says(bank, visit, by):
    page = visit()
    by = by(page)
    go(by, page, "Topology", "t")
    worst = bank.api.get("/topology/single-points", limit=1)["items"][0]["device_name"]
    for name in ("CORE-SW-01", worst):
        choose_on_map(by, page, name)
        by.press(page.get_by_role("button", name="What if it fails?"), key="x")
        page.get_by_role("region", name="What would be cut off").locator("strong").wait_for()
        agree(page, lambda: impact_shown(page), lambda: impact_known(bank, bank.api.device(name)["id"]))
    assert impact_shown(page)["cut off"] and "impact=1" in page.url


# Why an interface was classified so, and correcting it.

RULED = ("interface_type", "isp_provider", "is_critical", "overrides", "classification_rule")


def ruled(bank, interface):
    row = bank.api.get(f"/interfaces/{interface}")
    return {name: row[name] for name in RULED}


def explanation(bank, row):
    """The rules that matched, the deciding one first, and the words they matched by."""
    asked = {
        "name": row["if_name"], "descr": row["if_descr"], "alias": row["if_alias"], "if_type": row["if_type"],
        "speed_mbps": round(row["if_speed"] / 1e6), "if_admin_status": row["if_admin_status"],
        "if_oper_status": row["if_oper_status"]}
    matches = bank.api.send("POST", "/rules/explain", body=asked)["matches"]
    return [(match["rule"], [sign["matched"] for sign in match["evidence"]]) for match in matches]


def explanation_shown(page):
    rows = page.get_by_role("table", name="Matching rules, the deciding one first").locator("tbody tr")
    return [(row.locator("code").first.inner_text(), row.locator("q").all_inner_texts()) for row in rows.all()]


@BY_BOTH
def test_a_classification_is_explained_corrected_and_given_back(bank, visit, by):
    row = next(
        row for row in bank.api.all("/interfaces/isp", sort="device_name,if_name")
        if row["isp_provider"] == "veon" and not row["overrides"])
    before = ruled(bank, row["id"])
    page = visit()
    by = by(page)
    try:
        go(by, page, "Interfaces", "i")
        by.write(page.get_by_role("searchbox", name="Search"), row["if_alias"], key="/")
        by.open_row(page.locator(f'tbody a[href="/interfaces/{row["id"]}"]'))
        by.press(page.get_by_role("button", name="Why?"), key="y")
        agree(page, lambda: explanation_shown(page), lambda: explanation(bank, row))
        assert explanation_shown(page)[0][0] == before["classification_rule"]
        correct(by, page)
        expect(page.get_by_text("set by a person")).to_have_count(2)
        now = ruled(bank, row["id"])
        assert (now["interface_type"], now["isp_provider"]) == ("branch_link", "silknet")
        assert bank.api.get(f"/interfaces/{row['id']}")["classification_overridden"]
        for field in ("type", "provider"):
            by.press(page.get_by_role("button", name=f"Give {field} back to the rules"))
            expect(page.get_by_role("button", name=f"Give {field} back to the rules")).to_have_count(0)
        assert ruled(bank, row["id"]) == before
        expect(page.locator(".interface-purpose")).to_contain_text(before["classification_rule"])
    finally:
        bank.api.send("PATCH", f"/interfaces/{row['id']}", body={"interface_type": None, "isp_provider": None})


def correct(by, page):
    by.press(page.get_by_role("button", name="Correct it"), key="e")
    dialog = page.get_by_role("dialog")
    by.choose(dialog.get_by_label("What it is for"), "branch link")
    by.choose(dialog.get_by_label("Provider"), "silknet")
    by.press(dialog.get_by_role("button", name="Save"))
    expect(dialog).to_have_count(0)


# An alert with a note.

@BY_BOTH
def test_an_alert_is_acknowledged_with_a_note(bank, visit, trouble, by):
    device, port = DOWN
    alert = trouble["id"]
    page = visit()
    by = by(page)
    go(by, page, "Alerts", "a")
    by.write(page.get_by_role("searchbox", name="Search"), f"{port} down on {device}", key="/")
    by.open_row(page.locator(f'tbody a.alert-message[href="/alerts/{alert}"]'))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{port} down on {device}")
    note = f"Fibre cut, carrier called; by {type(by).__name__} <b>now</b>"
    try:
        by.press(page.get_by_role("button", name="Acknowledge", exact=True), key="a")
        dialog = page.get_by_role("dialog")
        by.write(dialog.get_by_label("Note"), note)
        by.press(dialog.get_by_role("button", name="Acknowledge"))
        expect(page.get_by_role("note")).to_contain_text(note)
        known = bank.api.get(f"/alerts/{alert}")
        assert (known["state"], known["acknowledgement_note"]) == ("acknowledged", note)
        by.press(page.get_by_role("button", name="Take acknowledgement back"), key="a")
        expect(page.get_by_role("note")).to_have_count(0)
        expect(page.get_by_role("button", name="Acknowledge", exact=True)).to_be_visible()
        assert bank.api.get(f"/alerts/{alert}")["state"] == "firing"
    finally:
        if bank.api.get(f"/alerts/{alert}")["state"] == "acknowledged":
            bank.api.send("POST", f"/alerts/{alert}/unacknowledge", body={})


# Several alerts at once.

ALSO = 2


@pytest.fixture
def several(bank, trouble):
    """The alert of the pulled cable and those of more uplinks: all of them fire."""
    uplinks = [row for row in bank.api.all("/interfaces/isp", sort="device_name,if_name")
               if row["device_name"].startswith("BR-")][:ALSO]
    ports = [(row["device_name"], row["if_name"]) for row in uplinks]
    for port in ports:
        fault(bank, "link-down", *port, "alone")

    def firing():
        found = [bank.api.get("/alerts", interface_id=row["id"], condition="interface_down", state="firing")["items"]
                 for row in uplinks]
        return all(found) and [alert for rows in found for alert in rows]

    yield [trouble, *eventually("alerts of more uplinks", firing, 300, pause=1)]
    for port in ports:
        fault(bank, "link-up", *port, "alone")


def refuse_first(page, path):
    """Lets the first request to a path fail as the server refuses what is over."""
    asked = []

    def answer(route):
        asked.append(route)
        if len(asked) > 1:
            return route.continue_()
        route.fulfill(status=409, content_type="application/problem+json", body=json.dumps({
            "type": "about:blank", "title": "Conflict", "status": 409, "detail": "It is over.", "errors": []}))

    page.route(f"**{path}", answer)


def said(bank, alerts):
    """What is said of alerts: their states with the notes."""
    known = [bank.api.get(f"/alerts/{alert['id']}") for alert in alerts]
    return {(alert["state"], alert["acknowledgement_note"]) for alert in known}


@BY_BOTH
def test_several_alerts_are_acknowledged_at_once(bank, tab, several, by):
    page = tab(timezone_id=ZONE).open("/alerts?flat=true&condition=interface_down")
    by = by(page)
    refuse_first(page, f"/alerts/{several[-1]['id']}/acknowledge")
    try:
        for alert in several:
            row = page.locator(f'tr[data-open="/alerts/{alert["id"]}"]')
            by.tick(row.get_by_role("checkbox", name="Pick this row"))
        expect(page.get_by_text(f"{len(several)} rows picked")).to_be_visible()
        by.press(page.get_by_role("button", name="Acknowledge…", exact=True))
        dialog = page.get_by_role("dialog", name=f"Acknowledge {len(several)} alerts")
        by.write(dialog.get_by_label("Note"), "Storm")
        by.press(dialog.get_by_role("button", name="Acknowledge"))
        expect(dialog.get_by_text("1 alert could not be acknowledged")).to_be_visible()
        expect(dialog.get_by_role("listitem")).to_contain_text("It is over.")
        by.press(dialog.get_by_role("button", name="Acknowledge"))
        expect(dialog).to_have_count(0)
        expect(page.get_by_text("None picked")).to_be_visible()
        # Stored when it was answered, and applied by the next evaluation.
        eventually("all acknowledged", lambda: said(bank, several) == {("acknowledged", "Storm")}, 60)
    finally:
        for alert in several:
            if bank.api.get(f"/alerts/{alert['id']}")["state"] == "acknowledged":
                bank.api.send("POST", f"/alerts/{alert['id']}/unacknowledge", body={})


# A device.

PLACE = ("name", "ip", "port", "device_type", "credential_profile", "location", "tags", "enabled")


@BY_BOTH
def test_a_device_is_added_and_its_discovery_ends(bank, visit, by):
    # One without a neighbour, so that the wiring stays as it is.
    name = bank.api.get("/topology")["unconnected_devices"][hands.BOTH.index(by)]["name"]
    gone = bank.api.device(name)
    ports = bank.api.get(f"/interfaces/device/{gone['id']}", limit=1)["total"]
    bank.api.remove_device(name)
    page = visit()
    by = by(page)
    try:
        go(by, page, "Devices", "d")
        by.press(page.get_by_role("link", name="Add", exact=True), key="a")
        by.write(page.get_by_label("Name"), name)
        by.write(page.get_by_label("Address", exact=False).first, gone["ip"])
        by.choose(page.get_by_label("Credential profile"), gone["credential_profile"])
        by.press(page.get_by_text("Type, port, location, tags"))
        by.write(page.get_by_label("UDP port"), str(gone["port"]))
        by.press(page.get_by_role("button", name="Add it and read its interfaces"))
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{name} was added")
        expect(page.locator(".device-run-state")).to_have_text("done")
        expect(page.locator(".device-ending")).to_contain_text(f"{name} has {ports} interfaces.")
        added = bank.api.device(name)
        assert (added["ip"], added["port"], added["status"]) == (gone["ip"], gone["port"], "up")
        assert added["last_complete_discovery_at"]
        assert bank.api.get(f"/interfaces/device/{added['id']}", limit=1)["total"] == ports
        by.press(page.get_by_role("link", name=name, exact=True))
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
    finally:
        bank.api.remove_device(name)
        bank.api.send("POST", "/devices", body={field: gone[field] for field in PLACE})
        bank.api.send("POST", f"/interfaces/discover/{bank.api.device(name)['id']}")


# A link to exactly this view.

def controls(page):
    """What the controls of a page say, the rows of its tables, its heading and what is pressed or chosen."""
    return page.evaluate("""() => {
        const texts = selector => [...document.querySelectorAll(selector)].map(one => one.innerText.trim());
        const main = 'main ';
        return {
            fields: [...document.querySelectorAll(main + 'input, main select')]
                .map(one => [one.id, one.type === 'checkbox' ? one.checked : one.value]),
            pressed: texts(main + '[aria-pressed="true"]'), current: texts(main + '[aria-current]'),
            sorted: [...document.querySelectorAll(main + '[aria-sort]')].map(one => [one.innerText, one.ariaSort]),
            heads: texts(main + 'th'),
            rows: [...document.querySelectorAll(main + 'tbody tr[data-open]')].map(one => one.dataset.open),
            heading: texts('h1'), side: texts('aside h2, aside h3, .topo-names button'), pager: texts('.pager p'),
        };
    }""")


def view_of_list(by, page):
    """Uplinks of one provider, the slowest first, with a further column."""
    go(by, page, "Interfaces", "i")
    by.write(page.get_by_role("searchbox", name="Search"), "rtr", key="/")
    expect(page).to_have_url(re.compile("q=rtr"))
    by.choose(page.get_by_role("combobox", name="Role"), "ISP")
    by.choose(page.get_by_role("combobox", name="Provider"), "silknet")
    by.press(page.get_by_role("button", name="Speed"))
    by.press(page.get_by_role("button", name="Speed"))
    by.press(page.locator("summary").filter(has_text="Columns"))
    by.tick(page.get_by_label("MTU"))
    expect(page).to_have_url(re.compile("columns=.*if_mtu"))
    return ("role=isp", "provider=silknet", "q=rtr", "sort=if_speed", "columns=")


def view_of_interface(by, page):
    """An uplink over a week beside the week before, with the table of its traffic."""
    go(by, page, "Uplinks", "u")
    by.press(page.locator("main a[href^='/interfaces/']").first)
    by.press(page.get_by_role("button", name="7d"))
    by.press(page.get_by_role("button", name="Last week"), key="c")
    by.press(page.get_by_role("button", name="Line speed"))
    by.press(page.get_by_role("button", name="Earlier"), key="[")
    return ("from=", "to=", "compare=week", "scale=line")


def view_of_map(by, page):
    """What HUB-GORI-1 cuts off, with links by speed."""
    go(by, page, "Topology", "t")
    by.choose(page.get_by_label("Links by"), "speed")
    choose_on_map(by, page, "HUB-GORI-1")
    by.press(page.get_by_role("button", name="What if it fails?"), key="x")
    page.get_by_role("region", name="What would be cut off").locator("strong").wait_for()
    return ("colour=speed", "selected=", "impact=1")


@BY_BOTH
@pytest.mark.parametrize("view", [view_of_list, view_of_interface, view_of_map], ids=["list", "interface", "map"])
def test_a_copied_link_shows_exactly_this_view(bank, visit, by, view):
    page = visit()
    by = by(page)
    said = view(by, page)
    by.press(page.get_by_role("main").get_by_role("button", name="Copy link"))
    expect(page.get_by_text("Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(bank.url) and all(one in link for one in said), link
    other = visit(link.removeprefix(bank.url))
    agree(other, lambda: controls(other), lambda: controls(page))
    assert any(controls(other)[name] for name in ("rows", "pressed", "side"))


# Live.

def is_same_page(page):
    return page.evaluate("window.wasLoadedBefore === true")


def mark_page(page):
    page.evaluate("window.wasLoadedBefore = true")


@contextlib.contextmanager
def device(api, name, **more):
    """A device that is switched off; it is gone afterwards."""
    made = api.send("POST", "/devices", body={"name": name, "ip": "127.9.9.9", "enabled": False, **more}, status=201)
    try:
        yield made
    finally:
        api.send("DELETE", f"/devices/{made['id']}")


def test_a_change_by_another_is_on_screen_by_itself(bank, visit):
    page = visit("/devices?q=LIVE-SW")
    expect(page.get_by_role("button", name="Live")).to_be_visible()
    mark_page(page)
    with device(bank.api, "LIVE-SW-01") as made:
        expect(page.get_by_role("link", name="LIVE-SW-01")).to_be_visible()
        bank.api.send("PATCH", f"/devices/{made['id']}", body={"name": "LIVE-SW-02"})
        expect(page.get_by_role("link", name="LIVE-SW-02")).to_be_visible()
    expect(page.get_by_role("link", name="LIVE-SW-02")).to_have_count(0)
    assert is_same_page(page)


def test_ten_tabs_are_live_on_one_stream(bank, tab):
    with Gate(bank.url) as gate:
        first = tab(gate.url)
        pages = [first.open("/devices?q=TEN-TABS")]
        for _ in range(9):
            pages.append(first.context.new_page())
            pages[-1].goto(gate.url + "/devices?q=TEN-TABS")
        for page in pages:
            expect(page.get_by_role("button", name="Live")).to_be_visible()
        assert gate.streams == 1
        with device(bank.api, "TEN-TABS-SW"):
            for page in pages:
                expect(page.get_by_role("link", name="TEN-TABS-SW")).to_be_visible()
            pages.pop(0).close()  # the one that began it
        for page in pages:
            expect(page.get_by_role("link", name="TEN-TABS-SW")).to_have_count(0)
        assert gate.streams == 1


def test_a_server_that_was_away_is_back_without_a_reload(tab, imported):
    address = f"127.0.0.1:{free_port()}"
    with server_at(address, imported) as server:
        page = tab(server.url).open("/devices")
        expect(page.get_by_role("button", name="Live")).to_be_visible()
        mark_page(page)
        names = page.locator("tbody a[href^='/devices/']")
        known = names.all_inner_texts()
        assert len(known) >= 20
    expect(page.get_by_text("The connection to the server is lost.")).to_be_visible()
    assert names.all_inner_texts() == known
    with server_at(address, imported) as server:
        expect(page.get_by_text("The connection to the server is lost.")).to_have_count(0)
        with device(Client(server.url), "AAA-BACK-AGAIN"):
            expect(page.get_by_role("link", name="AAA-BACK-AGAIN")).to_be_visible()
        assert is_same_page(page)


def server_at(address, data, *settings):
    quiet = [part for job in QUIET_JOBS for part in ("--set", job)]
    started = wardflux.Background(
        "serve", "--data-dir", data, "--bind", address, *quiet, *settings, ready=r"(http://127\.0\.0\.1:\d+)")
    started.url = started.match.group(1)
    return started


# Access tokens.

def test_a_server_that_wants_a_token_is_signed_in_to(tab, imported):
    made = wardflux.run("tokens", "create", "night-shift", "--data-dir", imported).stdout
    token = max(re.findall(r"\S+", made), key=len)
    with server_at("127.0.0.1:0", imported, "--set", "http.require_token=true") as server:
        page = tab(server.url)
        page.page.goto(server.url + "/devices")
        page = page.page
        dialog = page.get_by_role("dialog", name="Sign in")
        for said in ("wrong-" + "x" * 30, token):
            dialog.get_by_label("Access token").fill(said)
            dialog.get_by_role("button", name="Sign in").click()
            if said != token:
                expect(dialog.get_by_role("alert")).to_contain_text("revoked")
        expect(dialog).to_have_count(0)
        rows = Client(server.url, token).get("/devices", limit=1)["total"]
        expect(page.locator("tbody tr[data-open]")).to_have_count(rows)
        expect(page.get_by_role("button", name="Live")).to_be_visible()
        assert token not in page.url
        page.reload()
        expect(page.locator("tbody tr[data-open]")).to_have_count(rows)
        requests_seen = page.evaluate("performance.getEntries().map(one => one.name).join(' ')")
        assert token not in requests_seen and token not in page.evaluate("document.cookie")


# CSV.

def saved_csv(page):
    with page.expect_download() as caught:
        page.get_by_role("main").get_by_role("button", name="CSV").click()
    with open(caught.value.path(), newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def cell(value):
    """A value as CSV has it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def test_csv_has_all_rows_of_the_filtered_list(bank, visit):
    page = visit("/interfaces?role=trunk&status=up&sort=-if_speed")
    rows = saved_csv(page)
    known = bank.api.all(
        "/interfaces/list", interface_type="trunk", if_oper_status_name="up", missing_since__isnull="true",
        sort="-if_speed")
    assert len(rows) == len(known) > 100
    assert [row["id"] for row in rows] == [row["id"] for row in known]
    for name in ("device_name", "if_name", "if_alias", "if_speed", "is_critical", "lldp_neighbor_name"):
        assert [row[name].lstrip("'") for row in rows] == [cell(row[name]) for row in known], name


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","y")', "+1+1", "-1+1", "@SUM(A1)"])
def test_csv_defuses_formulas(bank, visit, name):
    with device(bank.api, name, location='a "b", c') as made:
        page = visit("/devices?enabled=false")
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible()
        row, = [row for row in saved_csv(page) if row["id"] == made["id"]]
    assert (row["name"], row["location"]) == ("'" + name, 'a "b", c')


# Addresses.

STRANGE = {
    "/interfaces?role=nonsense": "nonsense", "/interfaces?sort=beauty": "beauty",
    "/interfaces?columns=beauty": "beauty", "/interfaces?mood=good": "mood", "/devices?status=melting": "melting",
    "/alerts?severity=odd": "odd", "/anomalies?severity=odd": "odd", "/topology?view=upside": "upside",
    "/topology?hops=99": "hops", "/topology?selected=nobody": "nobody",
    "UPLINK?band=maybe": "band=maybe", "UPLINK?range=9x": "9x", "UPLINK?from=later": "later"}


@pytest.mark.parametrize("path", STRANGE, ids=lambda path: path.strip("/").replace("/", " "))
def test_what_is_not_known_in_an_address_is_told(bank, visit, path):
    uplink = f"/interfaces/{bank.api.get('/interfaces/isp', limit=1)['items'][0]['id']}"
    page = visit(path.replace("UPLINK", uplink))
    notice = page.get_by_role("main").get_by_role("status").filter(has_text=STRANGE[path])
    expect(notice).to_be_visible()
    # The rest of the page stands: a list, its empty state, a chart or the map.
    expect(page.locator("main table, main .empty, main canvas").first).to_be_visible()


def test_back_and_forward_step_through_views(bank, visit):
    page = visit()
    go(hands.Mouse(page), page, "Interfaces", "i")
    page.get_by_role("combobox", name="Role").select_option(label="ISP")
    expect(page).to_have_url(re.compile("role=isp"))
    first = page.locator("tbody td a[href^='/interfaces/']").first
    first.click()
    expect(page.get_by_role("button", name="7d")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="7d").click()
    expect(page.get_by_role("button", name="7d")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page.get_by_role("button", name="24h")).to_have_attribute("aria-pressed", "true")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Interfaces")
    expect(page.get_by_role("combobox", name="Role")).to_have_value("isp")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    for _ in range(3):
        page.go_forward()
    expect(page.get_by_role("button", name="7d")).to_have_attribute("aria-pressed", "true")
    assert "range=7d" in page.url


# Text of the network.

SCRIPT = "<img src=x onerror=window.ranHere=1><script>window.ranHere=1</script>"


def test_hostile_names_are_text_wherever_they_are_shown(bank, visit):
    row = next(row for row in bank.api.all("/interfaces/isp") if row["isp_provider"] == "silknet" and not row["notes"])
    try:
        with device(bank.api, SCRIPT, location=SCRIPT, tags=["<b onclick=x>"]) as made:
            bank.api.send("PATCH", f"/interfaces/{row['id']}", body={"notes": SCRIPT})
            page = visit("/devices?enabled=false")
            shows(page, SCRIPT)
            is_calm(page)
            for path in (f"/devices/{made['id']}", f"/devices/{made['id']}?edit=1", f"/interfaces/{row['id']}"):
                page.goto(bank.url + path)
                shows(page, SCRIPT)
                is_calm(page)
            page.keyboard.press("Escape")
            page.keyboard.press("Control+k")
            page.keyboard.type("onerror")
            expect(page.get_by_role("option").filter(has_text=SCRIPT).first).to_be_visible()
            is_calm(page)
    finally:
        bank.api.send("PATCH", f"/interfaces/{row['id']}", body={"notes": None})


def shows(page, text):
    expect(page.get_by_role("main").get_by_text(text).first).to_be_visible()


def is_calm(page):
    assert page.evaluate("window.ranHere === undefined && !document.querySelector('main img, dialog img, body script')")
