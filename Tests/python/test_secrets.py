"""Communities stay out of the process list and out of what is written."""

import pathlib
import socket
import subprocess

import pytest

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
