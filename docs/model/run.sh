#!/bin/bash
# Checks one configuration and prints one line: ./run.sh MODEL "FLAGS".
#   holds  the whole space was explored and no assertion fell        (exit 0)
#   falls  an assertion fell; ./trace.sh shows how                   (exit 1)
#   open   time, memory or depth ended first, and nothing had fallen (exit 2)
# Settings, from the environment: SECONDS_LIMIT (900), MEMORY in MB (4000), TABLE as a power of two (24),
# DEPTH (1000000), STORE: -DHC4 (hash-compact, the default), -DCOLLAPSE (exact), -DBITSTATE (covers what fits).
here=$(cd "$(dirname "$0")" && pwd)
model=$1
flags=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 3
# shellcheck disable=SC2086 # Flags are words.
{
  spin $flags -a "$here/$model.pml" >build.log 2>&1 &&
    gcc "${OPTIMIZE:--O2}" -w -DSAFETY "${STORE:--DHC4}" -DVECTORSZ=1024 -DMEMLIM="${MEMORY:-4000}" -DNOBOUNDCHECK -DNOFIX -o pan pan.c >>build.log 2>&1
} || {
  printf 'broken %-9s %s\n' "$model" "$flags"
  tail -5 build.log
  exit 3
}
began=$SECONDS
timeout "${SECONDS_LIMIT:-900}" ./pan -E -m"${DEPTH:-1000000}" -w"${TABLE:-24}" >pan.log 2>&1
code=$?
took=$((SECONDS - began))
states=$(awk '/states, stored/ { printf "%d", $1 }' pan.log)
fell=$(grep -m1 -oE 'assertion violated .*' pan.log)
if [ -n "$fell" ]; then
  word=falls
elif [ "$code" -eq 0 ] && grep -q 'errors: 0' pan.log && ! grep -qE 'Search not completed|max search depth too small|reached -DMEMLIM|out of memory' pan.log; then
  word=holds
else
  word=open
fi
printf '%-6s %-9s %-36s %12s states %5d s  %s\n' "$word" "$model" "${flags:--}" "${states:-?}" "$took" "$(cut -c1-70 <<<"${fell#assertion violated }")"
case $word in holds) exit 0 ;; falls) exit 1 ;; *) exit 2 ;; esac
