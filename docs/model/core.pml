/*
 * core.pml - the life of one job: 2 attempts, any number of epochs that the fault budget allows, one ACI-like
 * service, the job row, the attempt rows, the holders, the sweep, cancel, deadlines, expires-at.
 *
 * Default build       = the protocol (../protocol.md).
 * -DCANCEL            = a user cancels the job, at any time.
 * -DW_<name>          = one rule of the protocol read loosely, as a natural implementation might; must yield a
 *                       violation.
 * -DM_<name>          = one guard removed (mutant); must yield a violation.
 * -DF=<n>             = fault budget: any n faults, of any kinds, anywhere.
 * -DNORERUN           = the spec forbids running the program again once it may have started.
 * -DNSWEEP=<n>        = concurrent sweeps (default 1).  -DNODRV=<n> = driver slots (default 3).
 * -DPREPARE            = a create is two calls: a preparation, which runs nothing and leaves something to remove, then
 *                        the create.
 * -DSTOPFIRST          = with PREPARE: a workload is shown, stopped and listed under its preparation alone. A removal
 *                        stops it and then deletes the preparation, which ends what still runs, or leaves it. Not with
 *                        LATEPUT.
 * -DW_LATESTART        = with STOPFIRST: drop assumption A2: a create may take effect without its preparation.
 * -DSTRICTS5           = with STOPFIRST: S5 without its exception for what outlived its stop; must fall.
 * -DLATEPUT           = drop assumption A1: a PUT may take effect even after the ten minutes.
 * -DFOREVER           = an outage of reads never ends (otherwise it ends at any time). Only L1 and S4 are claimed then.
 * -DNOOUT              = no outages and no story that always fails (a smaller model, for larger F).
 * -DSTRICTS2          = S2 without its exception for outages; must fall, so the exception is needed.
 * -DNOI8               = with M_EPOCH: leaves out the assertion of I8 itself (two stories of one attempt, only one of
 *                        the row's epoch, write).
 * -DNOTIDY             = keeps what nothing reads any more (see TIDY): more states, the same behaviour.
 *
 * Reading guide. Every `atomic` is ONE remote operation (one table write, one ARM call) or one local decision; between
 * two atomics anything can happen, including the death of the actor. ETags are exact: a process that reads a row clears
 * its "stale" bit, every write sets everyone's; a conditional write is allowed only to a process whose bit is clear.
 * A process whose step would change nothing is blocked rather than spinning, so the system runs down; liveness is
 * checked where nothing can move any more (`timeout` in Monitor) plus absence of infinite runs (live.sh).
 * Where the code decides by what it read, the model does too: `c` is the cancel as read with the rows, `r` what a look
 * showed, both written later and only by ETag. The row of a finished attempt is not read again: TIDY forgets it.
 */
#ifndef F
#define F 2
#endif
#ifndef NSWEEP
#define NSWEEP 1
#endif
#ifndef NODRV
#define NODRV 3
#endif
#define NA 2                     /* attempts allowed */

/* service states */
#define ABSENT 0
#define PENDING 1
#define RUNNING 2
#define ENDED 3
/* what the program will do */
#define ENDS 0
#define STUCK 1                  /* never gets past provisioning/pulling */
#define HANGS 2                  /* never ends */
/* intent */
#define NONE 0
#define SET 1
#define CLOSED 2                 /* no create will ever be sent for this attempt */
/* answer to the create */
#define UNKNOWN 0
#define ACCEPTED 1
#define REFUSED 2
/* verdict of an attempt */
#define V_OK 1                   /* program over, exit code known */
#define V_CANCEL 2
#define V_TIMEOUT 3
#define V_PROV 4                 /* provisioning or pulling deadline: infrastructure */
#define V_LOST 5                 /* infrastructure */
#define V_GIVEUP 6               /* create of unknown fate waited out: infrastructure */
#define V_REFUSED 7              /* infrastructure */
/* what a read showed, kept beside the verdicts until it is written */
#define STARTED 98
#define SEEN 99
/* cleanup */
#define C_NONE 0
#define C_DUE 1
#define C_REQ 2
#define C_GONE 3
/* job state / outcome */
#define QUEUED 0
#define ACTIVE 1
#define OVER 2
#define O_OK 1
#define O_CANCEL 2
#define O_TIMEOUT 3
#define O_FAIL 4

/* ---- the service (truth outside) ---- */
byte st[3]; bit vis[3]; bit dpend[3]; bit inflight[3]; byte will[3];
/*
 * ---- a preparation: it stands, it may still take effect; the row says that it may have been sent; and a ghost: it
 * took effect when its attempt had ended already, so that no process that wrote "gone" could know of it ----
 */
#ifdef PREPARE
bit prep[3]; bit pfly[3]; bit pnoted[3]; bit plate[3];
#define PREPARED(a) (!out && !SHOWN(a) && prep[a])            /* a read shows the preparation alone */
#define THERE(a) (SHOWN(a) || prep[a])
#define FORGETPREP(a) pnoted[a] = 0
#ifdef M_PREPGONE                 /* an attempt without a program is gone at once, whatever its preparation left */
#define UNCREATED(a) C_GONE
#else
#define UNCREATED(a) (pnoted[a] -> C_DUE : C_GONE)
#endif
#else
#define THERE(a) SHOWN(a)
#define FORGETPREP(a) skip
#define UNCREATED(a) C_GONE
#endif
/*
 * ---- a removal in two steps: a stop under way; the program was ended by a stop; it lived on for two minutes after its
 * stop; it lives on without its preparation: no read shows it and nothing can stop it ----
 */
#ifdef STOPFIRST
bit spend[3]; bit halted[3]; bit bnd[3]; bit orph[3];
#define BUSY(a) (st[a] == PENDING || st[a] == RUNNING)
#define HALTED(a) halted[a]
#define ORPHAN(a) orph[a]
#define REMOVING(a) (dpend[a] || spend[a])
#define FORGETRUN(a) halted[a] = 0; bnd[a] = 0; spend[a] = 0
#ifdef STRICTS5
#define LEAKED(a) (0)
#else
#define LEAKED(a) (orph[a] && bnd[a])   /* the one thing that "gone" may leave behind */
#endif
#ifdef W_LATESTART
#define STARTABLE(a) (1)
#else
#define STARTABLE(a) prep[a]            /* A2: a create takes effect on what stands, or never */
#endif
/* is it certain by the row whether the create has an effect? Before that its preparation stays: it alone shows it */
#ifdef W_DELUNSEEN
#define MAYDEL(a) (1)
#else
#define MAYDEL(a) FATEKNOWN(a)
#endif
#define FATEKNOWN(a) (seen[a] || ans[a] == REFUSED || t10[a] || intent[a] != SET)
#ifdef W_LATEINTENT                /* a create may follow however near expires-at is */
#define TIMELEFT(a) (1)
#define MAYEXPIRE(a) (1)
#else
#define TIMELEFT(a) (!ex[a])
#define MAYEXPIRE(a) FATEKNOWN(a)      /* from the intent to expires-at it is at least the ten minutes */
#endif
#else
#define HALTED(a) (0)
#define ORPHAN(a) (0)
#define REMOVING(a) dpend[a]
#define FORGETRUN(a) skip
#define LEAKED(a) (0)
#define STARTABLE(a) (1)
#define MAYDEL(a) (1)
#define MAYEXPIRE(a) (1)
#endif
/* ---- clocks, abstract ---- */
bit t10[3];                      /* ten minutes since the intent */
bit dl[3];                       /* the current phase's deadline has passed */
bit ex[3];                       /* expires-at has passed */
/* ---- job row ---- */
byte jstate = QUEUED; byte jatt = 0; byte outcome = 0; bit evsent = 0;
bit cancel = 0;                  /* cancel entity, insert-only */
/* ---- attempt rows ---- */
byte intent[3]; byte ans[3]; bit seen[3]; byte verdict[3]; byte clean[3];
#ifdef W_INTENTEPOCH
byte ie[3];
#endif
/* ---- placement row ---- */
bit hold[3];
/*
 * ---- orchestration instances: slots, each driving an attempt (0: free). Epochs are only ever compared with the row's,
 * and only rise: so it is enough to know whether a slot's epoch is still the row's. Raising it makes all others
 * old. ----
 */
