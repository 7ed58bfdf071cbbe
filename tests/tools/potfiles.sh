#!/bin/sh
# Every file with text for translators, sorted: what data/po/POTFILES has to list.
# usage: potfiles.sh TREE [--check]
set -eu
cd "$1"
list () {
  { grep -rlE --include='*.c' --include='*.h' '(^|[^a-z_])(N?C?_|ngettext|g_dngettext|gettext) ?\("' src include
    grep -rl --include='*.ui' 'translatable="yes"' ui
    ls data/*.desktop.in data/*.metainfo.xml.in
  } | LC_ALL=C sort
}
[ "${2:-}" = --check ] || { list; exit 0; }
list | diff -u data/po/POTFILES - || { echo "Write it anew: sh tests/tools/potfiles.sh . >data/po/POTFILES"; exit 1; }
