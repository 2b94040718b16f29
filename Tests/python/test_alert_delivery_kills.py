"""A server killed again and again while it delivers: no alert is lost, none is opened twice, and what a receiver gets
twice has the same delivery id.

Ports go down and, once that is stored, up again; each does so once. Traps are repeated in each life until what they say
is stored, as one that comes while nobody lives is heard by nobody. The receiver refuses now and then, or breaks the
connection without an answer. A kill comes at a random time, within a request, or just after an answer.
"""

import json
import os
import random
import signal
import socket
import threading
import time
from collections import Counter, defaultdict

import pytest

import misbehaving_agent as ma
import wardflux
from alert_world import QUIET_JOBS, Sink, alert_file, drained, eventually, free_udp_port, order, settings
from conftest import assert_consistent, open_catalog

SEED = int(os.environ.get("WARDFLUX_SEED", "20260301"))
KILLS = int(os.environ.get("WARDFLUX_KILLS", "60"))
"""A life takes about a second: 200, as the figure has it, take some minutes."""
DEVICES, PORTS = 16, 48
NEW_PORTS_MAX = 5
REFUSALS_MAX = 2
"""Of a delivery: the pause before the next attempt is doubled with each, kills included."""

RULES = """
  - {id: any-port, condition: interface_down, severity: high}
  - {id: device-restarted, condition: device_restarted, severity: low, send: false}"""
SETTINGS = [
    "collection.interval_seconds=3600", "collection.status_seconds=3600", "traps.source_rate=100000",
    # Traps alone tell of ports: the look at all of them is a week away.
    "jobs.collect-interface-metrics.enabled=false", "jobs.check-interface-thresholds.schedule=Sunday at 06:00",
    *QUIET_JOBS]

LINK = (1, 3, 6, 1, 6, 3, 1, 1, 5)
IF_ENTRY = (1, 3, 6, 1, 2, 1, 2, 2, 1)
TRAP_V2 = 0xA7


def send_trap(port, is_down, to):
    """A linkDown or linkUp of version 2c, from the device's own address."""
    values = [
        ((1, 3, 6, 1, 2, 1, 1, 3, 0), ma.integer(int(time.time()) % 10**6, ma.TICKS)),
        ((1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0), ma.oid((*LINK, 3 if is_down else 4))),
        ((*IF_ENTRY, 1, port["if_index"]), ma.integer(port["if_index"])),
        ((*IF_ENTRY, 7, port["if_index"]), ma.integer(1)),
        ((*IF_ENTRY, 8, port["if_index"]), ma.integer(2 if is_down else 1)),
    ]
    rows = b"".join(ma.tlv(ma.SEQUENCE, ma.oid(name) + value) for name, value in values)
    unit = ma.integer(1) + ma.integer(0) + ma.integer(0) + ma.tlv(ma.SEQUENCE, rows)
    message = ma.tlv(ma.SEQUENCE, ma.integer(1) + ma.text("public") + ma.tlv(TRAP_V2, unit))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind((port["address"], 0))
        sender.sendto(message, to)


class Receiver:
    """Decides what becomes of each webhook, and kills the server within one or just after where it was told to."""

    def __init__(self, chance):
        self.chance, self.lock = chance, threading.Lock()
        self.refusals, self.is_kind = Counter(), False
        self.doomed, self.countdown, self.after = None, 0, False

    def arm(self, process, countdown, after):
        """The process dies at a request from now on, before it is answered or just after."""
        with self.lock:
            self.doomed, self.countdown, self.after = process, countdown, after

    def verdict(self, notice):
        with self.lock:
            self.countdown -= 1
            doomed = self.doomed if self.countdown == 0 else None
            outcome = self._outcome(notice["delivery_id"])
        if doomed and not self.after:
            doomed.kill()
        elif doomed:
            threading.Timer(self.chance.uniform(0, 0.02), doomed.kill).start()
        return outcome

    def _outcome(self, delivery):
        if self.is_kind or self.refusals[delivery] == REFUSALS_MAX or self.chance.random() > 0.25:
            return 200
        self.refusals[delivery] += 1
        return self.chance.choice([503, 429, None])


