"""What agents in the field get wrong, each as a function of the agent and one request (see `misbehaving_agent`)."""

import itertools
import time

import misbehaving_agent as ma
from misbehaving_agent import Row, integer, message, oid, refusal, row, tlv
from misbehaving_switch import IF_ENTRY, IF_X_ENTRY

FALSE = ma.text("false")


def index(name):
    """The ifIndex of a row's name, None for anything else."""
    for entry in (IF_ENTRY, IF_X_ENTRY):
        if len(name) == len(entry) + 2 and name[:len(entry)] == entry:
            return name[-1]
    return None


def column(name):
    """The column of a row's name, or the name where it is a column's or another's."""
    return name if index(name) is None else name[:-1]


def right(agent, request):
    return ma.honest(agent, request)[0]


def false_rows(agent, request):
    """The right names with wrong values."""
    return [row(each.oid, integer(666_666, ma.COUNTER64)) for each in agent.answer(request)]


def wrong_first(make):
    """A fault that sends what `make` yields before each right answer."""
    def fault(agent, request):
        yield from make(agent, request)
        yield right(agent, request)
    return fault


# Walks that do not end, or end early.

def same_name_for_ever(agent, request):
    """Each name asked is answered with the same object, the first that was ever answered for its column."""
    rows = []
    for each in agent.answer(request):
        rows.append(agent.state.setdefault(column(each.oid), each))
    return [message(request, rows)]


def cycle(agent, request):
    """Rows 1 to 8, then 1 again."""
    rows = []
    for each in agent.answer(request):
        if (index(each.oid) or 0) > 8:
            each = agent.exact(column(each.oid) + (index(each.oid) % 8 + 1,))
        rows.append(each)
    return [message(request, rows)]


