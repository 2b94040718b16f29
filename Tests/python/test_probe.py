"""`probe` through three agents: the lab, snmpsim, and a real snmpd."""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import threading
import time

import pytest

import wardflux


FIELDS = {
    "if_index": "ifIndex", "if_name": "ifName", "if_descr": "ifDescr", "if_alias": "ifAlias", "if_type": "ifType",
    "if_mtu": "ifMtu", "if_phys_address": "ifPhysAddress",
    "if_admin_status": "ifAdminStatus", "if_oper_status": "ifOperStatus",
}


def free_udp_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def probe(port, community, *arguments, expect=0):
    result = wardflux.run(
        "probe", f"127.0.0.1:{port}", "--json", *arguments, env={"WARDFLUX_COMMUNITY": community}, expect=expect)
    return json.loads(result.stdout)


def plain(value):
    """Text as the comparison takes it: white space collapsed."""
    return re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else value


def speed(row):
    """if_speed as the contract says: ifHighSpeed where above 0, else ifSpeed unless 0 or saturated."""
    if row.get("ifHighSpeed", 0) > 0:
        return row["ifHighSpeed"] * 1_000_000
    return row["ifSpeed"] if row.get("ifSpeed") not in (None, 0, 4_294_967_295) else None


def assert_as_expected(answer, expected):
    """Every field the expected file names, of every interface."""
    found = {row["if_index"]: row for row in answer["interfaces"]}
    wanted = {row["ifIndex"]: row for row in expected["interfaces"]}
    assert sorted(found) == sorted(wanted)
    for index, row in wanted.items():
        for ours, standard in FIELDS.items():
            if standard in row:
                assert plain(found[index][ours]) == plain(row[standard]), f"ifIndex {index} {ours}"
        assert found[index]["if_speed"] == speed(row), f"ifIndex {index} if_speed"


def names(corpus):
    return sorted(path.stem for path in (corpus / "devices" / "recordings").glob("*.snmprec"))


def check_all(port, corpus):
    def check(name):
        expected = json.loads((corpus / "devices" / "expected" / f"{name}.json").read_text())
        try:
            assert_as_expected(probe(port, name), expected)
        except AssertionError as error:
            return f"{name}: {str(error)[:300]}"
        return None

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        wrong = [text for text in pool.map(check, names(corpus)) if text]
    assert not wrong, "\n".join(wrong)


@pytest.fixture(scope="module")
def grid_address(grid):
    return grid.csv.read_text().splitlines()[1].split(",")[1]


def test_lab_gives_exactly_the_expected_interfaces(corpus):
    with wardflux.lab("--recordings", corpus / "devices" / "recordings") as lab:
        check_all(lab.port, corpus)


@pytest.mark.skipif(not shutil.which("snmpsimd") and not os.environ.get("CI"), reason="no snmpsimd")
def test_snmpsim_gives_exactly_the_expected_interfaces(corpus, tmp_path):
    port = free_udp_port()
    tmp_path.chmod(0o777)
    for parent in tmp_path.parents[:2]:
        parent.chmod(0o755)
    command = [
        "snmpsimd", f"--data-dir={corpus / 'devices' / 'recordings'}", f"--cache-dir={tmp_path}",
        f"--agent-udpv4-endpoint=127.0.0.1:{port}",
    ]
    if os.geteuid() == 0:
        command += ["--process-user=nobody", "--process-group=nogroup"]
    with open(tmp_path / "log", "w") as log:
        agent = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "HOME": str(tmp_path)})
    try:
        deadline = time.monotonic() + 90
        while "Listening at" not in (tmp_path / "log").read_text():
            assert agent.poll() is None and time.monotonic() < deadline, (tmp_path / "log").read_text()[-2000:]
            time.sleep(0.2)
        check_all(port, corpus)
    finally:
        agent.terminate()
        agent.wait(10)


