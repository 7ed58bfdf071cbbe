#!/bin/sh
# The guided tour: a doctor's part of the day in the real window, driven by keys; pictures and a packet in OUT.
# usage: tour.sh BUILD OUT (with a display)
set -eu
build=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
tree=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$(mktemp -d)
program=
finish () { [ -z "$program" ] || kill "$program" 2>/dev/null || :; rm -rf "$scratch"; }
trap finish EXIT
export CHARTROOM_DATA_DIR="$tree/data" GSETTINGS_SCHEMA_DIR="$build/data" HOME="$scratch" XDG_CONFIG_HOME="$scratch/config"
export XDG_STATE_HOME="$scratch/state" LC_ALL=C.UTF-8
practice=$scratch/maple-street.practice
password="quiet lantern over the river"
(umask 077; echo "$password" >"$scratch/password")
ctl () { command=$1; shift; "$build/src/ctl/chartroomctl" "$command" "$practice" "$@" --password-file "$scratch/password"; }

# wait_title WORDS: until the window says so, at most a minute.
wait_title () {
  tries=0
  until xdotool search --onlyvisible --name "$1" >/dev/null 2>&1; do
    tries=$((tries + 1))
    kill -0 "$program" 2>/dev/null || { echo "tour: the program ended" >&2; cat "$scratch/log" >&2; exit 1; }
    [ $tries -lt 300 ] || { echo "tour: no window “$1” within a minute" >&2; import -window root "$out/lost.png"; exit 1; }
    sleep 0.2
  done
}
key () { for k in "$@"; do xdotool key --clearmodifiers "$k"; done; }
text () { xdotool type --delay 20 "$1"; }
# A picture once the screen has stood still.
picture () {
  import -window root "$scratch/now.png"
  for again in 1 2 3 4 5 6 7 8; do
    sleep 0.4
    cp "$scratch/now.png" "$scratch/before.png"
    import -window root "$scratch/now.png"
    [ "$(compare -metric AE "$scratch/before.png" "$scratch/now.png" null: 2>&1 || :)" != 0 ] || break
  done
  cp "$scratch/now.png" "$out/$1.png"
}

ctl demo --patients 40 --seed 1 --date 2026-11-23 --fast-kdf >/dev/null 2>&1
"$build/src/ui/chartroom" --clock 2026-11-23T10:34 "$practice" >"$scratch/log" 2>&1 &
program=$!
wait_title Chartroom
picture 1-sign-in
text doctor; key Tab; text "$password"; key Return
wait_title "Today – Chartroom"; picture 2-today
key ctrl+2; wait_title "Schedule – Chartroom"; picture 3-schedule
key ctrl+k; text "gar ma"; picture 4-search
key Return; wait_title "GARCIA.*Chart"; picture 5-chart
key ctrl+n; picture 6-empty-note
text "Home readings 120 to 130 over 75. No chest pain."; picture 7-note
key ctrl+r; picture 8-composer; text amlo; picture 9-ready-made-lines
key ctrl+5; wait_title "Referrals – Chartroom"; key Return; wait_title "BROWN.*Chart"; picture 10-packet
kill "$program"; wait "$program" 2>/dev/null || :
program=
ctl packet 004217 --to cardiology --urgency urgent --question "Is exertional chest tightness ischemic?" \
  --out "$out/packet.pdf" --user doctor >/dev/null
find "$out" -name '*.png' -o -name '*.pdf' | sort
