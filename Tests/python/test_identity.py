"""Interfaces keep their ids through what happens to a network, as `docs/identity.md` says."""

import dataclasses
import json

import pytest

import wardflux

HEADER = "name,ip,port,version,community,profile,device_type,location,tags\n"
ETHERNET, LOOPBACK = 6, 24


@dataclasses.dataclass(frozen=True)
class Port:
    """One interface as its device tells of it; empty texts are left out of the recording."""
    index: int
    name: str = ""
    mac: str = ""
    alias: str = ""
    descr: str = ""
    type: int = ETHERNET

    def at(self, index):
        return dataclasses.replace(self, index=index)

    def but(self, **changes):
        return dataclasses.replace(self, **changes)


def port(number, slot=1, index=None, mac=True, alias=True):
    """Port Gi`slot`/0/`number` with an address and an alias of its own."""
    return Port(
        index=number if index is None else index,
        name=f"Gi{slot}/0/{number}", descr=f"GigabitEthernet{slot}/0/{number}",
        mac=f"0200000001{number:02x}" if mac else "", alias=f"customer {number}" if alias else "")


def recording(ports):
    """The device as a .snmprec file's text."""
    lines = [
        "1.3.6.1.2.1.1.1.0|4|Cisco IOS Software, test", "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1.1208",
        "1.3.6.1.2.1.1.3.0|67|100000", "1.3.6.1.2.1.1.5.0|4|sw", f"1.3.6.1.2.1.2.1.0|2|{len(ports)}"]
    table, more = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"
    columns = [
        (table, 1, "2", lambda each: each.index), (table, 2, "4", lambda each: each.descr),
        (table, 3, "2", lambda each: each.type), (table, 6, "4x", lambda each: each.mac),
        (table, 7, "2", lambda each: 1), (table, 8, "2", lambda each: 1),
        (more, 1, "4", lambda each: each.name), (more, 15, "66", lambda each: 1000),
        (more, 18, "4", lambda each: each.alias)]
    for entry, number, tag, value in columns:
        for each in sorted(ports, key=lambda each: each.index):
            if value(each) != "":
                lines.append(f"{entry}.{number}.{each.index}|{tag}|{value(each)}")
    return "\n".join(lines) + "\n"


class Site:
    """Devices and the data directory that knows them; each device is a recording under its name."""

    def __init__(self, directory):
        self.data, self.recordings = directory / "data", directory / "recordings"
        self.recordings.mkdir()
        self.port = 0
        self.items = []

    def discover_all(self, devices):
        """Restarts the lab with these devices, a dict of ports by name, and reads them all."""
        for name, ports in devices.items():
            (self.recordings / f"{name}.snmprec").write_text(recording(ports))
        with wardflux.lab("--recordings", self.recordings, "--port", self.port) as lab:
            if not self.port:
                self.port = lab.port
                # One address each, because a device is known by address and port.
                rows = [
                    f"{name},127.0.0.{number},{self.port},2c,{name},,switch,,\n"
                    for number, name in enumerate(devices, 1)]
                inventory = self.data.parent / "devices.csv"
                inventory.write_text(HEADER + "".join(rows))
                wardflux.run("devices", "import", inventory, "--data-dir", self.data)
            wardflux.run("discover", "--all", "--data-dir", self.data)
        self.items = json.loads(wardflux.run("interfaces", "list", "--json", "--data-dir", self.data).stdout)["items"]

    def discover(self, *ports):
        """The same for one device; returns its interfaces by ifIndex."""
        self.discover_all({"sw": ports})
        return self.present("sw")

    def present(self, device):
        return {
            item["if_index"]: item for item in self.items
            if item["device_name"] == device and item["missing_since"] is None}

    def missing(self, device="sw"):
        return {
            item["id"] for item in self.items
            if item["device_name"] == device and item["missing_since"] is not None}

    def one(self, id):
        return next(item for item in self.items if item["id"] == id)

    def set(self, name, *arguments):
        wardflux.run("interfaces", "set", name, *arguments, "--data-dir", self.data)


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


def ids(found):
    return {index: item["id"] for index, item in found.items()}


FOUR = [port(number) for number in (1, 2, 3, 4)]
BARE = [port(number, mac=False, alias=False) for number in (1, 2, 3, 4)]
STACK = [port(number, slot=2, index=10 + number).but(mac=f"0200000002{number:02x}", alias="") for number in (1, 2)]

