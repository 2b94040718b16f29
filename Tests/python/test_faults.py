"""Agents that misbehave: all right rows, or an honest end that says so; never silently short, endless, or a crash."""

import json
import time

import pytest

import faults
import misbehaving_agent as ma
import wardflux
from misbehaving_agent import Agent, integer, oid, tlv
from misbehaving_switch import HC_IN, IF_ENTRY, IF_X_ENTRY, ROWS, SYSTEM, counter, device, facts

REQUESTS_MAX = 600
# TRUE: all rows and no complaint, or a complaint; for what may rightly be tolerated and rightly be refused.
ALL, PART, NONE, TRUE = "all", "part", "none", "true"
# How a walk ends, by what it says of itself.
ENDS = {"complete": 0, "partial": 3, "failed": 4}


WALKED = [(".".join(map(str, HC_IN + (index,))), counter(index)) for index in range(1, ROWS + 1)]
PROBED = [facts(index) for index in range(1, ROWS + 1)]


def command(agent, *arguments, timeout=0.1, retries=2, seconds=20, version="2c"):
    """Runs a command on an agent; returns exit status, what it printed as JSON, and its messages."""
    result = wardflux.run(
        arguments[0], agent.address, *arguments[1:], "--json", "--timeout", timeout, "--retries", retries,
        "--version", version,
        env={"WARDFLUX_COMMUNITY": "public"}, timeout=seconds, expect=None)
    assert result.returncode in (0, 1, 2, 3, 4), f"{result.returncode}: {result.stderr[-2000:]}"
    if result.returncode:
        assert result.stderr.startswith(("error: ", "warning: ")), "no message"
    return result.returncode, json.loads(result.stdout) if result.stdout else None, result.stderr


def walked(agent, **options):
    """What a walk says of itself, which its exit status confirms."""
    status, answer, messages = command(agent, "walk", ".".join(map(str, HC_IN)), **options)
    assert ENDS[answer["status"]] == status, (status, answer["status"])
    assert (answer["reason"] is None) == (status == 0), answer["reason"]
    assert answer["requests"] <= len(agent.requests) or status != 0
    return answer, messages


def walk(agent, **options):
    """0, 1 or 2 for a walk that is complete, failed or partial; its rows; its messages."""
    answer, messages = walked(agent, **options)
    status = {"complete": 0, "failed": 1, "partial": 2}[answer["status"]]
    return status, [(item["oid"], item["value"]) for item in answer["rows"]], messages


def probe(agent, **options):
    status, answer, messages = command(agent, "probe", **options)
    rows = answer["interfaces"] if answer else []
    return status, [{name: row[name] for name in facts(0)} for row in rows], messages


def check(outcome, expected, wanted):
    """`outcome` is all of `wanted`, or part of it with a message."""
    status, rows, messages = outcome
    if expected == ALL:
        assert (status, rows) == (0, wanted), messages
    elif expected == NONE:
        assert status == 1 and rows == [], (status, rows)
    elif expected == TRUE:
        assert (status, rows) == (0, wanted) or status and messages, f"{status} with {len(rows)} of {len(wanted)} rows"
    else:
        assert status == 2 and messages, f"ended with {status} and {len(rows)} of {len(wanted)} rows"


def patience(name, expected):
    """Short where nothing that counts will come, however long the wait."""
    if expected == NONE:
        return {"timeout": 0.05, "retries": 1}
    return {"timeout": 0.1, "retries": 1} if name.startswith(("dies", "drops")) else {}


def is_part(row, wanted):
    """No value of a row is wrong; missing ones are null."""
    return all(value in (None, wanted[name]) for name, value in row.items())


def check_parts(rows):
    by_index = {each["if_index"]: each for each in PROBED}
    assert all(is_part(row, by_index[row["if_index"]]) for row in rows)


