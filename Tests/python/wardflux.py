"""Runs the built binary and its long-lived commands for tests; everything stays on 127.0.0.0/8."""

import os
import pathlib
import re
import select
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS_MAX = 120


def binary():
    """The binary that WARDFLUX_BIN names, else the newest build of this package; None where there is none."""
    named = os.environ.get("WARDFLUX_BIN")
    if named:
        return pathlib.Path(named)
    built = [ROOT / ".build" / kind / "wardflux" for kind in ("release", "debug")]
    built = [path for path in built if path.exists()]
    return max(built, key=lambda path: path.stat().st_mtime, default=None)


def environment(**variables):
    """The environment without this user's own settings of wardflux."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WARDFLUX_")}
    clean["NO_COLOR"] = "1"
    clean["TZ"] = "UTC"
    clean.update(variables)
    return clean


def run(*arguments, env=None, stdin="", timeout=SECONDS_MAX, expect=0):
    """Runs a command to its end and checks its exit status; expect=None accepts any."""
    process = subprocess.run(
        [str(binary()), *map(str, arguments)], input=stdin, text=True, capture_output=True, timeout=timeout,
        env=environment(**(env or {})))
    if expect is not None:
        assert process.returncode == expect, (
            f"{arguments} ended with {process.returncode}\n{process.stdout[-2000:]}\n{process.stderr[-4000:]}")
    return process


class Background:
    """A command that runs until it is stopped; its first lines are read until a pattern occurs in one."""

    def __init__(self, *arguments, ready, env=None, timeout=60):
        self.process = subprocess.Popen(
            [str(binary()), *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=environment(**(env or {})))
        self.text = ""
        try:
            self.match = self.wait_for(ready, timeout)
        except BaseException:
            self.stop()
            raise

    def wait_for(self, pattern, timeout):
        """Reads on until a pattern occurs in what was printed; the match."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            found = re.search(pattern, self.text)
            if found:
                return found
            readable, _, _ = select.select([self.process.stdout], [], [], 0.2)
            if readable:
                more = os.read(self.process.stdout.fileno(), 65536)
                if not more:
                    raise AssertionError(f"ended with {self.process.wait()} before '{pattern}':\n{self.text}")
                self.text += more.decode("utf-8", "replace")
        raise AssertionError(f"no '{pattern}' in {timeout} s:\n{self.text}")

    def stop(self, how=signal.SIGINT):
        """Stops it and returns its exit status; one that does not end in 15 s is killed."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            rest, _ = self.process.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            rest, _ = self.process.communicate()
        self.text += rest.decode("utf-8", "replace")
        return self.process.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def lab(*arguments):
    """Starts a lab on a free port; `lab.port` is it."""
    started = Background("lab", *arguments, ready=r"on UDP port (\d+) of")
    started.port = int(started.match.group(1))
    return started


def server(data_dir, *arguments, env=None):
    """Starts a server on a free port; `server.url` is its address."""
    started = Background(
        "serve", "--data-dir", data_dir, "--bind", "127.0.0.1:0", *arguments, env=env,
        ready=r"(http://127\.0\.0\.1:\d+)")
    started.url = started.match.group(1)
    return started
