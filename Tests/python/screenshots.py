"""Pictures of every page of the dashboard: `script/screenshots`."""

import pathlib
import sys

import requests

import browser
import wardflux

SIZES = {"wide": browser.WIDE, "narrow": browser.NARROW}


def pages(url):
    """Paths by the names of their pictures; one uplink and its device stand for all."""
    def first(path):
        return requests.get(f"{url}/api/v1{path}", params={"limit": 1}, timeout=60).json()["items"][0]

    uplink, run, anomaly = first("/interfaces/isp"), first("/jobs"), first("/anomalies")
    named = {
        "overview": "/", "interface": f"/interfaces/{uplink['id']}?range=7d", "device": f"/devices/{uplink['device_id']}",
        "job": f"/jobs/{run['id']}", "anomaly": f"/anomalies/{anomaly['id']}", "wall": "/?kiosk=1",
        "impact": "/topology?selected=CORE-SW-01&impact=1", "device-add": "/devices/add", "sweep": "/devices/sweep",
        "import": "/devices/import", "explain": f"/rules?view=explain&interface={uplink['id']}"}
    lists = [
        "interfaces", "devices", "topology", "alerts", "silences", "anomalies", "discovery", "jobs", "uplinks", "rules",
        "status", "docs", "profiles"]
    return named | {name: f"/{name}" for name in lists}


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    with wardflux.Background(
            "demo", "--port", "0", ready=r"(http://127\.0\.0\.1:\d+)/api/v1/interfaces/summary", timeout=300) as demo:
        demo.wait_for(r"history:", 300)
        url = demo.match.group(1)
        with browser.Chromium() as chromium:
            for size, viewport in SIZES.items():
                for scheme in ("light", "dark"):
                    tab = browser.Tab(chromium, url, size=viewport, scheme=scheme)
                    for name, path in pages(url).items():
                        tab.open(path)
                        tab.page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
                        print(f"{name}-{size}-{scheme}.png", *tab.faults, flush=True)
                        tab.faults.clear()
                    tab.close()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
