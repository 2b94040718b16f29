import os
import pathlib
import sqlite3

import pytest

import wardflux


def _missing(what):
    """A test that cannot run says so, and fails where everything has to run."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session", autouse=True)
def binary():
    path = wardflux.binary()
    if path is None or not path.exists():
        _missing("no binary: build wardflux, or name it with WARDFLUX_BIN")
    return path


@pytest.fixture(scope="session")
def corpus():
    """The corpus of recordings: WARDFLUX_CORPUS, else ../shared/corpus beside the package."""
    named = os.environ.get("WARDFLUX_CORPUS")
    path = pathlib.Path(named) if named else wardflux.ROOT.parent / "shared" / "corpus"
    if not path.is_dir():
        if named:
            pytest.fail(f"WARDFLUX_CORPUS names no directory: {path}")
        pytest.skip("no corpus: set WARDFLUX_CORPUS")
    return path


@pytest.fixture
def data(tmp_path):
    """A data directory of its own."""
    return tmp_path / "data"


@pytest.fixture(scope="module")
def grid(tmp_path_factory):
    """A small simulated network; `grid.csv` is its inventory, `grid.control` takes its faults."""
    directory = tmp_path_factory.mktemp("lab")
    csv, control = directory / "devices.csv", directory / "lab.sock"
    with wardflux.lab("--network", "grid-20x8", "--devices-csv", csv, "--control", control) as lab:
        lab.csv, lab.control = csv, control
        yield lab


@pytest.fixture
def imported(data, grid):
    """A data directory with the devices of the grid."""
    wardflux.run("devices", "import", grid.csv, "--data-dir", data)
    return data


def open_catalog(data):
    """The catalog's file of a data directory, read-only."""
    files = [path for path in pathlib.Path(data).iterdir() if path.suffix in (".db", ".sqlite", ".sqlite3")]
    assert len(files) == 1, f"expected one catalog in {data}: {sorted(p.name for p in pathlib.Path(data).iterdir())}"
    return sqlite3.connect(f"file:{files[0]}?mode=ro", uri=True)


def assert_consistent(data):
    """SQLite's own checks find nothing wrong."""
    connection = open_catalog(data)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        connection.close()