# name -> (ports before, ports after, {ifIndex after: ifIndex before}); an ifIndex after that is not named is new.
CASES = {
    "all renumbered, shifted by one": (FOUR, [each.at(each.index + 1) for each in FOUR], {2: 1, 3: 2, 4: 3, 5: 4}),
    "all renumbered, names only": (BARE, [each.at(each.index + 1) for each in BARE], {2: 1, 3: 2, 4: 3, 5: 4}),
    "all renumbered, far away": (BARE, [each.at(1_000_000 - each.index) for each in BARE], {
        999_999: 1, 999_998: 2, 999_997: 3, 999_996: 4}),
    "numbers shuffled": (FOUR, [FOUR[0].at(3), FOUR[1].at(4), FOUR[2].at(2), FOUR[3].at(1)], {3: 1, 4: 2, 2: 3, 1: 4}),
    "numbers turned round, names only": (BARE, [each.at(5 - each.index) for each in BARE], {4: 1, 3: 2, 2: 3, 1: 4}),
    "a port added in front": (FOUR, [port(9, index=1)] + [each.at(each.index + 1) for each in FOUR], {
        2: 1, 3: 2, 4: 3, 5: 4}),
    "a port gone, the rest moved up": (FOUR, [each.at(each.index - 1) for each in FOUR[1:]], {1: 2, 2: 3, 3: 4}),
    "two names swapped, hardware and alias stayed": (
        FOUR, [
            FOUR[0].but(name=FOUR[1].name, descr=FOUR[1].descr), FOUR[1].but(name=FOUR[0].name, descr=FOUR[0].descr),
            *FOUR[2:]], {1: 1, 2: 2, 3: 3, 4: 4}),
    "two names swapped, hardware stayed, no aliases": (
        [each.but(alias="") for each in FOUR], [
            FOUR[0].but(name=FOUR[1].name, descr=FOUR[1].descr, alias=""),
            FOUR[1].but(name=FOUR[0].name, descr=FOUR[0].descr, alias=""),
            *(each.but(alias="") for each in FOUR[2:])], {1: 1, 2: 2, 3: 3, 4: 4}),
    "two names and aliases swapped, hardware stayed": (
        FOUR, [FOUR[1].but(index=1, mac=FOUR[0].mac), FOUR[0].but(index=2, mac=FOUR[1].mac), *FOUR[2:]], {
            1: 2, 2: 1, 3: 3, 4: 4}),
    "two names swapped, no addresses": (BARE, [BARE[1].at(1), BARE[0].at(2), *BARE[2:]], {1: 2, 2: 1, 3: 3, 4: 4}),
    "equal names, told apart by address": (
        [each.but(name="eth", descr="eth", alias="") for each in FOUR],
        [each.but(name="eth", descr="eth", alias="").at(5 - each.index) for each in FOUR], {4: 1, 3: 2, 2: 3, 1: 4}),
    "equal names, told apart by alias": (
        [each.but(name="eth", descr="eth", mac="") for each in FOUR],
        [each.but(name="eth", descr="eth", mac="").at(15 - each.index) for each in FOUR],
        {14: 1, 13: 2, 12: 3, 11: 4}),
    "equal names, told apart by alias, shifted by one": (
        [each.but(name="eth", descr="eth", mac="") for each in FOUR],
        [each.but(name="eth", descr="eth", mac="").at(each.index + 1) for each in FOUR], {2: 1, 3: 2, 4: 3, 5: 4}),
    "equal names and nothing else, all renumbered": (
        [each.but(name="eth", descr="eth") for each in BARE],
        [each.but(name="eth", descr="eth").at(each.index + 10) for each in BARE], {11: 1, 12: 2, 13: 3, 14: 4}),
    "equal names and nothing else, one gone and one come": (
        [each.but(name="eth", descr="eth") for each in BARE],
        [each.but(name="eth", descr="eth") for each in BARE[:3]] + [BARE[3].but(name="eth", descr="eth", index=9)],
        {1: 1, 2: 2, 3: 3}),
    "one address for all, all renumbered": (
        [each.but(mac="020000000100", alias="") for each in FOUR],
        [each.but(mac="020000000100", alias="").at(each.index + 1) for each in FOUR], {2: 1, 3: 2, 4: 3, 5: 4}),
    "ifIndex taken over by another port": (
        FOUR, [FOUR[0], port(7, index=2), *FOUR[2:]], {1: 1, 3: 3, 4: 4}),
    "ifIndex taken over, no addresses": (
        BARE, [BARE[0], port(7, index=2, mac=False, alias=False), *BARE[2:]], {1: 1, 3: 3, 4: 4}),
    "ifIndex taken over, one address and one description for all": (
        [each.but(mac="020000000100", descr="port", alias="") for each in FOUR],
        [each.but(mac="020000000100", descr="port", alias="") for each in (FOUR[0], port(7, index=2), *FOUR[2:])],
        {1: 1, 3: 3, 4: 4}),
    "ifIndexes of a removed port and of a new one change hands": (
        FOUR, [FOUR[0], FOUR[3].at(2), port(7, index=4)], {1: 1, 2: 4}),
    "module in another slot, addresses and aliases with it": (
        FOUR, [port(number, slot=2, index=100 + number) for number in (1, 2, 3, 4)], {101: 1, 102: 2, 103: 3, 104: 4}),
    "module in another slot, addresses with it": (
        FOUR, [port(number, slot=2, index=100 + number, alias=False) for number in (1, 2, 3, 4)], {
            101: 1, 102: 2, 103: 3, 104: 4}),
    "module in another slot, nothing else known": (
        BARE, [port(number, slot=2, index=100 + number, mac=False, alias=False) for number in (1, 2, 3, 4)], {}),
    "one stack member becomes another, at the same numbers": (
        FOUR + STACK, FOUR + [each.but(name=each.name.replace("2/", "3/", 1)) for each in STACK],
        {1: 1, 2: 2, 3: 3, 4: 4, 11: 11, 12: 12}),
    "renamed, address known": (FOUR, [FOUR[0].but(name="uplink", descr="uplink", alias=""), *FOUR[1:]], {
        1: 1, 2: 2, 3: 3, 4: 4}),
    "renamed, alias known": (
        [each.but(mac="") for each in FOUR], [FOUR[0].but(name="uplink", descr="uplink", mac=""), *(
            each.but(mac="") for each in FOUR[1:])], {1: 1, 2: 2, 3: 3, 4: 4}),
    "renamed, nothing else known": (BARE, [BARE[0].but(name="uplink", descr="uplink"), *BARE[1:]], {
        2: 2, 3: 3, 4: 4}),
    "line card replaced": (
        FOUR, [each.but(mac=f"0200000009{each.index:02x}") for each in FOUR], {1: 1, 2: 2, 3: 3, 4: 4}),
    "no names at all": (
        [Port(number) for number in (1, 2, 3)], [Port(number) for number in (1, 3)], {1: 1, 3: 3}),
    "no names at all, another type at a number": (
        [Port(1), Port(2)], [Port(1), Port(2, type=LOOPBACK)], {1: 1}),
    "a circuit moved: the alias alone goes to another port": (
        [FOUR[0], FOUR[1].but(alias="")], [FOUR[0].but(alias=""), FOUR[1].but(alias=FOUR[0].alias)], {1: 1, 2: 2}),
    "a circuit moved to a port that was not there": (
        [BARE[0].but(alias="uplink"), BARE[1]], [BARE[1], port(8, mac=False).but(alias="uplink")], {2: 2}),
    "aliases swapped": (
        FOUR, [FOUR[0].but(alias=FOUR[1].alias), FOUR[1].but(alias=FOUR[0].alias), *FOUR[2:]], {
            1: 1, 2: 2, 3: 3, 4: 4}),
    "addresses appear where there were none": (BARE, FOUR, {1: 1, 2: 2, 3: 3, 4: 4}),
    "names disappear, addresses stay": (FOUR, [each.but(name="", descr="") for each in FOUR], {1: 1, 2: 2, 3: 3, 4: 4}),
    "one numbered 0 and one numbered 2147483647": (
        [FOUR[0].at(0), FOUR[1].at(2_147_483_647)], [FOUR[0].at(2_147_483_647), FOUR[1].at(0)], {
            2_147_483_647: 0, 0: 2_147_483_647}),
}


