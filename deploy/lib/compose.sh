# WARD FLUX in containers: the steps of deploy.sh. Sourced, not run.
# shellcheck shell=bash disable=SC2154

folder="$here/container"
api=wardops-api-prod
postgres=wardops-postgres-prod
settings="$folder/.env"
health=${DEPLOY_HEALTH:-127.0.0.1:${WARDOPS_PORT:-5001}}

compose() { (cd "$folder" && "${engine[@]}" -f compose.yaml "$@"); }

find_engine() {
    if docker compose version >/dev/null 2>&1; then
        engine=(docker compose)
    elif command -v docker-compose >/dev/null; then
        engine=(docker-compose)
    else
        fail "there is neither 'docker compose' nor docker-compose" "install the compose plugin of the container engine"
    fi
}

step_prerequisites() {
    [ -z "$package$binary" ] || fail "containers are built from the sources" "leave --package and --binary out"
    [ "$workers" = 0 ] || fail "DEPLOY_WORKERS is for units" "set WARDOPS_MORE_WORKERS in $settings"
    [ -d "$folder" ] || fail "there is no folder $folder" "run deploy.sh of the sources, which have it"
    need docker
    find_engine
    run "$folder/make-secrets"
    [ -e "$settings" ] || put 0644 "$folder/env.sample" "$settings"
    if [ "$dry_run" = no ]; then
        docker info >/dev/null 2>&1 || fail "the container engine does not answer" "start it: systemctl start docker"
        compose config -q || fail "compose.yaml cannot be used with these settings" "see the message above and $settings"
    fi
    # The migrations need the program: it is built before anything that runs is touched.
    run compose build --quiet api
}

# wait_for_container NAME: until its health check says that all is well.
wait_for_container() {
    local end=$((SECONDS + start_seconds)) state
    [ "$dry_run" = no ] || return 0
    while true; do
        state=$(docker inspect -f '{{.State.Health.Status}}' "$1" 2>/dev/null || echo missing)
        [ "$state" != healthy ] || return 0
        [ "$SECONDS" -lt "$end" ] || break
        sleep 2
    done
    fail "the container $1 is $state" "docker logs --tail 50 $1 says why"
}

step_migrations() {
    local file tokens
    run compose up -d postgres redis victoriametrics
    for name in "$postgres" wardops-redis-prod wardops-victoriametrics-prod; do wait_for_container "$name"; done
    if [ "$backup" = true ]; then
        file="$folder/backups/before-$(date -u +%Y%m%dT%H%M%SZ).dump"
        if [ "$dry_run" = yes ]; then
            say "would write $file (pg_dump of ward_ops)"
        else
            (umask 077 && mkdir -p "$folder/backups")
            docker exec "$postgres" pg_dump -U ward_admin -Fc ward_ops >"$file" || fail "the backup failed" \
                "see the message above; DEPLOY_BACKUP=false goes on without one"
            say "backup: $file"
            keep_newest "$folder/backups" 'before-*.dump'
        fi
    fi
    # Whoever opens the catalog first brings it to the program's version, in one transaction.
    if [ "$dry_run" = yes ]; then
        say "would run: tokens list in a container of api (opens and migrates the catalog)"
        return 0
    fi
    tokens=$(compose run --rm -T --no-deps api tokens list --json) || fail "the catalog cannot be opened or migrated" \
        "see the message above"
    [[ "$tokens" == *'"id"'* ]] || fail "there is no access token, and without one the API does not start" \
        "make one, it is shown once: cd $folder && ${engine[*]} run --rm api tokens create admin"
}

# Keeps the phases where compose reads them, so that they hold when it is called by hand.
step_install() {
    local text number variable
    text=$(mktemp)
    grep -sv '^DEPLOY_PHASE' "$settings" >"$text" || true
    for number in 1 2 3; do
        variable="phase$number"
        printf 'DEPLOY_PHASE%s=%s\n' "$number" "${!variable}" >>"$text"
    done
    put 0644 "$text" "$settings"
    rm -f "$text"
}

# One container after the other; those whose image and settings are as before are left alone.
step_restart() {
    local name
    run compose up -d --no-deps api
    if [ "$dry_run" = no ]; then wait_for_api "$health" "docker logs --tail 50 $api says why"; fi
    for name in beat worker-snmp; do
        run compose up -d --no-deps "$name"
        wait_for_container "wardops-$name-prod"
    done
    COMPOSE_PARALLEL_LIMIT=1 run compose up -d --no-deps worker-snmp-more
}

step_verification() {
    if [ "$dry_run" = yes ]; then
        say "would run: docker exec $api wardflux doctor --phase $phase"
        return 0
    fi
    local token=()
    # By name alone: its value stays out of the arguments.
    if [ -n "${WARDFLUX_TOKEN:-}" ]; then token=(-e WARDFLUX_TOKEN); fi
    verify docker exec "${token[@]}" "$api" wardflux doctor --phase "$phase" || fail \
        "\`wardflux doctor\` finds something wrong" \
        "do what its lines say, then run this again; WARDFLUX_TOKEN is the token it asks the API with"
}
