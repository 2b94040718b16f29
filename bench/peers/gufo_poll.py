"""Peer: gufo-snmp (Rust core, Python API), synchronous sessions kept open, one device at a time.

Synchronous, because that costs it less CPU a varbind than its asynchronous client. Reads the eight 64-bit counters of
ifXTable of each device by GETBULK, POLLS times, and prints the varbinds it got and the CPU seconds of polling.

    gufo_poll.py PORT MAX_REPETITIONS POLLS < addresses
"""

import json
import sys
import time

from gufo.snmp import SnmpVersion
from gufo.snmp.sync import SnmpSession

ROOTS = [f"1.3.6.1.2.1.31.1.1.1.{column}" for column in range(6, 14)]


def main() -> None:
    port, repetitions, polls = (int(word) for word in sys.argv[1:4])
    sessions = [
        SnmpSession(
            addr=address, port=port, community="public", version=SnmpVersion.v2c, timeout=2.0,
            max_repetitions=repetitions)
        for address in sys.stdin.read().split()
    ]
    varbinds = 0
    start = time.process_time()
    for _ in range(polls):
        for session in sessions:
            for root in ROOTS:
                for _ in session.getbulk(root):
                    varbinds += 1
    print(json.dumps({"varbinds": varbinds, "failures": 0, "cpu_seconds": time.process_time() - start}))


main()
