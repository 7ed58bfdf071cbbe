# For scripts that ran `meson test`: print_counts LOG closes with how many tests passed and failed; it fails when
# none passed.
print_counts () {
  passed=$(count_of Ok "$1"); skipped=$(count_of Skipped "$1")
  failed=$(( $(count_of Fail "$1") + $(count_of 'Unexpected Pass' "$1") + $(count_of Timeout "$1") ))
  printf '%s skipped\n%s passed, %s failed\n' "$skipped" "$passed" "$failed"
  [ "$passed" -gt 0 ]
}

# 0 when the log does not get so far as to say it.
count_of () {
  n=$(sed -n "s/^$1: *\([0-9][0-9]*\).*/\1/p" "$2" | tail -1)
  echo "${n:-0}"
}
