"""The same commands on a server: HTTP, tokens, the demo."""

import json
import signal
import socket

import pytest
import requests

import wardflux


def test_commands_work_on_a_server_as_on_a_data_directory(data, grid):
    with wardflux.server(data) as server:
        env = {"WARDFLUX_SERVER": server.url}
        wardflux.run("devices", "import", grid.csv, env=env)
        wardflux.run("discover", "--all", env=env)
        remote = wardflux.run("interfaces", "list", "--json", env=env).stdout
        assert json.loads(remote)["total"] == 160
        assert requests.get(f"{server.url}/api/v1/health", timeout=10).json()["status"] == "healthy"
        assert server.stop() == 0
    local = wardflux.run("interfaces", "list", "--json", "--data-dir", data).stdout
    assert [row["id"] for row in json.loads(local)["items"]] == [row["id"] for row in json.loads(remote)["items"]]


def test_a_server_ends_on_sigterm(data):
    server = wardflux.server(data)
    assert server.stop(signal.SIGTERM) == 0


def test_another_address_needs_a_token(data):
    result = wardflux.run(
        "serve", "--data-dir", data, "--bind", "0.0.0.0:0", expect=None, timeout=30)
    assert result.returncode != 0 and "tokens create" in result.stderr


def test_a_token_is_shown_once_and_can_be_revoked(data):
    made = wardflux.run("tokens", "create", "dashboards", "--data-dir", data)
    token = made.stdout.strip().splitlines()[-1]
    listed = json.loads(wardflux.run("tokens", "list", "--json", "--data-dir", data).stdout)
    assert [item["name"] for item in listed] == ["dashboards"]
    assert token not in json.dumps(listed)
    wardflux.run("tokens", "revoke", listed[0]["id"], "--data-dir", data)
    listed = json.loads(wardflux.run("tokens", "list", "--json", "--data-dir", data).stdout)
    assert listed[0]["revoked_at"] is not None


def test_a_server_that_asks_for_tokens_takes_a_good_one_only(data, tmp_path):
    token = wardflux.run("tokens", "create", "cli", "--data-dir", data).stdout.strip()
    held = tmp_path / "token"
    held.write_text(token + "\n")
    with wardflux.server(data, "--set", "http.require_token=true") as server:
        refused = wardflux.run("devices", "list", "--server", server.url, expect=1)
        assert "--token-file" in refused.stderr
        wardflux.run("devices", "list", "--server", server.url, env={"WARDFLUX_TOKEN": "wf_wrong"}, expect=1)
        wardflux.run("devices", "list", "--server", server.url, "--token-file", held)
        wardflux.run("devices", "list", "--server", server.url, env={"WARDFLUX_TOKEN": token})


def test_a_bad_setting_is_told_with_its_key(data):
    result = wardflux.run("serve", "--data-dir", data, "--set", "snmp.retries=many", expect=64)
    assert "snmp.retries" in result.stderr and "many" in result.stderr
    result = wardflux.run("serve", "--data-dir", data, "--set", "snmp.retires=3", expect=64)
    assert "snmp.retires" in result.stderr


def test_a_server_that_is_not_there_is_told():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    result = wardflux.run("devices", "list", "--server", f"http://127.0.0.1:{port}", expect=1)
    assert f"http://127.0.0.1:{port}" in result.stderr and "wardflux serve" in result.stderr


@pytest.mark.parametrize("network", ["grid-12x6"])
def test_the_demo_discovers_its_network_and_ends(network, tmp_path):
    result = wardflux.run(
        "demo", "--exit-when-ready", "--network", network, "--data-dir", tmp_path / "demo", timeout=180)
    assert "http://127.0.0.1:" in result.stdout
    assert "72 interfaces" in result.stdout.replace(",", "")


def test_the_demo_takes_another_port_where_its_own_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = wardflux.run(
            "demo", "--exit-when-ready", "--network", "grid-3x4", "--port", port, timeout=180)
    assert "http://127.0.0.1:" in result.stdout and f"http://127.0.0.1:{port}" not in result.stdout