@pytest.mark.skipif(not shutil.which("snmpd") and not os.environ.get("CI"), reason="no snmpd")
def test_a_real_snmpd_tells_of_its_own_interfaces(tmp_path):
    port = free_udp_port()
    configuration = tmp_path / "snmpd.conf"
    configuration.write_text(f"agentaddress udp:127.0.0.1:{port}\nrocommunity real 127.0.0.1\nsysName here\n")
    agent = subprocess.Popen(
        ["snmpd", "-f", "-C", "-c", str(configuration), "-Lf", str(tmp_path / "log"), "-p", str(tmp_path / "pid")],
        env={**os.environ, "SNMP_PERSISTENT_DIR": str(tmp_path)})
    try:
        answer = probe(port, "real", "--retries", "5")
    finally:
        agent.terminate()
        agent.wait(10)
    assert answer["system"]["sys_name"] == "here"
    here = set(os.listdir("/sys/class/net"))
    assert {row["if_name"] or row["if_descr"] for row in answer["interfaces"]} <= here
    loopback = next(row for row in answer["interfaces"] if row["if_descr"] == "lo")
    assert (loopback["interface_type"], loopback["if_oper_status"]) == ("loopback", 1)
    assert loopback["if_mtu"] == int(pathlib.Path("/sys/class/net/lo/mtu").read_text())


def test_the_answer_has_the_members_of_the_contract(grid, grid_address):
    answer = json.loads(
        wardflux.run(
            "probe", f"{grid_address}:{grid.port}", "--json", env={"WARDFLUX_COMMUNITY": "public"}).stdout)
    assert list(answer) == ["system", "interfaces", "neighbours"]
    wanted = set(FIELDS) | {
        "if_speed", "interface_type", "isp_provider", "classification_confidence", "classification_rule"}
    for row in answer["interfaces"]:
        assert wanted <= set(row)


def test_people_get_a_table(grid, grid_address):
    result = wardflux.run("probe", f"{grid_address}:{grid.port}", env={"WARDFLUX_COMMUNITY": "public"})
    assert "IFINDEX" in result.stdout and "8 interfaces" in result.stdout
    assert "\x1b" not in result.stdout


def test_version_1_reads_the_same(grid, grid_address):
    answers = []
    for version in ("1", "2c"):
        result = wardflux.run(
            "probe", f"{grid_address}:{grid.port}", "--version", version, "--json",
            env={"WARDFLUX_COMMUNITY": "public"})
        answers.append([row["if_name"] for row in json.loads(result.stdout)["interfaces"]])
    assert answers[0] == answers[1] and len(answers[0]) == 8


def refused(*arguments, env=None):
    began = time.monotonic()
    result = wardflux.run("probe", *arguments, env=env or {"WARDFLUX_COMMUNITY": "public"}, expect=1)
    assert result.stdout == "" and result.stderr.startswith("error: ")
    return result.stderr, time.monotonic() - began


def test_a_closed_port_is_told_at_once():
    port = free_udp_port()
    text, seconds = refused(f"127.0.0.1:{port}")
    assert f"127.0.0.1:{port}" in text and "closed" in text and "snmpwalk" in text
    assert seconds < 5


def test_a_silent_device_is_told_with_how_long_was_waited():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        text, seconds = refused(f"127.0.0.1:{port}", "--timeout", "0.2", "--retries", "1")
    assert f"no answer from 127.0.0.1:{port}" in text and "2 attempts" in text
    for word in ("community", "access list", "snmpwalk"):
        assert word in text
    assert seconds < 10


def test_a_device_that_refuses_the_community_is_told(grid, grid_address):
    text, _ = refused(
        f"{grid_address}:{grid.port}", "--timeout", "0.2", "--retries", "0", env={"WARDFLUX_COMMUNITY": "hush-42"})
    assert "community" in text and "hush-42" not in text


def test_garbage_is_told_as_garbage():
    stop = threading.Event()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as liar:
        liar.bind(("127.0.0.1", 0))
        liar.settimeout(0.2)

        def answer():
            while not stop.is_set():
                try:
                    _, peer = liar.recvfrom(4096)
                except TimeoutError:
                    continue
                liar.sendto(b"\x30\x82\xff\xffnot snmp at all", peer)

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            text, _ = refused(f"127.0.0.1:{liar.getsockname()[1]}", "--timeout", "0.3", "--retries", "1")
        finally:
            stop.set()
            thread.join()
    assert "not SNMP" in text


def test_a_name_that_is_none_is_told():
    text, _ = refused("no-such-host.invalid")
    assert "no-such-host.invalid" in text
