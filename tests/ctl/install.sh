#!/bin/sh
# Installs the build into an empty folder and looks whether everything is in its place, and runs from there.
# usage: install.sh BUILD PREFIX    (prefix of the configuration, as /usr/local)
set -eu
build=$1 prefix=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
fail () { echo "install: $*" >&2; exit 1; }

meson install -C "$build" --no-rebuild --destdir "$root" >"$root/log" 2>&1 || { cat "$root/log" >&2; exit 1; }
at=$root$prefix
for file in bin/chartroom bin/chartroomctl libexec/chartroom/chartroom-decode \
  share/applications/org.chartroom.Chartroom.desktop share/metainfo/org.chartroom.Chartroom.metainfo.xml \
  share/icons/hicolor/scalable/apps/org.chartroom.Chartroom.svg \
  share/glib-2.0/schemas/org.chartroom.Chartroom.gschema.xml \
  share/chartroom/knowledge/drugs.tsv share/chartroom/knowledge/release.tsv \
  lib/systemd/user/chartroom-copy.service lib/systemd/user/chartroom-copy.timer \
  share/man/man1/chartroom.1 share/man/man1/chartroomctl.1; do
  [ -s "$at/$file" ] || [ -s "$at/$file.gz" ] || fail "$file is not installed"
done
[ -z "$(find "$at" -name '*.a' -o -name '*.c' -o -name '*.h')" ] || fail "parts of the build are installed"

desktop-file-validate "$at/share/applications/org.chartroom.Chartroom.desktop"
if command -v appstreamcli >/dev/null; then
  appstreamcli validate --no-net "$at/share/metainfo/org.chartroom.Chartroom.metainfo.xml" >"$root/log" ||
    { cat "$root/log" >&2; exit 1; }
fi
if command -v man >/dev/null; then
  for page in chartroom chartroomctl; do
    warnings=$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -l "$at/share/man/man1/$page.1" 2>&1 >/dev/null)
    [ -z "$warnings" ] || fail "$page.1: $warnings"
  done
fi
if command -v systemd-analyze >/dev/null; then
  mkdir "$root/units"
  sed "s|^ExecStart=$prefix|ExecStart=$at|" "$at/lib/systemd/user/chartroom-copy.service" >"$root/units/chartroom-copy.service"
  cp "$at/lib/systemd/user/chartroom-copy.timer" "$root/units"
  XDG_RUNTIME_DIR=$root MANPATH=$at/share/man systemd-analyze --user verify "$root/units/chartroom-copy.timer" \
    "$root/units/chartroom-copy.service" >"$root/log" 2>&1 || { cat "$root/log" >&2; fail "the units"; }
  [ ! -s "$root/log" ] || { cat "$root/log" >&2; fail "the units"; }
fi

# From there, with nothing of the source tree.
unset CHARTROOM_SOURCE G_TEST_SRCDIR
export CHARTROOM_DATA_DIR="$at/share/chartroom"
"$at/bin/chartroomctl" --help >/dev/null || fail "chartroomctl --help"
(umask 077; echo "quiet lantern over the river" >"$root/password")
"$at/bin/chartroomctl" demo "$root/demo.practice" --patients 20 --seed 1 --date 2026-11-23 --fast-kdf \
  --password-file "$root/password" || fail "chartroomctl demo"
"$at/bin/chartroomctl" rx "$root/demo.practice" 001544 -u doctor -p "$root/password" | grep -q 'amoxicillin 500 mg capsule' ||
  fail "the installed knowledge is not used"
mkdir "$root/copies"
"$at/bin/chartroomctl" copy "$root/demo.practice" "$root/copies" --keep 3 >/dev/null || fail "chartroomctl copy"
"$at/bin/chartroomctl" verify "$root"/copies/*.practice -u admin -p "$root/password" >/dev/null || fail "the copy"
