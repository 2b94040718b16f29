"""`wardflux trap send`, received by net-snmp's snmptrapd."""

import shutil
import socket
import subprocess
import threading
import time

import pytest

import wardflux

SNMPTRAPD = shutil.which("snmptrapd", path="/usr/sbin:/usr/bin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(SNMPTRAPD is None, reason="no snmptrapd")

ENGINE = "80000000040a0b0c0d"
LINK_DOWN, COLD_START = "1.3.6.1.6.3.1.1.5.3", "1.3.6.1.6.3.1.1.5.1"
ALIAS = "1.3.6.1.2.1.31.1.1.1.18.3"
LEVELS = {
    "noAuthNoPriv": [],
    "authNoPriv": ["--auth", "SHA", "--auth-pass", "auth-pass-ops"],
    "authPriv": ["--auth", "SHA", "--auth-pass", "auth-pass-ops", "--priv", "AES", "--priv-pass", "priv-pass-ops"],
}


class Daemon:
    """snmptrapd on a free loopback port, with a folder of its own; its lines are read by a thread."""

    def __init__(self, folder):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = folder / "snmptrapd.conf"
        keys = "SHA auth-pass-ops AES priv-pass-ops"
        settings.write_text(
            "authCommunity log public\n"
            f"createUser -e 0x{ENGINE} ops {keys}\ncreateUser ops {keys}\n"
            f"createUser -e 0x{ENGINE} open\ncreateUser open\n"
            "authUser log ops auth\nauthUser log open noauth\n")
        self.lines = []
        self.process = subprocess.Popen(
            [SNMPTRAPD, "-C", "-c", settings, "-f", "-Lo", "-On", "-F", "%s %V|%v\\n", f"udp:127.0.0.1:{self.port}"],
            text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={"SNMP_PERSISTENT_DIR": str(folder / "persistent"), "PATH": "/usr/sbin:/usr/bin", "MIBS": ""})
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self._wait_for(self._is_bound, "port")

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)

    def _is_bound(self):
        with open("/proc/net/udp", encoding="ascii") as table:
            return f"0100007F:{self.port:04X}" in table.read()

    def _wait_for(self, found, what, seconds=10):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            result = found()
            if result:
                return result
            time.sleep(0.02)
        raise AssertionError(f"no {what} in {seconds} s: {''.join(self.lines)}")

    def line_with(self, *parts):
        """The first line that holds all parts."""
        return self._wait_for(
            lambda: next((line for line in self.lines if all(part in line for part in parts)), None), str(parts))

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.reader.join(10)


@pytest.fixture
def daemon(tmp_path):
    started = Daemon(tmp_path)
    yield started
    started.stop()


def send(daemon, *arguments, expect=0):
    return wardflux.run("trap", "send", f"127.0.0.1:{daemon.port}", *arguments, timeout=30, expect=expect)


@pytest.mark.parametrize("options", [["--version", "2c"], ["--version", "2c", "--inform"]], ids=["trap", "inform"])
def test_version_2c(daemon, options):
    send(daemon, "linkDown", f"{ALIAS}", "s", "an uplink", "--community", "public", "--if-index", "3", *options)
    line = daemon.line_with(LINK_DOWN)
    assert "an uplink" in line
    assert ".1.3.6.1.2.1.2.2.1.1.3" in line and ".1.3.6.1.2.1.2.2.1.8.3" in line


def test_version_1(daemon):
    send(daemon, "coldStart", ALIAS, "s", "an uplink", "--community", "public", "--version", "1",
         "--agent-address", "127.9.9.9")
    assert "an uplink" in daemon.line_with(ALIAS)


@pytest.mark.parametrize("inform", [[], ["--inform"]], ids=["trap", "inform"])
@pytest.mark.parametrize("level", LEVELS)
def test_version_3(daemon, level, inform):
    user = "ops" if LEVELS[level] else "open"
    for number in range(2):
        send(daemon, "coldStart", ALIAS, "s", f"an uplink {number}", "--version", "3", "--user", user, *LEVELS[level],
             "--engine-id", ENGINE, *inform)
        assert COLD_START in daemon.line_with(f"an uplink {number}")


def test_what_is_not_acknowledged_is_told(daemon):
    patience = ["--timeout", "0.2", "--retries", "0", "--inform"]
    done = send(daemon, "coldStart", "--version", "3", "--user", "ops", "--auth", "SHA", "--auth-pass", "wrong-pass-x",
                *patience, expect=None)
    assert done.returncode != 0 and "ops" in done.stderr, done.stderr
    assert "wrong-pass-x" not in done.stdout + done.stderr
    done = send(daemon, "coldStart", "--version", "3", "--user", "nobody", "--auth", "SHA", "--auth-pass",
                "auth-pass-ops", *patience, expect=None)
    assert done.returncode != 0 and "nobody" in done.stderr, done.stderr
    assert not any(COLD_START in line for line in daemon.lines)
