"""deploy.sh: phases, their order, what it does again, what it says where something fails."""

import re
import shutil
import subprocess

import pytest

import wardflux
from deploy_world import DEPLOY, World, relative, scripts

STEPS = ["prerequisites", "migrations", "install", "restart", "verification"]
JOBS = {
    1: ["discover-all-interfaces", "cleanup-old-interfaces"],
    2: ["collect-interface-metrics", "update-interface-summaries", "check-interface-thresholds"],
    3: ["discover-topology", "learn-baselines", "check-anomalies"],
}


@pytest.fixture
def world(tmp_path):
    host = World(tmp_path)
    yield host
    host.close()


def variable(job):
    return f"WARDFLUX_JOBS_{job.upper().replace('-', '_')}_ENABLED"


def steps(said):
    return re.findall(r"^deploy: --- (\w+)$", said, re.MULTILINE)


@pytest.mark.parametrize("script", scripts(), ids=relative)
def test_scripts_are_sound(script):
    shell = "sh" if script.read_text().startswith("#!/bin/sh") else "bash"
    subprocess.run([shell, "-n", str(script)], check=True)
    assert shutil.which("shellcheck"), "shellcheck is not installed: run script/test"
    ended = subprocess.run(["shellcheck", "-x", str(script)], cwd=DEPLOY, text=True, capture_output=True)
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("variables, said", [
    ({}, "no phase is asked for: set DEPLOY_PHASE1=true"),
    ({"DEPLOY_PHASE2": "true"}, "phase 2 builds on phase 1: set DEPLOY_PHASE1=true too"),
    ({"DEPLOY_PHASE3": "true"}, "phase 3 builds on phase 1: set DEPLOY_PHASE1=true too"),
    ({"DEPLOY_PHASE1": "true", "DEPLOY_PHASE3": "true"}, "phase 3 builds on phase 2: set DEPLOY_PHASE2=true too"),
    ({"DEPLOY_PHASE1": "true", "DEPLOY_PHASE2": "yes"}, "DEPLOY_PHASE2 is 'yes'; it is true or false"),
    ({"DEPLOY_PHASE1": "true", "DEPLOY_WORKERS": "many"}, "DEPLOY_WORKERS is 'many'; it is a whole number"),
    ({"DEPLOY_PHASE1": "true", "DEPLOY_TARGET": "moon"}, "DEPLOY_TARGET is 'moon'; it is systemd or compose"),
    ({"DEPLOY_PHASE1": "true", "DEPLOY_SERVER": "false"}, "neither a server nor workers are asked for"),
])
def test_what_cannot_be_is_refused_before_anything_is_done(world, variables, said):
    assert said in world.deploy("--binary", world.binary, phases=0, expect=64, **variables)
    assert world.calls() == [] and world.files() == {}


def test_a_dry_run_changes_nothing(world):
    said = world.deploy("--dry-run", "--binary", world.binary, phases=3)
    assert steps(said) == STEPS
    assert world.files() == {}
    asked = [call for call in world.calls() if not call.startswith(("systemctl is-active", "timedatectl"))]
    assert asked == []
    for word in ("would write", "phases.env", "would run: systemctl restart wardflux.service", "doctor --phase 3"):
        assert word in said


@pytest.mark.parametrize("phases", [1, 2, 3])
def test_a_phase_switches_on_its_jobs_and_those_before(world, phases):
    world.deploy("--binary", world.binary, phases=phases)
    lines = [line for line in world.read("etc/wardflux/phases.env").splitlines() if not line.startswith("#")]
    off = [job for number in JOBS if number > phases for job in JOBS[number]]
    assert lines == [f"{variable(job)}=false" for job in off]
    assert f"wardflux-0.1.0 doctor --phase {phases}" in world.calls()


def test_the_program_knows_the_variables_of_the_phases(tmp_path):
    names = {variable(job): "false" for jobs in JOBS.values() for job in jobs}
    (tmp_path / "data").mkdir()
    ended = wardflux.run("tokens", "list", "--data-dir", tmp_path / "data", env=names)
    assert "means nothing" not in ended.stderr
    documented = (wardflux.ROOT / "docs/configuration.md").read_text()
    for jobs in JOBS.values():
        for job in jobs:
            assert f"| `jobs.{job}.enabled` |" in documented


