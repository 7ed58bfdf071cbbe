#!/bin/sh
# A display and a session bus for one program alone, so that tests with windows run side by side.
# usage: own-display.sh PROGRAM [ARGUMENTS]
set -u
number=$(mktemp)
trap 'rm -f "$number"' EXIT
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset 3>"$number" 2>/dev/null &
server=$!
trap 'kill "$server" 2>/dev/null; rm -f "$number"' EXIT
tries=0
while [ ! -s "$number" ] && [ "$tries" -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
[ -s "$number" ] || { echo "Bail out! There is no display: Xvfb did not start."; exit 1; }
DISPLAY=:$(cat "$number"); export DISPLAY
unset XAUTHORITY
dbus-run-session -- "$@"