byte sa[NODRV]; bit cur[NODRV];
bit term[3];                     /* a person terminated the instance of the current epoch */
bit dcur;                        /* the epoch that the dispatcher is about to start is still the row's */
/* the attempt whose story a sweep is about to start, once it raised the epoch; 8 + attempt: that epoch is old by now */
byte pend[2];
#define ON(i, a) (sa[i] == (a) && cur[i])
#if NODRV == 3
#define RUNNINGSTORIES(a) (ON(0, a) + ON(1, a) + ON(2, a))
#define FREESLOT (sa[0] == 0 || sa[1] == 0 || sa[2] == 0)
#else
#define RUNNINGSTORIES(a) (ON(0, a) + ON(1, a))
#define FREESLOT (sa[0] == 0 || sa[1] == 0)
#endif
#define ALIVE(a) (term[a] -> 0 : RUNNINGSTORIES(a))
/* ---- ghosts: only read by assertions ---- */
byte puts[3]; byte starts[3]; bit dreq[3]; byte nput[3]; bit ended[3]; bit lost[3]; bit usercancel; byte announced;
bit flushed[3];                  /* the final logs were archived */
/* what an outage did to an attempt: 1 given up unread, 2 archiving ended unread, 4 removal asked for, no delete sent */
byte og[3];
bit out; /* outage: looks, lists, tags and deletes are not answered (403, 5xx, missing resource group) */
bit poison[3];                   /* every story of this attempt fails between verdict and archiving */
#ifdef NORERUN
bit ss[3];                       /* row: startShown */
#ifdef STOPFIRST                  /* "Running" is said before the program runs: what is shown may have started */
#define MAYHAVESTARTED(a) (1)
#else
#define MAYHAVESTARTED(a) (st[a] >= RUNNING)
#endif
#define SIGHT(a) (FOUND(a) -> (MAYHAVESTARTED(a) -> STARTED : SEEN) : 0)
#define NOTESTART(a) ss[a] = ss[a] | (r == STARTED)
#define FORGETSTART(a) ss[a] = 0
#define UNSHOWN(a) (MAYHAVESTARTED(a) && !ss[a])
#else
#define FORGETSTART(a) skip
#define UNSHOWN(a) (0)
#define SIGHT(a) (FOUND(a) -> SEEN : 0)
#define NOTESTART(a) skip
#endif
#ifdef W_RG404                   /* no answer, or a missing resource group, taken for the workload's own 404 */
#define SEEN404(a) (out || !SHOWN(a))
#else
#define SEEN404(a) (!out && !SHOWN(a))
#endif
#define FOUND(a) (!out && SHOWN(a))                  /* a read answered and shows the workload */
byte f = F;
#ifdef W_TERMOLD
bit oldterm[3];
#endif
bit dstart;                      /* the dispatcher is just about to start a story */

/* ---- ETags ---- */
#define ALLSTALE 255
byte stJ = ALLSTALE; byte stA[3] = ALLSTALE;
#define BIT(me) (1 << (me))
#define READ_A(a,me) stA[a] = stA[a] & (255 - BIT(me))
#define READ_J(me)   stJ = stJ & (255 - BIT(me))
#define DROP(a,me)   stA[a] = stA[a] | BIT(me); stJ = stJ | BIT(me)
#define STALE_A(a,me) ((stA[a] & BIT(me)) != 0)
#define STALE_J(me)   ((stJ & BIT(me)) != 0)
#define WROTE_A(a) stA[a] = ALLSTALE
#define WROTE_J    stJ = ALLSTALE
inline raiseEpoch(a, me) {
  if :: sa[0] == a -> cur[0] = 0 :: else fi; if :: sa[1] == a -> cur[1] = 0 :: else fi;
#if NODRV == 3
  if :: sa[2] == a -> cur[2] = 0 :: else fi;
#endif
  if :: jatt == a -> dcur = 0 :: else fi;
  if :: pend[7 - (me)] == a -> pend[7 - (me)] = 8 + a :: else fi;
  pend[(me) - 6] = a; term[a] = 0; WROTE_A(a)
}

#ifdef NOI8                       /* with M_EPOCH: does anything but I8 itself fall? */
#define I8(a)
#else
#define I8(a) assert(cur[me]);
#endif
#define EXISTS(a) (st[a] != ABSENT)
#define SHOWN(a)  (st[a] != ABSENT && vis[a])        /* what GET and LIST answer, when they answer */

/* an attempt is settled when the job row has moved past it */
#define SETTLED(a) (jatt > (a) || jstate != ACTIVE)
#define INFRA(v) ((v) == V_PROV || (v) == V_LOST || (v) == V_GIVEUP || (v) == V_REFUSED)
/* nothing left to do for attempt a */
#define DONE(a) (clean[a] == C_GONE && SETTLED(a) && (jatt > (a) || jstate == QUEUED || evsent))

/* What nothing reads any more is forgotten, so that histories that differ only in it are one state (see README). */
#if defined(LATEPUT) || defined(NOTIDY)
#define TIDY(a) skip
#else
#define TIDY(a) if :: DONE(a) && (jatt > (a) || evsent) && !ORPHAN(a) ->                                                              \
  verdict[a] = V_OK; intent[a] = CLOSED; term[a] = 0; puts[a] = 1; starts[a] = 1; ans[a] = 0;  \
  seen[a] = 0; t10[a] = 0; dl[a] = 0; ex[a] = 0; lost[a] = 0; ended[a] = 0; dreq[a] = 0; flushed[a] = 0; og[a] = 0;     \
  poison[a] = 0; FORGETSTART(a); FORGETPREP(a) :: else fi
#endif
#ifdef NOTIDY
#define NOTESEEN(a) seen[a] = 1; NOTESTART(a)
#else
#define NOTESEEN(a) seen[a] = 1; t10[a] = 0; NOTESTART(a)   /* the ten minutes count only until it is seen */
#endif
#ifdef NOTIDY
#define UNSETTLED(a) (1)
#else
#define UNSETTLED(a) (!SETTLED(a) && !cancel) /* lost and ended are read only when the attempt is settled */
#endif
#if defined(W_GONE1) || defined(W_INTENTEPOCH) || defined(M_INTENTOLD) || defined(NOTIDY)
#define NOTEACCEPTED(a) ans[a] = ACCEPTED
#else
#define NOTEACCEPTED(a) skip                         /* the write happens; only a refusal is ever asked for */
#endif
/* retry: budget left; under NORERUN not once the program was shown started, and only when the old workload is gone */
#ifdef NORERUN
#define MAYRETRY(a) (jatt < NA && !ss[a])
#else
#define MAYRETRY(a) (jatt < NA)
#endif
#if defined(NORERUN) && !defined(W_RERUN)
#define MAYREQUEUE(a) (clean[a] == C_GONE)
#define MAYSETTLE(a) (clean[a] == C_GONE || !INFRA(verdict[a]) || cancel || !MAYRETRY(a))
#else
#define MAYREQUEUE(a) (1)
#define MAYSETTLE(a) (1)
#endif

