"""What deploy/ holds: units, the package, containers, samples of the configuration."""

import functools
import json
import os
import re
import shutil
import stat
import subprocess

import pytest

import wardflux
from deploy_world import DEPLOY

CONTAINERS = {
    "postgres": "wardops-postgres-prod", "redis": "wardops-redis-prod", "victoriametrics": "wardops-victoriametrics-prod",
    "api": "wardops-api-prod", "beat": "wardops-beat-prod", "worker-snmp": "wardops-worker-snmp-prod"}
UNITS = ["wardflux.service", "wardflux-worker@.service"]


def tool(name):
    """A tool that the tests of script/test install; without it there is nothing to be green about."""
    found = shutil.which(name)
    assert found, f"{name} is not installed: run script/test"
    return found


def documented_keys():
    return set(re.findall(r"^\| `([a-z0-9_.-]+)` \|", (wardflux.ROOT / "docs/configuration.md").read_text(), re.MULTILINE))


def variables(text):
    return set(re.findall(r"\bWARDFLUX_[A-Z0-9_]+", text))


def known_variables():
    settings = documented_keys()
    return {"WARDFLUX_" + re.sub("[^A-Z0-9]", "_", key.upper()) for key in settings} | {
        "WARDFLUX_CONFIG", "WARDFLUX_SECRET_KEY_FILE", "WARDFLUX_KEY", "WARDFLUX_CATALOG_PASSWORD", "WARDFLUX_REDIS_PASSWORD"}


# --- units ---

@pytest.mark.parametrize("unit", UNITS)
def test_units_are_sound(unit, tmp_path):
    text = (DEPLOY / "systemd" / unit).read_text()
    # What they start is not installed here.
    path = tmp_path / unit
    path.write_text(text.replace("/usr/bin/wardflux", "/bin/true"))
    ended = subprocess.run([tool("systemd-analyze"), "verify", "--man=no", str(path)], text=True, capture_output=True)
    own = [line for line in ended.stderr.splitlines() if "wardflux" in line]
    assert ended.returncode == 0 and own == [], ended.stderr
    ended = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=25", "--no-pager", str(path)], text=True, capture_output=True)
    assert ended.returncode == 0, ended.stdout
    assert variables(text) <= known_variables()
    for line in ("User=wardflux", "ProtectSystem=strict", "NoNewPrivileges=yes", "Restart=on-failure",
                 "EnvironmentFile=-/etc/wardflux/phases.env", "EnvironmentFile=-/etc/default/wardflux"):
        assert line in text.splitlines()


def test_the_units_differ_only_where_they_must():
    server, worker = [
        {line for line in (DEPLOY / "systemd" / unit).read_text().splitlines() if "=" in line and line[0] != "#"}
        for unit in UNITS]
    assert {line.split("=")[0] for line in server ^ worker} == {
        "Description", "Environment", "ExecStart", "StateDirectory", "CapabilityBoundingSet", "AmbientCapabilities"}


@pytest.mark.parametrize("name, program", [("sysusers", "systemd-sysusers"), ("tmpfiles", "systemd-tmpfiles")])
def test_account_and_folders_can_be_made(name, program, tmp_path):
    (tmp_path / "etc").mkdir()
    for file, line in (("passwd", "wardflux:x:990:990::/var/lib/wardflux:/usr/sbin/nologin\n"), ("group", "wardflux:x:990:\n")):
        (tmp_path / "etc" / file).write_text(line if name == "tmpfiles" else "root:x:0:\n" if file == "group" else "")
    options = ["--create"] if name == "tmpfiles" else []
    ended = subprocess.run(
        [tool(program), f"--root={tmp_path}", *options, str(DEPLOY / f"systemd/wardflux.{name}")], text=True, capture_output=True)
    assert ended.returncode == 0, ended.stderr
    if name == "sysusers":
        assert re.search("^wardflux:.*:/var/lib/wardflux:/usr/sbin/nologin$", (tmp_path / "etc/passwd").read_text(), re.M)
    elif os.geteuid() == 0:
        assert stat.S_IMODE((tmp_path / "var/lib/wardflux").stat().st_mode) == 0o700
        assert stat.S_IMODE((tmp_path / "etc/wardflux").stat().st_mode) == 0o750


