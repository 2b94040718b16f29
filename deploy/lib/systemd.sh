# WARD FLUX as systemd units: the steps of deploy.sh. Sourced, not run.
# shellcheck shell=bash disable=SC2154

etc="$prefix/etc/wardflux"
data="$prefix/var/lib/wardflux"
backups="$prefix/var/backups/wardflux"
installed="$prefix/usr/bin/wardflux"
stamps="$prefix/run/wardflux-deploy"
free_kilobytes_min=1048576
health=${DEPLOY_HEALTH:-127.0.0.1:5001}

# Exports the variables of the units' environment files; systemd's form, which is not that of a shell.
export_file() {
    local line
    [ -r "$1" ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        [[ "$line" =~ ^[[:space:]]*([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
        local name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
        if [[ "$value" =~ ^\"(.*)\"$ || "$value" =~ ^\'(.*)\'$ ]]; then value=${BASH_REMATCH[1]}; fi
        export "$name=$value"
    done <"$1"
}

# Runs a program as the units would: their account, their environment, nothing of it among the arguments.
as_wardflux() (
    unset WARDFLUX_SERVER
    export WARDFLUX_DATA_DIR="$data" WARDFLUX_CONFIG="$etc/wardflux.yaml"
    export_file "$prefix/etc/default/wardflux"
    export_file "$etc/phases.env"
    cd /
    if [ -n "$prefix" ]; then exec "$@"; fi
    exec runuser -u wardflux -- "$@"
)

# Where the program to be deployed lies: of the package, the one named, else the installed one.
find_program() {
    program=$installed
    if [ -n "$binary" ]; then program=$(realpath "$binary"); fi
    if [ -n "$package" ]; then
        need dpkg-deb apt-get
        [ -f "$package" ] || fail "there is no package $package" "build it: deploy/debian/build-deb.sh"
        package=$(realpath "$package")
        scratch=$(mktemp -d)
        trap 'rm -rf "$scratch"' EXIT
        chmod 0755 "$scratch"
        dpkg-deb -x "$package" "$scratch" || fail "$package cannot be read" "build it anew"
        program="$scratch/usr/bin/wardflux"
    fi
    [ -x "$program" ] || fail "there is no program $program" "name one with --package FILE.deb or --binary FILE"
    version=$("$program" --version 2>/dev/null) || fail "$program does not run on this host" \
        "see which libraries are missing: ldd $program | grep 'not found'"
    say "program: $program, version $version"
}

step_prerequisites() {
    [ "$(id -u)" = 0 ] || [ -n "$prefix" ] || [ "$dry_run" = yes ] || fail "this needs root" "run it with sudo"
    need systemctl systemd-sysusers systemd-tmpfiles runuser install
    find_program
    local folder=$data free
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    free=$(df -Pk "$folder" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$free_kilobytes_min" ] || fail "$folder has $((free / 1024)) MB free, less than 1 GB" \
        "free some space, or mount a larger disk there"
    if [ "$(timedatectl show -p NTPSynchronized --value 2>/dev/null || echo yes)" = no ]; then
        warn "the clock is not synchronised; times of readings depend on it: systemctl enable --now systemd-timesyncd"
    fi
    getent passwd wardflux >/dev/null || run systemd-sysusers "$here/systemd/wardflux.sysusers"
    run systemd-tmpfiles --create "$here/systemd/wardflux.tmpfiles"
    if [ -n "$prefix" ]; then run mkdir -p "$etc" "$data" "$backups"; fi
    # What operators changed stays.
    [ -e "$etc/wardflux.yaml" ] || put 0640 "$here/etc/wardflux.yaml" "$etc/wardflux.yaml" wardflux
    [ -e "$prefix/etc/default/wardflux" ] || put 0640 "$here/etc/wardflux.default" "$prefix/etc/default/wardflux"
}

# A backup by the version that is at work, as the next one migrates what it opens.
make_backup() {
    if grep -qs '^catalog:' "$etc/wardflux.yaml"; then
        warn "the catalog is in PostgreSQL: pg_dump makes its backup (docs/OPERATIONS.md)"
    fi
    [ "$backup" = true ] && [ -x "$installed" ] && [ -e "$data/catalog.sqlite" ] || return 0
    if cmp -s "$installed" "$program"; then return 0; fi
    local folder
    folder="$backups/before-$version-$(date -u +%Y%m%dT%H%M%SZ)"
    if [ "$dry_run" = yes ]; then
        say "would run: $installed backup --to $folder"
        return 0
    fi
    as_wardflux "$installed" backup --to "$folder" || fail "the backup to $folder failed" \
        "see the message above; DEPLOY_BACKUP=false goes on without one"
    say "backup: $folder"
    keep_newest "$backups" 'before-*'
}

step_migrations() {
    if [ "$server" = false ]; then
        say "the host of the server migrates the catalog"
        return 0
    fi
    make_backup
    # Whoever opens the catalog first brings it to the program's version, in one transaction.
    if [ "$dry_run" = yes ]; then
        say "would run: $program tokens list (opens and migrates the catalog)"
        return 0
    fi
    as_wardflux "$program" tokens list >/dev/null || fail "the catalog cannot be opened or migrated" \
        "see the message above; wrong settings are in $etc/wardflux.yaml"
    say "the catalog is at version $version"
}

install_program() {
    if cmp -s "$program" "$installed"; then return 0; fi
    if [ -n "$package" ]; then
        run env DEBIAN_FRONTEND=noninteractive apt-get install --yes --allow-downgrades --reinstall \
            -o Dpkg::Options::=--force-confold "$package" || fail "the package cannot be installed" "see apt's message above"
        return 0
    fi
    put 0755 "$program" "$installed"
}

# Units of a package lie in /usr/lib/systemd/system; without one they are put where administrators have theirs.
install_units() {
    if [ -n "$package" ] || [ -e "$prefix/usr/lib/systemd/system/wardflux.service" ]; then return 0; fi
    put 0644 "$here/systemd/wardflux.service" "$prefix/etc/systemd/system/wardflux.service"
    put 0644 "$here/systemd/wardflux-worker@.service" "$prefix/etc/systemd/system/wardflux-worker@.service"
    put 0644 "$here/systemd/wardflux.sysctl" "$prefix/etc/sysctl.d/60-wardflux.conf"
    run systemd-sysctl || warn "the kernel's settings were not set; answers may be lost in bursts"
}

step_install() {
    local text
    install_program
    install_units
    text=$(mktemp)
    phases_file >"$text"
    put 0644 "$text" "$etc/phases.env"
    rm -f "$text"
    run systemctl daemon-reload
}

# What a unit runs with, as a sum; a unit is restarted where that changed since it was started by this script.
unit_sum() {
    local sum
    sum=$(cat "$installed" "$etc/phases.env" "$etc/wardflux.yaml" "$prefix/etc/default/wardflux" \
        "$prefix"/etc/systemd/system/wardflux*.service "$prefix"/usr/lib/systemd/system/wardflux*.service 2>/dev/null |
        sha256sum) || true
    printf '%s\n' "${sum%% *}"
}

# is_current UNIT: whether it runs what is installed.
is_current() {
    systemctl is-active --quiet "$1" && [ "$(cat "$stamps/$1" 2>/dev/null)" = "$(unit_sum)" ]
}

start_unit() {
    run systemctl enable --quiet "$1"
    run systemctl restart "$1" || fail "$1 does not start" "journalctl -u $1 -n 50 says why"
}

mark_unit() {
    [ "$dry_run" = no ] || return 0
    mkdir -p "$stamps"
    unit_sum >"$stamps/$1"
}

# Waits until a worker has run for a while without being restarted: longer than a lease of devices lasts.
wait_for_worker() {
    local end=$((SECONDS + worker_seconds)) starts
    starts=$(systemctl show -p NRestarts --value "$1")
    while true; do
        if ! systemctl is-active --quiet "$1" || [ "$(systemctl show -p NRestarts --value "$1")" != "$starts" ]; then
            fail "$1 does not stay up; the workers after it were left as they are" "journalctl -u $1 -n 50 says why"
        fi
        [ "$SECONDS" -lt "$end" ] || break
        sleep 1
    done
}

step_restart() {
    local unit number
    if [ "$server" = true ]; then
        unit=wardflux.service
        if is_current "$unit"; then
            say "$unit runs as deployed; it is not restarted"
        else
            start_unit "$unit"
            if [ "$dry_run" = no ]; then
                wait_for_api "$health" "journalctl -u $unit -n 50 says why; DEPLOY_HEALTH names another address than $health"
            fi
            mark_unit "$unit"
            say "$unit is up"
        fi
    fi
    for ((number = 1; number <= workers; number++)); do
        unit="wardflux-worker@$number.service"
        if is_current "$unit"; then
            say "$unit runs as deployed; it is not restarted"
            continue
        fi
        start_unit "$unit"
        if [ "$dry_run" = no ]; then wait_for_worker "$unit"; fi
        mark_unit "$unit"
        say "$unit is up"
    done
}

step_verification() {
    local check=("$installed" doctor)
    if [ "$server" = true ]; then check+=(--phase "$phase"); fi
    if [ "$dry_run" = yes ]; then
        say "would run: ${check[*]}"
        return 0
    fi
    verify as_wardflux "${check[@]}" || fail "\`wardflux doctor\` finds something wrong" \
        "do what its lines say; run this again, or: wardflux doctor --phase $phase"
}
