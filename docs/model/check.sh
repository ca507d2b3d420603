#!/bin/bash
# Checks the protocol's models: `npm run model`, or `npm run model -- --full` for every configuration and every guard.
# The protocol must hold. With a guard taken away (-DM_…) or read loosely (-DW_…) an assertion must fall, else the guard
# or the model is idle. Prints one line a configuration, then the counts. Exit code 0: all as it must be; 1: not; 3:
# nothing could be checked, because spin or gcc is missing.
cd "$(dirname "$0")" || exit 3

full=no
case ${1:-} in
'') ;;
--full) full=yes ;;
*)
  echo "Unknown option $1: only --full is known." >&2
  exit 3
  ;;
esac

missing=
for tool in spin gcc; do command -v "$tool" >/dev/null || missing="$missing $tool"; done
if [ -n "$missing" ]; then
  echo "The models were not checked: missing are$missing (Debian and Ubuntu: apt-get install spin gcc libc6-dev)."
  exit 3
fi

passed=0
failed=0

# expect WORD MODEL FLAGS [SETTING=VALUE…]: one configuration that must end with this word (run.sh says which there
# are).
expect() {
  local word=$1 model=$2 flags=$3 line
  shift 3
  line=$(env "$@" ./run.sh "$model" "$flags")
  case $line in
  "$word"*)
    passed=$((passed + 1))
    echo "ok     $line"
    ;;
  *)
    failed=$((failed + 1))
    echo "FAILED $line (must be: $word)"
    ;;
  esac
}

holds() { expect holds "$@"; }
# Errors lie shallow: the smallest search that meets one will do.
falls() { expect falls "$@" OPTIMIZE=-O0 TABLE=22 DEPTH=600000 SECONDS_LIMIT=120; }
# No run goes on for ever (a cycle without progress, under weak fairness).
ends() {
  local line
  line=$(./live.sh "$1")
  case $line in
  holds*)
    passed=$((passed + 1))
    echo "ok     $line"
    ;;
  *)
    failed=$((failed + 1))
    echo "FAILED $line (must be: holds)"
    ;;
  esac
}

quick() {
  holds core '-DF=0' OPTIMIZE=-O1
  holds core '-DF=1'
  holds core '-DF=1 -DNORERUN'
  holds core '-DF=1 -DPREPARE'
  holds core '-DF=1 -DPREPARE -DSTOPFIRST'
  holds submit ''
  holds submit '-DOTHERSPEC'
  holds submit '-DREDELIVER'
  holds log ''
  holds owner ''
  falls core '-DF=1 -DW_REOPEN'
  falls core '-DF=1 -DW_INTENTEPOCH'
  falls core '-DF=1 -DW_NOVERDICT'
  falls core '-DF=1 -DW_LOSTUNSEEN'
  falls core '-DF=1 -DM_FREEEARLY'
  falls core '-DF=1 -DM_ATTEMPT'
  falls core '-DF=1 -DPREPARE -DM_PREPGONE'
  falls core '-DF=1 -DPREPARE -DM_PREPLOOK'
  falls core '-DF=1 -DPREPARE -DSTOPFIRST -DM_NOSTOP'
  falls core '-DF=1 -DPREPARE -DSTOPFIRST -DM_NOWAIT'
  falls core '-DF=1 -DPREPARE -DSTOPFIRST -DCANCEL -DW_DELUNSEEN'
  falls core '-DF=1 -DPREPARE -DSTOPFIRST -DCANCEL -DSTRICTS5'
  falls admission '-DF=0 -DM_PCAS'
  falls admission '-DF=0 -DW_RECON'
  falls capacity '-DF=1 -DM_PCAS'
  falls capacity '-DF=1 -DW_MARK'
  falls capacity '-DF=0 -DOPEN0 -DW_REQFIRST'
  falls submit '-DW_ORDER'
  falls log '-DW_LATEPOS'
  falls owner '-DW_SAMEID'
}

