"""Several processes as one system: shares, duties, jobs, and what becomes of them when parts vanish."""

import signal
import time

import pytest

import cluster_world
import postgres_world
import wardflux
from cluster_world import wait
from conftest import _missing
from silent_proxy import SilentProxy

LEASE = 8
INTERVAL = 10
# A process counts as gone after its lease and two beats, each a quarter of it; one more is what a test may be late.
TAKEN_OVER = LEASE * 2 + 4


BOTH = pytest.mark.parametrize("world", ["postgres", "redis"], indirect=True)


@pytest.fixture(scope="module", params=["postgres"])
def world(request, tmp_path_factory):
    """Two servers and three workers on the devices of a small simulated network."""
    message = cluster_world.missing()
    if message:
        _missing(message)
    csv = tmp_path_factory.mktemp("lab") / "devices.csv"
    with wardflux.lab("--network", "grid-20x8", "--devices-csv", csv) as lab, \
            cluster_world.cluster(interval=INTERVAL, lease=LEASE, redis=request.param == "redis") as world:
        world.lab = lab
        world.command("devices", "import", csv)
        world.one = world.start("one", "api,scheduler,evaluator")
        world.two = world.start("two", "api,scheduler,evaluator")
        # What the last one says to the database can be held back.
        world.cable = SilentProxy(world.postgres.port)
        cut = world.postgres.url.replace(f":{world.postgres.port}/", f":{world.cable.port}/")
        world.workers = [world.start("worker0"), world.start("worker1"), world.start("worker2", "worker", f"catalog.url={cut}")]
        world.names = [worker.name for worker in world.workers]
        yield world
        world.cable.close()


@pytest.fixture(autouse=True)
def whole(world):
    """Each test begins with all processes at work."""
    for node in world.nodes:
        if node.process.poll() is not None:
            node.start()
        node.signal(signal.SIGCONT)
    world.cable.silent = False
    if world.postgres.process.poll() is not None:
        world.postgres.start()
    if world.redis and world.redis.process.poll() is not None:
        world.redis.start()
    wait("all shards", lambda: world.is_whole(*world.names), 60, world.tails)
    wait("both duties", lambda: world.duty("evaluator") and world.duty("scheduler"), 60, world.tails)


def discovered(world):
    wait("the first discovery", lambda: world.postgres.query("SELECT count(*) FROM device_interfaces") == [["160"]], 90,
         world.tails)


def times(world, since):
    """The times, in seconds, of all readings of each interface since a moment; none is stored twice."""
    found = world.victoria.samples("interface_if_hc_in_octets")
    return {interface: sorted(at / 1000 for at in rows if at / 1000 >= since) for interface, rows in found.items()}


def stored(world):
    return world.one.get("/series/statistics")["collection"]["readings"]


@BOTH
def test_workers_share_the_devices_and_every_server_shows_all(world):
    discovered(world)
    for server in (world.one, world.two):
        wait("rates of all", lambda: len(server.get("/interfaces/top", limit=1000)["items"]) == 160, 60, world.tails)
        counts = server.get("/series/statistics")["collection"]
        assert counts["interfaces"] == 160 and counts["devices"] == 20
        health = server.get("/health")["components"]
        assert health["cluster"]["status"] == "healthy", health
        assert "5 processes, 3 workers" in health["cluster"]["detail"]
    assert all(count > 200 for count in world.shards().values())


@BOTH
def test_a_job_asked_of_a_server_is_done_by_a_worker(world):
    discovered(world)
    device = world.two.get("/devices", limit=1)["items"][0]
    run = world.two.post("/jobs/discover-device-interfaces/run", {"subject": device["id"]})
    done = wait_for_run(world.one, run["id"])
    assert done["state"] == "succeeded", done
    assert done["results"]["devices_discovered"] == 1


@BOTH
def test_a_check_ends_on_whichever_server_it_is_asked_of(world):
    """One of them posts it and does it itself, as it has that duty; the other one posts it for the first."""
    discovered(world)
    for _ in range(3):
        for server in (world.one, world.two):
            run = server.post("/jobs/check-interface-thresholds/run")
            done = wait_for_run(server, run["id"])
            assert done["state"] == "succeeded", done


def wait_for_run(server, run):
    found = {}

    def ended():
        found.update(server.get(f"/jobs/{run}"))
        return found["state"] in ("succeeded", "partial", "failed", "cancelled", "abandoned")
    wait(f"the end of {run}", ended, 60)
    return found


@BOTH
def test_the_books_are_those_of_all_workers(world):
    discovered(world)
    run = world.one.post("/jobs/collect-interface-metrics/run")
    done = wait_for_run(world.two, run["id"])
    assert done["state"] == "succeeded", done
    assert done["results"]["interfaces_collected"] == 160 and done["results"]["devices_polled"] == 20


