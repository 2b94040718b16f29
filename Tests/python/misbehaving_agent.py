"""An SNMP agent for tests that can be made to misbehave: a thread on a loopback port, with BER of its own.

A fault is a function of the agent and one request; it yields the datagrams to send, or nothing to stay silent.
"""

import bisect
import collections
import socket
import threading
import time

INTEGER, OCTETS, NULL, OID, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
COUNTER32, GAUGE32, TICKS, COUNTER64 = 0x41, 0x42, 0x43, 0x46
NO_SUCH_OBJECT, NO_SUCH_INSTANCE, END_OF_MIB_VIEW = 0x80, 0x81, 0x82
GET, GET_NEXT, RESPONSE, GET_BULK, REPORT = 0xA0, 0xA1, 0xA2, 0xA5, 0xA8
TOO_BIG, NO_SUCH_NAME, GEN_ERR, AUTHORIZATION_ERROR = 1, 2, 5, 16
DATAGRAM_OCTETS = 1472

Request = collections.namedtuple("Request", "version community type id first second names peer at octets")
Row = collections.namedtuple("Row", "oid octets")


def tlv(tag, contents):
    """One element with the shortest length."""
    count = len(contents)
    if count < 0x80:
        return bytes((tag, count)) + contents
    length = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + contents


def integer(value, tag=INTEGER):
    return tlv(tag, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def text(value):
    return tlv(OCTETS, value if isinstance(value, bytes) else value.encode())


def exception(tag):
    return tlv(tag, b"")


def sub_identifier(number):
    octets = [number & 0x7F]
    while number := number >> 7:
        octets.insert(0, number & 0x7F | 0x80)
    return bytes(octets)


def oid(parts):
    """An object identifier from a tuple or a dotted text."""
    if isinstance(parts, str):
        parts = dotted(parts)
    return tlv(OID, bytes((parts[0] * 40 + parts[1],)) + b"".join(map(sub_identifier, parts[2:])))


def dotted(value):
    return tuple(map(int, value.split(".")))


def row(name, value):
    """A variable binding; `value` is an element."""
    return Row(name, tlv(SEQUENCE, oid(name) + value))


class Reader:
    """Reads elements one after another."""

    def __init__(self, octets):
        self.octets, self.place = octets, 0

    def next(self):
        tag, count = self.octets[self.place], self.octets[self.place + 1]
        self.place += 2
        if count >= 0x80:
            length = count & 0x7F
            count = int.from_bytes(self.octets[self.place:self.place + length], "big")
            self.place += length
        contents = self.octets[self.place:self.place + count]
        self.place += count
        return tag, contents

    def number(self):
        return int.from_bytes(self.next()[1], "big", signed=True)

    def elements(self):
        while self.place < len(self.octets):
            yield self.next()[1]


def parts(contents):
    """The sub-identifiers of an object identifier's contents."""
    numbers, current = [min(contents[0] // 40, 2)], 0
    numbers.append(contents[0] - 40 * numbers[0])
    for octet in contents[1:]:
        current = current << 7 | octet & 0x7F
        if octet < 0x80:
            numbers.append(current)
            current = 0
    return tuple(numbers)


def decode(datagram, peer):
    message = Reader(Reader(datagram).next()[1])
    version, community = message.number(), message.next()[1]
    kind, unit = message.next()
    unit = Reader(unit)
    number, first, second = unit.number(), unit.number(), unit.number()
    names = [parts(Reader(pair).next()[1]) for pair in Reader(unit.next()[1]).elements()]
    return Request(version, community, kind, number, first, second, names, peer, time.monotonic(), datagram)


class Agent:
    """Serves `objects`, a dict of tuples to elements, on a free port of `host`; `requests` is what came."""

    def __init__(self, objects, fault=None, host="127.0.0.1", community=b"public", octets_max=DATAGRAM_OCTETS):
        self.names = sorted(objects)
        self.rows = [row(name, objects[name]) for name in self.names]
        self.fault, self.community, self.octets_max = fault, community, octets_max
        self.requests = []
        self.state = {}
        self.error = None
        self.host = host
        self.socket = self.bound(host)
        self.port = self.socket.getsockname()[1]
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._serve, daemon=True)

    @staticmethod
    def bound(host):
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.bind((host, 0))
        made.settimeout(0.05)
        return made

    @property
    def address(self):
        return f"{self.host}:{self.port}"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, kind, *_):
        self.stopping.set()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as waker:
            waker.sendto(b"", (self.host, self.port))
        self.thread.join()
        self.socket.close()
        for made in self.state.get("sockets", []):
            made.close()
        if self.error is not None and kind is None:
            raise self.error

    def _serve(self):
        while not self.stopping.is_set():
            try:
                datagram, peer = self.socket.recvfrom(65_536)
            except TimeoutError:
                continue
            except OSError:
                return
            if self.stopping.is_set():
                return
            try:
                self._handle(decode(datagram, peer))
            except Exception as error:  # told to the test by __exit__
                if self.stopping.is_set():
                    return
                self.error = error
                return

    def _handle(self, request):
        self.requests.append(request)
        if request.community != self.community:
            return
        for datagram in (self.fault or honest)(self, request) or ():
            self.socket.sendto(datagram, request.peer)

    def after(self, name, exclusive=True):
        """The place of the first object after a name."""
        return (bisect.bisect_right if exclusive else bisect.bisect_left)(self.names, name)

    def next_row(self, name):
        place = self.after(name)
        return self.rows[place] if place < len(self.rows) else row(name, exception(END_OF_MIB_VIEW))

    def exact(self, name):
        place = self.after(name, exclusive=False)
        if place < len(self.names) and self.names[place] == name:
            return self.rows[place]
        return row(name, exception(NO_SUCH_INSTANCE))

    def answer(self, request):
        """The rows RFC 3416 asks for, as many as fit a datagram."""
        if request.type == GET:
            return [self.exact(name) for name in request.names]
        if request.type == GET_NEXT:
            return [self.next_row(name) for name in request.names]
        rows = [self.next_row(name) for name in request.names[:request.first]]
        names = request.names[request.first:]
        space = self.octets_max - 64 - sum(len(each.octets) for each in rows)
        for _ in range(request.second):
            following = [self.next_row(name) for name in names]
            for each in following:
                space -= len(each.octets)
                if space < 0:
                    return rows
                rows.append(each)
            names = [each.oid for each in following]
            if not names or all(each.octets.endswith(b"\x82\x00") for each in following):
                return rows
        return rows


def message(request, rows, status=0, index=0, **other):
    """A response; `other` may name version, community, type or id."""
    listed = tlv(SEQUENCE, b"".join(each.octets for each in rows))
    unit = integer(other.get("id", request.id)) + integer(status) + integer(index) + listed
    return tlv(
        SEQUENCE,
        integer(other.get("version", request.version)) + text(other.get("community", request.community))
        + tlv(other.get("type", RESPONSE), unit))


def refusal(request, status, index=0):
    """An error with the names that were asked."""
    return message(request, [row(name, tlv(NULL, b"")) for name in request.names], status, index)


def honest(agent, request):
    """No fault: in version 1 the end is noSuchName."""
    rows = agent.answer(request)
    if request.version == 0:
        for place, each in enumerate(rows):
            if each.octets[-2] in (NO_SUCH_OBJECT, NO_SUCH_INSTANCE, END_OF_MIB_VIEW) and each.octets[-1] == 0:
                return [refusal(request, NO_SUCH_NAME, place + 1)]
    return [message(request, rows)]
