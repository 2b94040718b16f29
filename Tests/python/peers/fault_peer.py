"""A TCP server that does what no receiver should: see MODES. Prints its port, then a line for each connection."""

import socket
import struct
import sys
import threading
import time


def silent(connection):
    time.sleep(600)


def close(connection):
    connection.recv(65536)


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    time.sleep(0.05)


def garbage(connection):
    connection.sendall(bytes(range(256)) * 40)
    time.sleep(600)


def trickle(connection):
    """A valid beginning of any line protocol, an octet at a time, without an end."""
    while True:
        connection.sendall(b"2")
        time.sleep(0.05)


def endless(connection):
    """More and more of one answer."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 500 No\r\n\r\n")
    while True:
        connection.sendall(b"220-nothing to say\r\n" * 500)


def endless_head(connection):
    while True:
        connection.sendall(b"220-x: " + b"y" * 1000 + b"\r\n")


def cut(connection):
    """An answer that ends before its end."""
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 500 No\r\ncontent-length: 100\r\n\r\nabc")


def taken_then_cut(connection):
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc")


def taken_then_silent(connection):
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc")
    time.sleep(600)


def starttls_injection(connection, more=b"250-injected\r\n250 AUTH PLAIN LOGIN\r\n"):
    """Says yes to STARTTLS and more in the same breath, before TLS."""
    connection.sendall(b"220 hello\r\n")
    connection.recv(65536)
    connection.sendall(b"250-hello\r\n250 STARTTLS\r\n")
    connection.recv(65536)
    connection.sendall(b"220 go\r\n" + more)
    time.sleep(600)


def starttls_injection_in_part(connection):
    """The same, without the end of a line."""
    starttls_injection(connection, b"250-inj")


def serve(mode, connection):
    try:
        mode(connection)
    except OSError:
        pass
    finally:
        connection.close()


server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    accepted, _ = server.accept()
    print("connection", flush=True)
    threading.Thread(target=serve, args=(globals()[sys.argv[1]], accepted), daemon=True).start()
