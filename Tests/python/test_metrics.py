"""Counters from a simulated network to rates: true, whatever the devices do."""

import signal
import time

import pytest

import wardflux
from metrics import INTERVAL, Scene, assert_true, moment

REBOOTED, NARROW, RESET, ANNOUNCED, SILENT, SLOW, VANISHING, FASTER, WRAPPING, FROZEN = range(10)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A network in which every fault has a device of its own; the last two have none."""
    directory = tmp_path_factory.mktemp("metrics")
    with Scene(directory, before=["narrow 127.1.0.2"]) as scene:
        scene.wait_for_readings(scene.of(11), 2)
        scene.fault("slow", scene.devices[SLOW][1], str(1_500 * INTERVAL))
        scene.fault("uptime-wrap", scene.devices[WRAPPING][1], "14")
        scene.fault("freeze", scene.devices[FROZEN][1], "4")
        scene.fault("reboot", scene.devices[REBOOTED][1])
        scene.fault("reset-counters", scene.devices[RESET][1], "all")
        scene.fault("reset-counters", scene.devices[ANNOUNCED][1], "all", "announced")
        scene.fault("down", scene.devices[SILENT][1])
        vanishing = scene.of(VANISHING)
        scene.fault("remove", scene.devices[VANISHING][1], vanishing["if_name"])
        scene.fault("speed", scene.devices[FASTER][1], scene.of(FASTER)["if_name"], "2500")
        scene.faulted = len(scene.readings(scene.of(11)))
        time.sleep(1.6 * INTERVAL)
        scene.fault("up", scene.devices[SILENT][1])
        scene.fault("return", scene.devices[VANISHING][1], vanishing["if_name"])
        scene.wait_for_readings(scene.of(11), scene.faulted + 4)
        yield scene


def line_speed_kept(scene, interface):
    """No rate of the last minutes is above the line's speed."""
    for point in scene.points(interface):
        for direction in ("in_bps", "out_bps"):
            if point[direction]:
                assert point[direction]["max"] <= 1.05 * interface["if_speed"], point


def origins(scene, interface):
    return [name for point in scene.points(interface) for name in point["origin"]]


def test_rates_are_what_was_simulated(scene):
    for interface in (scene.of(device, position) for device in (10, 11) for position in range(6)):
        readings = scene.readings(interface)
        assert len(readings) >= 5
        for earlier, later in zip(readings, readings[1:]):
            # All are polled at once at the start, then each at its own place in the interval.
            assert 0 < (moment(later["at"]) - moment(earlier["at"])).total_seconds() < INTERVAL + 2
            assert_true(scene, interface, earlier, later)
        current = scene.wait(lambda: scene.current(interface), 20, "a rate")
        seconds = (moment(current["at"]) - moment(current["since"])).total_seconds()
        least, most = scene.truth(interface, moment(current["since"]), moment(current["at"]))
        assert least["in_octets"] - 1 <= current["in_bps"] * seconds / 8 <= most["in_octets"] + 1
        assert least["out_octets"] - 1 <= current["out_bps"] * seconds / 8 <= most["out_octets"] + 1


def test_every_fault_keeps_the_law_of_the_line(scene):
    for device in range(12):
        for position in range(2):
            line_speed_kept(scene, scene.of(device, position))


def test_a_rebooted_device_gives_no_spike(scene):
    # Its readings are held back until it was discovered anew, 15 to 60 seconds after the restart was seen.
    scene.wait(lambda: "reset_announced" in origins(scene, scene.of(REBOOTED)), 120, "the end of the reset")
    line_speed_kept(scene, scene.of(REBOOTED))


def test_counters_that_begin_anew_give_no_rate(scene):
    assert "reset_announced" in origins(scene, scene.of(ANNOUNCED))
    assert {"reset_inferred", "over_line_speed"} & set(origins(scene, scene.of(RESET)))


def test_a_device_of_32_bit_counters_is_right(scene):
    interface = scene.of(NARROW)
    readings = scene.readings(interface)
    assert "interface_if_hc_in_octets" in readings[-1]["counters_32bit"]
    assert "32" in origins(scene, interface) and "64" not in origins(scene, interface)
    for earlier, later in zip(readings, readings[1:]):
        for metric in ("interface_if_hc_in_octets", "interface_if_hc_out_octets"):
            if later[metric] < earlier[metric]:
                later = {**later, metric: later[metric] + 2**32}
        assert_true(scene, interface, earlier, later)


