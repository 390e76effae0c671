#!/bin/sh
# Sets up what is missing, then runs `productify` with the given arguments.
#   sh installer/run.sh                      the app
#   sh installer/run.sh status --json        any command of it
#   sh installer/run.sh --virtual-display    the app on a display of its own, where there is none
set -eu
here=$(pwd)
cd "$(dirname "$0")/.."
. installer/setup.sh

virtual=no
if [ "${1:-}" = --virtual-display ]; then virtual=yes; shift; fi

if [ "$virtual" = yes ]; then system_packages "$RUN_NEEDS $VIRTUAL_NEEDS"; else system_packages "$RUN_NEEDS"; fi
make_venv installer/requirements.lock
productify=$(pwd)/.venv/bin/productify
cd "$here"

if [ "$virtual" = no ]; then exec "$productify" "$@"; fi

# A display of its own, with a window manager; it goes when the app has gone.
display=$(mktemp)
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp 3>"$display" 2>/dev/null &
server=$!
app=''
leave() {
    if [ -n "$app" ]; then
        kill "$app" 2>/dev/null || true
        wait "$app" || true
    fi
    kill "$server" 2>/dev/null || true
    rm -f "$display"
}
trap 'leave; exit 143' INT TERM
tries=0
until [ -s "$display" ]; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || fail 'The virtual display did not start.'
    sleep 0.1
done
DISPLAY=:$(cat "$display")
export DISPLAY
say "Running on the virtual display $DISPLAY"
openbox >/dev/null 2>&1 &
"$productify" "$@" &
app=$!
code=0
wait "$app" || code=$?
app=''
leave
exit $code
