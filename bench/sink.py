"""A receiver of webhooks in this process, so that one clock times both ends."""

import http.server
import re
import socket
import threading
import time
from collections.abc import Callable


class Sink:
    """Takes requests and answers 200; keeps when each was here as a whole, and what it said."""

    def __init__(self, keeps_bodies: bool = True):
        self._news = threading.Condition()
        self._taken: list[tuple[float, bytes]] = []
        sink = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # one packet an answer, or Nagle and delayed acknowledgements cost 40 ms

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                sink._take(time.time(), body if keeps_bodies else sink._sums(body))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def setup(self):
                super().setup()
                self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def log_message(self, *_):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 256

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @staticmethod
    def _sums(body: bytes) -> bytes:
        return b" ".join(re.findall(rb'"alert_count":\s*\d+|"left_out":\s*\d+', body))

    def _take(self, at: float, body: bytes):
        with self._news:
            self._taken.append((at, body))
            self._news.notify_all()

    @property
    def taken(self) -> list[tuple[float, bytes]]:
        """When each request was here as a whole (Unix seconds), and its body, in order."""
        with self._news:
            return list(self._taken)

    def first(self, fits: Callable[[bytes], bool], since: int, limit_seconds: float) -> tuple[float, bytes]:
        """The first request from number `since` on whose body fits."""
        deadline = time.monotonic() + limit_seconds
        with self._news:
            while True:
                for at, body in self._taken[since:]:
                    if fits(body):
                        return at, body
                since = len(self._taken)
                if not self._news.wait(deadline - time.monotonic()):
                    raise TimeoutError(f"what was waited for was not told in {limit_seconds} s")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