#ifdef W_EXPGIVEUP /* given up even past expires-at, when a sweep may have deleted it by its tags alone */
#define GIVENUP(a) V_GIVEUP
#else
#define GIVENUP(a) (ex[a] -> V_TIMEOUT : V_GIVEUP)
#endif
/* may 404 be taken for "gone"? */
#if defined(M_GONEANY)
#define GONE_OK(a) (1)
#elif defined(W_GONE1)
#define GONE_OK(a) (ans[a] != UNKNOWN || seen[a] || t10[a])
#else
#define GONE_OK(a) (seen[a] || ans[a] == REFUSED || t10[a] || intent[a] != SET)
#endif
/* may this answer be one of "nothing is there"? */
#if defined(PREPARE) && !defined(M_PREPABSENT)
#define NOTHING(a) (SEEN404(a) && !prep[a])
#else
#define NOTHING(a) SEEN404(a)
#endif

/* which holders may the dispatcher free */
#ifdef M_FREEEARLY
#define FREEABLE(a) (hold[a] && ((a) <= jatt && clean[a] >= C_REQ || (a) > jatt && jstate == OVER))
#else
#define FREEABLE(a) (hold[a] && ((a) <= jatt && clean[a] == C_GONE || (a) > jatt && jstate == OVER))
#endif

/* Once the job is cancelled the assertions ask for less: what only they read is forgotten. */
#ifdef NOTIDY
#define CANCELLED cancel = 1
#else
#define CANCELLED cancel = 1; lost[1] = 0; lost[2] = 0; ended[1] = 0; ended[2] = 0; flushed[1] = 0; flushed[2] = 0; og[1] = og[1] & 4; og[2] = 0
#endif
/* ---- service calls ---- */
inline appear(a) {               /* a PUT takes effect */
#ifndef LATEPUT
  assert(clean[a] != C_GONE);                                  /* S5 */
  assert(hold[a]);                                             /* S6 */
#endif
  st[a] = PENDING; will[a] = ENDS; vis[a] = 1;
  if :: skip :: f > 0 -> f--; will[a] = STUCK :: f > 0 -> f--; will[a] = HANGS fi;
#ifdef W_LATESTART
  if :: !prep[a] -> vis[a] = 0; orph[a] = 1 :: prep[a] :: prep[a] && f > 0 -> f--; vis[a] = 0 fi
#else
  if :: skip :: f > 0 -> f--; vis[a] = 0 fi
#endif
}
#ifdef PREPARE
inline pappear(a) {              /* a preparation takes effect, perhaps for the second time */
  if :: !prep[a] -> prep[a] = 1; plate[a] = (verdict[a] != 0) :: else fi
}
#define PGONE(a) prep[a] = 0; plate[a] = 0
#else
#define PGONE(a) skip
#endif
#ifdef STOPFIRST
#if defined(M_NOSTOP)             /* the delete goes at once, whatever runs */
#define MUSTSTOP(a) (0)
#elif defined(M_NOWAIT)           /* the delete goes as soon as the stop was answered */
#define MUSTSTOP(a) (SHOWN(a) && BUSY(a) && !bnd[a] && !spend[a])
#else
#define MUSTSTOP(a) (SHOWN(a) && BUSY(a) && !bnd[a])
#endif
/*
 * The next step of a removal, answered: a stop, or the delete when nothing runs any more. Either may do nothing for a
 * while. `may`: whether the delete may go although nothing is shown to have started
 */
inline del(a, may) {
  /* S3; given up unread: past the provisioning deadline */
  assert(!BUSY(a) || cancel || dl[a] || ex[a] || (og[a] & 1));
  if
  :: dpend[a]                                                   /* being deleted */
  :: !dpend[a] && MUSTSTOP(a) -> dreq[a] = 1;
     if :: spend[a] :: !spend[a] -> spend[a] = 1 :: !spend[a] && f > 0 -> f-- fi
  :: !dpend[a] && !MUSTSTOP(a) && THERE(a) && (SHOWN(a) || (may)) ->
     /* logs first (money beats logs after a deadline) */
     assert(st[a] != ENDED || halted[a] || flushed[a] || ex[a] || dl[a] || cancel || (og[a] & 3));
     if :: SHOWN(a) -> dreq[a] = 1 :: else fi;
     if :: dpend[a] = 1 :: f > 0 -> f-- fi
  :: !dpend[a] && !MUSTSTOP(a) && !(THERE(a) && (SHOWN(a) || (may)))
  fi
}
inline deleted(a) {              /* a delete takes effect; what runs ends with it, or lives on */
  dpend[a] = 0; spend[a] = 0; PGONE(a);
  if
  :: BUSY(a) -> vis[a] = 0; orph[a] = 1
  :: st[a] = ABSENT; vis[a] = 0; will[a] = 0; FORGETRUN(a)
  fi
}
#else
inline del(a, may) {             /* DELETE, answered 200/204; may do nothing for a while */
#ifndef LATEPUT
  /* S3; given up unread: past the provisioning deadline */
  assert((st[a] != PENDING && st[a] != RUNNING) || cancel || dl[a] || ex[a] || (og[a] & 1));
#endif
#ifndef LATEPUT
  /* logs first (money beats logs after a deadline) */
  assert(st[a] != ENDED || flushed[a] || ex[a] || dl[a] || cancel || (og[a] & 3));
  if :: SHOWN(a) -> dreq[a] = 1 :: else fi;
#else
  dreq[a] = 1;
#endif
  if :: THERE(a) -> dpend[a] = 1 :: THERE(a) && f > 0 -> f-- :: !THERE(a) -> skip fi
}
inline deleted(a) { dpend[a] = 0; st[a] = ABSENT; vis[a] = 0; will[a] = 0; PGONE(a) }
#endif
inline start(a, c) { /* start the orchestration of attempt a; c: of the epoch now in the row. Needs a free slot */
  if
  :: sa[0] == 0 -> sa[0] = a; cur[0] = c
  :: else ->
#if NODRV == 3
     if
     :: sa[1] == 0 -> sa[1] = a; cur[1] = c
     :: else -> sa[2] = a; cur[2] = c
     fi
#else
     sa[1] = a; cur[1] = c
#endif
  fi
}

inline setOutcome(o) {
#ifndef M_OUTCOME
  assert(outcome == 0);                                        /* S4 */
#endif
  assert(announced == 0);
  outcome = o; jstate = OVER
}