def test_missed_polls_are_averaged_or_a_gap(scene):
    interface = scene.of(SILENT)
    assert {"averaged", "gap"} & set(origins(scene, interface))
    readings = scene.readings(interface)
    longest = max(zip(readings, readings[1:]), key=lambda pair: moment(pair[1]["at"]) - moment(pair[0]["at"]))
    assert (moment(longest[1]["at"]) - moment(longest[0]["at"])).total_seconds() > 1.5 * INTERVAL
    assert_true(scene, interface, *longest)


def test_a_slow_device_is_not_polled_twice_at_once(scene):
    collection = scene.get("/series/statistics")["collection"]
    assert collection["missed_polls"] + collection["failed_polls"] > 0, collection
    others = len(scene.readings(scene.of(11)))
    assert len(scene.readings(scene.of(SLOW))) < others


def test_an_interface_that_vanishes_returns_with_its_history(scene):
    interface = scene.of(VANISHING)
    readings = scene.readings(interface)
    spans = [(moment(b["at"]) - moment(a["at"])).total_seconds() for a, b in zip(readings, readings[1:])]
    assert len(readings) >= 3 and max(spans) > 1.5 * INTERVAL, "it was away, and is back under its own id"
    for earlier, later in zip(readings, readings[1:]):
        assert_true(scene, interface, earlier, later)


def test_another_speed_is_taken_with_the_readings(scene):
    speeds = [reading["if_speed"] for reading in scene.readings(scene.of(FASTER))]
    assert speeds[0] == 1_000_000_000 and speeds[-1] == 2_500_000_000


def test_an_uptime_that_wraps_is_no_reset(scene):
    interface = scene.of(WRAPPING)
    readings = scene.readings(interface)
    wrapped = [(a, b) for a, b in zip(readings, readings[1:]) if a["sys_uptime"] > 2**32 - 10_000 > b["sys_uptime"]]
    assert wrapped, [reading["sys_uptime"] for reading in readings]
    assert_true(scene, interface, *wrapped[0])
    point = next(each for each in scene.points(interface)
                 if 0 <= (moment(wrapped[0][1]["at"]) - moment(each["at"])).total_seconds() < 10)
    assert "64" in point["origin"] and "reset_announced" not in point["origin"], point


def test_frozen_counters_give_no_rate_above_the_line(scene):
    line_speed_kept(scene, scene.of(FROZEN))
    readings = scene.readings(scene.of(FROZEN))
    assert_true(scene, scene.of(FROZEN), readings[0], readings[-1])


def test_the_lists_say_what_goes_on(scene):
    top = scene.get("/interfaces/top", by="traffic", limit=5)["items"]
    assert len(top) == 5
    ids = {interface["id"] for interface in scene.interfaces}
    assert {item.get("interface_id") or item["id"] for item in top} <= ids


def test_a_killed_server_has_all_that_it_acknowledged(tmp_path):
    with Scene(tmp_path, network="grid-3x4") as scene:
        interfaces = [scene.of(device, position) for device in range(3) for position in range(4)]
        scene.wait_for_readings(interfaces[0], 2)
        before = {each["id"]: scene.readings(each) for each in interfaces}
        scene.server.stop(signal.SIGKILL)
        scene.serve()
        for each in interfaces:
            kept = {reading["at"]: reading for reading in scene.readings(each)}
            for reading in before[each["id"]]:
                assert kept.get(reading["at"]) == reading, f"{each['if_name']}: lost or changed: {reading}"
        scene.wait_for_readings(interfaces[0], len(before[interfaces[0]["id"]]) + 2)
        assert_true(scene, interfaces[0], *scene.readings(interfaces[0])[-2:])


def test_a_device_that_is_deleted_and_returns_keeps_its_series(tmp_path):
    with Scene(tmp_path, network="grid-2x3") as scene:
        interface = scene.of(0)
        before = scene.wait_for_readings(interface, 2)
        env = {"WARDFLUX_SERVER": scene.server.url}
        wardflux.run("devices", "remove", scene.devices[0][0], env=env)
        wardflux.run("devices", "import", scene.csv, env=env)
        wardflux.run("discover", "--all", env=env)
        names = {(each["device_name"], each["if_name"]): each["id"]
                 for each in scene.get("/interfaces/list", limit=1000)["items"]}
        assert names[(interface["device_name"], interface["if_name"])] == interface["id"]
        after = scene.wait_for_readings(interface, len(before) + 1)
        kept = {reading["at"]: reading for reading in after}
        assert all(kept.get(reading["at"]) == reading for reading in before)
