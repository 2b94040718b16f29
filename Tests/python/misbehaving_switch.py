"""The switch that `misbehaving_agent` plays: what it has, and what `probe` must say of it."""

from misbehaving_agent import COUNTER32, COUNTER64, GAUGE32, TICKS, integer, oid, text

SYSTEM, IF_ENTRY, IF_X_ENTRY = (1, 3, 6, 1, 2, 1, 1), (1, 3, 6, 1, 2, 1, 2, 2, 1), (1, 3, 6, 1, 2, 1, 31, 1, 1, 1)
HC_IN = IF_X_ENTRY + (6,)
ROWS = 24


def counter(index):
    """Values that need the sign octet in odd rows."""
    return (1 << 63) * (index % 2) + index * 1_000_003


def mac(index):
    return bytes((0x02, 0, 0)) + index.to_bytes(3, "big")


def device(indexes=range(1, ROWS + 1), **texts):
    """The objects of a switch with these ifIndexes; `texts` gives ifName, ifDescr, ifAlias other texts."""
    indexes = list(indexes)
    objects = {
        SYSTEM + (1, 0): text("Linux misbehaving 6.1"), SYSTEM + (2, 0): oid("1.3.6.1.4.1.8072.3.2.10"),
        SYSTEM + (3, 0): integer(123_456, TICKS), SYSTEM + (4, 0): text("noc"), SYSTEM + (5, 0): text("bad-sw"),
        SYSTEM + (6, 0): text("rack"), (1, 3, 6, 1, 2, 1, 2, 1, 0): integer(len(indexes)),
        (1, 3, 6, 1, 2, 1, 31, 1, 5, 0): integer(99, TICKS),
    }
    for at in indexes:
        values = (
            integer(at), text(texts.get("descr", "GigabitEthernet0/{}").format(at)), integer(6), integer(1500),
            integer(1_000_000_000, GAUGE32), text(mac(at % (1 << 24))), integer(1), integer(1 + at % 2),
            integer(100 + at, TICKS), integer(at, COUNTER32))
        objects.update({IF_ENTRY + (column, at): value for column, value in enumerate(values, 1)})
        name, alias = texts.get("name", "Gi0/{}"), texts.get("alias", "port {}")
        objects.update({
            IF_X_ENTRY + (1, at): text(name if isinstance(name, bytes) else name.format(at)),
            HC_IN + (at,): integer(counter(at), COUNTER64), IF_X_ENTRY + (15, at): integer(1000, GAUGE32),
            IF_X_ENTRY + (17, at): integer(1), IF_X_ENTRY + (18, at): text(alias.format(at)),
            IF_X_ENTRY + (19, at): integer(0, TICKS)})
    return objects


def facts(index):
    """What `probe` must say of an interface."""
    return {
        "if_index": index, "if_name": f"Gi0/{index}", "if_descr": f"GigabitEthernet0/{index}",
        "if_alias": f"port {index}", "if_type": 6, "if_mtu": 1500, "if_speed": 1_000_000_000,
        "if_phys_address": mac(index).hex(":"), "if_admin_status": 1, "if_oper_status": 1 + index % 2,
        "if_last_change": 100 + index,
    }
