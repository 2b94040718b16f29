"""The lab's notifications, taken apart here, and by net-snmp's snmptrapd where it is installed."""

import contextlib
import shutil
import socket
import subprocess
import time

import pytest

import misbehaving_agent as ma
import wardflux

TRAPS = "1.3.6.1.6.3.1.1.5."
COLD, WARM, DOWN, UP, FAILURE = range(1, 6)
UP_TIME, TRAP_NAME, ENTRY = "1.3.6.1.2.1.1.3.0", "1.3.6.1.6.3.1.1.4.1.0", "1.3.6.1.2.1.2.2.1."
TRAP_V1, INFORM, TRAP_V2 = 0xA4, 0xA6, 0xA7
DEVICE = "127.1.0.5"


def name_of(contents):
    return ".".join(map(str, ma.parts(contents)))


class Receiver:
    """A socket that takes notifications and, where told to, acknowledges informs."""

    def __init__(self, acknowledges=True, host="127.0.0.1"):
        self.socket = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.settimeout(5)
        self.address = f"[{host}]" if ":" in host else host
        self.address += f":{self.socket.getsockname()[1]}"
        self.acknowledges = acknowledges

    def take(self):
        """The next notification: PDU type, number or fields of version 1, variable bindings by name, sender."""
        datagram, peer = self.socket.recvfrom(65_536)
        message = ma.Reader(ma.Reader(datagram).next()[1])
        version, community = message.number(), message.next()[1]
        kind, unit = message.next()
        reader = ma.Reader(unit)
        if kind == TRAP_V1:
            fields = [name_of(reader.next()[1]), socket.inet_ntoa(reader.next()[1]), reader.number(), reader.number(),
                      reader.number()]
        else:
            fields = [reader.number(), reader.number(), reader.number()]
        pairs = {}
        for pair in ma.Reader(reader.next()[1]).elements():
            pair = ma.Reader(pair)
            name, (tag, contents) = name_of(pair.next()[1]), pair.next()
            pairs[name] = name_of(contents) if tag == ma.OID else int.from_bytes(contents, "big", signed=True)
        if kind == INFORM and self.acknowledges:
            answer = ma.tlv(ma.RESPONSE, unit)
            self.socket.sendto(ma.tlv(ma.SEQUENCE, ma.integer(version) + ma.text(community) + answer), peer)
        return kind, fields, pairs, peer[0], community

    def silent(self, seconds=0.3):
        self.socket.settimeout(seconds)
        try:
            return self.take()
        except TimeoutError:
            return None
        finally:
            self.socket.settimeout(5)


@contextlib.contextmanager
def scene(tmp_path, *arguments, receiver=None):
    receiver = receiver or Receiver()
    control = tmp_path / "lab.sock"
    with wardflux.lab("--network", "bank-876", "--control", control, "--trap-to", receiver.address, *arguments) as lab:
        lab.fault = lambda *words: wardflux.run("lab", "fault", control, *words)
        yield lab, receiver
    receiver.socket.close()


def test_a_cable_is_told_by_both_ends(tmp_path):
    with scene(tmp_path) as (lab, receiver):
        host, index = heard_by_cdp(lab)
        for order, trap, status in (("link-down", DOWN, 2), ("link-up", UP, 1)):
            lab.fault(order, host, index)
            seen = [receiver.take(), receiver.take()]
            kind, _, pairs, _, community = next(each for each in seen if each[3] == host)
            assert kind == TRAP_V2 and community == b"public"
            assert pairs[TRAP_NAME] == TRAPS + str(trap) and list(pairs)[:2] == [UP_TIME, TRAP_NAME]
            assert [pairs[f"{ENTRY}{column}.{index}"] for column in (1, 7, 8)] == [index, 1, status]
            assert len({each[3] for each in seen}) == 2 and all(TRAPS + str(trap) in each[2].values() for each in seen)
        lab.fault("link-up", host, index)
        assert receiver.silent() is None, "a cable that is up is not told of again"


def heard_by_cdp(lab):
    """A device and the ifIndex at which it hears another device of the network."""
    column = ".1.3.6.1.4.1.9.9.23.1.2.1.1.6"
    for number in range(1, 41):
        done = subprocess.run(
            ["snmpwalk", "-v2c", "-c", "public", "-Onq", f"127.1.0.{number}:{lab.port}", column],
            capture_output=True, text=True, timeout=20)
        names = [line.split()[0][len(column):].split(".") for line in done.stdout.splitlines()]
        indexes = [int(name[1]) for name in names if len(name) == 3]
        if indexes:
            return f"127.1.0.{number}", indexes[0]
    raise AssertionError("no device hears another by CDP")


def test_starts_are_told_with_the_time_begun_again(tmp_path):
    with scene(tmp_path) as (lab, receiver):
        lab.fault("reboot", DEVICE)
        _, _, pairs, sender, _ = receiver.take()
        assert sender == DEVICE and pairs[TRAP_NAME] == TRAPS + str(COLD) and 0 <= pairs[UP_TIME] < 500
        lab.fault("warm-start", DEVICE)
        assert receiver.take()[2][TRAP_NAME] == TRAPS + str(WARM)


