"""Version 3 against agents that share nothing with this program: net-snmp's snmpd and pysnmp's snmpsim."""

import json
import os

import pytest

import v3_agents
import wardflux
from v3_agents import AUTH_PASS, COMBINATIONS, PRIV_PASS, user_name

SYSTEM = "1.3.6.1.2.1.1"


def require(program):
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("an agent is missing: install snmpd and snmpsim")
        pytest.skip("snmpd or snmpsim is not installed")


@pytest.fixture(scope="module")
def snmpd(tmp_path_factory):
    require(v3_agents.SNMPD)
    with v3_agents.snmpd(tmp_path_factory.mktemp("snmpd")) as agent:
        yield agent


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    require(v3_agents.SNMPSIM)
    with v3_agents.snmpsim(tmp_path_factory.mktemp("snmpsim"), COMBINATIONS) as agent:
        yield agent


def arguments(name, auth, priv, context=None):
    given = ["--version", "3", "--user", name]
    given += ["--auth", auth] if auth else []
    given += ["--priv", priv] if priv else []
    given += ["--context", context] if context else []
    return given


def secrets(auth_pass=AUTH_PASS, priv_pass=PRIV_PASS):
    return {"WARDFLUX_AUTH_PASS": auth_pass, "WARDFLUX_PRIV_PASS": priv_pass}


def walk(agent, name, auth, priv, context=None, env=None, expect=0):
    result = wardflux.run(
        "walk", agent.address, SYSTEM, "--json", *arguments(name, auth, priv, context), env=env or secrets(),
        expect=expect)
    return result if expect else json.loads(result.stdout)


@pytest.mark.parametrize("auth,priv", COMBINATIONS)
def test_snmpd_is_walked_by_every_combination(snmpd, auth, priv):
    answer = walk(snmpd, user_name(auth, priv), auth, priv)
    assert answer["status"] == "complete" and len(answer["rows"]) > 5


@pytest.mark.parametrize("auth,priv", COMBINATIONS)
def test_snmpsim_is_walked_by_every_combination(simulator, auth, priv):
    answer = walk(simulator, user_name(auth, priv), auth, priv, context="public")
    assert answer["status"] == "complete"
    assert [row["value"] for row in answer["rows"]] == ["simulated", "by snmpsim"]


@pytest.mark.parametrize(
    "name,auth,priv,env,cause,remedy",
    [
        ("nobody", "SHA", "AES", secrets(), "does not know user nobody", "name"),
        (user_name("SHA", "AES"), "SHA", "AES", secrets(auth_pass="wrongpass1"), "digest", "pass phrase"),
        (user_name("SHA", "AES"), "SHA-256", "AES", secrets(), "digest", "protocol"),
        (user_name("SHA", None), "SHA", "AES", secrets(), "level authPriv", "level"),
        (user_name("SHA", "AES-256"), "SHA", "AES-256-C", secrets(), "level authPriv", "other key extension"),
        (user_name("SHA", "AES"), "SHA", "AES", secrets(priv_pass="wrongpriv1"), "level authPriv", "privacy"),
    ])
def test_what_is_wrong_is_said_with_user_and_remedy(snmpd, name, auth, priv, env, cause, remedy):
    result = walk(snmpd, name, auth, priv, env=env, expect=4)
    assert name in result.stderr and cause in result.stderr and remedy in result.stderr, result.stderr
    for secret in [AUTH_PASS, PRIV_PASS, "wrongpass1", "wrongpriv1"]:
        assert secret not in result.stderr + result.stdout


def test_a_level_that_the_view_forbids_is_an_error(snmpd):
    result = wardflux.run(
        "get", snmpd.address, "1.3.6.1.2.1.1.5.0", *arguments(user_name("SHA", "AES"), "SHA", None), env=secrets(),
        expect=None)
    assert result.returncode != 0 and "authorizationError" in result.stdout + result.stderr


def test_a_context_the_agent_does_not_know_is_said(snmpd):
    result = wardflux.run(
        "get", snmpd.address, "1.3.6.1.2.1.1.5.0", *arguments(user_name("SHA", "AES"), "SHA", "AES", "nowhere"),
        env=secrets(), expect=None)
    assert result.returncode != 0, result.stdout
