"""Simulated agents for a benchmark: a lab of our own on a free port of the loopback addresses."""

import socket
from pathlib import Path

from bench.processes import WARDFLUX, Background, free_port


class Fleet:
    """A running lab and the addresses of its devices."""

    def __init__(self, csv: Path, network: str, options: list[str] | None = None):
        self.port = free_port(socket.SOCK_DGRAM)
        self.background = Background(
            [WARDFLUX, "lab", "--network", network, "--port", str(self.port), "--devices-csv", str(csv),
             *(options or [])],
            ready="on UDP port")
        self._addresses = [line.split(",")[1] for line in csv.read_text().splitlines()[1:]]

    def addresses(self, count: int | None = None) -> str:
        """The first addresses, one a line; all of them without a count."""
        return "".join(f"{address}\n" for address in self._addresses[:count])

    @property
    def cpu_seconds(self) -> float:
        return self.background.cpu_seconds

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.background.stop()
