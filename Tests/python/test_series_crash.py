"""The embedded time-series store killed, starved and damaged: what was acknowledged is there, and no wrong number."""

import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest

import series_ledger
from conftest import _missing
from series_ledger import EIO, ENOSPC, Ledger

SEED = 20_260_301
KILLS = int(os.environ.get("WARDFLUX_KILLS", "20"))
DAY_CYCLES = 48
COMPACT_CYCLE = 60
"""Six hours after the first day its blocks become one for each interface."""


@pytest.fixture(scope="module", autouse=True)
def drivers():
    if series_ledger.bench() is None:
        _missing("no wardflux-bench beside the binary: build it, or name it with WARDFLUX_BENCH")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    return series_ledger.faults_library(tmp_path_factory.mktemp("faults"))


def faults(library, directory, call, number, **more):
    named = {f"SERIES_FAULT_{name.upper()}": str(value) for name, value in more.items()}
    return {
        "LD_PRELOAD": str(library), "SERIES_FAULT_DIRECTORY": os.path.realpath(directory),
        "SERIES_FAULT_CALL": call, "SERIES_FAULT_ERRNO": str(number), **named}


def test_killed_at_any_moment_it_has_all_that_was_acknowledged(tmp_path):
    chance = random.Random(SEED)
    ledger = Ledger(tmp_path / "series", SEED)
    for number in range(KILLS):
        step = ledger.write_and_kill(chance)
        ledger.assert_whole(f"kill {number} during {step}")
    ledger.write(4 * DAY_CYCLES)
    found = ledger.assert_whole("the days after the kills")
    assert any(line.startswith("removed ") for line in ledger.lines), "retention removed nothing"
    assert found["required"] > 12 * DAY_CYCLES
    assert sum(blocks_of_days(path) for path in ledger.directory.glob("readings-*.sqlite")) > 0


