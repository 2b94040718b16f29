"""Runs the drivers of the embedded time-series store and keeps the ledger of what they acknowledged."""

import json
import os
import pathlib
import random
import subprocess
import threading
import time

import wardflux

SECONDS_MAX = 60
ENOSPC, EIO = 28, 5


def bench():
    """The drivers that WARDFLUX_BENCH names, else those beside the binary under test; None where there are none."""
    named = os.environ.get("WARDFLUX_BENCH")
    if named:
        return pathlib.Path(named)
    found = wardflux.binary()
    path = found.with_name("wardflux-bench") if found else None
    return path if path and path.exists() else None


class Ledger:
    """A store, the seed of what it is given, and every line its writer told."""

    def __init__(self, directory, seed, interfaces=12, interval=1_800, days=2, jumps=""):
        self.directory = pathlib.Path(directory)
        self.lines = []
        self.settings = {
            "directory": self.directory, "seed": seed, "interfaces": interfaces, "interval": interval, "days": days,
            "jumps": jumps, "reserve": 0}

    def command(self, driver, **more):
        words = {**self.settings, **more}
        return [str(bench()), driver, *(f"{name}={value}" for name, value in words.items())]

    def acknowledged(self):
        return [int(line.split()[1]) for line in self.lines if line.startswith("ack ")]

    def next_cycle(self):
        """The cycle after the last one that was told of."""
        told = [line.split() for line in self.lines if line.split()[:1] in (["ack"], ["refused"], ["partial"])]
        return max((int(words[1]) for words in told), default=-1) + 1

    def start(self, cycles, env=None, **more):
        """Starts a writer that goes on for a number of cycles after the last one."""
        first = self.next_cycle()
        return subprocess.Popen(
            self.command("series-ledger", **{"from": first, "cycles": first + cycles}, **more),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=wardflux.environment(**(env or {})))

    def note(self, text):
        """Takes the writer's lines; the last one may have been cut by a kill."""
        whole = text[:text.rfind("\n") + 1]
        self.lines += whole.splitlines()

    def finish(self, process):
        """Takes the rest of a writer's lines and waits for its end; returns what it complained of.

        communicate() would lose the lines that were read ahead already.
        """
        timer = threading.Timer(SECONDS_MAX, process.kill)
        timer.start()
        with process.stdout, process.stderr:
            self.note(process.stdout.read())
            errors = process.stderr.read()
        process.wait()
        timer.cancel()
        return errors

    def write(self, cycles, env=None, expect=0, **more):
        """Writes some cycles to the end; expect=None accepts that the writer gives up."""
        process = self.start(cycles, env, **more)
        output, errors = process.communicate(timeout=SECONDS_MAX)
        self.note(output)
        if expect is not None:
            assert process.returncode == expect, f"{output[-500:]}\n{errors[-2000:]}"
        return output

    def write_and_kill(self, chance: random.Random):
        """Kills a writer at a random moment of a random step; returns what it was at."""
        step = chance.choice(["start", "append", "merge", "maintain", "seal", "rollover", "compact"])
        process = self.start(200)
        if step == "start":
            time.sleep(chance.uniform(0, 0.08))  # The moment of the kill is what is tested.
        else:
            left = chance.randint(1, 3)
            for line in process.stdout:
                self.note(line)
                left -= line.startswith(f"begin {step} ")
                if left == 0:
                    break
            time.sleep(chance.choice([0, 0.0005, 0.001, 0.002, 0.004, 0.008]))
        process.kill()
        self.finish(process)
        return step

    def verify(self, expect=0, **more):
        """Opens the store, and compares all in it with the ledger; None where it does not open."""
        process = subprocess.run(
            self.command("series-verify", **more), input="\n".join(self.lines) + "\n", text=True, capture_output=True,
            timeout=SECONDS_MAX, env=wardflux.environment())
        if expect is not None:
            assert process.returncode == expect, process.stderr[-2000:]
        return json.loads(process.stdout) if process.returncode == 0 else None

    def assert_whole(self, where):
        """Nothing acknowledged is missing, and nothing is there that was not written."""
        found = self.verify()
        bad = {name: found[name] for name in ("missing", "wrong", "stray", "damaged") if found[name]}
        assert not bad, f"{where}, seed {self.settings['seed']}: {found}"
        return found


def faults_library(directory):
    """The preload that makes a disk fail, compiled."""
    source = pathlib.Path(__file__).with_name("series_faults") / "faults.c"
    library = pathlib.Path(directory) / "faults.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True, timeout=60)
    return library
