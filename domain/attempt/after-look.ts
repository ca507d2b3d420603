// What one look at a workload makes of the attempt's row, up to its verdict (protocol §4.2 and §4.3).
import { type Reason, reason } from '../job/failure-reason';
import type { Verdict } from '../job/outcome';
import type { Observation, Workload } from '../ports/compute-backend';
import { isLongAbsent, withAbsence } from './absence';
import type { AttemptRow } from './attempt';
import { enterPhase, type Phase } from './attempt';
import type { Deadlines } from './deadlines';
import { firstEnding } from './endings';
import { exitVerdict } from './exit-verdict';
import { withStart } from './program-start';
import type { ProtocolTimes } from './protocol-times';

export interface Look {
  readonly observation: Observation;
  readonly cancelPresent: boolean;
  readonly deadlines: Deadlines;
  /** The spec allows a program that had started to be run again. */
  readonly rerunAllowed: boolean;
  /**
   * When the look was asked for, epoch milliseconds, no later than its answer. A 404 speaks of this moment only,
   * because a process may stand still between the answer and its reading.
   */
  readonly sentAt: number;
  /** When its answer was there, epoch milliseconds. */
  readonly now: number;
  readonly times: ProtocolTimes;
}

export const CANCELED: Verdict = { kind: 'canceled', reason: reason('canceled', 'Canceled.') };

/** The row after the look; unchanged when it has a verdict already. */
export function afterLook(row: AttemptRow, look: Look): AttemptRow {
  if (row.verdict !== undefined || row.intent.kind !== 'set') return row;
  const counted = withAbsence(row, look.observation.kind, look.now);
  if (look.observation.kind === 'present')
    return withWorkload({ ...counted, seen: true }, look.observation.workload, look);
  return counted.seen ? lookedInVain(counted, look) : notSeenYet(counted, look, row.intent.at);
}

/** The row with a verdict: only archiving and removing are left to do. */
export function withVerdict(row: AttemptRow, verdict: Verdict, now: number): AttemptRow {
  return { ...enterPhase(row, 'archiving', now), lacking: undefined, verdict, verdictAt: now };
}

/**
 * The row with what a read adds to it while it is being removed. A preparation is something to remove: its name is not
 * absent.
 */
export function withRemovalLook(row: AttemptRow, observation: Observation, now: number): AttemptRow {
  const shown = observation.kind === 'prepared' ? 'present' : observation.kind;
  return withSight(withAbsence(row, shown, now), observation);
}

/** The row with what any read that shows the workload may add to it, also while it is being removed. */
function withSight(row: AttemptRow, observation: Observation): AttemptRow {
  if (observation.kind !== 'present') return row;
  const { run = row.run } = observation.workload;
  return {
    ...withStart(row, observation.workload),
    seen: true,
    ...(run === undefined ? {} : { run }),
  };
}

function withWorkload(row: AttemptRow, workload: Workload, look: Look): AttemptRow {
  const told = withStart(row, workload);
  const known: AttemptRow = {
    ...(workload.phase === 'ended'
      ? withRunPhase(told, workload)
      : enterPhase(told, phaseOf(workload, workload.phase), look.now)),
    restartCount: Math.max(row.restartCount, workload.restartCount),
    ...(workload.ranMoreThanOnce === true ? { ranMoreThanOnce: true } : {}),
    startTroubleShown: workload.startTrouble !== undefined,
    lacking: lackingSince(row, workload, look.now),
    ...(workload.run === undefined ? {} : { run: workload.run }),
    ...(workload.startedAt === undefined ? {} : { startedAt: workload.startedAt }),
    ...(workload.endedAt === undefined ? {} : { endedAt: workload.endedAt }),
    ...(workload.exitSource === undefined ? {} : { exitSource: workload.exitSource }),
  };
  const verdict = verdictOn(row, known, workload, look);
  return verdict === undefined ? known : withVerdict(known, verdict, look.now);
}

/**
 * Some platforms call a workload running before its program runs. It still counts as pulling: the clock of `running`
 * starts with the program.
 */
function phaseOf({ started }: Workload, phase: Exclude<Workload['phase'], 'ended'>): Phase {
  return phase === 'running' && started !== 'yes' ? 'pulling' : phase;
}

/** While the code stays the same it counts as one wait, for what its message tells changes with the platform. */
function lackingSince(
  { lacking: before }: AttemptRow,
  { lacking }: Workload,
  now: number,
): AttemptRow['lacking'] {
  if (lacking === undefined) return undefined;
  return { ...lacking, since: before?.code === lacking.code ? before.since : now };
}

/** A program may have run and ended between two looks. Then its own times say when. */
function withRunPhase(row: AttemptRow, { startedAt }: Workload): AttemptRow {
  if (startedAt === undefined || row.phases.running !== undefined) return row;
  return { ...row, phases: { ...row.phases, running: startedAt } };
}

function verdictOn(before: AttemptRow, row: AttemptRow, workload: Workload, look: Look): Verdict | undefined {
  const { exitCode, failure, startTrouble } = workload;
  return firstEnding<Verdict>({
    exited: exitCode === undefined ? undefined : exitOf(row, workload, exitCode),
    failed: failure && failedOf(row, look, failure),
    unstartable:
      startTrouble && before.startTroubleShown ? { kind: 'failed', reason: startTrouble } : undefined,
    canceled: canceledBy(look),
    deadline: pastDeadline(row, look, workload.lacking),
  });
}

/**
 * A read that shows a program stopped, and not how it ended, says no more than silence: past `expires-at` a sweep may
 * have stopped it. Every other failure is what the platform itself did; it keeps a deadline too, for a runner that is
 * away when it passes.
 */