#ifdef W_NOBOUND                  /* only the PUT itself has a time limit; the pause between intent and PUT has none */
#define BOUND(a) (1)
#else
#define BOUND(a) (nput[a] == 0)
#endif
#ifdef LATEPUT
#define A1(a) (1)
#else
#define A1(a) (!inflight[a] && (!EXISTS(a) || vis[a] || ORPHAN(a)))
#endif
#define INPLAY(a) (intent[a] != NONE && clean[a] != C_GONE)
#ifdef FOREVER /* an attempt not seen must be settled by its provisioning deadline, long before expires-at */
#define EXPIRES(a) (!ex[a] && intent[a] == SET && clean[a] == C_NONE && (poison[a] || out && seen[a]))
#else
#define EXPIRES(a) (!ex[a] && intent[a] == SET && clean[a] == C_NONE && (poison[a] || out && (seen[a] || t10[a])))
#endif
#ifdef STRICTS2
#define MAYOVERLAP (dreq[1])
#else
#define MAYOVERLAP (dreq[1] || (og[1] & 4))  /* the first's delete was sent, or could not be sent for want of a read */
#endif
active proctype Service() {
  byte a;
  do
  :: atomic { inflight[1] -> a = 1; inflight[1] = 0; if :: STARTABLE(a) -> appear(a) :: skip fi; a = 0 }
  :: atomic { inflight[2] -> a = 2; inflight[2] = 0; if :: STARTABLE(a) -> appear(a) :: skip fi; a = 0 }
  :: atomic { st[1] == PENDING && will[1] != STUCK ->
       st[1] = RUNNING; starts[1]++; assert(starts[1] <= 1);   /* S1 */
       assert(!(st[2] == RUNNING) || MAYOVERLAP)               /* S2 */
#if defined(NORERUN) && !defined(LATEPUT)
       ; assert(st[2] != RUNNING)                              /* S2, strict form */
#endif
     }
  :: atomic { st[2] == PENDING && will[2] != STUCK ->
       st[2] = RUNNING; starts[2]++; assert(starts[2] <= 1);
#if defined(NORERUN) && !defined(LATEPUT)
       assert(st[1] != RUNNING);                               /* S2, strict form */
#endif
       assert(!(st[1] == RUNNING) || MAYOVERLAP) }
  :: atomic { st[1] == RUNNING && will[1] != HANGS -> st[1] = ENDED; ended[1] = UNSETTLED(1) }
  :: atomic { st[2] == RUNNING && will[2] != HANGS -> st[2] = ENDED; ended[2] = UNSETTLED(2) }
  :: atomic { EXISTS(1) && !vis[1] && !ORPHAN(1) -> vis[1] = 1 }
  :: atomic { EXISTS(2) && !vis[2] && !ORPHAN(2) -> vis[2] = 1 }
  :: atomic { dpend[1] -> deleted(1) }
  :: atomic { dpend[2] -> deleted(2) }
  :: atomic { EXISTS(1) && vis[1] && !dpend[1] && f > 0 -> f--; st[1] = ABSENT; vis[1] = 0; lost[1] = UNSETTLED(1); will[1] = 0; FORGETRUN(1) }
  :: atomic { EXISTS(2) && vis[2] && !dpend[2] && f > 0 -> f--; st[2] = ABSENT; vis[2] = 0; lost[2] = UNSETTLED(2); will[2] = 0; FORGETRUN(2) }
#ifdef STOPFIRST
  :: atomic { spend[1] -> spend[1] = 0; if :: BUSY(1) -> st[1] = ENDED; halted[1] = 1 :: else fi }
  :: atomic { spend[2] -> spend[2] = 0; if :: BUSY(2) -> st[2] = ENDED; halted[2] = 1 :: else fi }
  /* two minutes later it is still not over */
  :: atomic { spend[1] && BUSY(1) && f > 0 -> f--; spend[1] = 0; bnd[1] = 1 }
  :: atomic { spend[2] && BUSY(2) && f > 0 -> f--; spend[2] = 0; bnd[2] = 1 }
  /* it ends by itself, or by the limit that its preparation gave it */
  :: atomic { orph[1] -> orph[1] = 0; st[1] = ABSENT; will[1] = 0; FORGETRUN(1); TIDY(1) }
  :: atomic { orph[2] -> orph[2] = 0; st[2] = ABSENT; will[2] = 0; FORGETRUN(2); TIDY(2) }
#endif
  /* A1: ten minutes > (intent -> PUT sent) + client time limit + latest effect of a PUT + visibility lag */
  :: atomic { intent[1] == SET && !t10[1] && !seen[1] && clean[1] != C_GONE && BOUND(1) && A1(1) -> t10[1] = 1 }
  :: atomic { intent[2] == SET && !t10[2] && !seen[2] && clean[2] != C_GONE && BOUND(2) && A1(2) -> t10[2] = 1 }
  :: atomic { EXISTS(1) && !dl[1] && will[1] != ENDS -> dl[1] = 1 }
  :: atomic { EXISTS(2) && !dl[2] && will[2] != ENDS -> dl[2] = 1 }
  :: atomic { EXISTS(1) && !dl[1] && f > 0 -> f--; dl[1] = 1 }
  :: atomic { EXISTS(2) && !dl[2] && f > 0 -> f--; dl[2] = 1 }
  :: atomic { dl[1] && !ex[1] && EXISTS(1) && MAYEXPIRE(1) && f > 0 -> f--; ex[1] = 1 }
  :: atomic { dl[2] && !ex[2] && EXISTS(2) && MAYEXPIRE(2) && f > 0 -> f--; ex[2] = 1 }
#ifndef NOOUT
  :: atomic { !out && f > 0 && (INPLAY(1) || INPLAY(2)) -> f--; out = 1 }       /* an outage of reads begins */
#endif
#ifndef FOREVER
  :: atomic { out -> out = 0 }
#endif
#ifdef PREPARE
  :: atomic { pfly[1] -> pfly[1] = 0; if :: pappear(1) :: skip fi }
  :: atomic { pfly[2] -> pfly[2] = 0; if :: pappear(2) :: skip fi }
  :: atomic { prep[1] && !EXISTS(1) && f > 0 -> f--; PGONE(1) }                   /* a person removes the preparation */
  :: atomic { prep[2] && !EXISTS(2) && f > 0 -> f--; PGONE(2) }
  /* preparing until expires-at */
  :: atomic { pnoted[1] && intent[1] == NONE && verdict[1] == 0 && !ex[1] && f > 0 -> f--; ex[1] = 1 }
  :: atomic { pnoted[2] && intent[2] == NONE && verdict[2] == 0 && !ex[2] && f > 0 -> f--; ex[2] = 1 }
#endif
  :: atomic { EXPIRES(1) && MAYEXPIRE(1) -> ex[1] = 1 } /* nothing settles it until expires-at */
  :: atomic { EXPIRES(2) && MAYEXPIRE(2) -> ex[2] = 1 }
  :: atomic { FREESLOT && jstate == ACTIVE && ALIVE(jatt) == 1 && f > 0 ->   /* Durable runs an activity twice */
       f--; a = jatt; start(a, 1); a = 0 }
  :: atomic { jstate == ACTIVE && ALIVE(jatt) >= 1 && f > 0 ->    /* a person terminates the orchestration */
       f--; term[jatt] = 1; usercancel = 1 }
  od
}

