# The phases: what is asked for, which jobs belong to each, and the variables that switch the others off.
# shellcheck shell=bash disable=SC2034

phase_jobs=(
    ""
    "discover-all-interfaces cleanup-old-interfaces"
    "collect-interface-metrics update-interface-summaries check-interface-thresholds"
    "discover-topology learn-baselines check-anomalies"
)

# Sets phase (the highest one asked for), phase1 to phase3, and phases_text.
read_phases() {
    local number before
    phase=0 phases_text=""
    for number in 1 2 3; do
        local variable="phase$number"
        truth "DEPLOY_PHASE$number" false "$variable"
        [ "${!variable}" = true ] || continue
        for ((before = 1; before < number; before++)); do
            local earlier="phase$before"
            [ "${!earlier}" = true ] || misuse "phase $number builds on phase $before: set DEPLOY_PHASE$before=true too"
        done
        phase=$number
        phases_text="${phases_text:+$phases_text, }$number"
    done
    [ "$phase" -gt 0 ] || misuse "no phase is asked for: set DEPLOY_PHASE1=true"
}

# The variable that switches a job on and off.
job_variable() {
    local name=${1^^}
    printf 'WARDFLUX_JOBS_%s_ENABLED' "${name//-/_}"
}

# The text of phases.env. Jobs of the phases asked for are not in it: for them wardflux.yaml counts.
phases_file() {
    local number job
    printf '# Written by deploy.sh: phases %s. Change it by running that again, not by hand.\n' "$phases_text"
    for number in 1 2 3; do
        [ "$number" -gt "$phase" ] || continue
        printf '# Phase %s is not on:\n' "$number"
        for job in ${phase_jobs[$number]}; do
            printf '%s=false\n' "$(job_variable "$job")"
        done
    done
}
