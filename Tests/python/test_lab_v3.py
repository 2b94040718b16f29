"""The lab as an authoritative engine of version 3, asked by net-snmp's own tools."""

import os
import shutil
import socket
import subprocess

import pytest

import misbehaving_agent as ma
import wardflux

AUTHENTICATIONS = ["MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512"]
PRIVACIES = [None, "DES", "AES", "AES-192", "AES-256", "AES-192-C", "AES-256-C"]
NAME = ".1.3.6.1.2.1.1.5.0"
COMBINATIONS = [(auth, priv) for auth in AUTHENTICATIONS for priv in PRIVACIES]
REPORTS = {
    "unsupported level": "1.3.6.1.6.3.15.1.1.1.0", "not in window": "1.3.6.1.6.3.15.1.1.2.0",
    "unknown user": "1.3.6.1.6.3.15.1.1.3.0", "unknown engine": "1.3.6.1.6.3.15.1.1.4.0",
}


def user_name(auth, priv):
    return f"u-{auth}-{priv}".lower()


@pytest.fixture(scope="module", autouse=True)
def tools():
    if shutil.which("snmpget") is None:
        if os.environ.get("CI"):
            pytest.fail("no snmpget: install net-snmp's tools")
        pytest.skip("no snmpget")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Every combination is a user; `lab.fault` orders a fault."""
    directory = tmp_path_factory.mktemp("v3")
    users, control = directory / "users", directory / "lab.sock"
    lines = ["plain", "# all combinations"]
    for auth, priv in COMBINATIONS:
        lines.append(f"{user_name(auth, priv)} {auth} auth-pass-{auth}" + (f" {priv} priv-pass-{priv}" if priv else ""))
    users.write_text("\n".join(lines) + "\n")
    arguments = ("--network", "grid-20x8", "--v3-users", users, "--control", control, "--bind6")
    with wardflux.lab(*arguments) as started:
        started.directory = directory
        started.fault = lambda *words: wardflux.run("lab", "fault", control, *words)
        yield started


def net_snmp(lab, tool, *arguments, timeout=20):
    """Runs a tool of net-snmp with nothing of this machine's settings."""
    environment = dict(os.environ, SNMP_PERSISTENT_DIR=str(lab.directory / "persistent"),
                       SNMPCONFPATH=str(lab.directory), MIBS="")
    return subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, timeout=timeout,
                          env=environment)


def credentials(auth, priv, user=None, auth_pass=None, priv_pass=None):
    words = ["-v3", "-u", user or user_name(auth, priv)]
    if auth is None:
        return words + ["-l", "noAuthNoPriv"]
    words += ["-a", auth, "-A", auth_pass or f"auth-pass-{auth}"]
    if priv is None:
        return words + ["-l", "authNoPriv"]
    return words + ["-l", "authPriv", "-x", priv, "-X", priv_pass or f"priv-pass-{priv}"]


def get(lab, words, host="127.1.0.5", name=NAME, retries=1):
    """snmpget's status, and what it prints: with its messages where it failed."""
    done = net_snmp(lab, "snmpget", "-r", retries, "-t", 1, "-On", *words, f"{host}:{lab.port}", name)
    return done.returncode, done.stdout + (done.stderr if done.returncode else "")


def probe(lab, host="127.1.0.5", engine=b"", user=b"", flags=4):
    """A message as discovery sends it; returns engine ID, boots, time and the name in the Report."""
    scoped = ma.tlv(ma.SEQUENCE, ma.text(engine) + ma.text(b"") + ma.tlv(
        ma.GET, ma.integer(77) + ma.integer(0) + ma.integer(0) + ma.tlv(ma.SEQUENCE, b"")))
    security = ma.tlv(ma.SEQUENCE, ma.text(engine) + ma.integer(0) + ma.integer(0) + ma.text(user) + ma.text(b"")
                      + ma.text(b""))
    head = ma.tlv(ma.SEQUENCE, ma.integer(1234) + ma.integer(65_507) + ma.text(bytes((flags,))) + ma.integer(3))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(5)
        client.sendto(ma.tlv(ma.SEQUENCE, ma.integer(3) + head + ma.text(security) + scoped), (host, lab.port))
        answer, peer = client.recvfrom(65_536)
    assert peer == (host, lab.port)
    message = ma.Reader(ma.Reader(answer).next()[1])
    assert message.number() == 3
    assert ma.Reader(message.next()[1]).number() == 1234
    fields = ma.Reader(ma.Reader(message.next()[1]).next()[1])
    engine_id, boots, time = fields.next()[1], fields.number(), fields.number()
    context = ma.Reader(message.next()[1])
    context.next(), context.next()
    kind, unit = context.next()
    assert kind == ma.REPORT
    unit = ma.Reader(unit)
    assert unit.number() == 77
    unit.next(), unit.next()
    pair = ma.Reader(ma.Reader(unit.next()[1]).next()[1])
    return engine_id, boots, time, ".".join(map(str, ma.parts(pair.next()[1])))


