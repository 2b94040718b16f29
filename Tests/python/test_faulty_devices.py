"""Discovery of a device that misbehaves: the others are not touched by it, and what is stored of it stays."""

import json
import sqlite3

import pytest

import faults
import misbehaving_agent as ma
import wardflux
from conftest import assert_consistent, open_catalog
from misbehaving_agent import Agent
from misbehaving_switch import IF_ENTRY, IF_X_ENTRY, ROWS, device

HEADER = "name,ip,port,version,community,profile,device_type,location,tags\n"
IMPATIENT = {"WARDFLUX_SNMP_TIMEOUT_MS": "60", "WARDFLUX_SNMP_RETRIES": "1"}
MOMENTS = {"last_seen_at", "last_discovered_at"}


def add(agent, data, tmp_path):
    inventory = tmp_path / "bad.csv"
    inventory.write_text(f"{HEADER}bad,{agent.host},{agent.port},2c,public,,switch,,\n")
    wardflux.run("devices", "import", inventory, "--data-dir", data)


def discover(data, *arguments, expect=0):
    result = wardflux.run(
        "discover", *(arguments or ("--all",)), "--json", "--data-dir", data, env=IMPATIENT, expect=expect, timeout=60)
    return json.loads(result.stdout) if result.stdout else {}


def rows(data, query):
    """What the catalog holds, a dict for each row."""
    connection = open_catalog(data)
    connection.row_factory = sqlite3.Row
    try:
        return [dict(row) for row in connection.execute(query)]
    finally:
        connection.close()


def interfaces(data):
    """The interfaces of the device by id, without the moments that each discovery moves."""
    found = rows(
        data,
        "SELECT i.* FROM device_interfaces i JOIN standalone_devices d ON d.id = i.device_id WHERE d.name = 'bad'")
    return {row["id"]: {name: value for name, value in row.items() if name not in MOMENTS} for row in found}


def bad(data):
    return rows(data, "SELECT * FROM standalone_devices WHERE name = 'bad'")[0]


# name -> (fault, the state of the device after it where it was never read before)
WORST = {
    "nothing": (faults.silent, "down"), "garbage": (faults.garbage, "down"),
    "much garbage": (faults.flood, "down"), "cycle": (faults.cycle, "up"),
    "genErr": (faults.always(ma.GEN_ERR), "up"), "no varbinds": (faults.empty, "up"),
    "dies": (faults.dies_after(2), "up"),
    "closes": (faults.dies_after(2, close=True), "up"),
}


@pytest.mark.parametrize("name", WORST)
def test_the_other_devices_are_read_as_ever(name, imported, tmp_path):
    fault, status = WORST[name]
    with Agent(device(), fault) as agent:
        add(agent, imported, tmp_path)
        run = discover(imported, expect=2)
    assert run["state"] == "partial"
    others = rows(imported, "SELECT id, status FROM standalone_devices WHERE name <> 'bad'")
    assert [row["status"] for row in others] == ["up"] * 20
    found = rows(imported, "SELECT device_id FROM device_interfaces")
    assert sum(row["device_id"] in {other["id"] for other in others} for row in found) == 160
    row = bad(imported)
    assert row["last_error"] and row["last_complete_discovery_at"] is None
    assert row["status"] == status, row["last_error"]
    assert len(agent.requests) <= 2000
    assert_consistent(imported)


@pytest.fixture
def known(data, tmp_path):
    """A data directory with one device that was read completely; `known.agent` can be made to misbehave."""
    with Agent(device()) as agent:
        add(agent, data, tmp_path)
        discover(data)
        yield agent, data


# What a device that answers in part must not take away.
PARTIAL = {
    "half of the rows": faults.error_at(13, ma.GEN_ERR),
    "dies in the middle": faults.dies_after(2),
    "names hang": faults.slow_object(IF_X_ENTRY + (1,), IF_ENTRY + (2,)),
    "half of the columns hang": faults.slow_object(*(IF_X_ENTRY + (column,) for column in (1, 15, 17, 18, 19))),
    "cycle": faults.cycle,
    "genErr to all": faults.always(ma.GEN_ERR),
    "no varbinds": faults.empty,
    "back into the column": faults.back_in,
    "noSuchName past the end": faults.error_past_the_end,
}


@pytest.mark.parametrize("name", PARTIAL)
def test_a_partial_answer_takes_nothing_away(name, known):
    agent, data = known
    before = interfaces(data)
    assert len(before) == ROWS
    agent.fault, agent.state = PARTIAL[name], {}
    run = discover(data, expect=None)
    assert interfaces(data) == before
    if run["state"] == "succeeded":
        assert run["results"]["interfaces_unchanged"] == ROWS
    else:
        assert run["state"] == "partial" and bad(data)["last_error"]
    agent.fault = None
    assert discover(data)["results"]["interfaces_unchanged"] == ROWS
    assert interfaces(data) == before and bad(data)["last_error"] is None
    assert_consistent(data)


@pytest.mark.parametrize("fault", [faults.silent, faults.garbage, faults.other_community, faults.id_zero])
def test_a_device_that_is_away_loses_nothing(fault, known):
    agent, data = known
    before = interfaces(data)
    agent.fault = fault
    discover(data, "bad", expect=None)
    assert interfaces(data) == before
    assert bad(data)["last_error"] and bad(data)["sys_name"] == "bad-sw"
    agent.fault = None
    assert discover(data, "bad")["results"]["interfaces_unchanged"] == ROWS
    assert interfaces(data) == before and bad(data)["status"] == "up"


def test_false_answers_that_come_first_are_not_stored(known):
    agent, data = known
    before = interfaces(data)
    agent.fault = faults.wrong_first(faults.other_community)
    discover(data)
    assert interfaces(data) == before


def test_a_device_that_shows_no_table_while_it_boots_gets_its_ids_back(known):
    agent, data = known
    before = interfaces(data)
    whole = agent.names, agent.rows
    system = [(name, each) for name, each in zip(*whole) if name[:7] == (1, 3, 6, 1, 2, 1, 1)]
    agent.names, agent.rows = [name for name, _ in system], [each for _, each in system]
    discover(data, expect=None)
    assert set(interfaces(data)) == set(before)
    agent.names, agent.rows = whole
    discover(data)
    after = interfaces(data)
    moved = {"updated_at"}
    assert {key: {n: v for n, v in item.items() if n not in moved} for key, item in after.items()} == {
        key: {n: v for n, v in item.items() if n not in moved} for key, item in before.items()}