def endless(agent, request):
    """A new name in the column that was asked first, for ever, as many as a datagram takes."""
    name = request.names[-1]
    base, after = column(name), index(name) or 0
    rows = [row(base + (after + each,), integer(1, ma.COUNTER64)) for each in range(1, 2401)]
    return [message(request, rows[:60_000 // len(rows[-1].octets)])]


def back_in(agent, request):
    """An object of another table in the middle of a column; the column goes on behind it."""
    rows = agent.answer(request)
    middle = [place for place, each in enumerate(rows) if index(each.oid) == 6]
    for place in reversed(middle):
        rows.insert(place, row((1, 3, 6, 1, 4, 1, 9, 1, 0), integer(1)))
    return [message(request, rows)]


def decreasing_outside(agent, request):
    """Behind row 12 of each column comes something from before it."""
    rows = [
        row((1, 3, 6, 1, 2, 1, 1, 1, 0), FALSE) if (index(each.oid) or 0) > 12 else each
        for each in agent.answer(request)]
    return [message(request, rows)]


def echo_no_such_instance(agent, request):
    """From row 12 on the name asked comes back with noSuchInstance, not a next one."""
    if any((index(name) or 0) >= 12 for name in request.names):
        return [message(request, [row(name, tlv(ma.NO_SUCH_INSTANCE, b"")) for name in request.names])]
    # Cut there: an answer that went on in the next column would say that this one has ended.
    rows = itertools.takewhile(lambda each: (index(each.oid) or 0) <= 12, agent.answer(request))
    return [message(request, list(rows))]


# Errors.

def too_big_over(count):
    """tooBig for an answer of more variable bindings than `count`."""
    def fault(agent, request):
        rows = agent.answer(request)
        return [refusal(request, ma.TOO_BIG) if len(rows) > count else message(request, rows)]
    return fault


def too_big_empty_over(count):
    """The same, with an empty list, as RFC 3416 section 4.2.1 has it."""
    def fault(agent, request):
        rows = agent.answer(request)
        return [message(request, [], ma.TOO_BIG) if len(rows) > count else message(request, rows)]
    return fault


def error_at(last, status, error_index=0):
    """An error where row `last` of any column would be answered."""
    def fault(agent, request):
        rows = agent.answer(request)
        hit = any(index(each.oid) == last for each in rows)
        return [refusal(request, status, error_index) if hit else message(request, rows)]
    return fault


def error_past_the_end(agent, request):
    """noSuchName for a whole GETBULK that leads past the end of a column, as agents grown out of version 1 do."""
    rows = agent.answer(request)
    asked = {column(name) for name in request.names}
    stays = {column(each.oid) in asked for each in rows[request.first:]}
    if request.type == ma.GET_BULK and stays == {True, False}:
        return [refusal(request, ma.NO_SUCH_NAME, 1 if len(request.names) == 1 else 0)]
    return [message(request, rows)]


def no_such_name_without_index(agent, request):
    """Version 1: the end does not say which name it is about."""
    sent = right(agent, request)
    rows = agent.answer(request)
    ends = any(each.octets.endswith(b"\x82\x00") for each in rows)
    return [refusal(request, ma.NO_SUCH_NAME, 0) if ends else sent]


def once(fault):
    """A fault of one answer in the middle; the next one is right."""
    def first(agent, request):
        hit = any(index(name) for name in request.names) and "hit" not in agent.state
        if hit:
            agent.state["hit"] = True
        return fault(agent, request) if hit else [right(agent, request)]
    return first


def always(status):
    return lambda agent, request: [refusal(request, status)]


def empty(agent, request):
    return [message(request, [])]


# Answers of the wrong shape.

def swapped(agent, request):
    """The first two rows of each column of an answer change places."""
    rows = agent.answer(request)
    width = max(1, len(request.names) - request.first) if request.type == ma.GET_BULK else 1
    if request.type == ma.GET_BULK and request.first == 0 and len(rows) >= 2 * width:
        rows[:2 * width] = rows[width:2 * width] + rows[:width]
    return [message(request, rows)]


def reversed_within_rows(agent, request):
    """The variable bindings of each repetition in the opposite order."""
    rows = agent.answer(request)
    width = max(1, len(request.names))
    if request.type == ma.GET_BULK and request.first == 0:
        rows = [each for place in range(0, len(rows), width) for each in reversed(rows[place:place + width])]
    return [message(request, rows)]


def one_varbind(agent, request):
    return [message(request, agent.answer(request)[:1])]


def broken_row(agent, request):
    """Answers end in the middle of a repetition."""
    rows = agent.answer(request)
    return [message(request, rows[:-1] if len(rows) > 1 else rows)]


def as_getnext(agent, request):
    """GETBULK answered as GETNEXT."""
    return [message(request, [agent.next_row(name) for name in request.names])]


def more_than_asked(agent, request):
    """Three times the repetitions asked."""
    if request.type != ma.GET_BULK:
        return [right(agent, request)]
    return [message(request, agent.answer(request._replace(second=request.second * 3)))]


def exception_in_row(number, tag=ma.NO_SUCH_INSTANCE):
    """One row of each column has an exception in place of its value."""
    def fault(agent, request):
        rows = [
            row(each.oid, tlv(tag, b"")) if index(each.oid) == number else each
            for each in agent.answer(request)]
        return [message(request, rows)]
    return fault


def value_of_row(number, value):
    """One row of each column has this element as value."""
    def fault(agent, request):
        rows = [row(each.oid, value) if index(each.oid) == number else each for each in agent.answer(request)]
        return [message(request, rows)]
    return fault


def name_of_row(number, name):
    """One row has this element as name."""
    def fault(agent, request):
        rows = [
            Row(each.oid, tlv(ma.SEQUENCE, name(each.oid) + integer(1, ma.COUNTER64)))
            if index(each.oid) == number else each for each in agent.answer(request)]
        return [message(request, rows)]
    return fault


def trailing(agent, request):
    return [right(agent, request) + b"\x00\xffgarbag"[:7]]


def long_lengths(agent, request):
    """The outer length in four octets, more than needed (RFC 3417 section 8 allows it)."""
    contents = ma.Reader(right(agent, request)).next()[1]
    return [b"\x30\x84" + len(contents).to_bytes(4, "big") + contents]


def indefinite(agent, request):
    return [b"\x30\x80" + ma.Reader(right(agent, request)).next()[1] + b"\x00\x00"]


# Answers that are not the one.

def report(agent, request):
    return [message(request, agent.answer(request), type=ma.REPORT)]


def id_zero(agent, request):
    return [message(request, agent.answer(request), id=0)]


def thrice(agent, request):
    return [right(agent, request)] * 3


def late_duplicate(agent, request):
    """The answer before this one once more, first."""
    sent = right(agent, request)
    before, agent.state["sent"] = agent.state.get("sent"), sent
    return [before, sent] if before else [sent]


def other_id(agent, request):
    return [message(request, false_rows(agent, request), id=request.id ^ 1)]


def truncated_copy(agent, request):
    sent = right(agent, request)
    return [sent[:len(sent) // 2], sent[:-1], b""]


def garbage(agent, request):
    return [b"\x30\x82\xff\xffnot snmp at all", b"\x00", bytes(range(256))]


def flood(agent, request):
    return [b"\x30\x82\xff\xffnot snmp at all"] * 200


def other_community(agent, request):
    return [message(request, false_rows(agent, request), community=b"other")]


def other_version(agent, request):
    return [message(request, false_rows(agent, request), version=1 - request.version)]


def other_type(agent, request):
    return [message(request, false_rows(agent, request), type=ma.GET)]


def spare_socket(agent, host):
    sockets = agent.state.setdefault("sockets", [])
    if not sockets:
        sockets.append(agent.bound(host))
    return sockets[0]


def other_port(agent, request):
    spare_socket(agent, agent.host).sendto(right(agent, request), request.peer)


def other_host(agent, request):
    """Only another address answers."""
    spare_socket(agent, "127.0.0.2").sendto(right(agent, request), request.peer)


def false_host_first(agent, request):
    """Another address answers first, and falsely."""
    spare_socket(agent, "127.0.0.2").sendto(message(request, false_rows(agent, request)), request.peer)
    return [right(agent, request)]


# Loss and death.

def first_lost(agent, request):
    """The first transmission of each request is lost."""
    seen = agent.state.setdefault("seen", set())
    if request.id in seen:
        return [right(agent, request)]
    seen.add(request.id)
    return []


def reordered(agent, request):
    """Each second answer is kept until the next request's was sent."""
    held = agent.state.pop("held", None)
    sent = right(agent, request)
    if held:
        return [sent, held]
    if len(agent.requests) > 1 and agent.requests[-2].id != request.id:
        agent.state["held"] = sent
        return []
    return [sent]


def drops_over(count):
    """Answers of more variable bindings than `count` get lost without a word."""
    def fault(agent, request):
        rows = agent.answer(request)
        return [message(request, rows)] if len(rows) <= count else []
    return fault


def slow_object(*prefixes):
    """A request that touches one of these objects is never answered."""
    def fault(agent, request):
        rows = agent.answer(request)
        touched = [each.oid for each in rows]
        hit = any(name[:len(prefix)] == prefix for name in touched for prefix in prefixes)
        return [] if hit else [message(request, rows)]
    return fault


def dies_after(count, close=False):
    """Answers `count` requests, then none; or its port is closed."""
    def fault(agent, request):
        answered = agent.state.setdefault("answered", {})
        if request.id not in answered and len(answered) >= count:
            if close:
                agent.socket.close()
            return []
        answered[request.id] = True
        return [right(agent, request)]
    return fault


def silent(agent, request):
    return []


# Forms that are allowed, or wrong without harm.

def wide_numbers(agent, request):
    """request-id in eight octets, error-status and error-index in four: more than needed, and still numbers."""
    listed = tlv(ma.SEQUENCE, b"".join(each.octets for each in agent.answer(request)))
    unit = tlv(ma.INTEGER, request.id.to_bytes(8, "big", signed=True)) + tlv(ma.INTEGER, bytes(4)) * 2 + listed
    head = integer(request.version) + ma.text(request.community)
    return [tlv(ma.SEQUENCE, head + tlv(ma.RESPONSE, unit))]


def twice_each(agent, request):
    """Every row comes twice."""
    return [message(request, [each for each in agent.answer(request) for _ in range(2)])]


def values_and_error(status):
    """Right values under an error-status, which says that they are none."""
    return lambda agent, request: [message(request, agent.answer(request), status, 1)]


# Answers that come at the wrong time, or to another question.

def late_after_retry(agent, request):
    """The answer to a first transmission comes together with that to the second, in this order."""
    held = agent.state.setdefault("kept", {})
    if request.id in held:
        return [held[request.id], right(agent, request)]
    held[request.id] = right(agent, request)
    return []


def late_by(seconds):
    """Every answer comes so late that it was asked for again meanwhile."""
    def fault(agent, request):
        time.sleep(seconds)
        return [right(agent, request)]
    return fault


def stale_false(agent, request):
    """False values under the request-id of the request before this one."""
    before = agent.state.get("before", request.id ^ 0x0101)
    if before != request.id:
        agent.state["before"] = request.id
    return [message(request, false_rows(agent, request), id=before)] if before != request.id else []


def trap_with_the_id(agent, request):
    """A notification that carries the request-id."""
    return [message(request, false_rows(agent, request), type=0xA7)]


def version_three(agent, request):
    """The same PDU in a message that says version 3."""
    return [message(request, false_rows(agent, request), version=3)]


def no_community(agent, request):
    return [message(request, false_rows(agent, request), community=b"")]


def refusal_of_another_community(agent, request):
    """An error that looks like one of this request but for its community."""
    return [message(request, [], ma.GEN_ERR, 0, community=b"other")]
