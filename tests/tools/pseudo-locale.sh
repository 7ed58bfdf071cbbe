#!/bin/sh
# A catalogue in which every text is itself between ⟦ and ⟧: what shows up bare was never given to a translator.
# usage: pseudo-locale.sh TREE OUTPUT.mo
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$1" && xgettext --files-from=data/po/POTFILES --from-code=UTF-8 --package-name=chartroom \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --keyword=ngettext:1,2 --flag=_:1:pass-c-format \
  --output="$work/chartroom.pot" 2>"$work/log") || { cat "$work/log" >&2; exit 1; }
sed -i 's/charset=CHARSET/charset=UTF-8/; s/^"Plural-Forms: .*/"Plural-Forms: nplurals=2; plural=(n != 1);\\n"/' \
  "$work/chartroom.pot"
# Each msgstr is filled from its msgid (msgen), then put between brackets; line ends at its edges stay outside.
msgen "$work/chartroom.pot" | awk '
  function close_text () {
    if (open && match (last, /(\\n)*"$/))
      last = substr (last, 1, RSTART - 1) "⟧" substr (last, RSTART)
    open = 0
  }
  function open_text (   quote) {
    quote = index ($0, "\"")
    match (substr ($0, quote + 1), /^(\\n)*/)
    if (quote + RLENGTH + 1 == length ($0))
      return
    $0 = substr ($0, 1, quote + RLENGTH) "⟦" substr ($0, quote + RLENGTH + 1)
    pending = 0
    open = 1
  }
  /^msgid / { entry++ }
  /^msgstr/ || !/^"/ { close_text(); pending = 0 }
  /^msgstr/ && entry > 1 { pending = 1 }
  pending { open_text() }
  NR > 1 { print last }
  { last = $0 }
  END { close_text(); print last }' >"$work/pseudo.po"
mkdir -p "$(dirname "$2")"
msgfmt --output-file="$2" "$work/pseudo.po"