@pytest.mark.parametrize(("auth", "priv"), COMBINATIONS)
def test_every_combination_is_understood(lab, auth, priv):
    assert get(lab, credentials(auth, priv)) == (0, f'{NAME} = STRING: "GRID-SW-5"\n')


def test_a_user_without_protocols_is_answered(lab):
    assert get(lab, credentials(None, None, user="plain")) == (0, f'{NAME} = STRING: "GRID-SW-5"\n')


@pytest.mark.parametrize(("auth", "priv"), [("SHA", "AES"), ("SHA-512", "AES-256"), ("MD5", "DES"), ("SHA-256", None)])
def test_a_walk_brings_the_rows_version_2c_brings(lab, auth, priv):
    def rows(words):
        done = net_snmp(lab, "snmpbulkwalk", "-On", "-Cr40", *words, f"127.1.0.7:{lab.port}", ".1.3.6.1.2.1.31.1.1.1.1")
        assert done.returncode == 0, done.stderr
        return done.stdout
    plain = rows(["-v2c", "-c", "public"])
    assert rows(credentials(auth, priv)) == plain and plain.count("\n") == 8


def test_each_device_is_an_engine_of_its_own(lab):
    seen = {probe(lab, f"127.1.0.{number}")[0] for number in range(1, 21)}
    assert len(seen) == 20 and all(5 <= len(each) <= 32 for each in seen)


def test_ipv6_is_the_first_device(lab):
    words = credentials("SHA", "AES")
    assert get(lab, words, host="udp6:[::1]") == (0, f'{NAME} = STRING: "GRID-SW-1"\n')
    assert get(lab, ["-v2c", "-c", "public"], host="udp6:[::1]") == (0, f'{NAME} = STRING: "GRID-SW-1"\n')
    assert get(lab, ["-v2c", "-c", "GRID-SW-9"], host="udp6:[::1]") == (0, f'{NAME} = STRING: "GRID-SW-9"\n')


@pytest.mark.parametrize(("words", "told"), [
    (credentials("SHA", "AES", user="nobody"), "Unknown user name"),
    (credentials("SHA", "AES", auth_pass="another-one"), "Authentication failure"),
    (credentials("SHA", "AES", priv_pass="another-one"), "Decryption error"),
    (credentials("SHA", "AES-256", user="u-sha-none", priv_pass="whatever-it-is"), "Unsupported security level"),
    (credentials("SHA", "AES-256-C", user="u-sha-aes-256", priv_pass="priv-pass-AES-256"), "Decryption error"),
    (credentials("SHA", None, user="u-sha-aes"), "authorizationError"),
    (credentials("SHA", "AES") + ["-n", "nowhere"], "Bad context"),
])
def test_what_is_wrong_is_reported(lab, words, told):
    status, text = get(lab, words)
    assert status != 0 and told in text and "GRID" not in text, text


def test_set_is_refused(lab):
    done = net_snmp(lab, "snmpset", "-r0", *credentials("SHA", "AES"), f"127.1.0.5:{lab.port}", NAME, "s", "other")
    assert done.returncode != 0 and "noAccess" in done.stdout + done.stderr


def test_discovery_is_answered_in_two_steps(lab):
    engine, boots, time, name = probe(lab)
    assert name == REPORTS["unknown engine"] and boots > 0 and time > 0
    assert probe(lab, engine=engine, user=b"nobody")[3] == REPORTS["unknown user"]


def test_a_reboot_adds_to_boots_and_begins_time_again(lab):
    before = probe(lab, "127.1.0.11")
    lab.fault("reboot", "127.1.0.11")
    after = probe(lab, "127.1.0.11")
    assert after[0] == before[0] and after[1] == before[1] + 1 and after[2] < 5 < before[2]
    lab.fault("warm-start", "127.1.0.11")
    assert probe(lab, "127.1.0.11")[1] == before[1] + 2
    assert get(lab, credentials("SHA", "AES"), host="127.1.0.11") == (0, f'{NAME} = STRING: "GRID-SW-11"\n')