# name -> (fault, what walk brings, what probe brings)
TABLE = {
    "honest": (None, ALL, ALL),
    "same name for ever": (faults.same_name_for_ever, PART, PART),
    "cycle": (faults.cycle, PART, PART),
    "swapped rows": (faults.swapped, ALL, ALL),
    "swapped columns": (faults.reversed_within_rows, ALL, ALL),
    "tooBig over 10": (faults.too_big_over(10), ALL, ALL),
    "tooBig over 1": (faults.too_big_over(1), ALL, ALL),
    "tooBig over 10, empty": (faults.too_big_empty_over(10), ALL, ALL),
    "no varbinds": (faults.empty, NONE, PART),
    "no varbinds once": (faults.once(faults.empty), ALL, ALL),
    "genErr half-way": (faults.error_at(13, ma.GEN_ERR), PART, PART),
    "genErr half-way, index 1": (faults.error_at(13, ma.GEN_ERR, 1), PART, PART),
    "genErr with a foolish index": (faults.error_at(13, ma.GEN_ERR, 2_147_483_647), PART, PART),
    "genErr with a negative index": (faults.error_at(13, ma.GEN_ERR, -2_147_483_648), PART, PART),
    "genErr once": (faults.once(faults.always(ma.GEN_ERR)), ALL, ALL),
    "genErr to all": (faults.always(ma.GEN_ERR), NONE, PART),
    "tooBig to all": (faults.always(ma.TOO_BIG), NONE, PART),
    "authorizationError half-way": (faults.error_at(22, ma.AUTHORIZATION_ERROR), PART, PART),
    "an error-status unheard of": (faults.error_at(13, 99), PART, PART),
    "noSuchName for a GETBULK past the end": (faults.error_past_the_end, ALL, ALL),
    "triplicates": (faults.thrice, ALL, ALL),
    "late duplicate first": (faults.late_duplicate, ALL, ALL),
    "wrong request-id first": (faults.wrong_first(faults.other_id), ALL, ALL),
    "truncated copy first": (faults.wrong_first(faults.truncated_copy), ALL, ALL),
    "garbage first": (faults.wrong_first(faults.garbage), ALL, ALL),
    "much garbage first": (faults.wrong_first(faults.flood), ALL, ALL),
    "false community first": (faults.wrong_first(faults.other_community), ALL, ALL),
    "false version first": (faults.wrong_first(faults.other_version), ALL, ALL),
    "false type first": (faults.wrong_first(faults.other_type), ALL, ALL),
    "false host first": (faults.false_host_first, ALL, ALL),
    "other port": (faults.other_port, ALL, ALL),
    "first transmission lost": (faults.first_lost, ALL, ALL),
    "reordered": (faults.reordered, ALL, ALL),
    "trailing octets": (faults.trailing, ALL, ALL),
    "long lengths": (faults.long_lengths, ALL, ALL),
    "one varbind an answer": (faults.one_varbind, ALL, ALL),
    "answers end in the middle of a row": (faults.broken_row, ALL, ALL),
    "GETBULK as GETNEXT": (faults.as_getnext, ALL, ALL),
    "more than asked": (faults.more_than_asked, ALL, ALL),
    "back into the column": (faults.back_in, PART, PART),
    "back before the column": (faults.decreasing_outside, PART, PART),
    "noSuchInstance of the name asked": (faults.echo_no_such_instance, PART, PART),
    "drops answers over 20": (faults.drops_over(20), ALL, ALL),
    "drops answers over 8": (faults.drops_over(8), ALL, ALL),
    "drops answers over 1": (faults.drops_over(1), ALL, ALL),
    "Report": (faults.report, NONE, NONE),
    "request-id 0": (faults.id_zero, NONE, NONE),
    "indefinite length": (faults.indefinite, NONE, NONE),
    "only garbage": (faults.garbage, NONE, NONE),
    "only a false community": (faults.other_community, NONE, NONE),
    "only another host": (faults.other_host, NONE, NONE),
    "nothing": (faults.silent, NONE, NONE),
    "dies half-way": (faults.dies_after(1), PART, PART),
    "port closed half-way": (faults.dies_after(1, close=True), PART, PART),
    "numbers wider than needed": (faults.wide_numbers, ALL, ALL),
    "each row twice": (faults.twice_each, TRUE, TRUE),
    "values under genErr": (faults.values_and_error(ma.GEN_ERR), NONE, PART),
    "values under a negative error-status": (faults.values_and_error(-1), TRUE, TRUE),
    "an answer after its retry": (faults.late_after_retry, ALL, ALL),
    "answers later than the timeout": (faults.late_by(0.15), ALL, TRUE),
    "the id of the request before, falsely": (faults.wrong_first(faults.stale_false), ALL, ALL),
    "a trap with the request-id first": (faults.wrong_first(faults.trap_with_the_id), ALL, ALL),
    "version 3 first": (faults.wrong_first(faults.version_three), ALL, ALL),
    "no community first": (faults.wrong_first(faults.no_community), ALL, ALL),
    "another community's refusal first": (faults.wrong_first(faults.refusal_of_another_community), ALL, ALL),
    "sub-identifier over 32 bits": (
        faults.name_of_row(13, lambda name: tlv(ma.OID, oid(name[:-1])[2:] + ma.sub_identifier((1 << 32) + 13))),
        PART, PART),
    "padded sub-identifier": (
        faults.name_of_row(13, lambda name: tlv(ma.OID, oid(name[:-1])[2:] + b"\x80\x0d")), PART, PART),
    "129 sub-identifiers": (
        faults.name_of_row(13, lambda name: oid(name[:-1] + (13,) * 119)), PART, PART),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_walk_brings_all_or_says_that_it_does_not(name):
    fault, expected, _ = TABLE[name]
    with Agent(device(), fault) as agent:
        began = time.monotonic()
        outcome = walk(agent, **patience(name, expected))
        assert time.monotonic() - began < 10
    check(outcome, expected, WALKED)
    assert set(outcome[1]) <= set(WALKED), "values the device does not have"
    assert len(agent.requests) <= REQUESTS_MAX


# name -> what a walk that brings all must say it passed over
TOLERATED = {
    "trailing octets": "trailingOctets", "triplicates": "duplicateResponse", "other port": "otherSourceAddress",
    "wrong request-id first": "unmatchedResponse", "garbage first": "undecodableDatagram",
    "truncated copy first": "undecodableDatagram", "false community first": "wrongCommunity",
    "no community first": "wrongCommunity", "false type first": "wrongMessageType", "false host first": "wrongSource",
    "a trap with the request-id first": "wrongMessageType",
}


@pytest.mark.parametrize("name", TOLERATED)
def test_a_walk_says_what_it_tolerated(name):
    with Agent(device(), TABLE[name][0]) as agent:
        answer, _ = walked(agent)
    assert answer["status"] == "complete" and TOLERATED[name] in answer["tolerated"], answer["tolerated"]


def test_an_honest_agent_needs_no_tolerance():
    with Agent(device()) as agent:
        answer, _ = walked(agent, timeout=2)
    assert answer["tolerated"] == [] and answer["requests"] == len(agent.requests)


@pytest.mark.parametrize("value", [
    tlv(ma.COUNTER32, b"\x05"), integer(-5), tlv(ma.GAUGE32, b"\xff"), tlv(ma.TICKS, b"\x01" + bytes(4)),
    ma.text("seven"), tlv(ma.NULL, b""), tlv(ma.COUNTER32, b""), integer(1 << 40),
], ids=["Counter32", "negative", "negative Gauge32", "5 octets", "text", "NULL", "empty", "INTEGER of 6 octets"])
def test_a_value_of_another_type_costs_no_other_row(value):
    with Agent(device(), faults.value_of_row(13, value)) as agent:
        status, rows, messages = walk(agent)
    assert status == 0 or messages, "neither whole nor said to be otherwise"
    rows = [row for row in rows if row[0] != WALKED[12][0]]
    assert rows == WALKED[:12] + WALKED[13:] or status and rows == WALKED[:12]


@pytest.mark.parametrize("tag", [ma.NO_SUCH_INSTANCE, ma.NO_SUCH_OBJECT])
def test_an_exception_with_contents_is_an_exception(tag):
    with Agent(device(), faults.value_of_row(13, tlv(tag, b"odd"))) as agent:
        status, rows, messages = walk(agent)
    assert rows == WALKED[:12] + WALKED[13:] or status and messages and rows == WALKED[:12]


@pytest.mark.parametrize("name", TABLE)
def test_a_probe_brings_all_or_says_that_it_does_not(name):
    fault, _, expected = TABLE[name]
    with Agent(device(), fault) as agent:
        began = time.monotonic()
        outcome = probe(agent, **patience(name, expected))
        assert time.monotonic() - began < 10
    check(outcome, expected, PROBED)
    check_parts(outcome[1])
    assert len(agent.requests) <= REQUESTS_MAX


# Version 1.

@pytest.mark.parametrize("fault", [None, faults.no_such_name_without_index, faults.first_lost, faults.late_duplicate])
def test_version_1_ends_with_no_such_name(fault):
    objects = {name: value for name, value in device().items() if name <= HC_IN + (ROWS,)}
    with Agent(objects, fault) as agent:
        status, rows, messages = walk(agent, version="1", timeout=0.04, retries=4)
    assert (status, rows) == (0, WALKED), messages
    assert len(agent.requests) <= 3 * (ROWS + 2)


def test_version_1_reads_a_table_whose_columns_end_one_by_one():
    objects = {name: value for name, value in device().items() if name[:-1] != IF_X_ENTRY + (19,)}
    with Agent(objects) as agent:
        status, rows, messages = probe(agent, version="1")
    assert (status, rows) == (0, PROBED), messages


# Values.

@pytest.mark.parametrize(("contents", "value"), [
    (b"\xff" * 8, (1 << 64) - 1), (b"\x00" + b"\xff" * 8, (1 << 64) - 1), (b"\x80" + b"\x00" * 7, 1 << 63),
    (b"\x00" * 7 + b"\x05", 5), (b"\x05", 5), (b"", 0), (b"\x00", 0),
])
def test_counter64_comes_in_many_lengths(contents, value):
    with Agent(device(), faults.value_of_row(13, tlv(ma.COUNTER64, contents))) as agent:
        status, rows, messages = walk(agent)
    wanted = [(name, value if number == 13 else right) for number, (name, right) in enumerate(WALKED, 1)]
    assert (status, rows) == (0, wanted), messages


@pytest.mark.parametrize("value", [
    tlv(0x1F, b"\x01\x01"), b"\x04\x84\x7f\xff\xff\xff", b"",
], ids=["long tag", "length past the end", "no value"])
def test_a_value_that_is_none_is_told(value):
    """Where a value ends cannot be known, nor what follows it."""
    with Agent(device(), faults.value_of_row(13, value)) as agent:
        status, rows, messages = walk(agent)
    assert status == 2 and rows == WALKED[:12] and messages, (status, len(rows), messages)


@pytest.mark.parametrize("value", [
    tlv(ma.COUNTER64, b"\x01" + b"\x00" * 9), tlv(ma.COUNTER64, b"\x01" + b"\x00" * 8), tlv(ma.OID, b"\x2b\x80"),
    tlv(0x40, b"\x01\x02\x03"),
], ids=["10 octets", "2 to the 64th", "half an OID", "short IpAddress"])
def test_a_value_of_an_impossible_length_costs_its_row_and_is_told(value):
    with Agent(device(), faults.value_of_row(13, value)) as agent:
        answer, _ = walked(agent)
    assert answer["status"] == "partial" and "undecodableValue" in answer["tolerated"], answer["tolerated"]
    assert [(row["oid"], row["value"]) for row in answer["rows"]] == WALKED[:12] + WALKED[13:]


@pytest.mark.parametrize("tag", [ma.NO_SUCH_INSTANCE, ma.NO_SUCH_OBJECT])
@pytest.mark.parametrize("number", [1, 6, 24])
def test_an_exception_in_one_row_costs_that_row_only(tag, number):
    with Agent(device(), faults.exception_in_row(number, tag)) as agent:
        status, rows, messages = walk(agent)
    assert (status, rows) == (0, WALKED[:number - 1] + WALKED[number:]), messages


def test_text_that_is_no_utf8_is_shown_safely():
    name = b"Gi0/{}\xff\xc3\x28 \xe2\x80\xae\x1b[31mred\x00\x07"
    with Agent(device(range(1, 4), name=name, descr="\x1b]0;title\x07{}", alias="ბათუმი {}")) as agent:
        _, answer, _ = command(agent, "probe")
        table = wardflux.run("probe", agent.address, env={"WARDFLUX_COMMUNITY": "public"}).stdout
        walked = wardflux.run("walk", agent.address, "ifName", env={"WARDFLUX_COMMUNITY": "public"}).stdout
    assert [row["if_alias"] for row in answer["interfaces"]] == [f"ბათუმი {number}" for number in (1, 2, 3)]
    for row in answer["interfaces"]:
        assert row["if_name"].startswith("Gi0/") and "red" in row["if_name"]
        assert not any(ord(letter) < 32 for letter in row["if_name"] + row["if_descr"])
    assert "\x1b" not in table and "\x07" not in table and "\x1b" not in walked and "\x07" not in walked


@pytest.mark.parametrize("largest", [2_147_483_647, 0])
def test_an_unusual_if_index_is_a_row(largest):
    with Agent(device([5, largest])) as agent:
        status, rows, messages = probe(agent)
    assert status == 0 and [row["if_index"] for row in rows] == sorted([5, largest]), messages


@pytest.mark.parametrize("beyond", [2_147_483_648, 4_294_967_295])
def test_an_if_index_beyond_the_mib_is_not_left_out_silently(beyond):
    with Agent(device([5, beyond])) as agent:
        status, rows, messages = probe(agent)
    assert [row["if_index"] for row in rows if row["if_index"] != beyond] == [5]
    assert len(rows) == 2 or messages.startswith("warning: "), "a row of the device is missing without a word"


def test_a_walk_of_one_instance_does_not_deny_it():
    """`snmpwalk` asks for the name itself where nothing is below it."""
    with Agent(device()) as agent:
        lines = wardflux.run(
            "walk", agent.address, "1.3.6.1.2.1.1.5.0", "--numeric", env={"WARDFLUX_COMMUNITY": "public"}).stdout
    assert lines == '.1.3.6.1.2.1.1.5.0 = STRING: "bad-sw"\n'


# Tables that are not rectangles.

HOLES = {
    IF_ENTRY + (4, 5): "if_mtu", IF_ENTRY + (2, 24): "if_descr", IF_ENTRY + (6, 1): "if_phys_address",
    IF_X_ENTRY + (1, 1): "if_name", IF_X_ENTRY + (18, 24): "if_alias", IF_X_ENTRY + (18, 7): "if_alias",
    IF_X_ENTRY + (18, 8): "if_alias",
}


@pytest.mark.parametrize("version", ["1", "2c"])
@pytest.mark.parametrize("fault", [None, faults.one_varbind, faults.too_big_over(5)], ids=["honest", "one", "tooBig"])
def test_holes_move_no_value_to_another_row(version, fault):
    objects = {name: value for name, value in device().items() if name not in HOLES}
    wanted = [dict(row) for row in PROBED]
    for name, member in HOLES.items():
        wanted[name[-1] - 1][member] = None
    with Agent(objects, fault if version == "2c" else None) as agent:
        status, rows, messages = probe(agent, version=version)
    assert (status, rows) == (0, wanted), messages


@pytest.mark.parametrize("version", ["1", "2c"])
def test_a_device_that_ends_with_its_if_table_is_whole(version):
    objects = {name: value for name, value in device().items() if name < (1, 3, 6, 1, 2, 1, 31)}
    with Agent(objects) as agent:
        status, rows, messages = probe(agent, version=version)
    assert status == 0, messages
    assert rows == [dict(row, if_name=None, if_alias=None) for row in PROBED]


# Size.

def test_ten_thousand_rows_are_read():
    indexes = range(1, 10_001)
    with Agent(device(indexes)) as agent:
        began = time.monotonic()
        status, rows, messages = probe(agent, timeout=1, seconds=60)
        seconds = time.monotonic() - began
    assert status == 0, messages
    assert [row["if_index"] for row in rows] == list(indexes)
    assert rows[9_999] == facts(10_000)
    assert len(agent.requests) < 10_000 and seconds < 40


def test_an_endless_column_ends_at_the_limit_asked():
    with Agent(device(), faults.endless) as agent:
        result = command(agent, "walk", ".".join(map(str, HC_IN)), "--limit", "5000")
    assert result[0] == 3 and len(result[1]["rows"]) == 5000 and "limit" in result[1]["reason"]
    assert len(agent.requests) <= 10


def test_an_endless_column_is_not_taken_for_a_whole_one():
    with Agent(device(), faults.endless) as agent:
        result = wardflux.run(
            "walk", agent.address, ".".join(map(str, HC_IN)), env={"WARDFLUX_COMMUNITY": "public"}, timeout=90,
            expect=None)
    assert len(agent.requests) <= 2000
    assert result.returncode == 3 and "limit" in result.stderr, (
        f"ended with {result.returncode} after {result.stdout.count(chr(10))} rows: {result.stderr}")


def test_an_endless_table_is_bounded_and_told():
    with Agent(device(), faults.endless) as agent:
        status, answer, messages = command(agent, "probe", timeout=1, seconds=60)
    assert status == 2 and "limit" in messages
    assert len(agent.requests) <= 2000


# Slowness.

@pytest.mark.parametrize(("name", "prefix", "lost"), [
    ("ifAlias", IF_X_ENTRY + (18,), "if_alias"), ("ifDescr", IF_ENTRY + (2,), "if_descr"),
    ("ifIndex", IF_ENTRY + (1,), None), ("ifMtu row 13", IF_ENTRY + (4, 13), "if_mtu"),
])
def test_a_column_that_hangs_does_not_take_the_others_down(name, prefix, lost):
    with Agent(device(), faults.slow_object(prefix)) as agent:
        status, rows, messages = probe(agent, retries=1)
    assert status == 2 and name.split()[0] in messages, (status, messages)
    wanted = [{key: value for key, value in row.items() if key != lost} for row in PROBED]
    assert [{key: value for key, value in row.items() if key != lost} for row in rows] == wanted
    assert len(agent.requests) <= REQUESTS_MAX
    check_parts(rows)


@pytest.mark.parametrize("scalar", [
    SYSTEM + (1, 0), SYSTEM + (6, 0), (1, 3, 6, 1, 2, 1, 2, 1, 0), (1, 3, 6, 1, 2, 1, 31, 1, 5, 0)])
def test_a_scalar_that_hangs_does_not_take_the_tables_down(scalar):
    with Agent(device(), faults.slow_object(scalar)) as agent:
        status, rows, messages = probe(agent)
    assert rows == PROBED, (status, messages)
    assert len(agent.requests) <= REQUESTS_MAX


# Death, and what is said of it.

DEAD = {"walk": 4, "probe": 1}


@pytest.mark.parametrize("command_name", ["walk", "probe"])
def test_a_dead_agent_is_told_in_time_with_address_patience_and_next_step(command_name):
    with Agent(device(), faults.silent) as agent:
        began = time.monotonic()
        status, _, messages = command(agent, command_name, timeout=0.2, retries=2)
        seconds = time.monotonic() - began
    assert status == DEAD[command_name] and 3 <= len(agent.requests) <= 4
    assert f"no answer from {agent.address} (waited 1." in messages and "attempts" in messages
    assert f"next: snmpwalk -v2c -c COMMUNITY {agent.address}" in messages and "public" not in messages
    assert 1.1 < seconds < 4


@pytest.mark.parametrize("command_name", ["walk", "probe"])
def test_a_closed_port_is_told_at_once(command_name):
    with Agent(device()) as agent:
        pass
    began = time.monotonic()
    status, _, messages = command(agent, command_name, timeout=5)
    assert status == DEAD[command_name] and agent.address in messages and "closed" in messages
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(("fault", "words"), [
    (faults.garbage, "not SNMP"), (faults.indefinite, "not SNMP"), (faults.other_community, "community"),
    (faults.id_zero, "request"), (faults.report, "request"), (faults.other_host, "address"),
])
def test_what_came_in_place_of_an_answer_is_told(fault, words):
    with Agent(device(), fault) as agent:
        status, _, messages = command(agent, "probe", retries=1)
    assert status == 1 and len(agent.requests) <= 3
    told = [line for line in messages.splitlines() if "came" in line or "arrived" in line or "not SNMP" in line]
    assert any(words in line for line in told), f"no word of what came: {messages}"


def test_a_poll_in_pieces_after_a_reboot_of_the_agent_goes_on():
    """An agent that is away for a while in the middle of a walk, and back."""
    def away(agent, request):
        number = len(agent.requests)
        return [] if number in (3, 4) else [faults.right(agent, request)]
    with Agent(device(), away) as agent:
        assert probe(agent)[:2] == (0, PROBED)