/* ---- the story: re-entrant from the attempt row; one loop turn = one activity ---- */
#ifdef W_BLIND /* "does nothing if they are not the row's" done as read, check, then write without the ETag */
#define STALED(a, me) (0)
#else
#define STALED(a, me) STALE_A(a, me)
#endif
active [NODRV] proctype Driver() {
  byte r; bit c;                   /* c: whether the rows, as read, had a cancel */
  byte me = _pid - 1;
#define a sa[me]
#define END  DROP(a, me); a = 0; cur[me] = 0; r = 0; c = 0; goto loop
#define DIE  :: f > 0 -> f--; END
loop:
  atomic {
    a != 0;
    r = 0; c = cancel; DROP(a, me);
    if
#ifndef M_EPOCH
    :: !cur[me] -> END
#endif
    :: term[a] && cur[me] -> END
#ifdef W_REMATT
    :: jatt > a -> END
#endif
    :: DONE(a) && cur[me] -> END
#ifdef M_EPOCH
    :: DONE(a) && !cur[me] -> END
#define MYEP(a) (1)
#else
#define MYEP(a) (cur[me] && !term[a])
#endif
    :: MYEP(a) && verdict[a] == 0 && intent[a] == NONE -> READ_A(a, me); goto create
    :: MYEP(a) && verdict[a] == 0 && intent[a] == SET && !seen[a] -> READ_A(a, me); goto look
    :: MYEP(a) && verdict[a] == 0 && seen[a] -> READ_A(a, me); goto observe
    :: MYEP(a) && verdict[a] != 0 && clean[a] == C_NONE -> READ_A(a, me); goto archive
    :: MYEP(a) && verdict[a] != 0 && clean[a] == C_DUE -> READ_A(a, me); goto remove
#ifdef M_ATTEMPT
    :: MYEP(a) && verdict[a] != 0 && clean[a] >= C_REQ && jstate == ACTIVE -> READ_A(a, me); READ_J(me); goto settle
#else
    :: MYEP(a) && verdict[a] != 0 && clean[a] >= C_REQ && !SETTLED(a) && MAYSETTLE(a) -> READ_A(a, me); READ_J(me); goto settle
#endif
    :: MYEP(a) && clean[a] == C_REQ && (SETTLED(a) || !MAYSETTLE(a)) -> READ_A(a, me); goto gone
    :: MYEP(a) && outcome != 0 && jatt == a && !evsent -> READ_J(me); r = outcome; goto announce
    DIE
    fi
  }

create:  /* 1. intent by compare-and-swap (or close the attempt), 2. look, 3. one PUT, 4. record the answer */
#ifdef PREPARE
  /*
   * 0. say in the row that a preparation may be there, then send it: any number of times, on rows that may be old by
   * then
   */
  atomic {
    if
    :: c -> if :: STALE_A(a, me) :: else -> verdict[a] = V_CANCEL; intent[a] = CLOSED; clean[a] = UNCREATED(a); WROTE_A(a) fi; goto loop
#ifdef W_PREPAFTER                /* the row says so with the intent, when the preparation has been answered */
    :: !c
#else
    :: !c && !pnoted[a] -> if :: STALE_A(a, me) :: else -> pnoted[a] = 1; WROTE_A(a) fi; goto loop
    :: !c && pnoted[a]
#endif
    DIE
    fi
  };
  atomic {
    if
    :: pappear(a)                                                 /* ready */
    :: f > 0 -> f--; pappear(a); END
    :: f > 0 -> f--; pfly[a] = 1; goto loop /* not yet, or no answer: takes effect now, later, or never; asked again */
    /* refused, or the deadline passed: something may be left */
    :: f > 0 -> f--; if :: pappear(a) :: skip fi; goto unprepared
    fi
  };
#endif
  atomic {
    if
    :: c ->
#ifdef W_INTENTLOOSE
       if :: STALE_A(a, me) :: else -> verdict[a] = V_CANCEL; clean[a] = C_GONE; WROTE_A(a) fi
#else
       if :: STALE_A(a, me) :: else -> verdict[a] = V_CANCEL; intent[a] = CLOSED; clean[a] = C_GONE; WROTE_A(a) fi
#endif
       ; goto loop
    :: !c
#ifdef M_CANCELMID
    :: c -> skip
#endif
    DIE
    fi;
#if defined(M_INTENT)
    intent[a] = SET; WROTE_A(a); nput[a]++;                       /* not compared */
#elif defined(W_INTENTLOOSE)
    if :: intent[a] != NONE -> goto loop :: else fi;              /* compares the intent only */
    intent[a] = SET; WROTE_A(a); nput[a]++;
#else
    if :: STALE_A(a, me) -> goto loop :: else fi;
#ifdef STOPFIRST
    if :: TIMELEFT(a) :: !TIMELEFT(a) -> goto unprepared fi;
#endif
    I8(a)                                           /* I8 */
    intent[a] = SET; WROTE_A(a); nput[a]++;
#ifdef W_PREPAFTER
    pnoted[a] = 1;
#endif
#endif
#ifdef W_INTENTEPOCH
    ie[a] = 1;
#endif
    READ_A(a, me);
    if :: skip :: f > 0 -> f--; nput[a]--; END fi           /* cut between the intent and the PUT */
  };
put:
#ifndef M_NOLOOK
  atomic {
    if
    :: FOUND(a) -> nput[a]--; goto loop                           /* adopt: `look` records it as seen */
    :: out -> nput[a]--; goto loop                                /* the look stays unanswered for 60 s: no PUT */
#ifdef PREPARE
#ifdef M_PREPLOOK                 /* the answer to the preparation is believed, whatever the look shows */
    :: !out && !SHOWN(a)
#else
    :: !out && !SHOWN(a) && prep[a]
    :: !out && !SHOWN(a) && !prep[a] -> nput[a]--; goto unstarted
#endif
#else
    :: !out && !SHOWN(a)
#endif
    fi
#ifdef PREPARE
    ; assert(prep[a])                                             /* S9 */
#endif
  };
#endif
  atomic {
    nput[a]--; puts[a]++; assert(puts[a] <= 1);                   /* S1 */
    assert(a == 1 || MAYOVERLAP || !EXISTS(1));                   /* S2 */
    if
    :: STARTABLE(a) -> appear(a); r = ACCEPTED
    :: !STARTABLE(a) -> r = REFUSED
    :: f > 0 -> f--; r = REFUSED /* 400, 401, 403, 404, 429, 409 for capacity: certainly no effect */
    :: out -> r = REFUSED
    :: STARTABLE(a) && f > 0 -> f--; appear(a); END      /* accepted, the answer is lost with its asker */
    /* 408, 5xx, transitioning, silence: takes effect now, later, or never */
    :: f > 0 -> f--; inflight[a] = 1; goto unclear
    :: out -> inflight[a] = 1; goto unclear
    fi
  };
  /* read again, on which to write the answer */
  atomic { if :: cur[me] && verdict[a] == 0 && !seen[a] -> READ_A(a, me) :: else -> goto loop fi };
  atomic {
    if
    :: STALED(a, me) -> goto loop                               /* answer forgotten: unknown fate, safe */
    :: !STALED(a, me) ->
       if
       :: r == ACCEPTED -> NOTEACCEPTED(a)
#ifdef W_LOSTUNSEEN
          ; seen[a] = 1
#endif
       :: r == REFUSED -> ans[a] = REFUSED; verdict[a] = V_REFUSED; clean[a] = UNCREATED(a)
       fi; WROTE_A(a)
    DIE
    fi
  };
  goto loop;
unclear:
#ifdef W_5XXREFUSED               /* 408, 5xx or a conflict with another operation read as a refusal */
  atomic { if :: STALED(a, me) :: else -> ans[a] = REFUSED; verdict[a] = V_REFUSED; clean[a] = C_GONE; WROTE_A(a) fi };
#endif
  goto loop;

#ifdef PREPARE
unprepared: /* refused before any intent: closed, on the rows that this turn read */
  atomic {
    if
    :: STALED(a, me) -> goto loop
    :: !STALED(a, me) -> verdict[a] = V_REFUSED; intent[a] = CLOSED; clean[a] = UNCREATED(a); WROTE_A(a)
    DIE
    fi
  };
  goto loop;
/* our intent is set, and this look showed that no create may follow: as certain as a refusal of the create */
unstarted:
  atomic { if :: cur[me] && verdict[a] == 0 && !seen[a] -> READ_A(a, me) :: else -> goto loop fi };
  atomic {
    if
    :: STALED(a, me) -> goto loop
    :: !STALED(a, me) -> ans[a] = REFUSED; verdict[a] = V_REFUSED; clean[a] = UNCREATED(a); WROTE_A(a)
    DIE
    fi
  };
  goto loop;
#endif

look:    /* the intent is not ours of just now: only look */
  atomic {
    if
    :: STALED(a, me) -> goto loop
#ifdef M_NOLOOK
    :: t10[a] -> r = V_GIVEUP
#else
    :: FOUND(a) -> r = SIGHT(a)
#ifdef W_PREPSEEN                 /* a preparation counts as its workload */
    :: PREPARED(a) -> r = SEEN
#endif
    :: SEEN404(a) && t10[a] -> r = GIVENUP(a)
#ifndef M_UNREAD
#ifdef W_PROVEARLY                /* a provisioning deadline of less than ten minutes */
    :: out -> r = 16 + GIVENUP(a)
#else
    /* the provisioning deadline (at least ten minutes) passes without a readable answer */
    :: out && t10[a] -> r = 16 + GIVENUP(a)
#endif
#endif
#endif
    :: c -> r = V_CANCEL
    :: cancel && !c -> goto loop
#ifdef W_INTENTEPOCH
    :: ie[a] == 1 && ans[a] == UNKNOWN -> nput[a]++; goto put
#endif
#ifdef M_INTENTOLD
    :: !out && !SHOWN(a) && ans[a] == UNKNOWN -> nput[a]++; goto put
#endif
    DIE
    fi
  };
  atomic {
    if
    :: STALED(a, me) -> goto loop
    :: else ->
       I8(a)                                       /* I8 */
       if
       :: r >= STARTED -> NOTESEEN(a)
       :: r > 16 && r < STARTED -> verdict[a] = r - 16; og[a] = og[a] | (cancel -> 0 : 1)
#if defined(NORERUN) && !defined(W_UNREADRERUN)
          ; ss[a] = 1 /* it may have started: not known is taken for shown */
#endif
       :: else -> verdict[a] = r
       fi; WROTE_A(a)
    fi
  };
  goto loop;

observe: /* one read of the workload; absent means three 404s over a minute */
  atomic {
    if
    :: STALED(a, me) -> goto loop
    :: FOUND(a) && st[a] == ENDED && !HALTED(a) -> r = V_OK
    :: FOUND(a) && st[a] == ENDED && HALTED(a) -> r = (ex[a] -> V_TIMEOUT : V_LOST) /* no more than silence */
    :: FOUND(a) && st[a] != ENDED && c -> r = V_CANCEL
    :: FOUND(a) && st[a] == RUNNING && dl[a] -> r = V_TIMEOUT
    :: FOUND(a) && st[a] == PENDING && dl[a] -> r = V_PROV
    :: cancel && !c -> goto loop                        /* the next look knows it */
    :: out && c -> r = V_CANCEL /* needs no evidence; any other verdict waits for a readable answer, or expires-at */
#ifdef W_EXPLOST
    :: SEEN404(a) -> r = V_LOST
#else
    :: SEEN404(a) && !ex[a] -> r = V_LOST
    :: SEEN404(a) && dl[a] -> r = V_PROV                /* the deadline of a phase counts by the row, workload or not */
    :: SEEN404(a) && dl[a] && starts[a] -> r = V_TIMEOUT
    :: SEEN404(a) && ex[a] -> r = V_TIMEOUT
#endif
#ifdef NORERUN
    :: FOUND(a) && UNSHOWN(a) -> r = STARTED
#endif
#ifdef W_GIVEUP1
    :: f > 0 -> f--; r = V_GIVEUP                       /* takeover looks once, one stray 404, intent is old */
#endif
    DIE
    fi
  };
#ifdef W_NOVERDICT
  goto archive;
#endif
  atomic {
    if
    :: STALED(a, me) -> goto loop
    :: !STALED(a, me) -> I8(a)
       if :: r == STARTED -> NOTESTART(a) :: else -> verdict[a] = r fi; WROTE_A(a)
    DIE
    fi
  };
  goto loop;

archive: /* the final logs, or the deadline of archiving; then removal is due. Only these verdicts show that the program
          * started. With others it may have, and its log is archived: leaving it out in every run is the harder case
          * for the assertions */
#define HASLOG(a) (verdict[a] == V_OK || verdict[a] == V_TIMEOUT)
  atomic {
    if
    :: poison[a] && STALE_A(a, me) -> goto loop                   /* nothing else gets a story past this point */
    :: !poison[a] && !HASLOG(a)                                   /* never shown started: there is no log to wait for */
    :: !poison[a] && HASLOG(a) && FOUND(a) && st[a] == ENDED -> flushed[a] = !cancel
    :: !poison[a] && HASLOG(a) && out -> og[a] = og[a] | (cancel -> 0 : 2) /* the archiving deadline passes unread */
    :: !poison[a] && HASLOG(a) && !out && !(SHOWN(a) && st[a] == ENDED)
#ifndef NOOUT
    :: !poison[a] && f > 0 -> f--; poison[a] = 1; goto loop
#endif
    fi
  };
  atomic {
    if
    :: STALED(a, me) -> goto loop
    :: !STALED(a, me) -> I8(a) clean[a] = C_DUE; WROTE_A(a)
#ifdef W_NOVERDICT
       ; READ_A(a, me); goto remove
#endif
    DIE
    fi
  };
  goto loop;

remove:  /* the first DELETE, and what was read before it */
#ifdef W_NOVERDICT
#define LOOK(a) skip
#else
#define LOOK(a) r = SIGHT(a)
#endif
  atomic { if :: STALED(a, me) -> goto loop :: !STALED(a, me) && !out -> LOOK(a); del(a, MAYDEL(a))
    :: !STALED(a, me) && out -> og[a] = og[a] | (a == 1 -> 4 : 0)         /* tags unreadable: no delete */ DIE fi };
  atomic {
    if
    :: STALED(a, me) -> goto loop
    :: !STALED(a, me) -> I8(a) clean[a] = C_REQ; if :: r >= STARTED -> NOTESEEN(a) :: else fi; WROTE_A(a)
#ifdef W_NOVERDICT
       ; READ_A(a, me); READ_J(me); if :: verdict[a] == 0 -> goto settle :: else fi
#endif
    DIE
    fi
  };
  goto loop;

settle:  /* one transaction over job row and attempt row */
  atomic {
    if
#ifndef M_OUTCOME
    :: STALED(a, me) || STALE_J(me) -> goto loop
    :: !STALED(a, me) && !STALE_J(me) ->
#else
    :: true ->
#endif
#ifdef W_NOVERDICT
       if :: verdict[a] == 0 -> verdict[a] = r :: else fi;
#endif
#ifdef M_OUTCOME
       if :: jstate == QUEUED -> goto loop :: else fi;
       assert(outcome == 0);   /* S4 */
       assert(jatt == a);
#endif
#ifndef LATEPUT
       /* the program's real result */
       assert(!(INFRA(verdict[a]) && ended[a]) || lost[a] || dl[a] || cancel || (og[a] & 1));
#endif
       assert(clean[jatt] >= C_REQ);                             /* outcome only when removal is requested */
       if
       :: verdict[a] == V_OK -> setOutcome(O_OK)
       :: verdict[a] == V_CANCEL -> setOutcome(O_CANCEL)
       :: verdict[a] == V_TIMEOUT -> setOutcome(O_TIMEOUT)
       :: INFRA(verdict[a]) && c -> setOutcome(O_CANCEL)
       :: INFRA(verdict[a]) && !c && (!MAYRETRY(a) || !MAYREQUEUE(a)) -> setOutcome(O_FAIL)   /* (or overdue) */
       :: INFRA(verdict[a]) && !c && MAYRETRY(a) && MAYREQUEUE(a) -> assert(!ex[a] || verdict[a] != V_LOST || lost[a] || cancel); jstate = QUEUED
#if defined(NORERUN) && !defined(W_RERUN) && !defined(LATEPUT)
          /* not run again, unless it was never shown started */
          ; assert(starts[a] == 0 || lost[a] || (dl[a] && dreq[a]) || cancel)
#endif
       fi;
#ifndef NOTIDY
       lost[a] = 0; ended[a] = 0;
#endif
       WROTE_J; WROTE_A(a)
    DIE
    fi
  };
  goto loop;

gone:    /* until gone: look; there -> delete again; 404 -> gone if the rule allows */
  atomic {
    if
    :: STALED(a, me) -> goto loop
#ifdef NORERUN
    :: !STALED(a, me) && !SETTLED(a) && MAYSETTLE(a) -> goto loop
#ifndef M_OVERDUE
    :: !STALED(a, me) && !SETTLED(a) && out -> READ_J(me); goto settle           /* past the overdue time */
    :: !STALED(a, me) && !SETTLED(a) && !out && f > 0 -> f--; READ_J(me); goto settle
#endif
#endif
    :: FOUND(a) && !REMOVING(a) -> r = SIGHT(a); del(a, MAYDEL(a))
    :: FOUND(a) && REMOVING(a) && (!seen[a] || UNSHOWN(a)) -> r = SIGHT(a)
#ifdef M_NOWAIT
    :: FOUND(a) && spend[a] && !dpend[a] -> del(a, MAYDEL(a)); goto loop
#endif
#ifdef PREPARE
    :: PREPARED(a) && !dpend[a] && MAYDEL(a) -> del(a, MAYDEL(a)); goto loop
#endif
    :: NOTHING(a) && GONE_OK(a)
    DIE
    fi
  };
  atomic {
    if
    :: STALED(a, me) -> goto loop
    :: !STALED(a, me) && r >= STARTED -> I8(a) NOTESEEN(a); WROTE_A(a)
    :: !STALED(a, me) && r < STARTED ->
       I8(a)
#ifndef LATEPUT
       assert((!EXISTS(a) || LEAKED(a)) && !inflight[a] && nput[a] == 0);       /* S5 */
#endif
#ifdef PREPARE
       assert(!prep[a] || plate[a]); /* S5: but for one that took effect since, after the end of its attempt */
#endif
       clean[a] = C_GONE; WROTE_A(a); TIDY(a)
    fi
  };
  goto loop;

announce: /* from the row, never from memory; then the flag */
  atomic { assert(r == outcome); assert(announced == 0 || announced == r); announced = r };
  atomic { if :: STALE_J(me) :: !STALE_J(me) -> evsent = 1; WROTE_J; TIDY(1); TIDY(2) DIE fi };
  goto loop;

  skip
}
#undef a

