# Shared by the scripts beside it: finds the toolchain and installs what is missing. Sourced, not run.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# What the toolchain and building need, and what the tests talk to besides.
build_packages=(
    ca-certificates git g++ pkg-config tzdata libcurl4 libhiredis-dev libncurses6 libpq-dev libxml2 libre2-dev libsqlite3-dev libssl-dev zlib1g-dev
)
test_packages=(chromium curl docker-compose esbuild faketime fonts-dejavu-core iproute2 lldpd openssl node-commander node-typescript nodejs postgresql prometheus-alertmanager python3-aiosmtpd redis-server rsyslog rsyslog-openssl shellcheck snmp snmpd snmpsim snmptrapd
    sqlite3 systemd python3-venv python3-yaml terser victoria-metrics)
bench_packages=(chromium fonts-dejavu-core gcc libsnmp-dev golang-go golang-github-gosnmp-gosnmp-dev postgresql prometheus prometheus-alertmanager prometheus-snmp-exporter python3-venv librrd-dev snmp snmpd valgrind victoria-metrics)

say() { printf '%s\n' "$*" >&2; }
die() { say "error: $*"; exit 1; }

find_swift() {
    if ! command -v swift >/dev/null && [ -x /opt/swift/usr/bin/swift ]; then
        PATH="/opt/swift/usr/bin:$PATH"
    fi
    command -v swift >/dev/null || die "no 'swift' on the PATH; install Swift 6.3 from https://www.swift.org/install/linux and try again"
    local version
    version=$(swift --version 2>/dev/null | grep -oE 'Swift version [0-9]+\.[0-9]+' | grep -oE '[0-9]+\.[0-9]+' | head -n 1)
    case "$version" in
        6.[3-9] | 6.[1-9][0-9] | [7-9].* ) ;;
        *) die "Swift $version found; WARD FLUX needs 6.3 or later" ;;
    esac
}

# Prints those of the named Debian packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s\n' "$package"
    done
}

# Installs Debian packages; asks before sudo; services that come along are not started.
install_packages() {
    command -v dpkg-query >/dev/null || { say "not a Debian system: assuming $* are installed"; return 0; }
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    local line="apt-get install -y --no-install-recommends ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "these packages are missing; as root run: $line"
        say "WARD FLUX needs: ${missing[*]}"
        read -r -p "Run 'sudo $line'? [y/N] " answer || answer=n
        [ "$answer" = y ] || die "these packages are missing; as root run: $line"
        as_root=(sudo)
    fi
    say "installing: ${missing[*]}"
    local policy=/usr/sbin/policy-rc.d made=no
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod +x "$policy"
        made=yes
    fi
    local failed=no
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || failed=yes
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $line >/dev/null || failed=yes
    [ "$made" = no ] || "${as_root[@]}" rm -f "$policy"
    [ "$failed" = no ] || die "installing failed; try: $line"
}

# Builds what is asked; hashing is made deterministic, else the package manager recompiles at random.
swift_build() {
    SWIFT_DETERMINISTIC_HASHING=1 swift build "$@" >&2
}

# Makes the virtual environment of the tests in Python, where it is not as its list says.
make_venv() {
    local venv="$root/.build/venv" list="$root/Tests/python/requirements.txt"
    cmp -s "$list" "$venv/.requirements" && return 0
    /usr/bin/python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$list"
    cp "$list" "$venv/.requirements"
}
