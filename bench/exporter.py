"""prometheus-snmp-exporter: its module if_mib, which Debian does not ship, and scrapes of it."""

import http.client
from pathlib import Path

from bench.processes import Background, free_port

IF_ENTRY, IFX_ENTRY = "1.3.6.1.2.1.2.2.1", "1.3.6.1.2.1.31.1.1.1"

# Columns of ifTable and ifXTable (IF-MIB, RFC 2863) by number: name and the exporter's type.
IF_COLUMNS = {
    1: ("ifIndex", "gauge"), 3: ("ifType", "gauge"), 4: ("ifMtu", "gauge"), 5: ("ifSpeed", "gauge"),
    6: ("ifPhysAddress", "PhysAddress48"), 7: ("ifAdminStatus", "gauge"), 8: ("ifOperStatus", "gauge"),
    9: ("ifLastChange", "gauge"), 10: ("ifInOctets", "counter"), 11: ("ifInUcastPkts", "counter"),
    12: ("ifInNUcastPkts", "counter"), 13: ("ifInDiscards", "counter"), 14: ("ifInErrors", "counter"),
    15: ("ifInUnknownProtos", "counter"), 16: ("ifOutOctets", "counter"), 17: ("ifOutUcastPkts", "counter"),
    18: ("ifOutNUcastPkts", "counter"), 19: ("ifOutDiscards", "counter"), 20: ("ifOutErrors", "counter"),
    21: ("ifOutQLen", "gauge"), 22: ("ifSpecific", "OctetString"),
}
IFX_COLUMNS = {
    2: ("ifInMulticastPkts", "counter"), 3: ("ifInBroadcastPkts", "counter"), 4: ("ifOutMulticastPkts", "counter"),
    5: ("ifOutBroadcastPkts", "counter"), 6: ("ifHCInOctets", "counter"), 7: ("ifHCInUcastPkts", "counter"),
    8: ("ifHCInMulticastPkts", "counter"), 9: ("ifHCInBroadcastPkts", "counter"), 10: ("ifHCOutOctets", "counter"),
    11: ("ifHCOutUcastPkts", "counter"), 12: ("ifHCOutMulticastPkts", "counter"),
    13: ("ifHCOutBroadcastPkts", "counter"), 14: ("ifLinkUpDownTrapEnable", "gauge"), 15: ("ifHighSpeed", "gauge"),
    16: ("ifPromiscuousMode", "gauge"), 17: ("ifConnectorPresent", "gauge"),
    19: ("ifCounterDiscontinuityTime", "gauge"),
}
# As in the exporter's own module: these name the interface in the labels of every metric.
LOOKUPS = {"ifAlias": f"{IFX_ENTRY}.18", "ifDescr": f"{IF_ENTRY}.2", "ifName": f"{IFX_ENTRY}.1"}


def configuration(max_repetitions: int) -> str:
    """A snmp.yml with the module if_mib: both tables whole, metrics of all their columns, version 2c."""
    lines = ["if_mib:", "  walk:", f"  - {IF_ENTRY}", f"  - {IFX_ENTRY}", "  metrics:"]
    for entry, columns in [(IF_ENTRY, IF_COLUMNS), (IFX_ENTRY, IFX_COLUMNS)]:
        for number, (name, kind) in columns.items():
            lines += [
                f"  - name: {name}", f"    oid: {entry}.{number}", f"    type: {kind}",
                f"    help: {name} - {entry}.{number}",
                "    indexes:", "    - labelname: ifIndex", "      type: gauge", "    lookups:",
            ]
            for label, oid in LOOKUPS.items():
                lines += [
                    "    - labels: [ifIndex]", f"      labelname: {label}", f"      oid: {oid}",
                    "      type: DisplayString"]
    lines += [
        f"  max_repetitions: {max_repetitions}", "  retries: 3", "  timeout: 5s", "  version: 2", "  auth:",
        "    community: public"]
    return "\n".join(lines) + "\n"


class Exporter:
    """A running exporter, on a free port of the loopback interface."""

    def __init__(self, program: str, folder: Path, max_repetitions: int):
        path = folder / "snmp.yml"
        path.write_text(configuration(max_repetitions))
        port = free_port()
        self._background = Background(
            [program, f"--config.file={path}", f"--web.listen-address=127.0.0.1:{port}"], ready="[Ll]istening on")
        self._connection = http.client.HTTPConnection("127.0.0.1", port)

    @property
    def cpu_seconds(self) -> float:
        return self._background.cpu_seconds

    def scrape(self, target: str, rows: int) -> None:
        """One scrape; fails unless every column named above has its rows."""
        self._connection.request("GET", f"/snmp?module=if_mib&target={target}")
        answer = self._connection.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, f"prometheus-snmp-exporter: {answer.status} {text[:200]}"
        found = sum(1 for line in text.splitlines() if line.startswith("if"))
        wanted = rows * (len(IF_COLUMNS) + len(IFX_COLUMNS))
        assert found >= wanted, f"prometheus-snmp-exporter: {found} of {wanted} values"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._connection.close()
        self._background.stop()
