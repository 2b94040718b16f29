# Shared by deploy.sh and its targets. Sourced, not run.
# shellcheck shell=bash disable=SC2154
# DEPLOY_ROOT puts every path below another folder, without changing owners: for tests and images.

dry_run=no
step=start
prefix=${DEPLOY_ROOT:-}

say() { printf 'deploy: %s\n' "$*"; }
warn() { printf 'deploy: warning: %s\n' "$*" >&2; }

# Called wrongly: nothing was done.
misuse() { printf 'deploy: error: %s\n' "$*" >&2; exit 64; }

# A step failed: what, and what to do.
fail() {
    printf 'deploy: error in step %s: %s\n' "$step" "$1" >&2
    printf 'deploy: remedy: %s\n' "$2" >&2
    exit 1
}

# truth NAME DEFAULT VARIABLE: sets VARIABLE to what NAME says, true or false.
truth() {
    local value=${!1:-$2}
    case "$value" in
        true | false) printf -v "$3" '%s' "$value" ;;
        *) misuse "$1 is '$value'; it is true or false" ;;
    esac
}

# count NAME DEFAULT VARIABLE: sets VARIABLE to what NAME says, a whole number.
count() {
    local value=${!1:-$2}
    [[ "$value" =~ ^[0-9]{1,6}$ ]] || misuse "$1 is '$value'; it is a whole number"
    printf -v "$3" '%s' "$value"
}

# Does something, or tells it.
run() {
    if [ "$dry_run" = yes ]; then
        say "would run: $*"
    else
        "$@"
    fi
}

need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" >/dev/null || fail "the command $tool is missing" "install the package that has it"
    done
}

# put MODE SOURCE DESTINATION [GROUP]: installs a file where it is not there as it is.
put() {
    local owner=()
    if [ -z "$prefix" ]; then owner=(-o root -g "${4:-root}"); fi
    if cmp -s "$2" "$3"; then return 0; fi
    if [ "$dry_run" = yes ]; then
        say "would write $3"
        return 0
    fi
    # Whole or not at all: what is there stays until its successor is.
    install -D -m "$1" "${owner[@]}" "$2" "$3.new"
    mv -f "$3.new" "$3"
    say "wrote $3"
}

# keep_newest FOLDER PATTERN: of the backups that this script made the last five.
keep_newest() {
    find "$1" -maxdepth 1 -name "$2" -printf '%T@ %p\n' | sort -rn | tail -n +6 | cut -d ' ' -f 2- |
        while IFS= read -r old; do rm -rf "$old"; done
}

# answer ADDRESS: the status with which the API's /health answers there; nothing where nobody listens.
answer() {
    local host=${1%:*} port=${1##*:} status=""
    {
        exec 9<>"/dev/tcp/$host/$port" || return 0
        printf 'GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&9
        read -r -t 10 _ status _ <&9 || true
        exec 9<&- 9>&-
    } 2>/dev/null
    printf '%s' "$status"
}

# Waits until the API works; one that wants a token and says so is there.
wait_for_api() {
    local address=$1 end=$((SECONDS + start_seconds)) status=""
    while true; do
        status=$(answer "$address")
        case "$status" in 200 | 401) return 0 ;; esac
        [ "$SECONDS" -lt "$end" ] || break
        sleep 1
    done
    fail "the API on $address answers ${status:-nothing}" "$2"
}

# verify COMMAND...: runs a check until it finds nothing wrong or the time is over; its last words are shown.
verify() {
    local end=$((SECONDS + verify_seconds)) words
    while true; do
        if words=$("$@" 2>&1); then
            printf '%s\n' "$words"
            return 0
        fi
        [ "$SECONDS" -lt "$end" ] || break
        sleep 15
    done
    printf '%s\n' "$words"
    return 1
}
