#!/bin/sh
# Runs SQLite's own "veryquick" tests on the plain VFS and on ours, each file in a process of its own, and says which
# cases fail on ours alone.  Those known, each with its reason, stand in sqlite-differences.txt.  See tests/README.md.
# usage: sqlite-suite.sh EXTENSION WORK [FILE…]   WORK: kept; SQLite's source and harness are made there once
set -eu
extension=$(realpath "$1")
mkdir -p "$2"
work=$(realpath "$2")
shift 2
here=$(cd "$(dirname "$0")" && pwd)
source=$work/source
fixture=$work/build/testfixture

# The source of the sqlite3 that this computer has, from the distribution.
fetch () {
  mkdir -p "$source" "$work/apt/lists/partial" "$work/apt/parts"
  echo "deb-src http://deb.debian.org/debian bookworm main" >"$work/apt/sources.list"
  places="-o Dir::Etc::sourcelist=$work/apt/sources.list -o Dir::Etc::sourceparts=$work/apt/parts"
  places="$places -o Dir::State::lists=$work/apt/lists -o APT::Sandbox::User=root"
  apt-get $places -qq update
  (cd "$source" && apt-get $places -qq source sqlite3)
}

# Exports its functions: the extension must find this SQLite and not the computer's.
build () {
  mkdir -p "$work/build"
  cd "$work/build"
  "$source"/sqlite3-*/configure --with-tcl=/usr/lib/tcl8.6
  make LIBTCL="-ltcl8.6 -lm -lz -ldl -Wl,--export-dynamic" testfixture
}

[ -n "$(ls -d "$source"/sqlite3-*/ 2>/dev/null)" ] || fetch
[ -x "$fixture" ] || build >"$work/build.log" 2>&1 || { tail -20 "$work/build.log" >&2; exit 1; }
tests=$(echo "$source"/sqlite3-*/test)

# run EXTENSION|- FILE: its output.
run () {
  folder=$(mktemp -d "$work/run.XXXXXX")
  path=$2
  [ -e "$path" ] || path=$tests/$2
  (cd "$folder" && timeout 300 "$fixture" "$here/sqlite-suite.tcl" run "$1" "$path" 2>&1 || echo "ended with $?")
  rm -rf "$folder"
}

# The names of the cases that failed; of a file that did not come to its end, the file's.
failed () {
  sed -n 's/^!Failures on these tests: //p' "$1" | tr ' ' '\n'
  grep -q '^[0-9]* errors out of' "$1" || echo "$2:unfinished"
}
cases () { sed -n 's/^[0-9]* errors out of \([0-9]*\) tests.*/\1/p' "$1"; }

# known CASE: sqlite-differences.txt has it.
known () {
  while IFS=$(printf '\t') read -r pattern reason; do
    case $1 in $pattern) [ -n "$reason" ] && return 0 ;; esac
  done <"$here/sqlite-differences.txt"
  return 1
}

[ $# -gt 0 ] || set -- $(cd "$work" && "$fixture" "$here/sqlite-suite.tcl" list "$tests" | sed -n 's/^TEST //p')
mkdir -p "$work/plain" "$work/reserve" "$work/ours"
files=0; total=0; reserved=0; listed=0; new=0
for file in "$@"; do
  name=$(basename "$file")
  [ -f "$work/plain/$name" ] || run - "$file" >"$work/plain/$name"
  run "$extension" "$file" >"$work/ours/$name"
  files=$((files + 1))
  count=$(cases "$work/ours/$name"); total=$((total + ${count:-0}))
  failed "$work/plain/$name" "$name" | sort -u >"$work/a"
  failed "$work/ours/$name" "$name" | sort -u >"$work/b"
  comm -13 "$work/a" "$work/b" >"$work/differ"
  [ -s "$work/differ" ] || continue
  [ -f "$work/reserve/$name" ] || CIPHER_VFS_RESERVE_ONLY=1 run "$extension" "$file" >"$work/reserve/$name"
  failed "$work/reserve/$name" "$name" | sort -u >"$work/a"
  reserved=$((reserved + $(comm -12 "$work/a" "$work/differ" | wc -l)))
  for case in $(comm -13 "$work/a" "$work/differ"); do
    if known "$case"; then listed=$((listed + 1))
    else new=$((new + 1)); echo "$name: $case fails on the encrypted VFS alone"
    fi
  done
done
echo "$files files, $total cases on the encrypted VFS.  Failing there and not on plain files: $reserved fail on plain files"
echo "with 40 reserved bytes as well, $listed as sqlite-differences.txt tells, $new otherwise"
[ "$new" = 0 ]
