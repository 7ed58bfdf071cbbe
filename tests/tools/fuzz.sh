#!/bin/sh
# Each fuzz target for a while; what it finds lies in BUILD/fuzz/NAME.  Exit status 1 when there is anything.
# usage: fuzz.sh BUILD [SECONDS [TARGET …]]
set -eu
build=$(cd "$1" && pwd); shift
seconds=${1:-600}; [ $# -eq 0 ] || shift
targets=${*:-backup document keys pages}
tree=$(cd "$(dirname "$0")/../.." && pwd)
status=0
cd "$build"
ninja $(for name in $targets; do echo "tests/fuzz/fuzz-$name"; done) >fuzz-build.log || { cat fuzz-build.log; exit 1; }
for name in $targets; do
  mkdir -p "$build/fuzz/$name"
  log=$build/fuzz/$name.log
  if "$build/tests/fuzz/fuzz-$name" -max_total_time="$seconds" -max_len=300000 -timeout=20 -rss_limit_mb=2048 \
    -print_final_stats=1 -artifact_prefix="$build/fuzz/$name/found-" "$build/fuzz/$name" \
    "$tree/tests/fixtures/fuzz/$name" >"$log" 2>&1; then
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs, nothing found"
  else
    status=1
    tail -40 "$log"
    echo "$name: a finding, above; the input is in $build/fuzz/$name"
  fi
done
exit $status
