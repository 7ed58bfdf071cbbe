#!/bin/sh
# Makes data/screenshots anew: the tour in light and in dark, its main pages at 1280×800.  Look at each one.
# usage: screenshots.sh BUILD (with a display and a session bus, as by ./run tour)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for look in light dark; do
  CHARTROOM_TOUR_LOOK=$look sh "$here/tour.sh" "$1" "$work/$look" >/dev/null
  for page in 1-unlock 2-today 4-schedule 7-chart 8-note 9-prescription 11-composer 12-packet; do
    name=${page#*-}
    [ "$name" != prescription ] || name=rx
    cp "$work/$look/$page.png" "$tree/data/screenshots/$name-$look.png"
  done
done
ls "$tree"/data/screenshots/*.png