def test_what_a_killed_worker_had_is_polled_again(world):
    discovered(world)
    gone, staying = world.workers[0], world.names[1:]
    before = world.owners()
    gone.kill()
    wait("the others to take over", lambda: world.is_whole(*staying), TAKEN_OVER, world.tails)
    after = world.owners()
    assert all(after[shard] == owner for shard, owner in before.items() if owner != gone.name), "no other shard moves"
    begun = stored(world)
    wait("all to be read again", lambda: stored(world) >= begun + 320, 60, world.tails)
    gone.start()
    wait("its return", lambda: world.is_whole(*world.names), 60, world.tails)
    assert world.owners() == before


def test_a_worker_that_is_stopped_hands_over_at_once(world):
    gone, staying = world.workers[1], world.names[:1] + world.names[2:]
    assert gone.stop() == 0
    wait("the others to take over", lambda: world.is_whole(*staying), LEASE, world.tails)


def test_a_frozen_worker_does_no_harm_when_it_wakes(world):
    discovered(world)
    frozen, others = world.workers[2], world.names[:2]
    frozen.signal(signal.SIGSTOP)
    wait("the others to take over", lambda: world.is_whole(*others), TAKEN_OVER, world.tails)
    frozen.signal(signal.SIGCONT)
    wait("its return", lambda: world.is_whole(*world.names), 60, world.tails)
    assert frozen.process.poll() is None
    back = time.time()
    wait("all to be read", lambda: len([rows for rows in times(world, back).values() if rows]) == 160, 60, world.tails)


def test_a_worker_that_is_cut_off_from_the_database_polls_on_and_gives_up_what_others_took(world):
    discovered(world)
    cut, others = world.workers[2], world.names[:2]
    world.cable.silent = True
    # Its connections are open and nothing comes back: only time tells.
    wait("the others to take over", lambda: world.is_whole(*others), TAKEN_OVER, world.tails)
    wait("it to say so", lambda: "cannot be asked who does what" in cut.log.read_text(), 30, cut.tail)
    world.cable.silent = False
    wait("its return", lambda: world.is_whole(*world.names), 60, world.tails)
    assert cut.process.poll() is None
    back = time.time()
    wait("all to be read", lambda: len([rows for rows in times(world, back).values() if rows]) == 160, 60, world.tails)


def test_a_frozen_evaluator_loses_its_duty_and_begins_anew(world):
    discovered(world)
    name = world.duty("evaluator")
    frozen = {node.name: node for node in world.nodes}[name]
    frozen.signal(signal.SIGSTOP)
    wait("another evaluator", lambda: world.duty("evaluator") not in (None, name), TAKEN_OVER, world.tails)
    frozen.signal(signal.SIGCONT)
    wait("it to begin anew", lambda: "begins anew" in frozen.log.read_text(), 30, frozen.tail)
    assert frozen.process.poll() is None
    assert world.duty("evaluator") != name


def test_polls_go_on_without_postgresql(world):
    discovered(world)
    wait("rates", lambda: len(world.one.get("/interfaces/top", limit=1000)["items"]) == 160, 60, world.tails)
    begun = time.time()
    world.postgres.stop(signal.SIGINT)
    time_without(3 * LEASE)
    world.postgres.start()
    ended = time.time()
    wait("all to be whole", lambda: world.is_whole(*world.names), 60, world.tails)
    wait("readings of after", lambda: all(
        rows and rows[-1] > ended for rows in times(world, begun).values()), 60, world.tails)
    for interface, rows in times(world, begun - INTERVAL).items():
        gaps = [later - earlier for earlier, later in zip(rows, rows[1:])]
        assert max(gaps) < 2 * INTERVAL, f"{interface}: {gaps}"


def time_without(seconds):
    """What a test is about: that time passes while something is away."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        time.sleep(0.5)


@BOTH
def test_secrets_are_in_no_log(world):
    for node in world.nodes:
        text = node.log.read_text()
        assert postgres_world.PASSWORD not in text and cluster_world.KEY not in text


@pytest.mark.parametrize("world", ["redis"], indirect=True)
def test_redis_away_means_slower_and_nothing_else(world):
    discovered(world)
    world.redis.kill()
    device = world.two.get("/devices", limit=1)["items"][0]
    run = world.two.post("/jobs/discover-device-interfaces/run", {"subject": device["id"]})
    done = wait_for_run(world.one, run["id"])
    assert done["state"] == "succeeded", done
    begun = stored(world)
    wait("readings to be told", lambda: stored(world) > begun, 60, world.tails)