def test_the_first_run_does_each_step_in_order_and_the_second_none(world):
    said = world.deploy("--binary", world.binary)
    assert steps(said) == STEPS
    calls = world.calls()
    order = ["systemd-tmpfiles", "wardflux-0.1.0 tokens list", "systemctl daemon-reload", "systemctl enable",
             "systemctl restart wardflux.service", "wardflux-0.1.0 doctor"]
    places = [next(place for place, call in enumerate(calls) if call.startswith(word)) for word in order]
    assert places == sorted(places)
    assert (world.root / "usr/bin/wardflux").stat().st_mode & 0o777 == 0o755
    assert (world.root / "etc/wardflux/wardflux.yaml").stat().st_mode & 0o777 == 0o640

    before = world.files()
    again = world.deploy("--binary", world.binary)
    assert steps(again) == STEPS and "it is not restarted" in again and "wrote" not in again
    assert world.files() == before
    assert not [call for call in world.calls() if "restart" in call or "backup" in call]


def test_the_next_phase_restarts_the_server_and_keeps_what_operators_wrote(world):
    world.deploy("--binary", world.binary)
    (world.root / "etc/wardflux/wardflux.yaml").write_text("zone: Asia/Tbilisi\n")
    world.calls()
    world.deploy("--binary", world.binary, phases=2)
    assert "systemctl restart wardflux.service" in world.calls()
    assert world.read("etc/wardflux/wardflux.yaml") == "zone: Asia/Tbilisi\n"


def test_another_version_is_preceded_by_a_backup_of_the_one_at_work(world):
    world.deploy("--binary", world.binary)
    (world.root / "var/lib/wardflux/catalog.sqlite").write_text("rows")
    world.calls()
    for number in range(7):
        world.deploy("--binary", world.program(f"0.2.{number}"))
    calls = world.calls()
    backup = next(place for place, call in enumerate(calls) if call.startswith("wardflux-0.1.0 backup --to "))
    assert backup < calls.index("wardflux-0.2.0 tokens list")
    assert len(list((world.root / "var/backups/wardflux").iterdir())) == 5


@pytest.mark.parametrize("failing, step, remedy", [
    ("backup", "migrations", "DEPLOY_BACKUP=false goes on without one"),
    ("tokens", "migrations", "wrong settings are in"),
])
def test_a_failing_step_is_named_with_its_remedy_and_the_old_program_stays(world, failing, step, remedy):
    world.deploy("--binary", world.binary)
    (world.root / "var/lib/wardflux/catalog.sqlite").write_text("rows")
    world.mark(f"fails-{failing}")
    world.calls()
    said = world.deploy("--binary", world.program("0.2.0"), expect=1)
    assert f"error in step {step}:" in said and remedy in said and "does not work today" in said
    assert world.read("usr/bin/wardflux") == world.binary.read_text()
    assert not [call for call in world.calls() if "restart" in call]


def test_a_program_that_does_not_run_here_is_refused(world):
    broken = world.folder / "broken"
    broken.write_text("#!/nowhere\n")
    broken.chmod(0o755)
    said = world.deploy("--binary", broken, expect=1)
    assert "error in step prerequisites" in said and "ldd" in said


def test_a_server_that_does_not_answer_is_told(world):
    world.api.status = 503
    said = world.deploy("--binary", world.binary, expect=1, DEPLOY_START_SECONDS=1)
    assert "answers 503" in said and "journalctl -u wardflux.service" in said and "error in step restart" in said
    world.api.status = 401
    world.deploy("--binary", world.binary)


def test_what_doctor_finds_is_shown_and_ends_it(world):
    world.mark("doctor", "failed: 12 devices do not answer; look at their access lists\n")
    world.mark("doctor-status", "1")
    said = world.deploy("--binary", world.binary, expect=1)
    assert "12 devices do not answer" in said and "error in step verification" in said and "done:" not in said