/* ---- dispatcher: kick or timer; also frees holders. Its races with a second one are in admission.pml ---- */
#ifdef LATEPUT
#define FREECHECK(a) skip
#else
#define FREECHECK(a) assert((!EXISTS(a) || LEAKED(a)) && !inflight[a] && nput[a] == 0)
#endif
active proctype Dispatcher() {
  byte n;
  do
  :: atomic { jstate == QUEUED -> READ_J(5); n = jatt + 1 };
     if
     :: atomic { cancel || n > NA -> if :: STALE_J(5) :: else -> setOutcome((cancel -> O_CANCEL : O_FAIL)); WROTE_J fi; stJ = stJ | BIT(5); n = 0 }
     :: atomic { !cancel && n <= NA -> hold[n] = 1 };
        if
        :: atomic { !STALE_J(5) && FREESLOT -> jstate = ACTIVE; jatt = n; stA[n] = ALLSTALE; WROTE_J; TIDY(1); dstart = 1; dcur = 1 };
           if
           :: atomic { FREESLOT -> start(n, dcur); n = 0; dstart = 0; dcur = 0 }
           :: atomic { f > 0 -> f--; n = 0; dstart = 0; dcur = 0 } /* dies before the start: the sweep takes up */
           fi
        :: atomic { STALE_J(5) -> stJ = stJ | BIT(5); n = 0 }
        :: atomic { f > 0 -> f--; stJ = stJ | BIT(5); n = 0 }    /* dies: the next tick finishes the admission */
        fi
     fi
  :: atomic { FREEABLE(1) -> FREECHECK(1); hold[1] = 0 }          /* S6 */
  :: atomic { FREEABLE(2) -> FREECHECK(2); hold[2] = 0 }
  od
}

