"""Failures of the simulated bank: of each, exactly one message an incident, by name, and everything else kept back with
its path; everything is over when what failed is back.

The poller stands at `ADM-SW-01`: what no way of cables and devices with power leads to from there does not answer. What
must fall silent is computed here from the cabling; what must be told is written in the table. Several banks play
scenarios beside each other, as it takes three polls until a device that no neighbour sees fall counts as silent.
"""

import json
import queue
import re
import threading
from collections import Counter
from typing import NamedTuple

import pytest

import wardflux
from alert_world import Bank, Sink, eventually, order

PLACE = "ADM-SW-01"
RESTART = "restart"
BANKS = 5
FAILURES = ("device_unreachable", "interface_down", "network_unreachable")
SECONDS = 90
"""Bound of a step: three polls of 10 s, some questions, and a slow machine."""

RULES = """
  # Told of here is what fails, not what the made-up traffic carries, nor how full the disk of the tests is.
  - {id: high-utilization, condition: high_utilization, severity: high, above: 80, clear: 75, send: false}
  - {id: high-error-rate, condition: high_error_rate, severity: medium, above: 0.1, clear: 0.05, send: false}
  - {id: high-discard-rate, condition: high_discard_rate, severity: low, above: 1, clear: 0.5, send: false}
  - {id: disk-space, condition: disk_space, severity: high, below: 10, clear: 12, send: false}
  # Recorded only, and over at once: who gets power back has restarted.
  - {id: device-restarted, condition: device_restarted, severity: medium, clear_after: 1s, send: false}
  - {id: interface-flapping, condition: interface_flapping, severity: high, changes: 6, within: 30s}"""
SETTINGS = [
    "collection.interval_seconds=10", "collection.status_seconds=10", "snmp.timeout_ms=500", "snmp.retries=1"]


class Step(NamedTuple):
    """What happens at once, and what is told of it."""

    orders: list
    """Faults of the lab; RESTART kills the server and starts it again."""
    told: list
    maybe: list = []
    """What is told or not, as evaluations fall."""
    rounds: int = 0
    """Rounds of polls after which it is still as it should be."""


class Scenario(NamedTuple):
    title: str
    steps: list
    seconds: int = 5
    """About how long it takes; the longest are begun first."""


def silent(device):
    return f"Device {device} unreachable (CRITICAL)"


def down(device, port):
    return f"Interface {port} down on {device} (CRITICAL)"


def flapping(device, port):
    return f"Interface {port} flapping on {device}"


def off(*devices):
    return [f"power-off {device}" for device in devices]


def cut(device, port):
    return [f"link-down {device} {port}"]