# --- samples ---

def test_the_sample_configuration_is_taken(tmp_path):
    (tmp_path / "data").mkdir()
    wardflux.run("tokens", "list", "--data-dir", tmp_path / "data", "--config", DEPLOY / "etc/wardflux.yaml")


def test_every_key_of_the_sample_exists():
    keys, path = set(), []
    for line in (DEPLOY / "etc/wardflux.yaml").read_text().splitlines():
        found = re.match(r"^(?:# )?( *)([a-z0-9_-]+):(?: +(\S.*?))?(?: +#.*)?$", line)
        if not found:
            continue
        path = path[: len(found[1]) // 2] + [found[2]]
        if found[3]:
            keys.add(".".join(path))
    assert "http.port" in keys and "cluster.roles" in keys
    assert keys <= documented_keys()
    assert variables((DEPLOY / "etc/wardflux.default").read_text()) <= known_variables()


# --- the package ---

@pytest.fixture(scope="module")
def package(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deb")
    assert shutil.which("dpkg-deb"), "dpkg-deb is not installed"
    ended = subprocess.run(
        [str(DEPLOY / "debian/build-deb.sh"), "--version", "1.2.3~rc1", "--output", str(folder), "/bin/true"],
        text=True, capture_output=True)
    assert ended.returncode == 0, ended.stderr
    path = folder / ended.stdout.strip().rsplit("/", 1)[-1]
    architecture = subprocess.run(["dpkg", "--print-architecture"], text=True, capture_output=True, check=True).stdout.strip()
    assert path.name == f"wardflux_1.2.3~rc1_{architecture}.deb"
    subprocess.run(["dpkg-deb", "-R", str(path), str(folder / "tree")], check=True)
    return path, folder / "tree"


def test_the_package_holds_what_it_shall(package):
    path, tree = package
    listed = subprocess.run(["dpkg-deb", "-c", str(path)], text=True, capture_output=True, check=True).stdout
    modes = {}
    for line in listed.splitlines():
        mode, owner, *_, name = line.split()
        assert owner == "root/root", line
        modes[name.removeprefix("./").rstrip("/")] = mode
    for name, mode in {
            "usr/bin/wardflux": "-rwxr-xr-x", "etc/default/wardflux": "-rw-r--r--", "etc/wardflux": "drwxr-x---",
            "etc/wardflux/wardflux.yaml": "-rw-r-----", "usr/lib/systemd/system/wardflux.service": "-rw-r--r--",
            "usr/lib/systemd/system/wardflux-worker@.service": "-rw-r--r--", "usr/lib/sysusers.d/wardflux.conf": "-rw-r--r--",
            "usr/lib/tmpfiles.d/wardflux.conf": "-rw-r--r--", "usr/lib/sysctl.d/60-wardflux.conf": "-rw-r--r--",
            "usr/share/doc/wardflux/OPERATIONS.md": "-rw-r--r--", "usr/share/doc/wardflux/copyright": "-rw-r--r--",
            "usr/share/doc/wardflux/changelog.gz": "-rw-r--r--",
            "usr/share/doc/wardflux/examples/wardflux.rules.yml": "-rw-r--r--",
            "usr/share/wardflux/deploy/deploy.sh": "-rwxr-xr-x",
            "usr/share/wardflux/deploy/lib/systemd.sh": "-rw-r--r--"}.items():
        assert modes.get(name) == mode, name
    others = [name for name, mode in modes.items() if mode[8] == "w" and mode[0] != "l" or "s" in mode]
    assert others == []
    sums = (tree / "DEBIAN/md5sums").read_text()
    subprocess.run(["md5sum", "--check", "--quiet"], cwd=tree, input=sums, text=True, check=True)
    assert "usr/bin/wardflux" in sums and "  etc/" not in sums
    assert (tree / "DEBIAN/conffiles").read_text().split() == ["/etc/default/wardflux", "/etc/wardflux/wardflux.yaml"]
    # deploy.sh of the package finds its parts.
    ended = subprocess.run(["bash", str(tree / "usr/share/wardflux/deploy/deploy.sh")], text=True, capture_output=True)
    assert ended.returncode == 64 and "no phase is asked for" in ended.stderr


def test_the_package_says_what_it_needs(package):
    path, _ = package
    fields = subprocess.run(["dpkg-deb", "-f", str(path)], text=True, capture_output=True, check=True).stdout
    assert re.search(r"^Depends: .*libc6", fields, re.M)
    assert re.search(r"^Depends: .*systemd \| systemd-standalone-sysusers, tzdata$", fields, re.M)
    assert int(re.search(r"^Installed-Size: (\d+)$", fields, re.M)[1]) > 100
    for line in fields.splitlines():
        assert len(line) <= 80 or not line.startswith(" "), line


def test_the_scripts_of_the_package_start_nothing_and_delete_no_data(package, tmp_path):
    _, tree = package
    calls = tmp_path / "calls"
    for name in ("systemd-sysusers", "systemd-tmpfiles", "systemctl", "chown", "install"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {calls}\n')
        (tmp_path / name).chmod(0o755)

    def run(script, *arguments):
        calls.write_text("")
        ended = subprocess.run(
            ["sh", str(tree / "DEBIAN" / script), *arguments], text=True, capture_output=True,
            env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"})
        assert ended.returncode == 0, ended.stderr
        return calls.read_text(), ended.stdout

    called, said = run("postinst", "configure", "")
    assert "systemd-sysusers /usr/lib/sysusers.d/wardflux.conf" in called and "edit /etc/wardflux/wardflux.yaml" in said
    assert not re.search(r"systemctl.*(start|enable|restart)", called)
    called, said = run("postinst", "configure", "1.0.0")
    assert "restart it" in said and not re.search(r"systemctl.*(start|enable|restart)", called)
    called, _ = run("prerm", "upgrade", "1.2.4")
    assert "systemctl stop" not in called
    assert not re.search("rm .*(/var/lib|/var/backups)", (tree / "DEBIAN/postrm").read_text())


@pytest.mark.parametrize("arguments, said", [
    (["/nowhere/wardflux"], "/nowhere/wardflux is no program"),
    (["/bin/true"], "the version of /bin/true is not known"),
    (["--colour"], "there is no option --colour"),
])
def test_what_makes_no_package_is_refused(arguments, said, tmp_path):
    ended = subprocess.run(
        [str(DEPLOY / "debian/build-deb.sh"), "--output", str(tmp_path), *arguments], text=True, capture_output=True)
    assert ended.returncode == 1 and said in ended.stderr and list(tmp_path.iterdir()) == []


# --- containers ---

@pytest.fixture(scope="module")
def compose(tmp_path_factory):
    folder = tmp_path_factory.mktemp("secrets")
    subprocess.run([str(DEPLOY / "container/make-secrets"), str(folder)], check=True, capture_output=True)

    @functools.cache
    def read(**settings):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("WARD", "DEPLOY_", "COMPOSE_"))}
        ended = subprocess.run(
            [tool("docker-compose"), "--env-file", str(DEPLOY / "container/env.sample"),
             "-f", str(DEPLOY / "container/compose.yaml"), "config"],
            text=True, capture_output=True, env={**clean, "WARDOPS_SECRETS": str(folder), **settings})
        assert ended.returncode == 0, ended.stderr
        # YAML is read by the system's python3, whose docker-compose brought its reader along.
        script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(sys.stdin)))"
        turned = subprocess.run(["/usr/bin/python3", "-c", script], input=ended.stdout, text=True, capture_output=True, check=True)
        return json.loads(turned.stdout)

    return read