def test_commands_have_the_environment_of_the_units(world):
    defaults = world.root / "etc/default/wardflux"
    defaults.parent.mkdir(parents=True)
    defaults.write_text(
        "# a comment\nWARDFLUX_ZONE=\"Asia/Tbilisi\"\n"
        "WARDFLUX_JOBS_DISCOVER_TOPOLOGY_SCHEDULE=daily at 05:00\n#WARDFLUX_KEY=x\n")
    world.deploy("--binary", world.binary)
    seen = (world.folder / "environment-doctor").read_text().splitlines()
    assert "WARDFLUX_ZONE=Asia/Tbilisi" in seen
    assert "WARDFLUX_JOBS_DISCOVER_TOPOLOGY_SCHEDULE=daily at 05:00" in seen
    assert "WARDFLUX_JOBS_CHECK_ANOMALIES_ENABLED=false" in seen
    assert f"WARDFLUX_DATA_DIR={world.root}/var/lib/wardflux" in seen
    assert not [line for line in seen if line.startswith("WARDFLUX_KEY")]


def test_workers_are_restarted_one_after_the_other(world):
    world.deploy("--binary", world.binary, DEPLOY_WORKERS=3)
    calls = [call for call in world.calls() if "worker@" in call]
    for number in (1, 2):
        unit = f"wardflux-worker@{number}.service"
        started = calls.index(f"systemctl restart {unit}")
        looked = max(place for place, call in enumerate(calls) if call.startswith("systemctl is-active") and unit in call)
        assert started < looked < calls.index(f"systemctl restart wardflux-worker@{number + 1}.service")

    world.mark("dies/wardflux-worker@2.service")
    said = world.deploy("--binary", world.program("0.2.0"), expect=1, DEPLOY_WORKERS=3)
    assert "wardflux-worker@2.service does not stay up; the workers after it were left as they are" in said
    assert not [call for call in world.calls() if call == "systemctl restart wardflux-worker@3.service"]


def test_a_host_of_workers_leaves_the_catalog_alone(world):
    said = world.deploy("--binary", world.binary, DEPLOY_SERVER="false", DEPLOY_WORKERS=1)
    calls = world.calls()
    assert "the host of the server migrates the catalog" in said
    assert "wardflux-0.1.0 doctor" in calls and "wardflux-0.1.0 tokens list" not in calls
    assert not [call for call in calls if "wardflux.service" in call]


def test_a_package_is_installed_by_apt(world):
    assert shutil.which("dpkg-deb"), "dpkg-deb is not installed"
    tree = world.folder / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: wardflux\nVersion: 0.3.0\nArchitecture: all\nMaintainer: M <m@localhost>\nDescription: d\n")
    shutil.copy(world.program("0.3.0"), tree / "usr/bin/wardflux")
    package = world.folder / "wardflux.deb"
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", str(tree), str(package)], check=True, capture_output=True)
    # The stand-in of apt installs nothing, so that the program of before is what runs.
    world.deploy("--binary", world.binary)
    world.calls()
    said = world.deploy("--package", package)
    calls = world.calls()
    assert "version 0.3.0" in said and "wardflux-0.3.0 tokens list" in calls
    assert any(call.startswith("apt-get install") and call.endswith(str(package)) for call in calls)


def test_containers_go_through_the_same_steps(world, tmp_path):
    copy = tmp_path / "deploy"
    shutil.copytree(DEPLOY, copy, ignore=shutil.ignore_patterns(".env", "secrets", "backups"))
    script = copy / "deploy.sh"
    said = world.deploy(script=script, phases=2, DEPLOY_TARGET="compose")
    assert steps(said) == STEPS
    calls = [call for call in world.calls() if call.startswith("docker")]
    order = ["build", "up -d postgres redis victoriametrics", "pg_dump -U ward_admin -Fc ward_ops", "tokens list",
             "up -d --no-deps api", "up -d --no-deps beat", "up -d --no-deps worker-snmp", "doctor --phase 2"]
    places = [next(place for place, call in enumerate(calls) if word in call) for word in order]
    assert places == sorted(places)
    settings = (copy / "container/.env").read_text()
    assert "COMPOSE_PROJECT_NAME=wardops-prod" in settings
    assert settings.endswith("DEPLOY_PHASE1=true\nDEPLOY_PHASE2=true\nDEPLOY_PHASE3=false\n")
    secret = copy / "container/secrets/wardflux_key"
    assert secret.parent.stat().st_mode & 0o777 == 0o700 and len(secret.read_text()) == 44
    world.deploy(script=script, phases=2, DEPLOY_TARGET="compose")
    assert (copy / "container/.env").read_text() == settings
    world.mark("no-token")
    said = world.deploy(script=script, phases=2, expect=1, DEPLOY_TARGET="compose")
    assert "error in step migrations" in said and "tokens create admin" in said
