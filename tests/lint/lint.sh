#!/bin/sh
# The house rules, what the other compiler warns of and what analysers find, over src, include and tests.  Exit status 1 when there is any finding.
# usage: lint.sh BUILD [--since COMMIT]   with a commit: analysers look at layers that changed since then
set -u
build=$(cd "$1" && pwd) || exit 2; shift
tree=$(cd "$(dirname "$0")/../.." && pwd)
cd "$tree" || exit 2
found=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

# step NAME COMMAND…: one line when it is clean, else all it says.
step () {
  name=$1; shift
  if "$@" >"$log" 2>&1; then echo "$name: clean"; return; fi
  found=1
  cat "$log"
  echo "$name: findings, above"
}

house () {
  CHARTROOM_SOURCE=$tree G_TEST_SRCDIR=$tree/tests LC_ALL=C.UTF-8 "$build/tests/lint/test-lint"
}

# Names the files that clang-format would change.
format () {
  differing=$(git ls-files -z 'src/*.[ch]' 'include/*.h' 'tests/*.[ch]' | xargs -0 -P "$(nproc)" -n 1 \
    sh -c 'clang-format "$1" | cmp -s - "$1" || echo "$1"' sh)
  [ -z "$differing" ] || { echo "$differing" | sort; return 1; }
}

# The .c files the analysers look at.
sources () {
  [ -n "$since" ] || { git ls-files 'src/*.c'; return; }
  git diff --name-only "$since" -- src | xargs -r -n 1 dirname | sort -u | while read -r folder; do
    git ls-files "$folder/*.c"
  done | sort -u
}

# Everything, tests too, with the other compiler; its warnings are errors.
other_compiler () {
  [ -f "$build-clang/build.ninja" ] || CC=clang meson setup "$build-clang" "$tree" || return 1
  ninja -C "$build-clang"
}

# WarningsAsErrors in .clang-tidy: a finding is a failure of xargs.
tidy () {
  sources | xargs -r -P "$(nproc)" -n 4 clang-tidy --quiet -p "$build" 2>/dev/null
}

cpp () {
  sources | cppcheck -q -j "$(nproc)" --std=c11 --library=gtk --library=posix --library=sqlite3 \
    --enable=warning,performance,portability --suppressions-list=tests/lint/cppcheck-suppressions.txt --inline-suppr \
    --error-exitcode=1 -Iinclude -I. --file-list=-
}

since=
[ "${1:-}" != --since ] || since=${2:?--since needs a commit}
step "house rules" house
step "clang-format" format
step "clang" other_compiler
step "cppcheck" cpp
step "clang-tidy" tidy
exit $found