SCENARIOS = [
    Scenario("a core switch", [Step(off("CORE-SW-01"), [silent("CORE-SW-01")])]),
    Scenario("a core switch on the other side", [Step(off("CORE-SW-04"), [silent("CORE-SW-04")])]),
    Scenario("a cable between a core switch and a hub", [
        Step(cut("CORE-SW-01", "Ethernet1/13"), [down("CORE-SW-01", "Ethernet1/13")])]),
    Scenario("one of two cables of a bundle", [
        Step(cut("CORE-SW-01", "Ethernet1/50"), [down("CORE-SW-01", "Ethernet1/50")])]),
    Scenario("a hub with all branches behind it", [Step(off("HUB-POTI-1"), [silent("HUB-POTI-1")])], 50),
    Scenario("two hubs at once, with a branch that hangs on both", [
        Step(off("HUB-GORI-1", "HUB-RUSTAVI-2"), [silent("HUB-GORI-1"), silent("HUB-RUSTAVI-2")])], 50),
    Scenario("a branch with two lines", [Step(off("BRANCH-RTR-103"), [silent("BRANCH-RTR-103")])]),
    Scenario("one line of a branch with two", [
        Step(cut("HUB-KUTAISI-1", "GigabitEthernet0/0/8"), [down("HUB-KUTAISI-1", "GigabitEthernet0/0/8")])]),
    Scenario("both lines of a branch, one after the other", [
        Step(cut("HUB-AMBROLAURI-2", "GigabitEthernet0/0/8"), [down("HUB-AMBROLAURI-2", "GigabitEthernet0/0/8")]),
        Step(cut("HUB-OZURGETI-1", "Gi0/0/7"), [silent("BRANCH-RTR-166")])]),
    Scenario("a branch with a switch behind its router", [
        Step(off("ABASHA-RTR-112"), [silent("ABASHA-RTR-112")])], 50),
    Scenario("the switch behind a branch's router", [Step(off("ABASHA-SW-462"), [silent("ABASHA-SW-462")])]),
    # Cut or without power is the same from here: its users are cut off either way.
    Scenario("the only line of a branch", [
        Step(cut("HUB-AKHALTSIKHE-1", "ge-0/0/2"), [silent("ADIGENI-RTR-56")])], 50),
    Scenario("an edge router", [Step(off("EDGE-RTR-03"), [silent("EDGE-RTR-03")])]),
    Scenario("a firewall", [Step(off("FW-HQ-06"), [silent("FW-HQ-06")])]),
    Scenario("the switch at the poller's place", [Step(off(PLACE), [silent(PLACE)])], 50),
    Scenario("another administration switch", [Step(off("ADM-SW-03"), [silent("ADM-SW-03")])]),
    Scenario("a spine of a data centre", [Step(off("DC1-SPINE-01"), [silent("DC1-SPINE-01")])]),
    Scenario("a core switch and a far branch at once", [
        Step(off("CORE-SW-02", "BR-ABASHA-212"), [silent("CORE-SW-02"), silent("BR-ABASHA-212")])]),
    Scenario("a provider's line that flaps", [
        Step(["link-down EDGE-RTR-05 Te1/1/3", "link-up EDGE-RTR-05 Te1/1/3"] * 4,
             [flapping("EDGE-RTR-05", "Te1/1/3")], maybe=[down("EDGE-RTR-05", "Te1/1/3")])], 50),
    Scenario("a provider's line", [Step(cut("EDGE-RTR-01", "Te1/1/2"), [down("EDGE-RTR-01", "Te1/1/2")])]),
    Scenario("a server's cable", [Step(cut("DC1-LEAF-01", "Ethernet1/1"), [down("DC1-LEAF-01", "Ethernet1/1")])]),
    Scenario("a whole branch, whose router is back before its switch", [
        Step(off("TELAVI-RTR-301", "TELAVI-SW-301"), [silent("TELAVI-RTR-301")]),
        Step(["power-on TELAVI-RTR-301"], [silent("TELAVI-SW-301")])], 90),
    Scenario("a hub, then unseen a branch behind it; the hub is back first", [
        Step(off("HUB-TBILISI-1"), [silent("HUB-TBILISI-1")]),
        Step(off("BRANCH-SW-48"), []),
        Step(["power-on HUB-TBILISI-1"], [silent("BRANCH-SW-48")])], 90),
    Scenario("a server that is killed while a hub is without power", [
        Step(off("HUB-MTSKHETA-1"), [silent("HUB-MTSKHETA-1")]),
        Step([RESTART], [], rounds=4)], 120),
]


class Cabling:
    """Who can be reached from the place, by the cables as they truly run."""

    def __init__(self):
        rows = json.loads(wardflux.run("lab", "cabling", "--network", "bank-876", "--json").stdout)
        self.cables = [((row["a_device"], row["a_interface"]), (row["b_device"], row["b_interface"])) for row in rows]
        self.cabled = {end[0] for cable in self.cables for end in cable}

    def cut_off(self, without_power, pulled):
        """Devices that do not answer: those without power, and those no way leads to."""
        beside = {}
        for a, b in self.cables:
            if not {a, b} & pulled and not {a[0], b[0]} & without_power:
                beside.setdefault(a[0], set()).add(b[0])
                beside.setdefault(b[0], set()).add(a[0])
        reached, following = set(), set() if PLACE in without_power else {PLACE}
        while following:
            reached |= following
            following = {device for near in following for device in beside.get(near, ())} - reached
        return self.cabled - reached


class Faults:
    """What is wrong now, as the orders to the lab say."""

    def __init__(self):
        self.without_power, self.pulled = set(), set()

    def note(self, line):
        verb, device, *port = line.split()
        place = self.pulled if port else self.without_power
        entry = (device, port[0]) if port else device
        (place.add if verb in ("power-off", "link-down") else place.discard)(entry)

    @property
    def ends(self):
        """The orders that end all of it."""
        return [f"power-on {device}" for device in sorted(self.without_power)] + [
            f"link-up {device} {port}" for device, port in sorted(self.pulled)]


def plain(message):
    """A message without numbers that depend on when it was made."""
    return re.sub(r" \(\d+ changes in \w+\)$", "", message)


def name(message):
    """What a message is about, as causes name it: a device, or a device and its port."""
    device = re.match(r"Device (\S+) unreachable", message)
    port = re.match(r"Interface (\S+) (?:down|flapping) on (\S+)", message)
    return device[1] if device else f"{port[2]} {port[1]}"


