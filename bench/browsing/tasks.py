"""What operators do, by mouse and by keyboard alone: the tests of it, run against this very release."""

import os
import signal
import subprocess
import sys
import xml.etree.ElementTree as xml

from bench.browsing.worlds import ROOT, Worlds
from bench.processes import RELEASE, ProgramFailed
from bench.table import Suite

# What the part `live` measures itself.
LEFT_OUT = "not one_stream and not without_a_reload and not on_screen_by_itself"
BY_MOUSE = "by mouse"
GROUPS = {
    "by keyboard alone": ["keyboard]"], BY_MOUSE: ["mouse]"],
    "addresses and links": ["copied_link", "address", "back_and_forward"], "CSV": ["csv"],
    "text of the network": ["hostile"],
}


def run(suite: Suite, worlds: Worlds, full: bool) -> None:
    report = worlds.folder / "tasks.xml"
    chosen = LEFT_OUT if full else f"{LEFT_OUT} and not mouse"
    said = ended([
        sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", "-k", chosen,
        "Tests/python/test_dashboard_tasks.py"])
    if not report.exists():
        raise ProgramFailed(f"the tests did not run:\n{said}")
    cases = {case.get("name"): case.find("failure") is None and case.find("error") is None
             for case in xml.parse(report).iter("testcase")}
    for name, signs in GROUPS.items():
        passed = [is_passed for case, is_passed in cases.items() if any(sign in case for sign in signs)]
        if full or name != BY_MOUSE:
            suite.add(f"tasks, {name}: failed", "", [passed.count(False)], at_most=0,
                      note=f"{passed.count(True)} passed")


def ended(command: list[str]) -> str:
    """Runs tests to their end; where this is broken off they end what they have started."""
    tests = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "WARDFLUX_BIN": str(RELEASE / "wardflux")}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        return tests.communicate(timeout=600)[0]
    except BaseException:
        tests.send_signal(signal.SIGINT)
        tests.communicate(timeout=60)
        raise
