#!/usr/bin/env bash
# Brings WARD FLUX to work in phases. Run again, it changes only what is not as asked.
#   DEPLOY_PHASE1=true deploy.sh [--dry-run] [--package FILE.deb | --binary FILE]
#
#   DEPLOY_PHASE1  discovery: every interface known and classified, hourly
#   DEPLOY_PHASE2  metrics, summaries and alerts; wants phase 1
#   DEPLOY_PHASE3  topology, baselines and anomalies; wants phases 1 and 2
# Each is true or false (the default). Settings besides, with their defaults:
#   DEPLOY_TARGET=systemd       systemd or compose (deploy/container/compose.yaml)
#   DEPLOY_SERVER=true          whether this host runs the server
#   DEPLOY_WORKERS=0            cluster: how many workers this host runs (DEPLOY_TARGET=systemd)
#   DEPLOY_BACKUP=true          whether a backup is made before another version migrates the catalog
#   DEPLOY_HEALTH=127.0.0.1:5001   where the API of this host answers
#   DEPLOY_START_SECONDS=120    how long a start may take
#   DEPLOY_WORKER_SECONDS=40    how long a worker must have run before the next is restarted
#   DEPLOY_VERIFY_SECONDS=900   how long `wardflux doctor --phase N` may find something wrong
#   WARDFLUX_TOKEN              an access token, where the API wants one (beyond loopback, and in containers)
# Steps, in this order: prerequisites, migrations, install, restart, verification. --dry-run tells what they would do.
# It ends with 0, with 1 where a step failed (which, why, and what to do is said), with 64 where it was called wrongly.
# shellcheck disable=SC2034,SC2154
set -Eeuo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/phases.sh
. "$here/lib/phases.sh"
trap 'fail "a command ended with status $?" "its message is above; what was done before it stays, run this again"' ERR

package="" binary=""
while [ $# -gt 0 ]; do
    case "$1" in
        --dry-run) dry_run=yes; shift ;;
        --package) [ $# -ge 2 ] || misuse "--package wants a file"; package=$2; shift 2 ;;
        --binary) [ $# -ge 2 ] || misuse "--binary wants a file"; binary=$2; shift 2 ;;
        -h | --help) sed -n '2,/^# shellcheck/{/^# shellcheck/d;s/^# \{0,1\}//p}' "$0"; exit 0 ;;
        *) misuse "there is no argument '$1'; see --help" ;;
    esac
done
[ -z "$package" ] || [ -z "$binary" ] || misuse "name a package or a program, not both"

read_phases
target=${DEPLOY_TARGET:-systemd}
case "$target" in
    systemd | compose) ;;
    *) misuse "DEPLOY_TARGET is '$target'; it is systemd or compose" ;;
esac
truth DEPLOY_SERVER true server
truth DEPLOY_BACKUP true backup
count DEPLOY_WORKERS 0 workers
count DEPLOY_START_SECONDS 120 start_seconds
count DEPLOY_WORKER_SECONDS 40 worker_seconds
count DEPLOY_VERIFY_SECONDS 900 verify_seconds
[ "$server" = true ] || [ "$workers" -gt 0 ] || misuse "neither a server nor workers are asked for"
# shellcheck source=/dev/null
. "$here/lib/$target.sh"

say "phases: $phases_text; target: $target$([ "$dry_run" = no ] || printf '; dry run, nothing is changed')"
for name in prerequisites migrations install restart verification; do
    step=$name
    say "--- $step"
    "step_$step"
done
say "done: $phases_text"
