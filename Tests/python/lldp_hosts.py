"""Hosts in network namespaces, joined by veth cables, each with the real lldpd answering through the real snmpd.

A poller's namespace reaches every agent over a management bridge of its own; lldpd does not speak there. Namespaces,
processes and files carry the test's own names, and are gone after `close`.
"""

import itertools
import json
import os
import shutil
import signal
import subprocess
import time

LLDPD = shutil.which("lldpd") or "/usr/sbin/lldpd"
SNMPD = shutil.which("snmpd") or "/usr/sbin/snmpd"
SECONDS_MAX = 60
_serial = itertools.count()


def missing():
    """Why hosts cannot be made here; None where they can."""
    for path, package in ((LLDPD, "lldpd"), (SNMPD, "snmpd")):
        if not os.path.exists(path):
            return f"no {package}: apt-get install {package}"
    if os.geteuid() != 0:
        return "network namespaces need root"
    probe = f"wfprobe{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", probe], capture_output=True, text=True)
    if made.returncode:
        return f"no network namespaces: {made.stderr.strip()}"
    subprocess.run(["ip", "netns", "del", probe], check=True)
    return None


def _ip(*words):
    done = subprocess.run(["ip", *words], capture_output=True, text=True)
    assert done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}"


class Host:
    """One machine: its namespace, its daemons."""

    def __init__(self, network, name, number):
        self.network, self.name, self.number = network, name, number
        self.space = f"{network.prefix}h{number}"
        self.address = f"10.213.0.{number + 10}"
        self.folder = network.folder / name
        self.folder.mkdir()
        self.processes = []

    def run(self, *words):
        done = subprocess.run(
            ["ip", "netns", "exec", self.space, *map(str, words)], capture_output=True, text=True, timeout=SECONDS_MAX)
        assert done.returncode == 0, f"{words} in {self.name}: {done.stdout}{done.stderr}"
        return done.stdout

    def _start(self, *words, log):
        """Starts a daemon in the host's namespaces; its own UTS namespace gives it the host's name."""
        named = ["unshare", "-u", "sh", "-c", 'hostname "$0" && exec "$@"', self.name, *map(str, words)]
        with open(self.folder / log, "ab") as output:
            self.processes.append(subprocess.Popen(
                ["ip", "netns", "exec", self.space, *named], stdin=subprocess.DEVNULL, stdout=output,
                stderr=output, env={**os.environ, "SNMP_PERSISTENT_DIR": str(self.folder / "persistent")}))

    def start(self):
        """Starts snmpd, then lldpd as its subagent; the data ports are those named eth*."""
        configuration = self.folder / "snmpd.conf"
        configuration.write_text(
            f"agentaddress udp:{self.address}:161\nrocommunity public\nmaster agentx\n"
            f"agentXSocket {self.folder}/agentx\nsysName {self.name}\nsysDescr WARD FLUX test host\n")
        self._start(SNMPD, "-f", "-Le", "-C", "-c", configuration, "-p", self.folder / "snmpd.pid", log="snmpd.log")
        self._wait(lambda: (self.folder / "agentx").exists(), "snmpd's AgentX socket")
        timing = self.folder / "lldpd.conf"
        timing.write_text("configure lldp tx-interval 1\nconfigure lldp tx-hold 10\n")
        self._start(
            LLDPD, "-d", "-O", timing, "-x", "-X", self.folder / "agentx", "-u", self.control, "-I", ",".join(f"eth{port}" for port in range(1, 10)),
            "-S", f"WARD FLUX test host {self.name}", log="lldpd.log")
        self._wait(lambda: self.control.exists(), "lldpd's control socket")

    @property
    def control(self):
        return self.folder / "lldpd.sock"

    def _lldp(self, *words):
        return self.run("lldpcli", "-u", self.control, *words)

    def heard(self):
        """(own port, neighbour's name, neighbour's port description) as lldpd itself has them."""
        answer = json.loads(self._lldp("-f", "json0", "show", "neighbors"))
        rows = []
        for block in answer.get("lldp", []):
            for interface in block.get("interface", []):
                chassis = interface.get("chassis", [{}])[0]
                name = (chassis.get("name") or [{}])[0].get("value")
                port = interface.get("port", [{}])[0]
                rows.append((interface["name"], name, (port.get("descr") or [{}])[0].get("value")))
        return sorted(rows, key=str)

    def _wait(self, holds, what):
        deadline = time.monotonic() + SECONDS_MAX
        while not holds():
            ended = [each.args for each in self.processes if each.poll() is not None]
            assert not ended, f"{ended} ended: {self.logs()}"
            assert time.monotonic() < deadline, f"no {what} at {self.name}: {self.logs()}"
            time.sleep(0.05)

    def logs(self):
        return "\n".join(path.read_text(errors="replace")[-1500:] for path in self.folder.glob("*.log"))

    def stop(self):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes = []


class Hosts:
    """A network of hosts; `cables` are pairs of (host, port)."""

    def __init__(self, folder, names, cables):
        self.folder, self.cables = folder, []
        self.prefix = f"wf{os.getpid()}x{next(_serial)}"
        self.poller = f"{self.prefix}p"
        self.hosts = {name: Host(self, name, number) for number, name in enumerate(names)}
        try:
            self._lay(cables)
        except BaseException:
            self.close()
            raise

    def _lay(self, cables):
        _ip("netns", "add", self.poller)
        _ip("-n", self.poller, "link", "set", "lo", "up")
        _ip("-n", self.poller, "link", "add", "br0", "type", "bridge")
        _ip("-n", self.poller, "addr", "add", "10.213.0.1/24", "dev", "br0")
        _ip("-n", self.poller, "link", "set", "br0", "up")
        for host in self.hosts.values():
            _ip("netns", "add", host.space)
            _ip("-n", host.space, "link", "set", "lo", "up")
            self._veth((self.poller, f"m{host.number}"), (host.space, "mgmt0"))
            _ip("-n", self.poller, "link", "set", f"m{host.number}", "master", "br0")
            _ip("-n", host.space, "addr", "add", f"{host.address}/24", "dev", "mgmt0")
        for a, b in cables:
            self.plug(a, b)
        for host in self.hosts.values():
            host.start()
        self.settle()

    @staticmethod
    def _veth(a, b):
        _ip("link", "add", a[1], "netns", a[0], "type", "veth", "peer", "name", b[1], "netns", b[0])
        for space, name in (a, b):
            _ip("-n", space, "link", "set", name, "up")

    def plug(self, a, b):
        """Lays a cable between two ports, such as ("north", "eth1")."""
        self._veth((self.hosts[a[0]].space, a[1]), (self.hosts[b[0]].space, b[1]))
        self.cables.append((a, b))

    def move(self, fixed, from_port, to_port):
        """Takes the end of a cable out of one host's port and puts it into another's; its other end stays plugged in."""
        _ip("-n", self.hosts[from_port[0]].space, "link", "set", from_port[1], "netns", self.hosts[to_port[0]].space)
        if from_port[1] != to_port[1]:
            _ip("-n", self.hosts[to_port[0]].space, "link", "set", from_port[1], "name", to_port[1])
        _ip("-n", self.hosts[to_port[0]].space, "link", "set", to_port[1], "up")
        self.cables = [cable for cable in self.cables if {fixed, from_port} != set(cable)] + [(fixed, to_port)]

    def settle(self):
        """Waits until every daemon hears exactly what its cables lead to."""
        wanted = {name: [] for name in self.hosts}
        for a, b in self.cables:
            for near, far in ((a, b), (b, a)):
                wanted[near[0]].append((near[1], far[0], far[1]))
        deadline = time.monotonic() + SECONDS_MAX
        for name, host in self.hosts.items():
            while host.heard() != sorted(wanted[name], key=str):
                assert time.monotonic() < deadline, f"{name} hears {host.heard()}, not {wanted[name]}: {host.logs()}"
                time.sleep(0.1)

    def command(self, *words):
        """What runs a command where the poller stands."""
        return ["ip", "netns", "exec", self.poller, *map(str, words)]

    def close(self):
        for host in self.hosts.values():
            host.stop()
        for space in [host.space for host in self.hosts.values()] + [self.poller]:
            subprocess.run(["ip", "netns", "del", space], capture_output=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