def blocks_of_days(path):
    """How many blocks of a whole day a file has."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    (count,) = connection.execute("SELECT count(*) FROM blocks WHERE id >= 1 << 62").fetchone()
    connection.close()
    return count


@pytest.mark.parametrize("jumps", ["20:3600", "20:-600", "60:259200,66:-259200", "60:-259200,66:259200"])
def test_a_clock_that_is_set_changes_and_removes_nothing(tmp_path, jumps):
    ledger = Ledger(tmp_path / "series", SEED, jumps=jumps)
    ledger.write(64)
    ledger.assert_whole(f"while the clock is set by {jumps}")
    ledger.write(40)
    found = ledger.assert_whole(f"after the clock was set by {jumps}")
    assert found["required"] > 0
    if len(jumps) < 8:
        assert len(ledger.acknowledged()) >= 102, "a small jump costs two cycles at most"


def test_a_full_disk_loses_nothing_and_writing_goes_on_when_there_is_room(tmp_path, library):
    ledger = Ledger(tmp_path / "series", SEED)
    ledger.write(20)
    full = tmp_path / "full"
    env = faults(library, ledger.directory, "write", ENOSPC, **{"while": full})
    process = ledger.start(60, env, tries=2_000, pause=5)
    for line in process.stdout:
        ledger.note(line)
        if line.startswith("ack 30"):
            full.touch()
        if line.startswith("failed "):
            assert line.split()[1] == "full", line
            break
    time.sleep(0.1)  # It keeps trying meanwhile.
    full.unlink()
    errors = ledger.finish(process)
    assert process.returncode == 0, errors
    assert ledger.acknowledged() == list(range(80))
    ledger.assert_whole("after the disk was full")


def fill(path):
    """Takes all room there is."""
    with open(path, "wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4_096))
        except OSError:
            pass


def test_a_small_file_system_that_runs_full_loses_nothing(tmp_path):
    mount = tmp_path / "small"
    mount.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount], capture_output=True).returncode == 0
    if not mounted:
        return  # File systems may not be mounted here: the test above starves the store by preload.
    try:
        ledger = Ledger(mount / "series", SEED)
        ballast = mount / "ballast"
        process = ledger.start(300, tries=2_000, pause=5)
        for line in process.stdout:
            ledger.note(line)
            if line == "ack 10\n":
                process.send_signal(signal.SIGSTOP)
                fill(ballast)
                process.send_signal(signal.SIGCONT)
            if line.startswith("failed "):
                assert line.split()[1] == "full", line
                break
        assert process.poll() is None, "it gave up"
        ballast.unlink()
        errors = ledger.finish(process)
        assert process.returncode == 0, errors
        assert ledger.acknowledged() == list(range(300))
        ledger.assert_whole("after the file system was full")
    finally:
        subprocess.run(["umount", "-l", mount], check=True)


@pytest.mark.parametrize("call,number", [("fsync", EIO), ("write", EIO), ("write", ENOSPC)])
def test_a_call_that_fails_once_loses_nothing_acknowledged(tmp_path, library, call, number):
    places = [1, 2, 3, 5, 8, 13, 21, 34, 55]
    if KILLS > 20:
        places = range(1, 200)
    failures = 0
    for at in places:
        ledger = Ledger(tmp_path / f"series-{at}", SEED + at)
        env = faults(library, ledger.directory, call, number, at=at)
        output = ledger.write(18, env, expect=None, tries=3, pause=1)
        failures += "\nfailed " in output
        ledger.assert_whole(f"{call} number {at} failed with {number}")
        ledger.write(10)
        ledger.assert_whole(f"after {call} number {at} failed with {number}")
        shutil.rmtree(ledger.directory)
    assert failures > 0, "no call failed"


@pytest.fixture(scope="module")
def a_day(tmp_path_factory):
    """A store that was stopped just before the blocks of its first day become one."""
    ledger = Ledger(tmp_path_factory.mktemp("day") / "series", SEED, days=9)
    ledger.write(COMPACT_CYCLE)
    return ledger


@pytest.mark.parametrize("call,number", [("fsync", EIO), ("write", EIO), ("write", ENOSPC)])
def test_a_call_that_fails_while_days_become_one_block_loses_nothing(a_day, tmp_path, library, call, number):
    united = 0
    for at in range(1, 40 if KILLS <= 20 else 200, 3 if KILLS <= 20 else 1):
        copy = damaged_copy(a_day, tmp_path / f"series-{at}")
        env = faults(library, copy.directory, call, number, at=at)
        copy.write(2, env, expect=None, tries=3, pause=1)
        copy.assert_whole(f"{call} number {at} failed with {number}")
        copy.write(4)
        copy.assert_whole(f"after {call} number {at} failed with {number}")
        united += sum(blocks_of_days(path) for path in copy.directory.glob("readings-*.sqlite"))
        shutil.rmtree(copy.directory)
    assert united > 0


def blobs(path):
    """The places in a database file of the octets of its blobs, by table."""
    octets = path.read_bytes()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    places = {}
    for table in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[2].upper() == "BLOB"]
        for column in columns:
            for (blob,) in connection.execute(f"SELECT {column} FROM {table}"):
                place = octets.find(blob) if blob and len(blob) > 24 else -1
                if place >= 0:
                    places.setdefault(table, []).append((place, len(blob)))
    connection.close()
    return places


def flip(path, place, chance):
    with open(path, "r+b") as file:
        file.seek(place)
        octet = file.read(1)[0]
        file.seek(place)
        file.write(bytes([octet ^ 1 << chance.randrange(8)]))


@pytest.fixture(scope="module")
def two_days(tmp_path_factory):
    """A store that was stopped cleanly after a day, in blocks of it, and half a day of two-hour blocks."""
    ledger = Ledger(tmp_path_factory.mktemp("damage") / "series", SEED, days=9)
    ledger.write(72)
    return ledger


def damaged_copy(ledger, directory):
    shutil.copytree(ledger.directory, directory)
    copy = Ledger(directory, SEED, days=9)
    copy.lines = list(ledger.lines)
    return copy


def test_a_flipped_bit_in_a_block_costs_that_block_and_is_counted(two_days, tmp_path):
    chance = random.Random(SEED)
    for path in sorted(two_days.directory.glob("readings-*.sqlite")):
        for table, places in blobs(path).items():
            for number, (start, length) in enumerate(chance.sample(places, min(4, len(places)))):
                copy = damaged_copy(two_days, tmp_path / f"{path.stem}-{table}-{number}")
                flip(copy.directory / path.name, start + chance.randrange(length), chance)
                found = copy.verify()
                where = f"{path.name} {table} block at {start}: {found}"
                assert found["wrong"] == found["stray"] == 0, where
                # Of two hours, or of a day with what came late.
                assert found["damaged"] >= 1 and 1 <= found["missing"] <= DAY_CYCLES + 12, where
                shutil.rmtree(copy.directory)


def test_a_flipped_bit_anywhere_never_gives_a_wrong_number(two_days, tmp_path):
    chance = random.Random(SEED + 1)
    for path in sorted(two_days.directory.glob("*.sqlite")):
        for number in range(6 if KILLS <= 20 else 100):
            copy = damaged_copy(two_days, tmp_path / "copy")
            place = chance.randrange(path.stat().st_size)
            flip(copy.directory / path.name, place, chance)
            found = copy.verify(expect=None)
            where = f"{path.name} bit at {place}: {found}"
            assert found is None or found["wrong"] == found["stray"] == 0, where
            if found and path.name.startswith(("rollups-", "directory")):
                assert found["missing"] == 0, where
            shutil.rmtree(copy.directory)


def records(path):
    """What reached the disk, in order, as the preload recorded it."""
    octets, at = pathlib.Path(path).read_bytes(), 0
    while at + 15 <= len(octets):
        kind = chr(octets[at])
        length, offset = int.from_bytes(octets[at + 1:at + 3], "little"), int.from_bytes(
            octets[at + 3:at + 11], "little")
        count = int.from_bytes(octets[at + 11:at + 15], "little")
        name = octets[at + 15:at + 15 + length].decode()
        yield kind, name, offset, octets[at + 15 + length:at + 15 + length + count]
        at += 15 + length + count


class Disk:
    """Files as they may be after the power went: what was synchronised, and any part of what was not."""

    def __init__(self):
        self.safe, self.pending = {}, {}

    @staticmethod
    def apply(file, change):
        kind, offset, octets = change
        if kind == "t":
            del file[offset:]
            file.extend(bytes(max(0, offset - len(file))))
            return
        file.extend(bytes(max(0, offset - len(file))))
        file[offset:offset + len(octets)] = octets

    def take(self, kind, name, offset, octets):
        if kind in "wt":
            self.safe.setdefault(name, bytearray())
            self.pending.setdefault(name, []).append((kind, offset, octets))
        elif kind == "s":
            for change in self.pending.pop(name, []):
                self.apply(self.safe.setdefault(name, bytearray()), change)
        elif kind == "u":
            self.safe.pop(name, None)
            self.pending.pop(name, None)

    def lose_power(self, directory, chance):
        """Writes what is left: of the changes after the last synchronisation some, in any order, some torn."""
        directory.mkdir(mode=0o700)
        for name, safe in self.safe.items():
            file = bytearray(safe)
            pending = [change for change in self.pending.get(name, []) if chance.random() < 0.5]
            chance.shuffle(pending)
            for kind, offset, octets in pending:
                if kind == "w" and chance.random() < 0.3:
                    octets = octets[:chance.randrange(len(octets) // 512 + 1) * 512]
                self.apply(file, (kind, offset, octets))
            (directory / name).write_bytes(file)


def test_power_lost_at_any_moment_leaves_all_that_was_acknowledged(tmp_path, library):
    ledger = Ledger(tmp_path / "series", SEED)
    record = tmp_path / "record"
    env = faults(library, ledger.directory, "", 0, record=record)
    ledger.write(COMPACT_CYCLE + 4, env)
    steps = list(records(record))
    assert sum(kind == "s" for kind, *_ in steps) > 60
    chance = random.Random(SEED)
    moments = set(chance.sample(range(200, len(steps)), 16 if KILLS <= 20 else 300))
    told = [number for number, (kind, _, _, octets) in enumerate(steps) if kind == "o" and b"begin " in octets]
    compacting = [number for number in told if b"begin compact" in steps[number][3]]
    assert compacting
    within = range(compacting[0], min(number for number in told if number > compacting[0]))
    moments |= set(chance.sample(within, min(len(within), 16 if KILLS <= 20 else 300)))
    disk, told = Disk(), ""
    for number, (kind, name, offset, octets) in enumerate(steps):
        if kind == "o":
            told += octets.decode()
        disk.take(kind, name, offset, octets)
        if number in moments:
            after = Ledger(tmp_path / "after", SEED)
            disk.lose_power(after.directory, chance)
            after.note(told)
            after.assert_whole(f"power lost after step {number} of {len(steps)}")
            shutil.rmtree(after.directory)
