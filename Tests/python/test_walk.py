"""`walk` prints what `snmpwalk` prints, and tells programs whether that is all."""

import json
import os
import shutil
import subprocess

import pytest

import wardflux


@pytest.fixture(scope="module")
def recordings(corpus):
    with wardflux.lab("--recordings", corpus / "devices" / "recordings") as lab:
        yield lab


@pytest.mark.skipif(not shutil.which("snmpwalk") and not os.environ.get("CI"), reason="no snmpwalk")
@pytest.mark.parametrize("subtree", ["1.3.6.1.2.1.1", "1.3.6.1.2.1.2", "1.3.6.1.2.1.31"])
@pytest.mark.parametrize("version", ["1", "2c"])
def test_walk_prints_what_snmpwalk_prints(recordings, subtree, version):
    address = f"127.0.0.1:{recordings.port}"
    ours = wardflux.run(
        "walk", address, subtree, "--numeric", "--version", version, env={"WARDFLUX_COMMUNITY": "asa"}).stdout
    theirs = subprocess.run(
        ["snmpwalk", "-On", "-m", "", f"-v{version}", "-c", "asa", address, subtree], capture_output=True, text=True,
        check=True).stdout
    assert ours == theirs


def test_json_has_oid_name_type_and_value_and_how_it_ended(recordings):
    result = wardflux.run(
        "walk", f"127.0.0.1:{recordings.port}", "sysDescr", "--json", env={"WARDFLUX_COMMUNITY": "asa"})
    answer = json.loads(result.stdout)
    assert list(answer) == ["rows", "status", "reason", "tolerated", "requests"]
    assert (answer["status"], answer["reason"], answer["tolerated"]) == ("complete", None, [])
    assert answer["requests"] >= 1
    row, = answer["rows"]
    assert list(row) == ["oid", "name", "type", "value"]
    assert (row["oid"], row["name"]) == ("1.3.6.1.2.1.1.1.0", "SNMPv2-MIB::sysDescr.0")
    assert row["type"] == "OCTET STRING" and "Cisco" in row["value"]


def test_octets_that_are_no_text_are_a_value_in_hex(recordings):
    result = wardflux.run(
        "walk", f"127.0.0.1:{recordings.port}", "ifPhysAddress", "--json", env={"WARDFLUX_COMMUNITY": "asa"})
    rows = {row["oid"]: row for row in json.loads(result.stdout)["rows"]}
    address = rows["1.3.6.1.2.1.2.2.1.6.3"]
    assert (address["value"], address["hex"]) == ("D4E880813401", True)


def test_known_objects_are_printed_with_names(recordings):
    lines = wardflux.run(
        "walk", f"127.0.0.1:{recordings.port}", "ifTable", env={"WARDFLUX_COMMUNITY": "asa"}).stdout.splitlines()
    assert "IF-MIB::ifType.3 = INTEGER: ethernetCsmacd(6)" in lines
    assert "IF-MIB::ifPhysAddress.3 = STRING: d4:e8:80:81:34:01" in lines
    assert "IF-MIB::ifOperStatus.3 = INTEGER: up(1)" in lines


def test_a_limit_ends_the_walk_as_partial(recordings):
    arguments = ["walk", f"127.0.0.1:{recordings.port}", "--limit", "3"]
    result = wardflux.run(*arguments, env={"WARDFLUX_COMMUNITY": "asa"}, expect=3)
    assert len(result.stdout.splitlines()) == 3 and "limit" in result.stderr
    answer = json.loads(wardflux.run(*arguments, "--json", env={"WARDFLUX_COMMUNITY": "asa"}, expect=3).stdout)
    assert answer["status"] == "partial" and "limit" in answer["reason"] and len(answer["rows"]) == 3


@pytest.mark.skipif(not shutil.which("snmpwalk") and not os.environ.get("CI"), reason="no snmpwalk")
def test_nothing_there_is_said_as_snmpwalk_says_it(recordings):
    arguments = ["walk", f"127.0.0.1:{recordings.port}", "1.3.6.1.4.1.99999"]
    result = wardflux.run(*arguments, "--numeric", env={"WARDFLUX_COMMUNITY": "asa"})
    theirs = subprocess.run(
        ["snmpwalk", "-v2c", "-c", "asa", "-On", f"127.0.0.1:{recordings.port}", "1.3.6.1.4.1.99999"],
        capture_output=True, text=True, timeout=20, env={**os.environ, "MIBS": ""})
    assert result.stdout == theirs.stdout and "No Such" in result.stdout
    answer = json.loads(wardflux.run(*arguments, "--json", env={"WARDFLUX_COMMUNITY": "asa"}).stdout)
    assert (answer["rows"], answer["status"]) == ([], "complete")
