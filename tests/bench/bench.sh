#!/bin/sh
# Prints figures, one a line: NAME VALUE UNIT NOTE.  Needs a display for "start" alone.
# usage: bench.sh BUILD [--smoke] [start|store|search|chart|book|import|packet|demo|audit|backup …]
# CHARTROOM_BENCH_COLD=1 (as root): each start from disk, not from memory.
# CHARTROOM_BENCH_MILLION=1: search among a million patients, too.
set -eu
build=$(cd "$1" && pwd); shift
smoke=
[ "${1:-}" = --smoke ] && { smoke=--smoke; shift; }
tree=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
started=
clean () { [ -z "$started" ] || kill "$started" 2>/dev/null || :; rm -rf "$scratch"; }
trap clean EXIT
trap 'exit 1' INT TERM
export CHARTROOM_SOURCE="$tree" CHARTROOM_DATA_DIR="$tree/data" GSETTINGS_SCHEMA_DIR="$build/data"
export LC_ALL=C.UTF-8 HOME="$scratch" XDG_STATE_HOME="$scratch/state" XDG_CONFIG_HOME="$scratch/config"

# The prototype of the store's format, where it lies beside the project: the store's part measures it as well.
prototype=$tree/../shared/design/cipher-vfs-prototype.c
if [ -z "$smoke" ] && [ -f "$prototype" ] && cc -O2 -shared -fPIC "$prototype" -o "$scratch/prototype.so" -lsodium 2>/dev/null
then export CHARTROOM_BENCH_PROTOTYPE="$scratch/prototype.so"
fi

now_ms () { echo $(( $(date +%s%N) / 1000000 )); }

# From exec until the window is on the screen and drawn once, in milliseconds.
time_start () {
  from=$(now_ms)
  "$build/src/ui/chartroom" "$1" >"$scratch/start.log" 2>&1 &
  started=$!
  until xdotool search --onlyvisible --pid "$started" >/dev/null 2>&1; do
    kill -0 "$started" 2>/dev/null || { cat "$scratch/start.log" >&2; exit 1; }
    [ $(( $(now_ms) - from )) -lt 60000 ] || { echo "bench: no window within a minute" >&2; exit 1; }
  done
  echo $(( $(now_ms) - from )) >>"$scratch/starts"
  kill "$started"; wait "$started" 2>/dev/null || :
  started=
}

bench_start () {
  rounds=7; [ -z "$smoke" ] || rounds=1
  (umask 077; echo "quiet lantern over the river" >"$scratch/password")
  "$build/src/ctl/chartroomctl" demo "$scratch/start.practice" --patients 20 --date 2026-11-23 \
    --password-file "$scratch/password" --fast-kdf >/dev/null
  sync
  cache=warm
  for round in $(seq $rounds); do
    # Empties the whole machine's cache, so only on demand, and only root may.
    if [ -n "${CHARTROOM_BENCH_COLD:-}" ] && echo 3 2>/dev/null >/proc/sys/vm/drop_caches; then cache=cold; fi
    time_start "$scratch/start.practice"
  done
  sort -n "$scratch/starts" | awk -v cache=$cache '{ t[NR] = $1 }
    END { printf "%-26s %10.0f %-12s %s\n", "start", t[int((NR + 1) / 2)], "ms", \
          "exec to the first window, " cache " disk cache, median of " NR }'
}

parts=
wants_start=no
[ $# -gt 0 ] || wants_start=yes
for part in "$@"; do
  case $part in
  start) wants_start=yes ;;
  store|search|chart|book|import|packet|demo|audit|backup) parts="$parts $part" ;;
  *) echo "bench: there is no part $part; there are start, store, search, chart, book, import, packet, demo, audit, backup." >&2; exit 2 ;;
  esac
done
printf 'On %s processors, load %s, %s.\n' "$(nproc)" "$(cut -d' ' -f1 /proc/loadavg)" "$(uname -m)"
if [ $wants_start = yes ]; then
  if [ -n "${DISPLAY:-}" ]; then bench_start; else echo "bench: no display, so nothing is started." >&2; fi
fi
if [ $# -eq 0 ] || [ -n "$parts" ]; then "$build/tests/bench/bench" "$scratch" $smoke $parts; fi
