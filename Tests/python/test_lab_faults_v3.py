"""What goes wrong with version 3, by the lab's faults: a walk is whole, or says why not; bounded, and never false."""

import json
import time

import pytest

import wardflux

COLUMN, ROWS = "1.3.6.1.2.1.31.1.1.1.1", 8
ALL, NONE, TRUE = "all", "none", "true"
SECONDS_MAX, REQUESTS_MAX = 15, 60
HOSTS = iter(f"127.1.0.{number}" for number in range(1, 41))

# The order after `v3 DEVICE`, and what a walk by a process that knows nothing yet brings.
#
# TRUE: what comes before authentication cannot be told from the truth (RFC 3414 section 4), so a false Report may cost
# the answer, yet not make a false one.
TABLE = {
    "nothing": ([], ALL),
    "boots back": (["boots-back", "3"], ALL),
    "boots latched": (["latched"], NONE),
    "notInTimeWindow for ever": (["not-in-window"], NONE),
    "wrong digest": (["wrong-digest"], NONE),
    "garbled ciphertext": (["garbled"], NONE),
    "truncated ciphertext": (["truncated"], NONE),
    "another user's answer": (["other-user"], NONE),
    "another context engine": (["context-engine"], TRUE),
    "engine ID empty": (["engine-id", "empty"], NONE),
    "engine ID of 48 octets": (["engine-id", "long"], NONE),
    "engine ID all zero": (["engine-id", "zero"], TRUE),
    "engine ID of another device": (["engine-of", "127.1.0.60"], ALL),
    "engine ID replaced": (["engine-id", "8000000001020304"], ALL),
    "lying Report, unknown engine": (["lying-report", "unknown-engine"], TRUE),
    "lying Report, time window": (["lying-report", "not-in-window"], TRUE),
    "lying Report, unknown user": (["lying-report", "unknown-user"], TRUE),
    "msgMaxSize below 484": (["max-size", "100"], TRUE),
    "msgMaxSize huge": (["max-size", "2147483647"], ALL),
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    directory = tmp_path_factory.mktemp("v3")
    users, control = directory / "users", directory / "lab.sock"
    users.write_text("ops SHA auth-pass-ops AES priv-pass-ops\ndes MD5 auth-pass-des DES priv-pass-des\n")
    with wardflux.lab("--network", f"grid-60x{ROWS}", "--v3-users", users, "--control", control) as started:
        started.fault = lambda *words: wardflux.run("lab", "fault", control, *words)
        yield started


def walk(lab, host, user, auth, priv, expect=None):
    began = time.monotonic()
    result = wardflux.run(
        "walk", f"{host}:{lab.port}", COLUMN, "--version", "3", "--user", user, "--auth", auth, "--priv", priv,
        "--json", "--timeout", "0.3", "--retries", "2", timeout=60, expect=expect,
        env={"WARDFLUX_AUTH_PASS": f"auth-pass-{user}", "WARDFLUX_PRIV_PASS": f"priv-pass-{user}"})
    assert time.monotonic() - began < SECONDS_MAX
    answer = json.loads(result.stdout)
    assert {"complete": 0, "partial": 3, "failed": 4}[answer["status"]] == result.returncode, result.stderr
    assert answer["requests"] <= REQUESTS_MAX
    return answer


@pytest.mark.parametrize(("user", "auth", "priv"), [("ops", "SHA", "AES"), ("des", "MD5", "DES")], ids=["AES", "DES"])
@pytest.mark.parametrize("name", TABLE)
def test_a_walk_of_version_3_is_whole_or_says_why_not(lab, name, user, auth, priv):
    order, expected = TABLE[name]
    host = next(HOSTS)
    whole = walk(lab, host, user, auth, priv, expect=0)["rows"]
    assert len(whole) == ROWS
    if order:
        lab.fault("v3", host, *order)
    answer = walk(lab, host, user, auth, priv)
    if expected == ALL or (expected == TRUE and answer["status"] == "complete"):
        assert (answer["status"], answer["rows"]) == ("complete", whole), answer["reason"]
    else:
        assert answer["status"] != "complete" and answer["reason"], answer
        assert all(row in whole for row in answer["rows"])
    if expected == NONE:
        assert (answer["status"], answer["rows"]) == ("failed", [])
    lab.fault("up", host)
    assert walk(lab, host, user, auth, priv, expect=0)["rows"] == whole


def test_a_reboot_between_two_walks_is_survived(lab):
    host = "127.1.0.50"
    before = walk(lab, host, "ops", "SHA", "AES", expect=0)["rows"]
    lab.fault("reboot", host)
    assert walk(lab, host, "ops", "SHA", "AES", expect=0)["rows"] == before
