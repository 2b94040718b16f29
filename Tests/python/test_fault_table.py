"""The table of faults in the documentation: each row names tests, and each test it names exists."""

import pathlib
import re

import pytest

import wardflux

TESTS = wardflux.ROOT / "Tests"
TEXT = (wardflux.ROOT / "docs" / "faults.md").read_text()
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and not line.startswith("| fault |")]
SWIFT = {path.stem: path.read_text() for path in (TESTS / "SNMPTests").rglob("*.swift")}


def exists(name):
    """Whether a test of this name is in its file."""
    if found := re.fullmatch(r"(test_\w+\.py)::(test_\w+)", name):
        return f"def {found[2]}(" in source(found[1])
    if found := re.fullmatch(r"(test_\w+\.py)\[(.+)\]", name):
        return f'\n    "{found[2]}": ' in source(found[1])
    file, function = name.split(".")
    return re.search(rf"@Test[^\n]*\n(?:(?!    func )[^\n]*\n)*?    func `?{function}`?\(", SWIFT[file]) is not None


def source(file):
    return (pathlib.Path(__file__).parent / file).read_text()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_each_fault_has_tests_that_exist(row):
    fault, outcome, tests = (cell.strip() for cell in row.strip("|").split("|"))
    names = re.findall(r"`([^`]+)`", tests)
    assert fault and outcome and names
    assert [name for name in names if not exists(name)] == []


def test_each_row_of_the_fault_tests_is_in_the_table_or_another_form_of_one_that_is():
    named = set(re.findall(r"`test_lab_faults_v3\.py\[(.+?)\]`", TEXT))
    rows = set(re.findall(r'^    "([^"]+)": \(\[', source("test_lab_faults_v3.py"), re.MULTILINE))
    assert rows - named == {"nothing"}
