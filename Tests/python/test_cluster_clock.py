"""The database's clock, by which the processes of a cluster agree who lives, is set while they work."""

import time

import pytest

import cluster_world
import postgres_world
import wardflux
from cluster_world import wait
from conftest import _missing

INTERVAL, LEASE = 10, 8
HOUR = 3_600


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A server and two workers on the devices of a small simulated network."""
    message = cluster_world.missing()
    if not message and not postgres_world.clock_library():
        message = "no libfaketime: apt install faketime"
    if message:
        _missing(message)
    csv = tmp_path_factory.mktemp("lab") / "devices.csv"
    with wardflux.lab("--network", "grid-20x8", "--devices-csv", csv), \
            cluster_world.cluster(interval=INTERVAL, lease=LEASE, clock=True) as world:
        world.command("devices", "import", csv)
        world.command("discover", "--all")
        world.one = world.start("one", "api,scheduler,evaluator")
        world.names = ["worker0", "worker1"]
        world.workers = [world.start(name) for name in world.names]
        wait("all shards", lambda: world.is_whole(*world.names), 60, world.tails)
        wait("both duties", lambda: world.duty("evaluator") and world.duty("scheduler"), 60, world.tails)
        wait("readings of all", lambda: len(newest(world)) == 160, 90, world.tails)
        yield world


def newest(world):
    """When each interface was read last, in seconds."""
    return {interface: max(rows) / 1000 for interface, rows in world.victoria.samples("interface_if_hc_in_octets").items()}


def held(world):
    """Who holds what, with how often each changed hands."""
    return world.postgres.query("SELECT name, node, epoch FROM cluster_leases ORDER BY name")


def database_ahead(world):
    """Seconds by which the database's clock is ahead of the host's."""
    return float(world.postgres.query("SELECT extract(epoch FROM clock_timestamp())")[0][0]) - time.time()


@pytest.mark.parametrize("seconds", [HOUR, -HOUR, 0])
def test_nothing_moves_when_the_clock_is_set(world, seconds):
    before, begun = held(world), time.time()
    world.postgres.set_clock(seconds)
    assert abs(database_ahead(world) - seconds) < 5
    deadline = time.monotonic() + 3 * LEASE
    while time.monotonic() < deadline:
        assert held(world) == before, world.tails()
        time.sleep(0.5)
    wait("readings of after", lambda: min(newest(world).values()) > begun + 2 * INTERVAL, 60, world.tails)
    for interface, rows in world.victoria.samples("interface_if_hc_in_octets").items():
        times = sorted(at / 1000 for at in rows if at / 1000 > begun)
        gaps = [later - earlier for earlier, later in zip(times, times[1:])]
        assert max(gaps) < 2 * INTERVAL and min(gaps) > INTERVAL / 2, f"{interface}: {gaps}"
    assert all(node.process.poll() is None for node in world.nodes)


def test_who_dies_behind_a_clock_that_was_set_back_is_replaced_all_the_same(world):
    world.postgres.set_clock(-HOUR)
    try:
        world.workers[1].kill()
        wait("the other to take over", lambda: world.is_whole("worker0"), 3 * LEASE + 20, world.tails)
        world.workers[1].start()
        wait("its return", lambda: world.is_whole(*world.names), 60, world.tails)
    finally:
        world.postgres.set_clock(0)
