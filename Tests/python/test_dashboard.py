"""The dashboard in a real Chromium, on the simulated bank: every page, in both themes, wide and narrow."""

import re

import pytest
import requests

import browser
import wardflux

PAGES = [
    "/", "/interfaces", "/interfaces?interface_type=isp", "/devices", "/devices/add", "/devices/import", "/devices/sweep",
    "/profiles", "/topology", "/alerts", "/silences", "/anomalies", "/discovery", "/jobs", "/uplinks", "/rules", "/status",
    "/docs"]


@pytest.fixture(scope="module")
def bank():
    """The whole system on the simulated bank, discovered and polled once, with a day of history."""
    with wardflux.Background(
            "demo", "--port", "0", "--history", "1", "--interval", "60",
            ready=r"(http://127\.0\.0\.1:\d+)/api/v1/interfaces/summary", timeout=240) as demo:
        demo.url = demo.match.group(1)
        yield demo


@pytest.fixture(scope="module")
def chromium():
    with browser.Chromium() as found:
        yield found


@pytest.fixture
def tab(bank, chromium):
    """Opens tabs of fresh contexts and closes them."""
    tabs = []

    def opened(base=bank.url, **options):
        tabs.append(browser.Tab(chromium, base, **options))
        return tabs[-1]

    yield opened
    for one in tabs:
        one.close()


def get(bank, path, **parameters):
    answer = requests.get(f"{bank.url}/api/v1{path}", params=parameters, timeout=30)
    assert answer.status_code == 200, answer.text[:1000]
    return answer.json()


def one_of_each(bank):
    """Pages of one device, interface and run."""
    uplink = get(bank, "/interfaces/isp", limit=1)["items"][0]
    run = get(bank, "/jobs", limit=1)["items"][0]
    return [f"/interfaces/{uplink['id']}", f"/devices/{uplink['device_id']}", f"/jobs/{run['id']}"]


def look(tab, paths):
    """Opens pages one after the other; what is wrong with each."""
    wrong = []
    for path in paths:
        tab.faults.clear()
        tab.open(path)
        wrong += [f"{path}: {fault}" for fault in tab.faults + tab.violations()]
        if tab.overflow() > 0:
            wrong.append(f"{path}: can be scrolled sideways by {tab.overflow()} pixels")
    return wrong


@pytest.mark.parametrize("size, scheme", [(browser.WIDE, "light"), (browser.NARROW, "dark")], ids=["wide", "narrow"])
def test_every_page_stands_without_a_fault(bank, tab, size, scheme):
    wrong = look(tab(size=size, scheme=scheme), PAGES + one_of_each(bank))
    assert not wrong, "\n".join(wrong)


def test_a_page_that_is_not_there_says_so(tab):
    page = tab().open("/nothing")
    assert re.search(r"no (such )?page|not found", page.inner_text("main"), re.I)


def test_the_first_load_is_small_and_of_this_server_alone(bank, tab):
    one = tab()
    one.open("/")
    assert len(one.requests) <= 12 and not one.faults, (one.requests, one.faults)


def test_a_page_is_painted_before_its_script_is_there(bank, tab):
    page = tab().page
    page.route("**/app.js", lambda route: None)
    page.goto(bank.url, wait_until="commit")
    page.get_by_text("WARD FLUX", exact=True).wait_for()
    browser.until(page, "first paint", lambda: page.evaluate(
        "performance.getEntriesByName('first-contentful-paint').length"))


def test_every_page_stands_where_nothing_is_known_yet(tab, tmp_path):
    with wardflux.server(tmp_path / "nothing") as server:
        wrong = look(tab(base=server.url), PAGES)
    assert not wrong, "\n".join(wrong)


def test_the_sums_are_those_of_the_api(bank, tab):
    sums = get(bank, "/overview")["interfaces"]
    page = tab().open("/")
    for name in ("total", "isp", "trunk", "critical", "monitored"):
        page.locator("main").get_by_text(f"{sums[name]:,}", exact=True).first.wait_for()


def test_text_of_the_network_never_runs(bank, tab):
    """A device's name and an operator's note are markup: they are shown as they are written."""
    hostile = "<img src=x onerror=document.title=1>"
    made = requests.post(
        f"{bank.url}/api/v1/devices", json={"name": hostile, "ip": "127.9.9.9", "enabled": False}, timeout=10)
    assert made.status_code == 201, made.text
    try:
        one = tab()
        page = one.open("/devices?q=onerror")
        page.get_by_text(hostile).first.wait_for()
        page.goto(f"{bank.url}/devices/{made.json()['id']}")
        one.settle()
        assert page.locator("main img").count() == 0 and "1" != page.title()
        assert hostile in page.inner_text("main") and not one.faults, one.faults
    finally:
        requests.delete(f"{bank.url}/api/v1/devices/{made.json()['id']}", timeout=10)
