"""Other people's agents of version 3, on free ports of the loopback: net-snmp's snmpd and pysnmp's snmpsim."""

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

AUTH_PASS, PRIV_PASS = "authpass12", "privpass12"
AUTHENTICATIONS = ["MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512"]
PRIVACIES = ["DES", "AES", "AES-192", "AES-256", "AES-192-C", "AES-256-C"]
COMBINATIONS = [(None, None)] + [(auth, priv) for auth in AUTHENTICATIONS for priv in [None, *PRIVACIES]]
SNMPD = shutil.which("snmpd") or next(iter(filter(os.path.exists, ["/usr/sbin/snmpd"])), None)
SNMPSIM = shutil.which("snmpsimd")


def user_name(auth, priv):
    return f"u_{auth or 'none'}_{priv or 'none'}"


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Agent:
    """A process that listens on `port` of 127.0.0.1 until it is stopped."""

    def __init__(self, command, port, log, env=None):
        self.command, self.port, self.log, self.env = command, port, log, env
        self.address = f"127.0.0.1:{port}"
        self.process = None

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **(self.env or {})})
        self._wait_until_bound()

    def _wait_until_bound(self):
        wanted = f"0100007F:{self.port:04X} "
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            if wanted in pathlib.Path("/proc/net/udp").read_text():
                return
            time.sleep(0.05)
        self.stop()
        raise AssertionError(f"{self.command[0]} does not listen:\n{pathlib.Path(self.log).read_text()[-3000:]}")

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextlib.contextmanager
def snmpd(directory):
    """net-snmp's agent with a user for every combination; it keeps its boots over `stop` and `start`."""
    port = free_port()
    lines = [f"agentaddress udp:127.0.0.1:{port}", "rocommunity public 127.0.0.1"]
    for auth, priv in COMBINATIONS:
        words = ["createUser", user_name(auth, priv)]
        words += [auth, AUTH_PASS] if auth else []
        words += [priv, PRIV_PASS] if priv else []
        level = "priv" if priv else "auth" if auth else "noauth"
        lines += [" ".join(words), f"rouser {user_name(auth, priv)} {level}"]
    (directory / "snmpd.conf").write_text("\n".join(lines) + "\n")
    state = directory / "state"
    agent = Agent(
        [SNMPD, "-f", "-Lf", str(directory / "snmpd.log"), "-I", "-smux"], port, directory / "output",
        {"SNMP_PERSISTENT_DIR": str(state), "SNMPCONFPATH": f"{directory}:{state}", "MIBS": ""})
    agent.start()
    try:
        yield agent
    finally:
        agent.stop()


# The names snmpsim gives to what net-snmp and wardflux call otherwise: its AES192 and AES256 are Reeder's.
SIMULATED_PRIVACIES = {
    "DES": "DES", "AES": "AES", "AES-192": "AES192BLMT", "AES-256": "AES256BLMT", "AES-192-C": "AES192",
    "AES-256-C": "AES256",
}


@contextlib.contextmanager
def snmpsim(directory, combinations):
    """pysnmp's simulator with a user for each combination; its one recording is context `public`."""
    port = free_port()
    data, cache = directory / "data", directory / "cache"
    data.mkdir()
    cache.mkdir()
    (data / "public.snmprec").write_text("1.3.6.1.2.1.1.1.0|4|simulated\n1.3.6.1.2.1.1.5.0|4|by snmpsim\n")
    command = [SNMPSIM, f"--data-dir={data}", f"--cache-dir={cache}"]
    if os.geteuid() == 0:
        # As root it insists on becoming somebody else, who then needs to reach its folders.
        command += ["--process-user=nobody", "--process-group=nogroup"]
        for path in [directory, *directory.parents][:4]:
            path.chmod(path.stat().st_mode | 0o055)
        cache.chmod(0o777)
    for auth, priv in combinations:
        command += [f"--v3-user={user_name(auth, priv)}"]
        if auth:
            command += [f"--v3-auth-key={AUTH_PASS}", f"--v3-auth-proto={auth.replace('-', '')}"]
        if priv:
            command += [f"--v3-priv-key={PRIV_PASS}", f"--v3-priv-proto={SIMULATED_PRIVACIES[priv]}"]
    command += [f"--agent-udpv4-endpoint=127.0.0.1:{port}"]
    agent = Agent(command, port, directory / "output")
    agent.start()
    try:
        yield agent
    finally:
        agent.stop()