def test_containers_have_the_names_that_scripts_expect(compose):
    services = compose()["services"]
    assert {name: service.get("container_name") for name, service in services.items()} == {
        **CONTAINERS, "worker-snmp-more": None}
    environment = services["postgres"]["environment"]
    assert (environment["POSTGRES_DB"], environment["POSTGRES_USER"]) == ("ward_ops", "ward_admin")
    assert compose(WARDOPS_MORE_WORKERS="49")["services"]["worker-snmp-more"]["deploy"]["replicas"] == 49


def test_only_the_dashboard_is_published_and_only_on_loopback(compose):
    document = compose()
    published = {name: service["ports"] for name, service in document["services"].items() if service.get("ports")}
    assert published == {"api": ["127.0.0.1:5001:5001/tcp"]}
    assert document["networks"]["inside"]["internal"] is True
    for name, service in document["services"].items():
        assert service.get("network_mode") is None and not service.get("privileged"), name
        assert "outside" not in service["networks"] or "WARDFLUX_CATALOG_URL" in service["environment"], name
        assert service["image"].split(":")[-1] not in ("latest", service["image"]), f"{name} names no version"


def test_containers_keep_secrets_in_files_and_watch_themselves(compose):
    document = compose()
    for name, service in document["services"].items():
        for variable, value in (service.get("environment") or {}).items():
            if re.search("PASS|SECRET|KEY", variable):
                assert variable.endswith("_FILE") and str(value).startswith("/run/secrets/"), f"{name}: {variable}"
            if variable.startswith("WARDFLUX_"):
                assert variable in known_variables(), f"{name}: {variable}"
        # The image's own check asks the API.
        assert "healthcheck" in service or name == "api", name
    flags = document["services"]["victoriametrics"]["command"]
    for flag in ("-dedup.minScrapeInterval=1ms", "-retentionPeriod=3", "-storage.minFreeDiskSpaceBytes=1GB"):
        assert flag in flags


