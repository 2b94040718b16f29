"""What keeps it at work: backup and restore while it runs, the doctor, its own metrics, and switched-off jobs."""

import json
import re
import time

import pytest
import requests

import wardflux


def get(server, path, **query):
    answer = requests.get(f"{server.url}/api/v1{path}", params=query, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.json()


def wait(what, condition, seconds=120):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"waited in vain for {what}")


@pytest.fixture
def discovered(imported):
    wardflux.run("discover", "--all", "--data-dir", imported)
    return imported


def polling(data, *more):
    return wardflux.server(data, "--set", "collection.interval_seconds=10", *more)


def readings(server, interface):
    """What was read of an interface, by time."""
    found = get(server, f"/interfaces/{interface}/readings", **{"from": "-1h", "limit": 1000})["items"]
    return {row["at"]: row["interface_if_hc_in_octets"] for row in found}


def test_a_backup_of_a_running_server_holds_all_that_was_told_before(discovered, tmp_path):
    copy, restored = tmp_path / "copy", tmp_path / "restored"
    with polling(discovered) as server:
        wait("readings", lambda: get(server, "/series/statistics")["collection"]["stored_readings"] >= 320)
        interface = get(server, "/interfaces/list", limit=1)["items"][0]["id"]
        wardflux.run("interfaces", "set", interface, "--notes", "told before", "--server", server.url)
        before = readings(server, interface)
        made = json.loads(wardflux.run("backup", "--to", copy, "--json", "--data-dir", discovered).stdout)
        assert not made["has_key"] and not (copy / "secret.key").exists()
        rows = get(server, "/interfaces/list", limit=1000)["items"]
        server.stop()
    wardflux.run("restore", "--from", copy, "--check")
    wardflux.run("restore", "--from", copy, "--data-dir", restored)
    (restored / "secret.key").write_bytes((discovered / "secret.key").read_bytes())
    (restored / "secret.key").chmod(0o600)
    with polling(restored, "--set", "jobs.collect-interface-metrics.enabled=false") as server:
        there = {row["id"]: row for row in get(server, "/interfaces/list", limit=1000)["items"]}
        assert set(there) == {row["id"] for row in rows}
        assert there[interface]["notes"] == "told before"
        after = readings(server, interface)
        assert before and before.items() <= after.items()


def test_a_backup_that_changed_is_not_restored(discovered, tmp_path):
    wardflux.run("backup", "--to", tmp_path / "copy", "--with-key", "--data-dir", discovered)
    catalog = tmp_path / "copy" / "catalog.sqlite"
    octets = bytearray(catalog.read_bytes())
    octets[len(octets) // 2] ^= 1
    catalog.write_bytes(octets)
    refused = wardflux.run("restore", "--from", tmp_path / "copy", "--data-dir", tmp_path / "new", expect=1)
    assert "catalog.sqlite is not what it was" in refused.stderr and not (tmp_path / "new").exists()
    refused = wardflux.run("restore", "--from", tmp_path, "--data-dir", tmp_path / "new", expect=1)
    assert "is no backup" in refused.stderr


def findings(*arguments, expect=None):
    process = wardflux.run("doctor", "--json", *arguments, expect=expect)
    return json.loads(process.stdout)["findings"]


def of(found, check, verdict):
    return [one for one in found if one["check"] == check and one["verdict"] == verdict]


def test_the_doctor_says_what_to_do_from_the_first_minute_on(data, grid, tmp_path):
    missing = findings("--data-dir", tmp_path / "none", expect=1)
    assert of(missing, "directory", "failed")[0]["remedies"]
    with polling(data) as server:
        empty = findings("--server", server.url)
        assert any("devices import" in line for one in of(empty, "devices", "warning") for line in one["remedies"])
        wardflux.run("devices", "import", grid.csv, "--server", server.url)
        wardflux.run("devices", "add", "SILENT", "127.1.99.99", "--server", server.url)
        wardflux.run("discover", "--all", "--server", server.url, expect=2, timeout=300)
        silent = of(findings("--server", server.url), "devices", "warning")[0]
        assert "SILENT" in silent["text"] and any("snmpwalk" in line for line in silent["remedies"])
        assert any("access-list" in line for line in silent["remedies"])
        promised = findings("--phase", "1", "--server", server.url, expect=1)
        assert of(promised, "devices", "failed")
        asked = findings("--device", "SILENT", "--server", server.url, expect=1)
        assert any("snmpwalk" in line for line in of(asked, "device", "failed")[0]["remedies"])


def test_its_own_metrics_are_prometheus_text(discovered):
    with polling(discovered) as server:
        wait("polls", lambda: get(server, "/series/statistics")["collection"]["polls"] > 0)
        answer = requests.get(f"{server.url}/metrics", timeout=60)
        assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        samples = {}
        for line in answer.text.splitlines():
            if line.startswith("#"):
                assert re.match(r"# (HELP|TYPE) [a-z_:][a-z0-9_:]* .+", line), line
                continue
            match = re.match(r'([a-z_:][a-z0-9_:]*)(\{[^}]*\})? (-?[0-9.e+]+)$', line)
            assert match, line
            samples[match.group(1) + (match.group(2) or "")] = float(match.group(3))
        assert samples["process_resident_memory_bytes"] > 1e6 and samples["process_open_fds"] > 3
        assert samples["wardflux_collection_devices"] == 20
        assert samples['wardflux_component_status{component="collection",status="healthy"}'] == 1
        assert samples['wardflux_job_last_success{job="discover-all-interfaces"}'] == 1


def test_what_a_phase_leaves_out_does_not_run(discovered):
    off = [f"--set=jobs.{job}.enabled=false" for job in ("collect-interface-metrics", "check-interface-thresholds")]
    with polling(discovered, *off) as server:
        wait("health", lambda: get(server, "/health"))
        parts = get(server, "/health")["components"]
        assert parts["collection"]["detail"].startswith("off:") and parts["alerts"]["detail"].startswith("off:")
        wardflux.run("discover", "--all", "--server", server.url)
        assert get(server, "/series/statistics")["collection"]["polls"] == 0
