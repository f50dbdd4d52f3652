# What the walk-throughs share: a twin of their own on a free port, and its end.
#
# POLITY names the binary; without it one is built.

# The twin takes no settings from whoever runs the walk.
for name in "${!POLITY_@}"; do unset "$name"; done

work=$(mktemp -d)
children=()

end() {
    for child in ${children[@]+"${children[@]}"}; do
        kill "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap end EXIT

die() {
    echo "FAILED: $*" >&2
    exit 1
}

skip() {
    echo "*** SKIPPED: $* ***" >&2
    exit 0
}

# start_twin starts a twin, with the flags it is given, and sets endpoint.
start_twin() {
    binary=${POLITY:-$work/polity}
    if [ -z "${POLITY:-}" ]; then
        go build -o "$binary" "$(dirname "$0")/../../cmd/polity" || die "the binary does not build"
    fi
    "$binary" dev --listen 127.0.0.1:0 "$@" >"$work/out" 2>"$work/log" &
    local child=$!
    children+=("$child")
    for _ in $(seq 100); do
        endpoint=$(sed -n 's/^polity is ready at //p' "$work/out")
        if [ -n "$endpoint" ]; then
            return
        fi
        kill -0 "$child" 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/log" >&2
    die "the twin does not start"
}

# same fails unless two texts are the same.
same() {
    [ "$1" = "$2" ] || die "$3: wanted '$1', got '$2'"
}