# Everything: the large runs want 12 to 18 GB and hours on one core.
everything() {
  local flags guard
  echo '== The protocol holds'
  for flags in '-DF=0' '-DF=0 -DCANCEL' '-DF=1' '-DF=1 -DCANCEL' '-DF=1 -DNORERUN' '-DF=1 -DNORERUN -DCANCEL' '-DF=1 -DLATEPUT' \
    '-DF=1 -DLATEPUT -DCANCEL' '-DF=1 -DFOREVER' '-DF=1 -DFOREVER -DCANCEL' '-DF=1 -DFOREVER -DNORERUN' \
    '-DF=1 -DPREPARE' '-DF=1 -DPREPARE -DCANCEL' '-DF=1 -DPREPARE -DNORERUN' '-DF=1 -DPREPARE -DNORERUN -DCANCEL' \
    '-DF=1 -DPREPARE -DSTOPFIRST' '-DF=1 -DPREPARE -DSTOPFIRST -DNORERUN' '-DF=1 -DPREPARE -DSTOPFIRST -DNORERUN -DCANCEL' \
    '-DF=1 -DPREPARE -DSTOPFIRST -DFOREVER' '-DF=1 -DPREPARE -DSTOPFIRST -DFOREVER -DCANCEL'; do
    holds core "$flags"
  done
  large
  holds admission '-DF=0' TABLE=25
  holds admission '-DF=1' TABLE=26
  holds admission '-DF=2' TABLE=26
  holds capacity '-DF=0' TABLE=26
  holds capacity '-DF=0 -DOPEN0' TABLE=26
  holds capacity '-DF=1' TABLE=27 MEMORY=9000
  for flags in '' '-DOTHERSPEC' '-DREDELIVER'; do holds submit "$flags"; done
  holds log ''
  holds owner ''
  for flags in '-DF=0' '-DF=0 -DCANCEL' '-DF=1' '-DF=0 -DPREPARE' '-DF=0 -DPREPARE -DSTOPFIRST' '-DF=0 -DPREPARE -DSTOPFIRST -DCANCEL'; do ends "$flags"; done

  echo '== Without a guard it falls'
  while read -r guard flags; do
    [ -n "$guard" ] && falls core "$flags -D$guard"
  done <guards.txt
  for guard in W_RECON M_PCAS M_JCAS M_FREEEARLY; do falls admission "-DF=0 -D$guard"; done
  for guard in M_PCAS W_FREEFIRST W_MARK; do falls capacity "-DF=1 -D$guard"; done
  falls capacity '-DF=0 -DOPEN0 -DW_REQFIRST'
  for flags in '-DW_ORDER' '-DW_SPECBLOB -DOTHERSPEC' '-DW_HINT' '-DM_EARLYACK'; do falls submit "$flags"; done
  for flags in '-DM_UNCOND' '-DW_LATEPOS'; do falls log "$flags"; done
  for flags in '-DW_SAMEID' '-DM_NOLOOK' '-DM_OWNER' '-DM_STOREERR' '-DW_REMOVE'; do falls owner "$flags"; done
}

large() {
  local flags
  for flags in '-DF=1 -DNSWEEP=2' '-DF=2' '-DF=2 -DNOOUT' '-DF=2 -DNOOUT -DCANCEL' '-DF=2 -DNORERUN' '-DF=2 -DNORERUN -DCANCEL' \
    '-DF=2 -DFOREVER' '-DF=2 -DNOOUT -DPREPARE' '-DF=1 -DPREPARE -DSTOPFIRST -DCANCEL' '-DF=2 -DNOOUT -DPREPARE -DSTOPFIRST' \
    '-DF=2 -DNOOUT -DPREPARE -DSTOPFIRST -DNORERUN'; do
    holds core "$flags" TABLE=27 MEMORY=11500 SECONDS_LIMIT=7200 OPTIMIZE=-O3
  done
  # 274 million states, 12 GB, 40 minutes beside other work.
  holds core '-DF=2 -DCANCEL' TABLE=28 MEMORY=14500 SECONDS_LIMIT=14400 OPTIMIZE=-O3
  for flags in '-DF=2 -DNOOUT -DNORERUN -DNSWEEP=2 -DNODRV=2' '-DF=2 -DNOOUT -DNSWEEP=2 -DNODRV=2' '-DF=2 -DNORERUN -DNSWEEP=2 -DNODRV=2'; do
    holds core "$flags" TABLE=28 MEMORY=14500 SECONDS_LIMIT=7200 OPTIMIZE=-O3
  done
  # 403 million states, 17.7 GB, 27 minutes beside other work.
  holds core '-DF=2 -DNSWEEP=2 -DNODRV=2' TABLE=28 MEMORY=18000 SECONDS_LIMIT=14400 OPTIMIZE=-O3
  expect falls core '-DF=2 -DW_EXPGIVEUP' TABLE=27 MEMORY=11500 SECONDS_LIMIT=7200 OPTIMIZE=-O3
}

if [ "$full" = yes ]; then everything; else quick; fi
printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
