"""A cluster for tests: PostgreSQL, VictoriaMetrics, Redis where wanted, and any number of wardflux processes."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

import requests

import postgres_world
import wardflux
from test_victoria import MortalVictoria

KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"


def missing():
    """What a cluster needs and is not installed; None where all is there."""
    if postgres_world.programs() is None:
        return "no PostgreSQL server: apt install postgresql"
    for program, package in (("victoria-metrics", "victoria-metrics"), ("redis-server", "redis-server")):
        if shutil.which(program) is None:
            return f"no {program}: apt install {package}"
    return None


def wait(what, condition, seconds=90, told=lambda: ""):
    """Waits until something holds, and returns how long that took."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if condition():
            return time.monotonic() - begun
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain for {what}\n{told()}")


class Redis:
    """A Redis server on a free loopback port, in a folder of its own."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.start()

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "",
             "--appendonly", "yes"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=True)
        wait("redis", self.answers, 20)

    def answers(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as link:
            link.sendall(b"PING\r\n")
            return link.recv(7) == b"+PONG\r\n"
        return False

    def kill(self):
        self.process.kill()
        self.process.wait(20)


class Node:
    """One process of the cluster; what it prints goes to a file."""

    def __init__(self, cluster, name, roles, *settings):
        self.cluster, self.name, self.roles = cluster, name, roles
        self.data = cluster.folder / name
        self.log = cluster.folder / f"{name}.log"
        self.settings = settings
        self.process = None
        self.start()

    def start(self):
        words = ["serve", "--bind", "127.0.0.1:0", "--roles", self.roles] if "api" in self.roles else ["worker"]
        words += ["--data-dir", str(self.data)]
        for setting in (f"cluster.node={self.name}", f"cluster.roles={self.roles}", *self.cluster.settings, *self.settings):
            words += ["--set", setting]
        before = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(wardflux.binary()), *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env=wardflux.environment(**self.cluster.environment))
        if "api" in self.roles:
            pattern = re.compile(r"(http://127\.0\.0\.1:\d+)")
            wait(f"the API of {self.name}", lambda: pattern.search(self.log.read_text()[before:]), 60, self.tail)
            self.url = pattern.findall(self.log.read_text()[before:])[-1]

    def tail(self):
        return f"{self.name}: {self.log.read_text()[-3000:]}" if self.log.exists() else ""

    def get(self, path, **query):
        answer = requests.get(f"{self.url}/api/v1{path}", params=query, timeout=60)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def post(self, path, body=None, expect=(200, 201, 202)):
        answer = requests.post(f"{self.url}/api/v1{path}", json=body or {}, timeout=60)
        assert answer.status_code in expect, f"{path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def signal(self, how):
        self.process.send_signal(how)

    def kill(self):
        self.process.kill()
        self.process.wait(20)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.send_signal(signal.SIGTERM)
            try:
                return self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"did not end in 30 s\n{self.tail()}")
        return self.process.returncode


class Cluster:
    """PostgreSQL, VictoriaMetrics, perhaps Redis, and processes."""

    def __init__(self, folder, interval=10, lease=8, redis=False, clock=False):
        self.folder, self.nodes = folder, []
        self.postgres = postgres_world.Postgres(self._room("postgres"), clock)
        self.victoria = MortalVictoria(folder / "victoria").__enter__()
        self.redis = Redis(folder / "redis") if redis else None
        self.settings = [
            f"collection.interval_seconds={interval}", f"collection.status_seconds={interval}", "series.store=victoria",
            f"victoria.url={self.victoria.url}", f"cluster.lease_seconds={lease}", "victoria.settle_seconds=0"]
        if self.redis:
            self.settings.append(f"redis.url={self.redis.url}")
        self.environment = {**self.postgres.environment, "WARDFLUX_KEY": KEY}

    def _room(self, name):
        room = self.folder / name
        room.mkdir()
        return room

    def command(self, *words, **more):
        """Runs a command on the cluster's catalog."""
        return wardflux.run(
            *words, "--data-dir", self.folder / "commands", env=self.environment, **more)

    def start(self, name, roles="worker", *settings):
        node = Node(self, name, roles, *settings)
        self.nodes.append(node)
        return node

    def shards(self):
        """How many shards each living process has, by name."""
        rows = self.postgres.query(
            "SELECT n.name, count(*) FROM cluster_leases l JOIN cluster_nodes n ON n.id = l.node"
            " WHERE l.name LIKE 'shard/%' AND n.expires_at > now() AND NOT n.has_left GROUP BY 1")
        return {name: int(count) for name, count in rows}

    def owners(self):
        """The name of the owner of each shard."""
        return dict(self.postgres.query(
            "SELECT l.name, n.name FROM cluster_leases l JOIN cluster_nodes n ON n.id = l.node WHERE l.name LIKE 'shard/%'"))

    def duty(self, name):
        """The name of the process that has a duty; None where none has."""
        rows = self.postgres.query(
            f"SELECT n.name FROM cluster_leases l JOIN cluster_nodes n ON n.id = l.node WHERE l.name = 'duty/{name}'"
            " AND n.expires_at > now() AND NOT n.has_left")
        return rows[0][0] if rows else None

    def is_whole(self, *names):
        """Whether exactly these processes own all shards together."""
        shards = self.shards()
        return set(shards) == set(names) and sum(shards.values()) == 1024

    def tails(self):
        return "\n".join(node.tail() for node in self.nodes)

    def close(self):
        for node in self.nodes:
            with contextlib.suppress(Exception):
                node.signal(signal.SIGCONT)
                node.signal(signal.SIGTERM)
        for node in self.nodes:
            with contextlib.suppress(Exception):
                node.stop()
        if self.redis:
            self.redis.kill()
        with contextlib.suppress(Exception):
            self.victoria.__exit__(None, None, None)
        self.postgres.stop()


@contextlib.contextmanager
def cluster(**settings):
    """A cluster without processes, gone at the end with all that it wrote."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wardflux-cluster-"))
    folder.chmod(0o755)
    world = None
    try:
        world = Cluster(folder, **settings)
        yield world
    finally:
        if world:
            world.close()
        if not os.environ.get("WARDFLUX_KEEP"):
            shutil.rmtree(folder, ignore_errors=True)