/* ---- sweep: list, then read each row. One round handles one workload name ---- */
#define NEEDSDRIVER(a) ((a) <= jatt && (a) > 0 && ALIVE(a) == 0 && !DONE(a) && (!dstart || (a) < jatt || f > 0))
#define LISTED(a) (!out && THERE(a))
#define DELETES(a) (LISTED(a) && !REMOVING(a) && (SHOWN(a) || MAYDEL(a)) && (clean[a] >= C_DUE || ex[a] && clean[a] == C_NONE && EXPVERDICT(verdict[a])))
#ifdef M_EXPVERDICT               /* past expires-at, a row that has a verdict already is left to its story */
#define EXPVERDICT(v) ((v) == 0)
#else
#define EXPVERDICT(v) (1)
#endif
#ifdef W_EXPLISTED              /* expires-at is looked at only for what the list shows */
#define EXPROW(a) (0)
#else
#define EXPROW(a) (ex[a] && (a) <= jatt && clean[a] == C_NONE && EXPVERDICT(verdict[a]))
#endif
#ifdef W_LISTSTOP                 /* a list that fails ends the whole round */
#define ROUND (!out)
#else
#define ROUND (1)
#endif
#define MUSTDELETE(a)  (DELETES(a) || EXPROW(a))
#ifdef W_REMATT
#define USEFUL(a) (ROUND && (MUSTDELETE(a) || (NEEDSDRIVER(a) && (a) == jatt)))
#else
#define USEFUL(a) (ROUND && (MUSTDELETE(a) || NEEDSDRIVER(a)))
#endif
#ifdef W_OVER                     /* "the row says this attempt is over" read as: it has a verdict */
#define ROWOVER (rc >= C_DUE || rv != 0)
#else
#define ROWOVER (rc >= C_DUE)
#endif
inline reopen(a) {               /* a name that was gone is there again */
#ifdef PREPARE
  assert(plate[a] && (!EXISTS(a) || ORPHAN(a))); /* S5: only a preparation that came late, never a workload */
  clean[a] = C_REQ; hold[a] = 1; WROTE_A(a)
#else
#ifndef LATEPUT
  assert(false);                                                 /* S5: under A1 this never happens */
#endif
  clean[a] = C_REQ; seen[a] = 1; hold[a] = 1; WROTE_A(a)
#endif
}
inline sdel(a, may) { if :: !out -> del(a, may) :: else fi }     /* a delete that fails changes nothing */
active [NSWEEP] proctype Sweep() {
  byte a, rj, rc; bit l, un, rd, rx;
#ifdef W_OVER
  byte rv;
#endif
  byte me = 6 + _pid % 2;
#if NODRV == 3
#define MAYSWEEP FREESLOT
#define SLOT (1)
#else                             /* two stories of one attempt may hold both slots: the sweep does what needs none */
#define MAYSWEEP (FREESLOT || MUSTDELETE(1) || MUSTDELETE(2))
#define SLOT FREESLOT
#endif
  do
  :: atomic { MAYSWEEP && (USEFUL(1) || USEFUL(2) || (f > 0 && jatt > 0)) ->                /* 1. list */
       if :: USEFUL(1) -> a = 1 :: USEFUL(2) -> a = 2
          :: !USEFUL(1) && !USEFUL(2) -> f--; a = jatt          /* a slow round, begun when there was nothing to do */
#ifdef M_ROWSFIRST
          :: jatt < NA && f > 0 -> f--; a = jatt + 1 /* (listing first, a name not there yet leads to nothing) */
#endif
       fi;
#ifdef M_ROWSFIRST
       rj = jatt; rc = clean[a]; rd = DONE(a); rx = cancel; READ_A(a, me)
#else
       l = LISTED(a)
#endif
     };
     atomic {                                                                               /* 2. read the row */
#ifdef M_ROWSFIRST
       l = LISTED(a);
#else
       rj = jatt; rc = clean[a]; rd = DONE(a); rx = cancel; READ_A(a, me);
#endif
#ifdef W_OVER
       rv = verdict[a];
#endif
       if :: skip :: f > 0 -> f--; un = 1 fi                     /* this row can't be read */
     };
     atomic {                                                                               /* 3. act */
       if
       :: un ->
          if
          :: l && ex[a] -> sdel(a, 1)                            /* tags alone suffice once expired */
#ifdef M_STOREERR
          :: l && !ex[a] -> sdel(a, 1)
#endif
          :: else
          fi
       :: !un && l && (a > rj || ROWOVER) ->                 /* the row says over, or has no such attempt */
          if
#ifdef W_REOPEN
          :: rc == C_GONE && !STALE_A(a, me) -> reopen(a) /* the list alone is believed */
          :: rc == C_GONE && STALE_A(a, me)
#else
          :: rc == C_GONE && LISTED(a) && !STALE_A(a, me) -> reopen(a) /* a fresh GET still shows it */
          :: rc == C_GONE && (STALE_A(a, me) || !LISTED(a))
#endif
          :: rc != C_GONE -> sdel(a, MAYDEL(a))
          fi
#ifdef W_EXPLOST
       :: !un && l && ex[a] && a <= rj && rc == C_NONE -> sdel(a, MAYDEL(a))
#else
       :: !un && l && !ROWOVER && ex[a] && a <= rj && rc == C_NONE -> goto expire
       :: !un && !l && EXPROW(a) && a <= rj && rc == C_NONE -> goto expire /* not listed: the row's own expires-at */
#endif
       :: !un && !(l && (a > rj || ROWOVER || ex[a])) && !(!l && EXPROW(a) && a <= rj && rc == C_NONE) ->
          if
/* take-over terminates the old instance; another sweep, its row read being old, takes that for a person's */
#ifdef W_TERMOLD
          :: STALE_A(a, me) && oldterm[a] -> CANCELLED
#endif
          :: STALE_A(a, me) || rd || a > rj -> skip
          :: else -> /* compare-and-swap on the attempt row alone from here on */
             if
             :: SLOT && term[a] -> un = 1; goto takeover          /* a person's terminate is a cancel */
#ifdef W_STARTSAME
             /* starts the epoch that another raised */
             :: !term[a] && ALIVE(a) == 0 && dstart && f > 0 -> f--; start(a, 1)
#endif
             :: SLOT && !term[a] && ALIVE(a) == 0 && (!dstart || f > 0) -> /* gone, failed, purged or never started */
                if :: dstart -> f-- :: else fi; goto takeover              /* (the starter may only be slow) */
             :: SLOT && !term[a] && ALIVE(a) > 0 && f > 0 -> f--; goto takeover    /* "silent", yet it lives */
             :: !SLOT || !term[a] && (ALIVE(a) > 0 || dstart) -> skip
             fi
          fi
       fi;
done:  DROP(a, me); a = 0; rj = 0; rc = 0; l = 0; un = 0; rd = 0; rx = 0
     }
  :: atomic { outcome != 0 && !evsent -> READ_J(me) };                 /* announce what was not announced */
     atomic { announced = outcome };
     atomic { if :: STALE_J(me) :: else -> evsent = 1; WROTE_J; TIDY(1); TIDY(2) fi; stJ = stJ | BIT(me) }
  od;
expire: /* expired and the row says active: verdict first, then delete */
  atomic {
    if
    :: STALE_A(a, me) || !EXPVERDICT(verdict[a]) -> goto done
    :: else -> if :: verdict[a] == 0 -> verdict[a] = (rx -> V_CANCEL : V_TIMEOUT) :: else fi; clean[a] = C_DUE; WROTE_A(a)
    fi
  };
  atomic { if :: l -> sdel(a, MAYDEL(a)) :: else fi; goto done };
takeover: /* raise the epoch by compare-and-swap, then start the story of the epoch one raised oneself */
  atomic { if :: STALE_A(a, me) -> goto done :: else fi; if :: un -> CANCELLED :: else fi; raiseEpoch(a, me);
#ifdef W_INTENTEPOCH
    ie[a] = 0;
#endif
#ifdef W_TERMOLD
    oldterm[a] = 1
#endif
  };
  atomic { if :: FREESLOT -> start(a, pend[me - 6] == a) :: f > 0 -> f-- fi; pend[me - 6] = 0; goto done }
}