def gets_nothing(lab, host):
    """snmpget asks for ever where nothing is ever in its time window, so it is given three seconds."""
    try:
        done = net_snmp(lab, "snmpget", "-r1", "-t1", *credentials("SHA", "AES"), f"{host}:{lab.port}", NAME, timeout=3)
    except subprocess.TimeoutExpired as ended:
        return not ended.stdout
    return done.returncode != 0 and not done.stdout


@pytest.mark.parametrize("fault", [
    ("latched",), ("not-in-window",), ("wrong-digest",), ("garbled",), ("truncated",), ("other-user",),
    ("engine-id", "empty"),
])
def test_a_fault_of_security_lets_nothing_through_and_ends(lab, fault):
    host = "127.1.0.13"
    right = (0, f'{NAME} = STRING: "GRID-SW-13"\n')
    lab.fault("v3", host, *fault)
    try:
        assert gets_nothing(lab, host)
        assert get(lab, ["-v2c", "-c", "public"], host=host) == right, "version 2c has nothing to do with it"
    finally:
        lab.fault("v3", host, *fault[:1], "off")
    assert get(lab, credentials("SHA", "AES"), host=host) == right


def test_engine_ids_change_on_command(lab):
    host, own = "127.1.0.14", probe(lab, "127.1.0.14")[0]
    for word, wanted in [("8000000001020304", bytes.fromhex("8000000001020304")), ("zero", bytes(12)), ("empty", b"")]:
        lab.fault("v3", host, "engine-id", word)
        assert probe(lab, host)[0] == wanted
    lab.fault("v3", host, "engine-id", "long")
    assert len(probe(lab, host)[0]) > 32
    lab.fault("v3", host, "engine-of", "127.1.0.15")
    assert probe(lab, host)[0] == probe(lab, "127.1.0.15")[0] and probe(lab, host)[1] != probe(lab, "127.1.0.15")[1]
    assert get(lab, credentials("SHA", "AES"), host=host)[0] == 0
    lab.fault("v3", host, "engine-id", "off")
    assert probe(lab, host)[0] == own


def test_boots_go_back_and_forth_on_command(lab):
    before = probe(lab, "127.1.0.16")[1]
    lab.fault("v3", "127.1.0.16", "boots-back", "3")
    assert probe(lab, "127.1.0.16")[1] == before - 3
    lab.fault("v3", "127.1.0.16", "latched")
    assert probe(lab, "127.1.0.16")[1] == 2_147_483_647
    lab.fault("up", "127.1.0.16")
    assert probe(lab, "127.1.0.16")[1] == before


@pytest.mark.parametrize("lie", ["unknown-engine", "not-in-window", "unknown-user"])
def test_a_lying_report_comes_before_the_answer(lab, lie):
    host = "127.1.0.17"
    engine, boots, _, _ = probe(lab, host)
    lab.fault("v3", host, "lying-report", lie)
    told = probe(lab, host, engine=engine, user=b"plain")
    assert told[1] == 2_147_483_646 and (told[0] == engine) == (lie != "unknown-engine")
    lab.fault("v3", host, "lying-report", "off")
    assert probe(lab, host)[:2] == (engine, boots)


def test_pass_phrases_come_from_files_and_variables(tmp_path):
    file = tmp_path / "auth"
    file.write_text("auth-pass-file\n")
    arguments = ("--network", "grid-2x4", "--v3-user", "ops", "--v3-auth", "sha-256", "--v3-auth-pass-file", file,
                 "--v3-priv", "aes")
    with wardflux.Background("lab", *arguments, ready=r"on UDP port (\d+) of",
                             env={"WARDFLUX_PRIV_PASS": "priv-pass-variable"}) as started:
        started.port, started.directory = int(started.match.group(1)), tmp_path
        words = credentials("SHA-256", "AES", "ops", "auth-pass-file", "priv-pass-variable")
        assert get(started, words, host="127.1.0.1")[0] == 0


@pytest.mark.parametrize(("arguments", "told"), [
    (["--v3-user", "a", "--v3-auth", "SHA", "--v3-auth-pass", "short"], "8 to 1024"),
    (["--v3-user", "a", "--v3-auth", "ROT13", "--v3-auth-pass", "long-enough"], "ROT13"),
    (["--v3-user", "a", "--v3-auth", "SHA"], "WARDFLUX_AUTH_PASS"),
    (["--v3-auth", "SHA"], "--v3-user"),
])
def test_users_that_cannot_be_are_refused(arguments, told):
    done = wardflux.run("lab", "--network", "grid-2x2", *arguments, expect=None, timeout=20)
    assert done.returncode == 64 and told in done.stderr and "short" not in done.stderr