class Play:
    """One scenario at one bank."""

    def __init__(self, bank, cabling, scenario):
        self.bank, self.cabling, self.scenario = bank, cabling, scenario
        self.faults, self.expected, self.maybe = Faults(), Counter(), set()
        self.first = len(bank.sink.notices)
        self.trouble = "nothing was looked at"

    def run(self):
        for step in self.scenario.steps:
            self.happen(step.orders)
            self.expected.update(step.told)
            self.maybe.update(step.maybe)
            eventually(lambda: f"{step}: {self.trouble}", self.is_as_expected, SECONDS, pause=0.5)
            if step.rounds:
                self.bank.poll(step.rounds)
                assert self.is_as_expected(), f"{step}, {step.rounds} rounds of polls later: {self.trouble}"
        self.happen(self.faults.ends)
        eventually(lambda: f"end: {self.trouble}", self.is_over, SECONDS, pause=0.5)

    def happen(self, orders):
        if orders == [RESTART]:
            return self.bank.restart()
        order(self.bank.control, *orders)
        for line in orders:
            self.faults.note(line)

    def told(self):
        """Of each alert that was told: its message, and whether its end was told too."""
        found = {}
        for notice in self.bank.sink.notices[self.first:]:
            assert notice["delivery_header"] == notice["delivery_id"]
            for alert in notice["alerts"]:
                _, is_over = found.get(alert["id"], ("", False))
                found[alert["id"]] = (plain(alert["message"]), is_over or alert["status"] == "resolved")
        return found

    def is_wrong(self, trouble):
        self.trouble = trouble
        return False

    def is_told(self, told):
        messages = Counter(message for message, _ in told.values())
        unwanted = [message for message in messages - self.expected if message not in self.maybe]
        if unwanted or self.expected - messages:
            return self.is_wrong(f"not told {list(self.expected - messages)}, told besides {unwanted}")
        return True

    def is_as_expected(self):
        told = self.told()
        if not self.is_told(told):
            return False
        rows = self.bank.open_alerts()
        fallen = {row["device_name"] for row in rows if row["condition"] == "device_unreachable"}
        awaited = self.cabling.cut_off(self.faults.without_power, self.faults.pulled)
        if fallen != awaited:
            return self.is_wrong(f"silent besides {sorted(fallen - awaited)[:5]}, not {sorted(awaited - fallen)[:5]}")
        causes = {name(message) for message, is_over in told.values() if not is_over}
        wrong = [row for row in rows if not self.is_in_order(row, told, causes)]
        return not wrong or self.is_wrong(f"of {len(wrong)}: {wrong[0]}")

    @staticmethod
    def is_in_order(row, told, causes):
        """Whether an open alert was told, or is kept back for a reason that is right.

        What was told may be explained later: a port, once the device at its far end is told.
        """
        if row["hold"] is None:
            return row["id"] in told
        if row["hold"] == "record_only":
            return True
        cause = row["cause"]
        if row["hold"] != "explained" or cause is None or cause["name"] not in causes:
            return False
        path, failed = cause["path"], cause["name"].split()[0]
        is_way = len(path) == len(set(path)) and failed in path and row["device_name"] in path
        return is_way and bool(cause["reason"])

    def is_over(self):
        told = self.told()
        if not self.is_told(told):
            return False
        rows = [row for row in self.bank.open_alerts() if row["condition"] in FAILURES or row["hold"] != "record_only"]
        if rows:
            return self.is_wrong(f"{len(rows)} are open still: {rows[0]['message']}")
        owed = [message for message, is_over in told.values() if not is_over]
        return not owed or self.is_wrong(f"nobody was told that it is over: {owed}")


def player(folder, cabling, scenarios, outcomes):
    """Plays scenarios at a bank of its own until none is left; a bank where one went wrong is not used any more."""
    while True:
        try:
            scenario = scenarios.get_nowait()
        except queue.Empty:
            return
        folder.mkdir(parents=True)
        with Sink() as sink, Bank(folder, sink, PLACE, RULES, SETTINGS) as bank:
            while scenario is not None:
                try:
                    Play(bank, cabling, scenario).run()
                    outcomes[scenario.title] = None
                except BaseException as error:  # Whatever it is, the scenario's own test tells it.
                    outcomes[scenario.title] = f"{error}\n{bank.server.text[-3000:]}"
                    break
                try:
                    scenario = scenarios.get_nowait()
                except queue.Empty:
                    scenario = None
        folder = folder.with_name(folder.name + "+")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What went wrong in each scenario, by its title; None for nothing."""
    scenarios, outcomes, cabling = queue.SimpleQueue(), {}, Cabling()
    for scenario in sorted(SCENARIOS, key=lambda one: -one.seconds):
        scenarios.put(scenario)
    folder = tmp_path_factory.mktemp("banks")
    errors = []

    def play(number):
        try:
            player(folder / f"b{number}", cabling, scenarios, outcomes)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=play, args=(number,)) for number in range(BANKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors
    return outcomes


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.title.replace(" ", "-"))
def test_each_failure_is_told_once_by_its_name_and_all_else_is_kept_back(outcomes, scenario):
    assert outcomes[scenario.title] is None, outcomes[scenario.title]
