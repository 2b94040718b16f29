"""A PostgreSQL server for tests: Debian's, on a free loopback port, in a folder of its own, stopped by process id."""

import contextlib
import glob
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PASSWORD = "s3cret:pass@word/?"
USER, DATABASE = "ward_admin", "ward_ops"


def programs():
    """Where the server's programs are; None where none is installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/postgres"))
    return pathlib.Path(found[-1]).parent if found else None


def clock_library():
    """Debian's libfaketime, by which a server's clock is set; None where it is not installed."""
    found = glob.glob("/usr/lib/*/faketime/libfaketime.so.1")
    return found[0] if found else None


def _as_server(command):
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """A server with an empty database; with `clock` its wall clock can be set."""

    def __init__(self, folder, clock=False):
        self.folder, self.port = folder, _free_port()
        self._clock = folder / "clock" if clock else None
        self.set_clock(0)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        secret = folder / "password"
        secret.write_text(PASSWORD + "\n")
        secret.chmod(0o644)
        subprocess.run(
            _as_server([
                str(programs() / "initdb"), "-D", str(folder / "data"), "-U", USER, "-A", "scram-sha-256",
                "--pwfile", str(secret), "-E", "UTF8", "--locale=C.UTF-8", "-N"]),
            check=True, capture_output=True, timeout=120)
        self.start()
        self.query(f"CREATE DATABASE {DATABASE}", database="postgres")

    @property
    def url(self):
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{DATABASE}"

    @property
    def environment(self):
        """What `wardflux` is told of it."""
        return {"WARDFLUX_CATALOG_URL": self.url, "WARDFLUX_CATALOG_PASSWORD": PASSWORD}

    def set_clock(self, seconds):
        """Sets the server's clock so many seconds ahead of the host's; behind it where they are negative."""
        if self._clock:
            fresh = self._clock.with_suffix(".new")
            fresh.write_text(f"{seconds:+d}\n")
            fresh.replace(self._clock)

    @property
    def _by_its_clock(self):
        """What begins its command: the library is for the server alone, as what it makes belongs to the server's user."""
        if not self._clock:
            return []
        return ["env", f"LD_PRELOAD={clock_library()}", f"FAKETIME_TIMESTAMP_FILE={self._clock}", "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1"]

    def start(self):
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            _as_server([
                *self._by_its_clock, str(programs() / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port),
                "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off",
                # What it shares goes with its folder, also where it is killed.
                "-c", "dynamic_shared_memory_type=mmap"]),
            stdout=self.log, stderr=self.log)
        self._wait()

    def _wait(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            ready = subprocess.run(
                [str(programs() / "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port)], capture_output=True)
            if ready.returncode == 0:
                return
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text())

    def query(self, sql, database=DATABASE):
        """The rows of a statement, as lists of texts."""
        answer = subprocess.run(
            ["psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", USER, "-d", database, "-AtF", "\t", "-c", sql],
            env={**os.environ, "PGPASSWORD": PASSWORD}, capture_output=True, text=True, timeout=60)
        assert answer.returncode == 0, answer.stderr
        return [line.split("\t") for line in answer.stdout.splitlines()]

    def stop(self, how=signal.SIGQUIT):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=60)
        self.log.close()


@contextlib.contextmanager
def postgres():
    """A server, gone at the end with its folder."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="wardflux-postgres-"))
    server = None
    try:
        server = Postgres(folder)
        yield server
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)