class World:
    """A lab, a data directory, and what has happened to each port: `up`, `down`, `again` (up after it was down)."""

    def __init__(self, folder, url, chance):
        self.chance, self.data, self.control = chance, folder / "data", folder / "lab.sock"
        csv, self.traps = folder / "devices.csv", ("127.0.0.1", free_udp_port())
        self.lab = wardflux.lab(
            "--network", f"grid-{DEVICES}x{PORTS}", "--devices-csv", csv, "--control", self.control)
        wardflux.run("devices", "import", csv, "--data-dir", self.data)
        wardflux.run("discover", "--all", "--data-dir", self.data)
        self.ports = self._ports()
        chance.shuffle(self.ports)
        self.state = dict.fromkeys((port["id"] for port in self.ports), "up")
        alerts = alert_file(folder / "alerts.yaml", url, RULES, group_by=["device"])
        self.settings = settings(
            f"alerts.file={alerts}", f"traps.listen={self.traps[0]}:{self.traps[1]}", *SETTINGS)

    def _ports(self):
        def listed(what):
            run = wardflux.run(what, "list", "--limit", 1000, "--json", "--data-dir", self.data)
            return json.loads(run.stdout)["items"]

        addresses = {device["name"]: device["ip"] for device in listed("devices")}
        return [
            {"address": addresses[row["device_name"]], **row} for row in listed("interfaces")
            if row["monitoring_enabled"]]

    def server(self):
        return drained(wardflux.server(self.data, *self.settings))

    def stored(self):
        """What the catalog has of each port: the states of its alerts."""
        connection = open_catalog(self.data)
        try:
            found = defaultdict(list)
            for port, state in connection.execute(
                    "SELECT interface_id, state FROM alert_history WHERE condition = 'interface_down'"):
                found[port].append("over" if state == "resolved" else "open")
            return found
        finally:
            connection.close()

    def go_on(self, new_ports):
        """Some ports go down, some of those whose failure is stored go up; the rest is told once more."""
        stored = self.stored()
        beginning = [port for port in self.ports if self.state[port["id"]] == "up"][:new_ports]
        known = [
            port for port in self.ports if self.state[port["id"]] == "down" and stored[port["id"]] == ["open"]]
        ending = known if not new_ports else [port for port in known if self.chance.random() < 0.5]
        for port in beginning:
            self.state[port["id"]] = "down"
        for port in ending:
            self.state[port["id"]] = "again"
        order(self.control, *(
            f"{verb} {port['device_name']} {port['if_name']} alone"
            for verb, ports in (("link-down", beginning), ("link-up", ending)) for port in ports))
        for port in self.ports:
            state, rows = self.state[port["id"]], stored[port["id"]]
            if (state == "down" and not rows) or (state == "again" and rows != ["over"]):
                send_trap(port, state == "down", self.traps)

    @property
    def failed(self):
        return [port for port in self.ports if self.state[port["id"]] != "up"]


@pytest.fixture
def chance():
    print(f"seed {SEED}, {KILLS} kills; WARDFLUX_SEED and WARDFLUX_KILLS take others")
    return random.Random(SEED)


def test_nothing_is_lost_or_told_anew_however_often_it_is_killed(tmp_path, chance):
    receiver = Receiver(chance)
    with Sink(receiver.verdict) as sink:
        world = World(tmp_path, sink.url, chance)
        try:
            for number in range(KILLS):
                live_and_die(world, receiver, number)
            receiver.is_kind = True
            live_on(world)
        finally:
            world.lab.stop()
        assert_consistent(world.data)
        assert len(world.failed) > KILLS
        assert_each_is_told_once(world, sink.notices)
        assert_order(sink.notices)


