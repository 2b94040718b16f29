"""`walk` prints what `snmpwalk` prints."""

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
        "walk", address, subtree, "--version", version, env={"WARDFLUX_COMMUNITY": "asa"}).stdout
    theirs = subprocess.run(
        ["snmpwalk", "-On", "-m", "", f"-v{version}", "-c", "asa", address, subtree], capture_output=True, text=True,
        check=True).stdout
    assert ours == theirs


def test_json_has_oid_type_and_value(recordings):
    result = wardflux.run(
        "walk", f"127.0.0.1:{recordings.port}", "sysDescr", "--json", env={"WARDFLUX_COMMUNITY": "asa"})
    rows = json.loads(result.stdout)
    assert [row["oid"] for row in rows] == ["1.3.6.1.2.1.1.1.0"]
    assert rows[0]["type"] == "OCTET STRING" and "Cisco" in rows[0]["value"]


def test_a_limit_ends_the_walk(recordings):
    result = wardflux.run(
        "walk", f"127.0.0.1:{recordings.port}", "--limit", "3", env={"WARDFLUX_COMMUNITY": "asa"})
    assert len(result.stdout.splitlines()) == 3


def test_nothing_there_is_said_as_snmpwalk_says_it(recordings):
    result = wardflux.run(
        "walk", f"127.0.0.1:{recordings.port}", "1.3.6.1.4.1.99999", env={"WARDFLUX_COMMUNITY": "asa"})
    theirs = subprocess.run(
        ["snmpwalk", "-v2c", "-c", "asa", "-On", f"127.0.0.1:{recordings.port}", "1.3.6.1.4.1.99999"],
        capture_output=True, text=True, timeout=20, env={**os.environ, "MIBS": ""})
    assert result.stdout == theirs.stdout and "No Such" in result.stdout