DEVICES = {name: f"case-{number}" for number, name in enumerate(CASES)}


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """All cases at once, a device each: the interfaces before, and the site after."""
    site = Site(tmp_path_factory.mktemp("cases"))
    site.discover_all({DEVICES[name]: before for name, (before, _, _) in CASES.items()})
    before = {name: ids(site.present(DEVICES[name])) for name in CASES}
    site.discover_all({DEVICES[name]: after for name, (_, after, _) in CASES.items()})
    return before, site


@pytest.mark.parametrize("name", CASES)
def test_what_happened_is_decided_as_documented(name, history):
    before_ports, after_ports, same = CASES[name]
    before, after = history[0][name], ids(history[1].present(DEVICES[name]))
    assert sorted(before) == sorted(each.index for each in before_ports)
    assert sorted(after) == sorted(each.index for each in after_ports)
    assert len(set(after.values())) == len(after), "two interfaces were merged"
    found = {index: next((old for old, known in before.items() if known == id), None) for index, id in after.items()}
    assert found == {index: same.get(index) for index in after}
    assert history[1].missing(DEVICES[name]) == set(before.values()) - set(after.values())


SETTINGS = {"interface_type": "isp", "isp_provider": "magti", "is_critical": True, "monitoring_enabled": False,
            "notes": "ours", "classification_overridden": True}


