/*
 * capacity.pml - one SKU at one placement that lacks capacity at first: two jobs (two attempts each), two dispatchers
 * at once, stories that die between any two writes, an operator's capacity that comes at any time.
 * The placement's row (ETag): the holders, and beside them whether the SKU is shut, since which probe, and whether the
 * backoff has passed.
 * The protocol:
 *   1 an attempt that ended for want of capacity shuts the SKU, or, as its probe, begins a longer backoff
 *   2 it does so in the write that takes its name out of the row, and before its job waits again
 *   3 shut and past the backoff: one job takes a place as the probe, in the same write
 *   4 it is a probe as long as its name is in the row
 *   5 a probe that got capacity opens the SKU: at the look that shows it, before that is written; at the latest in the
 *     write that takes its name out
 * -DM_PCAS      placement row written without its ETag
 * -DW_FREEFIRST a name leaves, the refusal is written down by a write of its own
 * -DW_REQFIRST  the job waits again before its refusal is written down
 * -DW_MARK      a job stays the probe until a process takes the mark away, which only a refusal and a success do
 */
#ifndef F
#define F 1
#endif
#define A 2
#define N 4
#define NOBODY 255
#define WAITING 0
#define ACTIVE 1
#define OVER 2
#define LACK 1                            /* verdicts: no capacity; got it; failed for a cause of its own */
#define RAN 2
#define OTHER 3
byte f = F;
bit cap;                                  /* the service has capacity */
byte row[2]; byte att[2];                 /* job rows */
byte verdict[N]; bit gone[N];             /* attempt rows, index job*A+attempt-1 */
byte hold;                                /* placement row: bit i = holder i */
#ifdef OPEN0
bit shut;
#else
bit shut = 1;
#endif
byte probe = NOBODY; bit due; /* placement row: an earlier job has shut the SKU; with -DOPEN0 nobody has yet */
byte sp = 255; byte sj[2] = 255;          /* ETags */
bit untold[N];                            /* ghost: the refusal of this attempt is not written down yet */
bit wasprobe[N];                          /* ghost: admitted while the SKU was shut */
#define B(i) (1 << (i))
#define HAS(i) ((hold & B(i)) != 0)
#define IDX(j,n) ((j)*A + (n) - 1)
#define STALEP ((sp & B(me)) != 0)
#define STALEJ(j) ((sj[j] & B(me)) != 0)
#define READP sp = sp & (255 - B(me))
#define READJ(j) sj[j] = sj[j] & (255 - B(me))
#define WROTEP sp = 255
#define WROTEJ(j) sj[j] = 255
#ifdef W_MARK
#define PROBING (probe != NOBODY)
#else
#define PROBING (probe != NOBODY && HAS(probe))
#endif
#define OPEN (!shut || due && !PROBING)
#define CAN(j) (row[j] == WAITING && att[j] < A && (OPEN || HAS(IDX(j, att[j]+1))))
#define UNTOLD (untold[0] && wasprobe[0] || untold[1] && wasprobe[1] || untold[2] && wasprobe[2] || untold[3] && wasprobe[3])
#define ALIVE(i) (wasprobe[i] && verdict[i] == 0)
#define PROBES (ALIVE(0)+ALIVE(1)+ALIVE(2)+ALIVE(3))
#define TOLD(i) untold[i] = 0; wasprobe[i] = 0
/* what a refusal or a success makes of the row; the same once or twice */
inline note(i) {
  if
  :: verdict[i] == LACK && !shut -> shut = 1; due = 0; TOLD(i)
  :: verdict[i] == LACK && shut && probe == i -> due = 0; probe = NOBODY; TOLD(i)
  :: verdict[i] == LACK && shut && probe != i -> TOLD(i)
  :: verdict[i] == RAN && probe == i -> shut = 0; probe = NOBODY; due = 0
  :: else
  fi
}
#define MAYDIE if :: skip :: f > 0 -> f--; goto end fi
active [2] proctype Dispatcher() {
  byte j, i; bit h; byte me = _pid;
  do
  :: atomic { if :: CAN(0) -> j = 0 :: CAN(1) -> j = 1 fi; i = IDX(j, att[j] + 1); READP; h = HAS(i) };
     atomic { READJ(j); if :: row[j] == WAITING && IDX(j, att[j] + 1) == i :: else -> goto end fi };
     atomic { if
              :: h -> skip
#ifndef M_PCAS
              :: !h && STALEP -> goto end
              :: !h && !STALEP ->
#else
              :: !h ->
#endif
                 hold = hold | B(i); assert(att[j] == 0 || !untold[i - 1]);      /* nobody comes again before that */
                 if
                 /* one probe, and no sooner than the last one's backoff */
                 :: shut -> probe = i; wasprobe[i] = 1; assert(!UNTOLD); assert(PROBES <= 1)
                 :: else
                 fi; WROTEP
              fi; MAYDIE };
     atomic { if :: STALEJ(j) :: else -> row[j] = ACTIVE; att[j] = att[j] + 1; WROTEJ(j) fi; goto end }
  :: atomic { if /* free: read the placement's row.. */
              :: HAS(0) && gone[0] -> i = 0 :: HAS(1) && gone[1] -> i = 1 :: HAS(2) && gone[2] -> i = 2 :: HAS(3) && gone[3] -> i = 3
              fi; READP };
     atomic { if                                                                     /* ..then write it by its ETag */
#ifndef M_PCAS
              :: STALEP -> goto end
#endif
              :: else -> hold = hold & (255 - B(i)); WROTEP
              fi;
#ifndef W_FREEFIRST
              note(i); goto end };
#else
              MAYDIE };
     atomic { note(i); WROTEP; goto end }
#endif
  :: atomic { shut && !due -> due = 1; sp = 255 }                                    /* the backoff has passed */
  :: false
end: atomic { sp = sp | B(me); sj[0] = sj[0] | B(me); sj[1] = sj[1] | B(me); j = 0; i = 0; h = 0 }
  od
}
active [2] proctype Story() {
  byte j = _pid - 2; byte i; byte me = _pid;
  do
  :: atomic { row[j] == ACTIVE && verdict[IDX(j, att[j])] == 0 -> i = IDX(j, att[j]); assert(HAS(i));
       if
       :: !cap -> verdict[i] = LACK; untold[i] = 1
       :: cap -> skip
       :: f > 0 -> f--; verdict[i] = OTHER; wasprobe[i] = 0
       fi };
     if
     :: verdict[i] == 0 ->
        atomic { if :: probe == i -> shut = 0; probe = NOBODY; due = 0; wasprobe[i] = 0; WROTEP :: probe != i :: f > 0 -> f-- fi };
        atomic { verdict[i] = RAN; wasprobe[i] = 0 }
     :: else
     fi;
     if :: gone[i] = 1 :: skip fi; /* refused at once, or to be removed */
settle:
#ifdef W_REQFIRST
     atomic { if :: verdict[i] == LACK && att[j] < A -> row[j] = WAITING :: else -> row[j] = OVER fi; WROTEJ(j) };
     atomic { note(i); WROTEP };
#else
     atomic { note(i); WROTEP };
     atomic { if :: verdict[i] == LACK && att[j] < A -> row[j] = WAITING :: else -> row[j] = OVER fi; WROTEJ(j) };
#endif
     atomic { if :: !gone[i] -> gone[i] = 1 :: else fi; i = 0 }
  :: atomic { row[j] == OVER -> break }
  od
}
active proctype Operator() { cap = 1 }
active proctype Monitor() {
  timeout -> assert(row[0] == OVER && row[1] == OVER); assert(hold == 0)
}