@pytest.mark.parametrize(("version", "kind"), [("2c", TRAP_V2), ("1", TRAP_V1)])
def test_they_go_to_ipv6_too(tmp_path, version, kind):
    with scene(tmp_path, "--trap-version", version, receiver=Receiver(host="::1")) as (lab, receiver):
        lab.fault("reboot", DEVICE)
        taken = receiver.take()
    assert (taken[0], taken[3]) == (kind, "::1")
    assert version != "1" or taken[1][1] == "0.0.0.0", "an agent without an IPv4 address"


def test_version_1_has_the_fields_of_rfc_1157(tmp_path):
    with scene(tmp_path, "--trap-version", "1", "--trap-community", "other") as (lab, receiver):
        lab.fault("reboot", DEVICE)
        kind, fields, pairs, sender, community = receiver.take()
        assert (kind, sender, community, pairs) == (TRAP_V1, DEVICE, b"other", {})
        enterprise, agent, generic, specific, ticks = fields
        assert enterprise.startswith("1.3.6.1.4.1.") and agent == DEVICE
        assert (generic, specific) == (COLD - 1, 0) and 0 <= ticks < 500


def test_a_wrong_community_is_told_once_a_second(tmp_path):
    with scene(tmp_path) as (lab, receiver):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            request = ma.tlv(ma.SEQUENCE, ma.integer(1) + ma.text("wrong") + ma.tlv(
                ma.GET, ma.integer(1) + ma.integer(0) + ma.integer(0) + ma.tlv(ma.SEQUENCE, b"")))
            for _ in range(50):
                client.sendto(request, (DEVICE, lab.port))
        _, _, pairs, sender, _ = receiver.take()
        assert sender == DEVICE and pairs[TRAP_NAME] == TRAPS + str(FAILURE)
        assert receiver.silent() is None


def test_informs_are_sent_until_they_are_acknowledged(tmp_path):
    with scene(tmp_path, "--trap-inform", receiver=Receiver(acknowledges=False)) as (lab, receiver):
        lab.fault("reboot", DEVICE)
        first, second = receiver.take(), receiver.take()
        assert first[0] == INFORM and first[1] == second[1], "the same request-id"
        receiver.acknowledges = True
        assert receiver.take()[1] == first[1]
        assert receiver.silent(1.5) is None


@pytest.mark.parametrize("arguments", [
    ["--trap-to", "192.0.2.1:162"], ["--trap-to", "127.0.0.1"], ["--trap-to", "127.0.0.1:9", "--trap-version", "3"],
    ["--trap-to", "127.0.0.1:9", "--trap-version", "1", "--trap-inform"],
])
def test_what_cannot_be_sent_is_refused(arguments):
    done = wardflux.run("lab", "--network", "grid-2x2", *arguments, expect=None, timeout=20)
    assert done.returncode in (1, 64) and done.stderr.startswith("error: "), done.stderr


@pytest.mark.skipif(shutil.which("snmptrapd") is None, reason="no snmptrapd")
@pytest.mark.parametrize("informs", [[], ["--trap-inform"]], ids=["trap", "inform"])
@pytest.mark.parametrize("version", ["2c", "3"])
def test_snmptrapd_understands_them(tmp_path, version, informs):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    engine = "0x80007ed9017f010005"
    settings = tmp_path / "snmptrapd.conf"
    settings.write_text(
        "authCommunity log public\n"
        f"createUser -e {engine} ops SHA auth-pass-ops AES priv-pass-ops\n"
        "createUser ops SHA auth-pass-ops AES priv-pass-ops\nauthUser log ops priv\n")
    daemon = subprocess.Popen(
        ["snmptrapd", "-C", "-c", settings, "-f", "-Lo", "-On", f"udp:127.0.0.1:{port}"], text=True,
        env={"SNMP_PERSISTENT_DIR": str(tmp_path / "persistent"), "PATH": "/usr/sbin:/usr/bin"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        wait_for_port(port)
        control = tmp_path / "lab.sock"
        user = ["--v3-user", "ops", "--v3-auth", "SHA", "--v3-auth-pass", "auth-pass-ops", "--v3-priv", "AES",
                "--v3-priv-pass", "priv-pass-ops"]
        with wardflux.lab("--network", "grid-9x4", "--control", control, "--trap-to", f"127.0.0.1:{port}",
                          "--trap-version", version, *informs, *user):
            wardflux.run("lab", "fault", control, "reboot", DEVICE)
            line = ""
            while TRAPS + str(COLD) not in line:
                line = daemon.stdout.readline()
                assert line, "snmptrapd ended"
    finally:
        daemon.terminate()
        daemon.wait(10)


def wait_for_port(port):
    """Until the daemon has bound its port."""
    wanted = f"0100007F:{port:04X}"
    for _ in range(100):
        with open("/proc/net/udp", encoding="ascii") as table:
            if any(wanted in line for line in table):
                return
        time.sleep(0.05)
    raise AssertionError("snmptrapd did not start")
