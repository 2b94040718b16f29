"""A host for deploy.sh that is none: a folder for its files, stand-ins for its tools, a program that says what it was asked."""

import http.server
import os
import pathlib
import subprocess
import threading

import wardflux

DEPLOY = wardflux.ROOT / "deploy"

# Each stand-in writes what it was called with; systemctl and docker also keep a state in files.
TOOL = '#!/bin/bash\necho "$(basename "$0") $*" >> "$WORLD/calls"\n'
SYSTEMCTL = TOOL + """
case "$1" in
    is-active) [ -e "$WORLD/active/${@: -1}" ] ;;
    restart) [ ! -e "$WORLD/broken/$2" ] || exit 1; mkdir -p "$WORLD/active"; touch "$WORLD/active/$2"
             [ ! -e "$WORLD/dies/$2" ] || rm "$WORLD/active/$2" ;;
    show) echo 0 ;;
esac
"""
DOCKER = TOOL + """
case "$*" in
    inspect*) echo healthy ;;
    *tokens*) [ -e "$WORLD/no-token" ] && echo '[]' || echo '[{"id": "x"}]' ;;
    *pg_dump*) echo dump ;;
    *doctor*) cat "$WORLD/doctor" 2>/dev/null; exit "$(cat "$WORLD/doctor-status" 2>/dev/null || echo 0)" ;;
esac
"""
PROGRAM = """#!/bin/bash
# NOTE
if [ "$1" = --version ]; then echo VERSION; exit 0; fi
echo "wardflux-VERSION $*" >> "$WORLD/calls"
env | grep ^WARDFLUX_ | sort > "$WORLD/environment-$1"
[ ! -e "$WORLD/fails-$1" ] || { echo "error: $1 does not work today" >&2; exit 1; }
case "$1" in
    backup) mkdir "$3" && echo backup > "$3/manifest.json" ;;
    doctor) cat "$WORLD/doctor" 2>/dev/null; exit "$(cat "$WORLD/doctor-status" 2>/dev/null || echo 0)" ;;
esac
"""


class World:
    """The host."""

    def __init__(self, folder):
        self.folder = folder
        self.root = folder / "root"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for name in ("systemd-sysusers", "systemd-tmpfiles", "systemd-sysctl", "runuser", "apt-get"):
            self.tool(name, TOOL)
        self.tool("systemctl", SYSTEMCTL)
        self.tool("docker", DOCKER)
        self.tool("timedatectl", TOOL + "echo yes\n")
        (self.root / "var/lib").mkdir(parents=True)
        self.binary = self.program("0.1.0")
        self.api = Health()

    def tool(self, name, text):
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)

    def program(self, version, note=""):
        """A program of a version, to be deployed."""
        path = self.folder / f"wardflux-{version}{note}"
        path.write_text(PROGRAM.replace("VERSION", version).replace("NOTE", note))
        path.chmod(0o755)
        return path

    def deploy(self, *arguments, expect=0, script=DEPLOY / "deploy.sh", phases=1, **variables):
        """Runs deploy.sh with phases up to a number; what it wrote."""
        clean = {name: value for name, value in os.environ.items()
                 if not name.startswith(("WARDFLUX_", "DEPLOY_", "WARDOPS_"))}
        clean.update(
            PATH=f"{self.bin}:{clean['PATH']}", WORLD=str(self.folder), DEPLOY_ROOT=str(self.root), LC_ALL="C",
            DEPLOY_HEALTH=f"127.0.0.1:{self.api.port}", DEPLOY_WORKER_SECONDS="0", DEPLOY_VERIFY_SECONDS="0",
            DEPLOY_START_SECONDS="20")
        clean.update({f"DEPLOY_PHASE{number}": "true" for number in range(1, phases + 1)})
        clean.update({name: str(value) for name, value in variables.items()})
        ended = subprocess.run(
            ["bash", str(script), *map(str, arguments)], env=clean, text=True, capture_output=True, timeout=120)
        said = ended.stdout + ended.stderr
        assert ended.returncode == expect, f"ended with {ended.returncode}:\n{said}"
        return said

    def calls(self):
        """What was called since the last question."""
        path = self.folder / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        path.unlink(missing_ok=True)
        return lines

    def mark(self, name, text=""):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    def files(self):
        """Every file of the host with its text."""
        return {str(path.relative_to(self.root)): path.read_bytes()
                for path in sorted(self.root.rglob("*")) if path.is_file()}

    def read(self, path):
        return (self.root / path).read_text()

    def close(self):
        self.api.close()


class Health:
    """An API that answers /health with a status."""

    def __init__(self):
        self.status = 200
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(outer.status if self.path == "/api/v1/health" else 404)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def scripts():
    """Every script of deploy/, by its first line."""
    found = []
    for path in sorted(DEPLOY.rglob("*")):
        if path.is_file() and (path.suffix == ".sh" or path.read_bytes()[:3] == b"#!/"):
            found.append(path)
    return found


def relative(path):
    return str(pathlib.Path(path).relative_to(DEPLOY))
