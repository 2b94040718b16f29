"""A Redis server of its own on a free port of the loopback address; what it was told is on disk within a second."""

import contextlib
import shutil
import socket
import subprocess
import time
from pathlib import Path

from bench.processes import ProgramFailed, free_port


class Redis:
    """The server; `stop` kills it, `start` starts it again with what it knew."""

    def __init__(self, folder: Path):
        if shutil.which("redis-server") is None:
            raise FileNotFoundError("redis-server is not installed")
        self.folder, self.port = folder, free_port()
        folder.mkdir()
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "",
             "--appendonly", "yes"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(400):
            if self._answers():
                return
            time.sleep(0.05)
        raise ProgramFailed("Redis does not answer")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as link:
            link.sendall(b"PING\r\n")
            return link.recv(7) == b"+PONG\r\n"
        return False

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(30)
