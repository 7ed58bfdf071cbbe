#!/bin/sh
# The tests of what runs in threads, under ThreadSanitizer; closes with one line of counts.
# usage: tsan.sh BUILD [NAMES of tests of the store and the session, else all that it can run]
# BUILD is one with -Db_sanitize=thread; of it only what is run is built.
set -u
build=$(cd "$1" && pwd); shift
tools=$(cd "$(dirname "$0")" && pwd)
. "$tools/counts.sh"
log=$build/tsan.log
flags=$(pkg-config --cflags --libs gio-2.0)
cc -O1 -shared -fPIC "$tools/tsan-glib.c" -o "$build/tsan-glib.so" $flags -ldl || exit 1
cc -O1 -g -fsanitize=thread "$tools/tsan-control.c" -o "$build/tsan-control" $flags || exit 1
# GLib and SQLite were compiled without it: what they read and write themselves is not looked at.
wrapper="env LD_PRELOAD=$build/tsan-glib.so TSAN_OPTIONS=ignore_noninstrumented_modules=1:die_after_fork=0"
$wrapper "$build/tsan-control" ordered || { echo "What a mutex orders is taken for a race."; exit 1; }
! $wrapper "$build/tsan-control" racing 2>/dev/null || { echo "A race is not found."; exit 1; }
# Not those that stand in for system calls, which the sanitizer makes itself before they are ready.
meson test -C "$build" --print-errorlogs --timeout-multiplier 20 --suite store --suite session --no-suite system-calls \
  --wrapper "$wrapper" "$@" >"$log" 2>&1
status=$?
cat "$log"
print_counts "$log" || exit 1
exit $status
