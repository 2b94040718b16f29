"""A receiver of HTTP requests: writes each as a line of JSON to a file and answers as told.

Prints its port. Started by tests, ended by a signal.
"""

import argparse
import base64
import http.server
import json
import ssl
import time

parser = argparse.ArgumentParser()
parser.add_argument("record")
parser.add_argument("--status", type=int, default=200)
parser.add_argument("--header", action="append", default=[], help="name=value")
parser.add_argument("--delay", type=float, default=0)
parser.add_argument("--echo", action="store_true", help="answer with everything that came")
parser.add_argument("--body", default="ok")
parser.add_argument("--most", type=int, help="octets of a body; a longer one is answered with 413")
parser.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"))
options = parser.parse_args()


class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer, or Nagle and delayed acknowledgements cost 40 ms

    def receive(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        record = {"method": self.command, "path": self.path, "headers": headers}
        record["body"] = base64.b64encode(body).decode()
        with open(options.record, "a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
        time.sleep(options.delay)
        answer = options.body.encode()
        if options.echo:
            answer = (self.path + " " + " ".join(headers.values())).encode()
        is_long = options.most is not None and len(body) > options.most
        self.send_response(413 if is_long else options.status)
        for header in options.header:
            self.send_header(*header.split("=", 1))
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_PUT = do_GET = receive

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
if options.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*options.tls)
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
