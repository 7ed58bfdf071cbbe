#!/bin/sh
# The tests of the vault and of the encrypted database under valgrind: memory that is not theirs, was never set, or
# is lost.  Not cipher-power: its power cuts are too many for it.  What it said of each process lies in BUILD/valgrind;
# closes with one line of counts.
# usage: valgrind.sh BUILD [NAMES of tests of the vault and the store]
set -u
build=$(cd "$1" && pwd); shift
. "$(dirname "$0")/counts.sh"
log=$build/valgrind.log
said=$build/valgrind
rm -rf "$said"; mkdir -p "$said"
[ $# -gt 0 ] || set -- backup backup-hostile documents golden hostile-records interrupted no-memory page-cipher recovery \
  rotation secrets slots cipher-crash cipher-damage cipher-files cipher-leak cipher-modes cipher-module \
  cipher-sharing cipher-shm cipher-temp db db-error db-image db-salvage people pin seen tx verify
meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 20 --suite vault --suite store --wrapper \
  "valgrind --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite --log-file=$said/%p.log" "$@" \
  >"$log" 2>&1
status=$?
cat "$log"
# A process that a test forked may end as it likes, and with what it was forked with; but not do this.
wrong=$(grep -lE 'Invalid (read|write|free)|Mismatched free|uninitialised|overlap in' "$said"/*.log)
[ -z "$wrong" ] || { cat $wrong; status=1; }
print_counts "$log" || exit 1
exit $status
