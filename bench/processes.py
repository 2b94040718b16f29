"""Starting, measuring and stopping the programs under test."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

RELEASE = Path(os.environ["WARDFLUX_RELEASE"])
WARDFLUX = str(RELEASE / "wardflux")
DRIVER = str(RELEASE / "wardflux-bench")


@dataclass
class Usage:
    """What one finished process used."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str


class ProgramFailed(SystemExit):
    """A program under test did not end well."""


def measured(
    command: list[str], stdin: str = "", limit_seconds: int = 600, environment: dict[str, str] | None = None
) -> Usage:
    """Runs a command to its end and reads its resource usage from the kernel; fails loudly if it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, **environment} if environment else None)
    guard = threading.Timer(limit_seconds, process.kill)
    guard.start()
    errors: list[bytes] = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    reader.start()

    def feed():
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(stdin.encode())
            process.stdin.close()

    writer = threading.Thread(target=feed)
    writer.start()
    try:
        output = process.stdout.read().decode()
    except BaseException:
        process.kill()
        raise
    finally:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        guard.cancel()
    reader.join()
    writer.join()
    if process.returncode != 0:
        raise ProgramFailed(f"{' '.join(command)} ended with {process.returncode}:\n{errors[0].decode()}\n{output}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output)


def free_port(kind=socket.SOCK_STREAM) -> int:
    """A port that was free a moment ago, on the loopback interface."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pid: int) -> float:
    """User and system time of a running process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    """Octets of memory of a running process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def family(pid: int) -> list[int]:
    """A running process and its children."""
    found = [pid]
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(folder.name))
    return found


class Background:
    """A process that runs beside the measurement and is stopped by its process id."""

    def __init__(self, command: list[str], ready: str, limit_seconds: int = 120):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines: list[str] = []
        self._ready = threading.Event()
        self._pattern = re.compile(ready)
        threading.Thread(target=self._read, daemon=True).start()
        if not self._ready.wait(limit_seconds):
            self.stop()
            raise ProgramFailed(f"{' '.join(command)} did not say '{ready}':\n" + "\n".join(self.lines))

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
            if self._pattern.search(line):
                self._ready.set()

    @property
    def cpu_seconds(self) -> float:
        return cpu_seconds(self.process.pid)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
