#!/bin/sh
# The guided tour: the walk of the e2e test of the day, with its pictures and the packet's PDF in OUT.
# usage: tour.sh BUILD OUT (with a display and a session bus); CHARTROOM_TOUR_LOOK=dark for dark pictures
set -eu
build=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
tree=$(cd "$(dirname "$0")/../.." && pwd)
rm -f "$out"/*.png "$out/packet.pdf"
export CHARTROOM_SOURCE="$tree" CHARTROOM_TOUR_OUT="$out" CHARTROOM_PROGRAM="$build/src/ui/chartroom"
export CHARTROOM_CTL="$build/src/ctl/chartroomctl" GSETTINGS_SCHEMA_DIR="$build/data" LC_ALL=C.UTF-8
"$build/tests/ui/test-day" >"$out/tour.log" 2>&1 || { cat "$out/tour.log" >&2; exit 1; }
find "$out" -name '*.png' -o -name '*.pdf' | sort -V
