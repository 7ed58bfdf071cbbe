#!/bin/sh
# Writes the schema steps into one C file: embed.sh OUT FILE.sql…
# A file is named after the version it brings a store to: 0001-what.sql.
set -eu
out=$1
shift
{
  echo '#include "schema.h"'
  for file in "$@"; do
    version=$(basename "$file" | sed 's/^0*\([0-9]*\)-.*/\1/')
    echo "static const char SQL_$version[] = {"
    od -An -v -tx1 "$file" | sed 's/ \(..\)/0x\1,/g'
    echo '0 };'
  done
  echo 'const CrSchemaStep CR_SCHEMA_STEPS[] = {'
  for file in "$@"; do
    version=$(basename "$file" | sed 's/^0*\([0-9]*\)-.*/\1/')
    echo "  { $version, SQL_$version },"
  done
  echo '  { 0, 0 },'
  echo '};'
} > "$out"
