"""Pictures of every page of the dashboard: `script/screenshots`."""

import pathlib
import sys

import browser
import wardflux
from alert_world import eventually
from dashboard_world import Client, fault

SIZES = {"wide": {"width": 1440, "height": 900}, "narrow": browser.NARROW}
# What fails in the bank, so that there is something to see: an uplink of the head office, and a branch without power.
FAULTS = [("link-down", "EDGE-RTR-08", "xe-0/0/1"), ("power-off", "HUB-GORI-1")]
LISTS = [
    "interfaces", "devices", "topology", "alerts", "silences", "anomalies", "discovery", "jobs", "uplinks", "rules",
    "status", "docs", "profiles"]


def pages(api):
    """Paths by the names of their pictures; one of each kind stands for all."""
    def first(path, **parameters):
        return next(iter(api.get(path, limit=1, **parameters)["items"]), None)

    uplink, run, core = first("/interfaces/isp"), first("/jobs"), api.device("CORE-SW-01")["id"]
    named = {name: f"/{name}" for name in LISTS} | {
        "overview": "/", "interface": f"/interfaces/{uplink['id']}?range=7d",
        "device": f"/devices/{uplink['device_id']}", "job": f"/jobs/{run['id']}", "wall": "/?kiosk=1",
        "impact": f"/topology?selected={core}&impact=1",
        "device-add": "/devices/add", "sweep": "/devices/sweep", "import": "/devices/import",
        "explain": f"/rules?view=explain&interface={uplink['id']}"}
    for name, path in (("alert", "/alerts"), ("anomaly", "/anomalies"), ("incident", "/incidents")):
        row = first(path)
        named |= {name: f"{path}/{row['id']}"} if row else {}
    return named


def take(url, folder):
    """Every page, wide and narrow, light and dark; what went wrong stands beside the picture's name."""
    folder.mkdir(parents=True, exist_ok=True)
    named = pages(Client(url))
    with browser.Chromium() as chromium:
        for size, viewport in SIZES.items():
            for scheme in ("light", "dark"):
                tab = browser.Tab(chromium, url, size=viewport, scheme=scheme)
                for name, path in named.items():
                    tab.open(path)
                    tab.page.wait_for_timeout(1000)  # canvases are drawn piece by piece
                    tab.page.screenshot(path=folder / f"{name}-{size}-{scheme}.png")
                    print(f"{name}-{size}-{scheme}.png", *tab.faults, flush=True)
                    tab.faults.clear()
                tab.close()


def main(folder, url=None):
    """Of a server that runs, or of a bank of its own, once something in it is out of the usual."""
    if url:
        return take(url, folder)
    with wardflux.Background(
            "demo", "--port", "0", timeout=300,
            ready=r"(http://127\.0\.0\.1:\d+)/api/v1/interfaces/summary[\s\S]*faults: \S+ lab fault (\S+)") as demo:
        demo.wait_for("ready; Ctrl-C", 300)
        demo.control, api = demo.match.group(2), Client(demo.match.group(1))
        for each in FAULTS:
            fault(demo, *each)
        eventually("anomaly", lambda: api.get("/anomalies", limit=1)["total"], 1200, pause=5)
        take(demo.match.group(1), folder)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), *sys.argv[2:])
