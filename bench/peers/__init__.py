"""The peers: other people's clients, built from the sources beside this file, Debian's packages and PyPI."""

import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / ".build"
VENV = BUILD / "bench-venv"
GUFO_VERSION = "0.13.0"


class Peers:
    """Builds each peer when it is first asked for; what is built lands in a folder of the run."""

    def __init__(self, folder: Path):
        self._folder = folder

    def _compiled(self, name: str, *options: str) -> str:
        program = self._folder / Path(name).stem
        subprocess.run(["gcc", "-O2", "-o", program, HERE / name, *options], check=True)
        return str(program)

    @cached_property
    def netsnmp(self) -> str:
        return self._compiled("netsnmp_poll.c", "-lnetsnmp")

    @cached_property
    def transport_limit(self) -> str:
        return self._compiled("transport_limit.c")

    @cached_property
    def count_allocations(self) -> str:
        return self._compiled("count_allocations.c", "-shared", "-fPIC")

    @cached_property
    def rrd_update(self) -> str:
        return self._compiled("rrd_update.c", "-lrrd")

    @cached_property
    def gosnmp(self) -> str:
        program = self._folder / "gosnmp_poll"
        subprocess.run(
            ["go", "build", "-o", program, HERE / "gosnmp_poll.go"], check=True,
            env={"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(BUILD / "bench-gocache"),
                 "PATH": "/usr/bin:/bin", "HOME": str(self._folder)})
        return str(program)

    @cached_property
    def gufo(self) -> list[str]:
        python = VENV / "bin" / "python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        if subprocess.run([python, "-c", "import gufo.snmp"], stderr=subprocess.DEVNULL).returncode != 0:
            subprocess.run(
                [python, "-m", "pip", "install", "--quiet", f"gufo-snmp=={GUFO_VERSION}"], check=True,
                stdout=sys.stderr)
        return [str(python), str(HERE / "gufo_poll.py")]

    @staticmethod
    def installed(name: str) -> str:
        """The path of a program of Debian's packages."""
        path = shutil.which(name)
        if path is None:
            raise FileNotFoundError(f"{name} is not installed")
        return path