def configured(site, name):
    site.set(
        name, "--type", "isp", "--provider", "magti", "--critical", "yes", "--monitoring", "no", "--notes", "ours")


def test_what_an_operator_set_follows_the_interface(site):
    first = site.discover(*FOUR)
    configured(site, "sw:Gi1/0/2")
    history = [
        [each.at(each.index + 1) for each in FOUR],
        [port(number, slot=2, index=100 + number) for number in (1, 2, 3, 4)],
        [port(number, slot=2, index=number).but(name=f"xe-{number}", descr=f"xe-{number}") for number in (1, 2, 3, 4)],
    ]
    for ports in history:
        site.discover(*ports)
        item = site.one(first[2]["id"])
        assert {name: item[name] for name in SETTINGS} == SETTINGS
        others = [item for item in site.items if item["id"] != first[2]["id"]]
        assert len(others) == 3 and not any(item["overrides"] for item in others)


def test_one_that_vanished_and_returned_is_itself_again(site):
    first = site.discover(*FOUR)
    configured(site, "sw:Gi1/0/2")
    site.discover(FOUR[0], *FOUR[2:])
    assert site.missing() == {first[2]["id"]}
    away = site.one(first[2]["id"])
    assert away["if_name"] == "Gi1/0/2" and {name: away[name] for name in SETTINGS} == SETTINGS
    site.discover(FOUR[0], *FOUR[2:])
    still = site.one(first[2]["id"])
    assert still["missing_since"] == away["missing_since"]
    back = site.discover(*FOUR)
    assert ids(back) == ids(first) and site.missing() == set()
    assert {name: back[2][name] for name in SETTINGS} == SETTINGS


def test_one_that_returns_finds_its_number_taken(site):
    """It vanished, another port got its ifIndex, and it comes back elsewhere."""
    first = site.discover(*FOUR)
    second = site.discover(FOUR[0], port(7, index=2), *FOUR[2:])
    assert second[2]["id"] not in ids(first).values() and site.missing() == {first[2]["id"]}
    third = site.discover(FOUR[0], port(7, index=2), *FOUR[2:], FOUR[1].at(50))
    assert third[50]["id"] == first[2]["id"] and third[2]["id"] == second[2]["id"]
    assert site.missing() == set()


def test_there_and_back_again_leaves_what_there_was(site):
    first = site.discover(*FOUR)
    for _ in range(2):
        assert ids(site.discover(*[each.at(5 - each.index) for each in FOUR])) == {
            5 - index: id for index, id in ids(first).items()}
        assert ids(site.discover(*FOUR)) == ids(first)
    assert len(site.items) == 4


def test_a_device_that_shows_nothing_for_once_keeps_all(site):
    first = site.discover(*FOUR)
    site.discover()
    assert {item["id"] for item in site.items} == set(ids(first).values())
    assert ids(site.discover(*[each.at(each.index + 1) for each in FOUR])) == {
        index + 1: id for index, id in ids(first).items()}