def test_phases_switch_jobs_in_containers_too(compose):
    phases = {"DISCOVER_ALL_INTERFACES": "true", "COLLECT_INTERFACE_METRICS": "no", "CHECK_ANOMALIES": "false"}
    services = compose(**{f"DEPLOY_PHASE{number}": value for number, value in enumerate(phases.values(), 1)})["services"]
    for name in ("api", "beat", "worker-snmp", "worker-snmp-more"):
        for job, value in phases.items():
            assert services[name]["environment"][f"WARDFLUX_JOBS_{job}_ENABLED"] == value


def test_the_image_is_small_and_not_root():
    text = (DEPLOY / "container/Containerfile").read_text()
    stages = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert stages == ["docker.io/library/swift:6.3-bookworm", "docker.io/library/debian:12-slim"]
    assert re.search(r"^USER 10001:10001$", text, re.M) and "HEALTHCHECK" in text
    for source in re.findall(r"^COPY (?!--from)(?:--\S+ )*(\S+) ", text, re.MULTILINE):
        assert (wardflux.ROOT / source).exists(), source


def test_the_health_check_says_what_the_api_says():
    from deploy_world import Health
    api = Health()
    try:
        for status, expect in ((200, 0), (401, 0), (503, 1)):
            api.status = status
            check = subprocess.run(
                ["bash", str(DEPLOY / "container/healthcheck"), f"127.0.0.1:{api.port}"], text=True, capture_output=True, timeout=30)
            assert check.returncode == expect, check.stdout + check.stderr
    finally:
        api.close()
    check = subprocess.run(["bash", str(DEPLOY / "container/healthcheck"), f"127.0.0.1:{api.port}"], text=True, capture_output=True)
    assert check.returncode == 1 and "nothing listens" in check.stdout