def live_and_die(world, receiver, number):
    """One life: starts, hears of ports, and is killed."""
    server = world.server()
    moment = world.chance.choice(["time", "request", "answer"])
    if moment != "time":
        receiver.arm(server.process, world.chance.randint(1, 4), moment == "answer")
    world.go_on(world.chance.randint(1, NEW_PORTS_MAX))
    seconds = world.chance.uniform(0, 0.6) if moment == "time" else 1.5
    is_over = threading.Event()
    threading.Thread(target=lambda: (server.process.wait(), is_over.set()), daemon=True).start()
    is_over.wait(seconds)  # The moment of the kill is what is tested.
    server.stop(signal.SIGKILL)
    receiver.arm(None, 0, False)
    try:
        assert_consistent(world.data)
    except AssertionError as error:
        raise AssertionError(f"seed {SEED}, kill {number} at a {moment}, {seconds:.3f} s: {error}") from error


def live_on(world):
    """A life that nobody ends: all ports come back, and everything is told."""
    server = world.server()

    def is_done():
        world.go_on(0)
        stored = world.stored()
        return all(
            world.state[port["id"]] == "again" and stored[port["id"]] == ["over"] for port in world.failed)

    def is_told():
        connection = open_catalog(world.data)
        try:
            waiting = "SELECT count(*) FROM alert_deliveries WHERE state <> 'delivered'"
            owed = "SELECT count(*) FROM alert_history WHERE owes_recovery = 1"
            return all(connection.execute(question).fetchone() == (0,) for question in (waiting, owed))
        finally:
            connection.close()

    try:
        eventually("end of all failures", is_done, 60, pause=0.5)
        eventually("delivery of everything", is_told, 90, pause=0.25)
    finally:
        assert server.stop() == 0, server.text[-3000:]


def assert_each_is_told_once(world, notices):
    """Each failure is one alert; one delivery says that it is so, one that it is over, and both were taken."""
    stored = world.stored()
    wrong = {port["if_name"]: stored[port["id"]] for port in world.failed if stored[port["id"]] != ["over"]}
    assert not wrong, f"seed {SEED}: alerts of ports that failed once: {wrong}"
    assert set(stored) == {port["id"] for port in world.failed}, f"seed {SEED}: alerts of ports that did not fail"
    deliveries, taken = defaultdict(set), set()
    for notice in notices:
        assert notice["delivery_header"] == notice["delivery_id"]
        for alert in notice["alerts"]:
            key = (alert["interface_id"], alert["id"], alert["status"])
            deliveries[key].add(notice["delivery_id"])
            if notice["answered"] == 200:
                taken.add(key)
    twice = {key: ids for key, ids in deliveries.items() if len(ids) != 1}
    assert not twice, f"seed {SEED}: told under several ids: {next(iter(twice.items()))}"
    told = {(port, status) for port, _, status in taken}
    owed = {(port["id"], status) for port in world.failed for status in ("firing", "resolved")} - told
    assert not owed, f"seed {SEED}: {len(owed)} of {2 * len(world.failed)} were never taken: {sorted(owed)[:3]}"
    assert len({alert for _, alert, _ in taken}) == len(world.failed), f"seed {SEED}: more alerts than failures"


def assert_order(notices):
    """A repetition is the same; and of each group, a delivery is not made again once the next one was."""
    contents, last = {}, defaultdict(list)
    for notice in notices:
        said = [(alert["id"], alert["status"]) for alert in notice["alerts"]]
        assert contents.setdefault(notice["delivery_id"], said) == said, f"seed {SEED}: a repetition says otherwise"
        group = last[json.dumps(notice["group_labels"], sort_keys=True)]
        if notice["delivery_id"] in group:
            assert group[-1] == notice["delivery_id"], f"seed {SEED}: a delivery of before comes again"
        else:
            group.append(notice["delivery_id"])
    attempts = defaultdict(list)
    for notice in notices:
        attempts[notice["delivery_id"]].append(notice["attempt"])
    wrong = [numbers for numbers in attempts.values() if sorted(set(numbers)) != numbers]
    assert not wrong, f"seed {SEED}: attempts in this order: {wrong[0]}"
