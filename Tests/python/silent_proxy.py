"""A TCP relay on loopback that can fall silent: its connections stay open and nothing passes, as behind a cut cable."""

import contextlib
import selectors
import socket
import threading


class SilentProxy:
    """Relays to a port of 127.0.0.1; `silent` holds everything back, both ways, until it is set to False again."""

    def __init__(self, target):
        self.target, self.silent = target, False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._peers, self._ended = {}, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        while not self._ended.wait(0.05 if self.silent else 0):
            if self.silent:
                continue
            for key, _ in self._selector.select(0.1):
                self._accept() if key.fileobj is self._listener else self._pass_on(key.fileobj)

    def _accept(self):
        near, _ = self._listener.accept()
        try:
            far = socket.create_connection(("127.0.0.1", self.target), 5)
        except OSError:
            near.close()
            return
        for one, other in ((near, far), (far, near)):
            self._peers[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _pass_on(self, one):
        other = self._peers.get(one)
        data = b""
        with contextlib.suppress(OSError):
            data = one.recv(65536)
        try:
            if data and other:
                other.sendall(data)
                return
        except OSError:
            pass
        for end in (one, other):
            if end in self._peers:
                del self._peers[end]
                self._selector.unregister(end)
                end.close()

    def close(self):
        self._ended.set()
        self._thread.join(5)
        for end in [*self._peers, self._listener]:
            end.close()
