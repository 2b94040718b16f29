"""A process killed at any moment of a discovery leaves a catalog that opens and is consistent."""

import random
import subprocess
import time

import pytest

import wardflux
from conftest import assert_consistent, open_catalog

SEED = 20_260_301


@pytest.fixture(scope="module")
def big_grid(tmp_path_factory):
    csv = tmp_path_factory.mktemp("big") / "devices.csv"
    with wardflux.lab("--network", "grid-300x24", "--devices-csv", csv) as lab:
        lab.csv = csv
        yield lab


def test_kill_9_during_discovery_leaves_a_consistent_catalog(big_grid, data):
    wardflux.run("devices", "import", big_grid.csv, "--data-dir", data)
    moments = random.Random(SEED)
    command = [str(wardflux.binary()), "discover", "--all", "--data-dir", str(data)]
    for number in range(8):
        seconds = moments.uniform(0.02, 1.2)
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=wardflux.environment())
        time.sleep(seconds)  # The moment of the kill is what is tested.
        process.kill()
        process.wait()
        try:
            assert_consistent(data)
        except AssertionError as error:
            raise AssertionError(f"seed {SEED}, kill {number} after {seconds:.3f} s: {error}") from error
    wardflux.run("discover", "--all", "--data-dir", data)
    connection = open_catalog(data)
    assert connection.execute("SELECT count(*) FROM device_interfaces").fetchone() == (300 * 24,)
    connection.close()
    assert_consistent(data)