/* ---- cancel: the entity is the truth; a waiting job is settled at once (if the canceler lives to do it) ---- */
#ifdef CANCEL
active proctype Canceler() {
  atomic { true -> CANCELLED; usercancel = 1; if :: jstate == QUEUED -> READ_J(4) :: jstate != QUEUED -> goto done :: f > 0 -> f--; goto done fi };
  do
  /* changed: read again */
  :: atomic { STALE_J(4) -> if :: jstate == QUEUED -> READ_J(4) :: jstate != QUEUED -> goto done fi }
  :: atomic { !STALE_J(4) -> setOutcome(O_CANCEL); WROTE_J; goto done }
  od;
done: skip
}
#endif

active proctype Monitor() {
  timeout ->
  assert(outcome != 0);                                          /* L1, L4 */
  assert(announced == outcome && evsent);                        /* S4 */
  if :: out -> goto rest :: else fi; /* FOREVER: what exists can't be removed, and its holder stays */
  assert(!EXISTS(1) && !EXISTS(2) && !inflight[1] && !inflight[2]);  /* L2 */
#ifdef PREPARE
  assert(!prep[1] && !prep[2]);                                  /* L2 */
#endif
  assert(!hold[1] && !hold[2]);                                  /* L3 */
  assert(clean[1] == C_GONE || jatt < 1); assert(clean[2] == C_GONE || jatt < 2);
rest:
  assert(!usercancel || outcome != 0);
  assert(!cancel || usercancel)
}
