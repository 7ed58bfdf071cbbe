#!/bin/sh
# Runs the suite of a build folder under its own display and session bus, and closes with one line of counts.
# usage: suite.sh BUILD [meson test arguments]
set -u
build=$1; shift
. "$(dirname "$0")/counts.sh"
export GSK_RENDERER=cairo GDK_BACKEND=x11 GDK_DEBUG=gl-disable GSETTINGS_BACKEND=memory NO_AT_BRIDGE=0
export CUPS_SERVER=/nonexistent/cups.sock
# Libraries without frame pointers hide who allocated from the fast unwinder, and so from the suppressions: the desktop
# needs the slow one.
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1}
export CHARTROOM_PROGRAM_ASAN_OPTIONS=$ASAN_OPTIONS:fast_unwind_on_malloc=0:malloc_context_size=14
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-halt_on_error=1:print_stacktrace=1}
export LSAN_OPTIONS=${LSAN_OPTIONS:-suppressions=$(cd "$(dirname "$0")" && pwd)/lsan.supp:print_suppressions=0}
log=$build/suite.log
xvfb-run -a -s "-screen 0 1280x800x24 -nolisten tcp -noreset" dbus-run-session -- \
  meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 4 "$@" >"$log" 2>&1
status=$?
cat "$log"
print_counts "$log" || exit 1
exit $status
