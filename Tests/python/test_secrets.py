"""Communities stay out of the process list and out of what is written."""

import pathlib
import socket
import subprocess

import pytest
import requests

import wardflux


@pytest.mark.parametrize("form", [["--community", "hush-hush-7"], ["--community=hush-hush-7"]])
def test_a_community_argument_is_overwritten_in_the_process_list(form):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        command = [str(wardflux.binary()), "probe", f"127.0.0.1:{silent.getsockname()[1]}", *form, "--timeout", "20"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=wardflux.environment())
        try:
            # The request is on its way: the arguments were read, and overwritten before that.
            silent.settimeout(30)
            assert b"hush-hush-7" in silent.recv(4096)
            shown = pathlib.Path(f"/proc/{process.pid}/cmdline").read_bytes()
            assert b"hush" not in shown
            assert b"probe" in shown and b"--community" in shown
        finally:
            process.kill()
            process.wait()


def test_communities_of_an_import_are_encrypted_and_never_shown(imported):
    for path in pathlib.Path(imported).rglob("*"):
        if path.is_file():
            assert b"community=public" not in path.read_bytes()
    shown = wardflux.run("profiles", "list", "--json", "--data-dir", imported).stdout
    assert "public" not in shown


def test_the_key_is_its_owners_alone(imported):
    readable = [
        path.name for path in pathlib.Path(imported).iterdir() if "key" in path.name and path.stat().st_mode & 0o077]
    assert readable == []


def test_a_profile_is_kept_encrypted(data, tmp_path):
    secret = tmp_path / "community"
    secret.write_text("very-secret-42\n")
    wardflux.run("profiles", "set", "core", "--community-file", secret, "--data-dir", data)
    assert "core" in wardflux.run("profiles", "list", "--data-dir", data).stdout
    for path in data.rglob("*"):
        if path.is_file():
            assert b"very-secret-42" not in path.read_bytes(), path


@pytest.mark.parametrize("form", [["--auth-pass", "hush-hush-7"], ["--auth-pass=hush-hush-7"]])
def test_a_pass_phrase_argument_is_overwritten_in_the_process_list(form):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        command = [
            str(wardflux.binary()), "probe", f"127.0.0.1:{silent.getsockname()[1]}", "--user", "reader", "--auth", "SHA",
            *form, "--priv", "AES", "--priv-pass", "hush-hush-8", "--timeout", "20"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=wardflux.environment())
        try:
            # The discovery of the engine is on its way: the arguments were read, and overwritten before that.
            silent.settimeout(30)
            assert b"hush" not in silent.recv(4096)
            shown = pathlib.Path(f"/proc/{process.pid}/cmdline").read_bytes()
            assert b"hush" not in shown
            assert b"probe" in shown and b"--priv-pass" in shown
        finally:
            process.kill()
            process.wait()


AUTH, PRIV = "auth-hush-hush-1", "priv-hush-hush-2"


def test_pass_phrases_are_in_no_answer_log_process_or_file(data, tmp_path):
    """A server at its most talkative, asked in every way that says something of a profile or uses it."""
    (tmp_path / "auth").write_text(AUTH + "\n")
    (tmp_path / "priv").write_text(PRIV + "\n")
    options = [
        "--version", "3", "--user", "reader", "--auth", "SHA", "--auth-pass-file", tmp_path / "auth", "--priv", "AES",
        "--priv-pass-file", tmp_path / "priv"]
    said = []

    def tell(process):
        said.append(process.stdout + process.stderr)

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        with wardflux.server(
                data, "--set", "log.level=trace", "--set", "snmp.timeout_ms=50", "--set", "snmp.retries=0") as server:
            env = {"WARDFLUX_SERVER": server.url}
            api = f"{server.url}/api/v1"
            tell(wardflux.run("profiles", "add", "core", *options, env=env))
            tell(wardflux.run("profiles", "add", "core", *options, env=env, expect=1))
            tell(wardflux.run("profiles", "set", "core", *options, env=env))
            for form in ([], ["--json"], ["--csv"]):
                tell(wardflux.run("profiles", "list", *form, env=env))
            tell(wardflux.run("devices", "add", "sw1", "127.0.0.1", "--port", port, "--profile", "core", env=env))
            tell(wardflux.run("discover", "sw1", env=env, expect=None))
            tell(wardflux.run("sweep", "127.0.0.1", "--port", port, env=env, expect=None))
            for command in (["devices", "export"], ["devices", "show", "sw1"], ["jobs", "list", "--json"]):
                tell(wardflux.run(*command, env=env))
            for body in (
                    {"auth_passphrase": PRIV, "community": AUTH}, {"version": "2c", "auth_passphrase": AUTH},
                    {"auth_passphrase": AUTH, "priv_protocol": PRIV[:4]}, {"auth_passphrase": [AUTH]},
                    {"auth_protocol": None, "priv_passphrase": PRIV}):
                answer = requests.patch(f"{api}/profiles/core", json=body, timeout=10)
                assert 400 <= answer.status_code < 500, answer.text
                said.append(answer.text)
            said.append(requests.patch(f"{api}/profiles/core", data='{"auth_passphrase": "' + AUTH, timeout=10,
                                       headers={"Content-Type": "application/json"}).text)
            for path in ("profiles", "profiles/core", "profiles?format=csv", "snmp/statistics", "health", "jobs"):
                said.append(requests.get(f"{api}/{path}", timeout=10).text)
            said.append(pathlib.Path(f"/proc/{server.process.pid}/cmdline").read_text())
            files = [path for path in data.rglob("*") if path.is_file()]
            assert any(path.suffix == ".sqlite" for path in files)
            for path in files:
                content = path.read_bytes()
                assert AUTH.encode() not in content and PRIV.encode() not in content, path
            assert server.stop() == 0
            said.append(server.text)
    for text in said:
        assert "hush-hush" not in text, text[-2000:]
    for path in data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert AUTH.encode() not in content and PRIV.encode() not in content, path
