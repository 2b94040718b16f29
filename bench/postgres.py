"""A PostgreSQL server of its own, as it comes: nothing of it is tuned, and every commit is on disk."""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

from bench.processes import ProgramFailed, free_port


def programs() -> Path:
    """The newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise ProgramFailed("there is no PostgreSQL: install the package postgresql")
    return found[-1]


class Postgres:
    """A server on a loopback port; it lets everybody in, ends with the block, and leaves nothing behind."""

    def __init__(self, folder: Path, *settings: str):
        self.folder, self.settings = folder, settings
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Postgres":
        self.folder.mkdir()
        # It refuses to run as root: then its own user runs it, who has to come this far.
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.folder.parent.chmod(0o711)
        data = self.folder / "data"
        initdb = self.command("initdb", "-D", str(data), "-U", "wardflux", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)
        self.start()
        return self

    def start(self) -> None:
        """Starts it on what is there."""
        data = self.folder / "data"
        server = self.command(
            "postgres", "-D", str(data), "-p", str(self.port), "-k", str(self.folder), "-c", "listen_addresses=127.0.0.1",
            # What it shares goes with its folder, also where it is killed.
            "-c", "dynamic_shared_memory_type=mmap",
            *(word for setting in self.settings for word in ("-c", setting)))
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(server, stdout=log, stderr=log, cwd=self.folder)
        self.await_ready(data / "postmaster.pid")

    def stop(self) -> None:
        """Ends it at once, as a crash would."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(60)

    def command(self, program: str, *words: str) -> list[str]:
        owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        return [*owner, str(programs() / program), *words]

    def await_ready(self, file: Path) -> None:
        for _ in range(1_200):
            if self.process.poll() is not None:
                break
            with contextlib.suppress(FileNotFoundError):
                if file.read_text().splitlines()[-1:] and file.read_text().splitlines()[-1].startswith("ready"):
                    return
            time.sleep(0.05)
        log = (self.folder / "log").read_text()
        self.__exit__()
        raise ProgramFailed(f"PostgreSQL did not start:\n{log}")

    def url(self, schema: str) -> str:
        """Where a schema is, which is made when it is needed."""
        return f"postgresql://wardflux@127.0.0.1:{self.port}/postgres?schema={schema}"

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
