#!/bin/bash
# Prints a short counterexample, breadth first, step by step: ./trace.sh "FLAGS" [MODEL]. Each line has the process, its
# kind, the line of the model and what it did there.
here=$(cd "$(dirname "$0")" && pwd)
flags=$1
model=${2:-core}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 3
# shellcheck disable=SC2086 # Flags are words.
spin $flags -a "$here/$model.pml" >build.log 2>&1 || {
  tail -3 build.log
  exit 3
}
gcc -O2 -w -DSAFETY -DBFS -DVECTORSZ=1024 -DMEMLIM="${MEMORY:-9000}" -o pan pan.c || exit 3
timeout "${SECONDS_LIMIT:-300}" ./pan -E -w24 >pan.log 2>&1
grep -E '^pan:[0-9]|errors:|states, stored' pan.log | head -4
trail=$(find . -name '*.trail' | head -1)
[ -n "$trail" ] || exit 1
# shellcheck disable=SC2086
timeout 60 spin $flags -t -p -k "$work/$trail" "$here/$model.pml" | grep -E 'proc ' |
  sed 's/ *proc *\([0-9]*\) (\([A-Za-z]*\):[0-9]*) [a-z_]*.pml:\([0-9]*\) (state [0-9-]*)/\1 \2 L\3/;s/[ \t][ \t]*/ /g'
