#!/bin/sh
# The front desk's tasks (F1 to F9), by real keys and by pointer, in a practice of many patients: keys and clicks of
# each, and whether they stayed within their budgets.  usage: desk.sh BUILD PATIENTS
set -eu
build=$1 patients=$2
tools=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM
(umask 077; echo "four invented plain words" >"$scratch/password")
echo "An invented practice with $patients patients is made …" >&2
CHARTROOM_DATA_DIR=$tools/../../data "$build/src/ctl/chartroomctl" demo "$scratch/maple-street.practice" --patients 20 \
  --crowd "$((patients - 20))" --seed 1 --date 2026-11-23 --fast-kdf --password-file "$scratch/password" >/dev/null
CHARTROOM_UI_PRACTICE=$scratch/maple-street.practice TMPDIR=$scratch sh "$tools/suite.sh" "$build" --num-processes 1 \
  e2e-find e2e-booking e2e-book-views e2e-desk e2e-spool >"$scratch/log" || status=$?
grep -hoE '^# F[0-9].*|.*Waited in vain.*' "$build/meson-logs/testlog.txt" | sed 's/^# //' | sort -u
tail -n 1 "$scratch/log"
exit "${status:-0}"
