#!/bin/bash
# Looks for a run of core.pml that goes on for ever: ./live.sh "FLAGS" searches for a cycle without progress, under weak
# fairness, and prints one line as run.sh does. States are stored exactly.
here=$(cd "$(dirname "$0")" && pwd)
flags=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 3
# shellcheck disable=SC2086 # Flags are words.
{
  spin $flags -a "$here/core.pml" >build.log 2>&1 &&
    gcc -O2 -w -DNP -DNFAIR=3 -DVECTORSZ=1024 -DMEMLIM="${MEMORY:-9000}" -DCOLLAPSE -o pan pan.c >>build.log 2>&1
} || {
  printf 'broken live      %s\n' "$flags"
  tail -5 build.log
  exit 3
}
began=$SECONDS
timeout "${SECONDS_LIMIT:-1800}" ./pan -l -f -E -m3000000 -w24 >pan.log 2>&1
code=$?
took=$((SECONDS - began))
states=$(awk '/states, stored/ { printf "%d", $1 }' pan.log)
if grep -q 'errors: [1-9]' pan.log; then
  word=falls
elif [ "$code" -eq 0 ] && grep -q 'errors: 0' pan.log && ! grep -qE 'Search not completed|max search depth too small|reached -DMEMLIM|out of memory' pan.log; then
  word=holds
else
  word=open
fi
printf '%-6s %-9s %-36s %12s states %5d s\n' "$word" live "$flags" "${states:-?}" "$took"
case $word in holds) exit 0 ;; falls) exit 1 ;; *) exit 2 ;; esac