function failedOf(row: AttemptRow, look: Look, failure: Reason): Verdict {
  if (failure.code === 'lost') return expiredOr(row, look, failure);
  return { kind: failure.code === 'running-deadline' ? 'timed-out' : 'failed', reason: failure };
}

function exitOf(row: AttemptRow, { exitReason, exitDetail }: Workload, exitCode: number): Verdict {
  const { ranMoreThanOnce } = row;
  return exitVerdict(exitCode, { reason: exitReason, detail: exitDetail, ranMoreThanOnce });
}

function canceledBy({ cancelPresent }: Look): Verdict | undefined {
  return cancelPresent ? CANCELED : undefined;
}

/** The workload was seen before and this look does not show it. While it is unreadable only a cancel is concluded. */
function lookedInVain(row: AttemptRow, look: Look): AttemptRow {
  const isReadable = look.observation.kind !== 'unreadable';
  const lost = reason('lost', 'The workload vanished: its name answered 404 until that could be no mistake.');
  const verdict = firstEnding<Verdict>({
    canceled: canceledBy(look),
    deadline: isReadable ? pastDeadline(row, look) : undefined,
    absent: isReadable && isLongAbsent(row, look.sentAt, look.times) ? expiredOr(row, look, lost) : undefined,
  });
  return verdict === undefined ? row : withVerdict(row, verdict, look.now);
}

/** The create's fate is not known yet: look, never create again. */
function notSeenYet(row: AttemptRow, look: Look, intentAt: number): AttemptRow {
  const unread = unreadTooLong(row, look, intentAt);
  const verdict = firstEnding<Verdict>({
    // Our create may still take effect in the stranger's place, so the name is not gone yet. The removal decides that,
    // and it touches only what is ours.
    foreign: look.observation.kind === 'foreign' ? nameTaken() : undefined,
    canceled: canceledBy(look),
    absent: leftNothing(row, look, intentAt),
    unread,
  });
  if (verdict === undefined) return row;
  const given = withVerdict(row, verdict, look.now);
  // It may have run.
  return verdict === unread && !look.rerunAllowed ? { ...given, startShown: true } : given;
}

/** The verdict when nothing came of the create by the time at which its fate is certain. */
function leftNothing(row: AttemptRow, look: Look, intentAt: number): Verdict | undefined {
  const { kind } = look.observation;
  const isCertain = look.sentAt - intentAt >= look.times.unknownFateS * 1000;
  if (kind === 'unreadable' || !isLongAbsent(row, look.sentAt, look.times) || !isCertain) return undefined;
  const shown = kind === 'prepared' ? 'only what was prepared for it was shown' : 'its name answered 404';
  const why = `The create left no workload behind: ${shown} until its fate was certain.${answered(row)}`;
  return expiredOr(row, look, reason('given-up', why));
}

/** The verdict when no read told of the workload for as long as it may be provisioned [M_UNREAD, W_PROVEARLY]. */
function unreadTooLong(row: AttemptRow, look: Look, intentAt: number): Verdict | undefined {
  const patienceS = Math.max(look.deadlines.provisioning, look.times.unknownFateS);
  if (look.observation.kind !== 'unreadable' || look.sentAt - intentAt < patienceS * 1000) return undefined;
  const why = `No readable answer about the workload for ${patienceS} s after its create.${answered(row)}`;
  return expiredOr(row, look, reason('given-up', why));
}

function answered({ answerWhy }: AttemptRow): string {
  return answerWhy === undefined ? '' : ` The create itself was answered: ${answerWhy}`;
}

/** The verdict on a workload of our name whose tags are not ours: it is never touched. */
export function nameTaken(): Verdict {
  return {
    kind: 'failed',
    reason: reason('name-taken', 'Something else holds the name of this workload; it was left alone.'),
  };
}

function expiredOr(row: AttemptRow, look: Look, otherwise: Reason): Verdict {
  const isExpired = row.expiresAt !== undefined && look.now >= row.expiresAt;
  if (!isExpired) return { kind: 'failed', reason: otherwise };
  return { kind: 'timed-out', reason: reason('expired', `Past its expiry. ${otherwise.message}`) };
}

/**
 * The verdict on an attempt whose provisioning takes longer than its deadline. That deadline is never shorter than the
 * time
 * for which a create's fate is unknown.
 */
export function pastProvisioning(
  row: AttemptRow,
  deadlines: Deadlines,
  now: number,
  times: ProtocolTimes,
): Verdict | undefined {
  return row.phase === 'provisioning' ? pastDeadline(row, { deadlines, sentAt: now, times }) : undefined;
}

/**
 * By when the look was asked for: its reader may have stood still since, and the workload gone on. `lacking`: why this
 * look shows the workload waiting for capacity. That is then why it never came up.
 */
function pastDeadline(
  row: AttemptRow,
  look: Pick<Look, 'deadlines' | 'sentAt' | 'times'>,
  lacking?: Reason,
): Verdict | undefined {
  if (row.phase === 'archiving') return undefined;
  const limitS =
    row.phase === 'provisioning'
      ? Math.max(look.deadlines.provisioning, look.times.unknownFateS)
      : look.deadlines[row.phase];
  if (look.sentAt - row.phaseSince < limitS * 1000) return undefined;
  if (row.phase === 'provisioning' && lacking !== undefined) {
    const message = `Waited for capacity for longer than its provisioning deadline of ${limitS} s: ${lacking.message}`;
    return { kind: 'failed', reason: reason(lacking.code, message) };
  }
  const why = reason(
    `${row.phase}-deadline`,
    `Was ${row.phase} for longer than its deadline of ${limitS} s.`,
  );
  return row.phase === 'running' ? { kind: 'timed-out', reason: why } : { kind: 'failed', reason: why };
}
