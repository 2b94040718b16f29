"""What a poller sends: a relay between it and one agent that keeps the requests of a poll."""

import socket
import threading
from pathlib import Path

# The first column's own name with a null value: only the request that begins a poll asks from there.
BEGIN = bytes.fromhex("2b06010201" "1f01010106" "0500")


class Tap:
    """A UDP port of 127.0.0.1 that passes requests on to an agent and its answers back."""

    def __init__(self, agent: tuple[str, int]):
        self.requests: list[bytes] = []
        self._agent = agent
        self._front = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._front.bind(("127.0.0.1", 0))
        self._back = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._back.bind(("127.0.0.1", 0))
        self._poller = ("127.0.0.1", 0)
        self._stopped = False
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._forward, self._answer)]
        for each in (self._front, self._back):
            each.settimeout(0.1)
        for thread in self._threads:
            thread.start()

    @property
    def port(self) -> int:
        return self._front.getsockname()[1]

    def _forward(self):
        while not self._stopped:
            try:
                octets, self._poller = self._front.recvfrom(65536)
            except TimeoutError:
                continue
            self.requests.append(octets)
            self._back.sendto(octets, self._agent)

    def _answer(self):
        while not self._stopped:
            try:
                octets = self._back.recv(65536)
            except TimeoutError:
                continue
            self._front.sendto(octets, self._poller)

    def last_poll(self) -> list[bytes]:
        """The requests of the last poll that was followed by another: what a poll is once the agent is known."""
        begins = [place for place, octets in enumerate(self.requests) if BEGIN in octets]
        assert len(begins) >= 3, f"{len(begins)} polls were seen"
        return self.requests[begins[-2]:begins[-1]]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._stopped = True
        for thread in self._threads:
            thread.join()
        self._front.close()
        self._back.close()


def write_requests(requests: list[bytes], path: Path) -> None:
    """As transport_limit reads them: 2 octets of length before each."""
    path.write_bytes(b"".join(len(octets).to_bytes(2, "big") + octets for octets in requests))
