// R1: the outcome is the program's own, and what it says of an attempt's end is true.
import type { JobView } from '../../../api/jobs';
import { workloadName } from '../../../domain/job/names';
import type { Observation } from '../../../domain/ports/compute-backend';
import type { GroupFacts } from '../cloud/cloud-record';
import type { Deployment } from '../world/deployment';
import { type AttemptView, decidingLook, enteredAt, type Facts, type Owned, owned } from './facts';
import { skewMs } from './removal-check';

/** What the attempt says of itself, and the group that has or had its name. */
interface Ended {
  readonly name: string;
  readonly attempt: AttemptView;
  readonly code: string;
  /**
   * What the look that gave it its verdict showed: the workload, that it does not exist, or nothing. `none`: there was
   * no such look.
   */
  readonly look: 'shown' | 'absent' | 'unread' | 'none';
  /** Whether the platform's answer to that look showed how the program ended. */
  readonly isEndShown: boolean;
  readonly group: GroupFacts | undefined;
  /** Undefined also if the group is not this job's. */
  readonly own: Owned | undefined;
  /** When it got its verdict, epoch milliseconds. */
  readonly verdictAt: number;
  /** How far a host's clock and the server's may differ. */
  readonly skew: number;
}

/**
 * An exit code must be one that the program ended with, and a program's own end must not pass for a failure of the
 * platform.
 */
export function checkResult(facts: Facts, deployment: Deployment, view: JobView): void {
  for (const attempt of view.attempts) {
    const ended = endOf(facts, deployment, view, attempt);
    const wrong = [
      wrongExitCode(ended),
      mistakenEnd(ended),
      wrongGivenUp(ended),
      forgottenExpiry(ended),
      wrongLoss(ended),
      wrongEviction(ended),
      unsaidStop(ended),
      forgottenEnd(ended),
    ];
    for (const why of wrong) if (why !== undefined) facts.fail('R1', `${ended.name} ${why}`);
  }
  if (view.outcome === 'Canceled' && !facts.canceled.has(view.id))
    facts.fail('R1', `${view.id} is Canceled, and nobody asked for it`);
  const last = view.attempts.at(-1);
  if (view.outcome === 'Succeeded' && last?.exitCode !== 0)
    facts.fail('R1', `${view.id} is Succeeded, its last attempt is not`);
}

function endOf(facts: Facts, deployment: Deployment, view: JobView, attempt: AttemptView): Ended {
  const name = workloadName(view.id, attempt.number);
  const group = facts.cloud.record.ofAttempt(name);
  const tagged = group === undefined ? undefined : owned(facts, group.tags);
  const verdictAt = enteredAt(attempt, 'archiving') ?? 0;
  return {
    name,
    attempt,
    code: attempt.reason?.code ?? '',
    look: lookOf(deployment, attempt, name),
    group,
    own: tagged?.deployment === deployment && tagged.jobId === view.id ? tagged : undefined,
    isEndShown: facts.cloud.record.wasEndShown(name, verdictAt),
    verdictAt,
    skew: skewMs(facts.world),
  };
}

function lookOf(deployment: Deployment, attempt: AttemptView, name: string): Ended['look'] {
  const told = (...kinds: readonly Observation['kind'][]): boolean =>
    decidingLook(deployment, attempt, name, ...kinds);
  if (told('present')) return 'shown';
  if (told('unreadable')) return 'unread';
  return told('absent', 'foreign', 'prepared') ? 'absent' : 'none';
}

function wrongExitCode({ attempt, group, own }: Ended): string | undefined {
  const runs = own === undefined ? [] : (group?.runs ?? []);
  if (attempt.exitCode === undefined || runs.some(({ exitCode }) => exitCode === attempt.exitCode))
    return undefined;
  return `says exit code ${attempt.exitCode}, its program ended with ${runs[0]?.exitCode ?? 'none'}`;
}

/** The program had ended by itself, seconds before any process could have said that the platform failed. */
function mistakenEnd(ended: Ended): string | undefined {
  const { code, group, own, verdictAt, skew } = ended;
  const run = own === undefined ? undefined : group?.runs[0];
  if (group === undefined || run?.endedAt === undefined) return undefined;
  if (group.lostAt !== undefined && group.lostAt <= verdictAt + skew) return undefined;
  if (code === 'lost' && isUntold(ended)) return undefined;
  const endedItself = run.endedAt < (group.deletedAt ?? Infinity) && run.endedAt < verdictAt - skew;
  const isWrong = [
    'lost',
    'image-pull',
    'image-not-found',
    'cannot-start',
    'capacity',
    'refused',
    'throttled',
  ].includes(code);
  return endedItself && isWrong
    ? `says ${code}, its program had ended with ${run.exitCode ?? '?'}`
    : undefined;
}

/**
 * An attempt is given up for want of a workload, on the platform's word, or for want of answers. It is never given up
 * without a look.
 */
function wrongGivenUp({ code, look, group, own }: Ended): string | undefined {
  if (code !== 'given-up') return undefined;
  const isPreparedOnly = group?.begun === false; // No create was sent, so none had to be looked for.
  if (look === 'none' && !isPreparedOnly) return 'was given up, and no look told so';
  if (look === 'absent' && own !== undefined && group?.begun === true && group.lostAt === undefined)
    return 'says that its create left no workload, and it did';
  if (look === 'shown' && group?.failureShown !== true)
    return 'says that the platform could not provision it, and no read showed so';
  return undefined;
}

/**
 * Past `expires-at` an absent workload is a time-out, because a sweep may have removed it. What a read shows still
 * counts, however late (protocol §4.3).
 */
function forgottenExpiry({ code, look, own, verdictAt, skew }: Ended): string | undefined {
  const isSilence = ['lost', 'given-up'].includes(code) && look !== 'shown';
  if (!isSilence || verdictAt < (own?.expiresAt ?? Infinity) + skew) return undefined;
  return `says ${code}, and it had expired: it is timed out`;
}

/** How a program ended can't be told once its record is gone, or its pod was taken away, before the verdict. */
function isUntold({ group, verdictAt, skew }: Ended): boolean {
  const { lostAt = Infinity, disruptedAt = Infinity } = group ?? {};
  return Math.min(lostAt, disruptedAt) <= verdictAt + skew;
}

function wrongLoss(ended: Ended): string | undefined {
  const { code, group, own } = ended;
  if (code !== 'lost' || own === undefined || isUntold(ended)) return undefined;
  return `is said to be lost; it ${group?.deletedAt === undefined ? 'was not' : 'was deleted'}`;
}

/** Only a disruption evicts. */
function wrongEviction({ code, group, own, verdictAt, skew }: Ended): string | undefined {
  if (code !== 'evicted' || own === undefined) return undefined;
  const isTrue = (group?.disruptedAt ?? Infinity) <= verdictAt + skew;
  return isTrue ? undefined : 'is said to be evicted, and nothing disrupted it';
}

/** What the platform stopped did not fail by itself: it is not the program's failure. */
function unsaidStop({ attempt, code, group, own }: Ended): string | undefined {
  const run =
    own === undefined ? undefined : group?.runs.find(({ exitCode }) => exitCode === attempt.exitCode);
  const isOwn = ['exit-code', 'killed'].includes(code);
  return isOwn && run?.stoppedAt !== undefined && run.endedAt !== undefined
    ? `says ${code}, and its program was stopped before it ended`
    : undefined;
}

/** The platform tells times in whole seconds: what ends within them came together. */
const SAME_TIME_MS = 3_000;

/** The look that gave the verdict showed how the program had ended by itself: nothing that came later counts. */
function forgottenEnd({ code, group, own, isEndShown }: Ended): string | undefined {
  const run = own === undefined ? undefined : group?.runs[0];
  if (!isEndShown || run?.endedAt === undefined || run.stoppedAt !== undefined) return undefined;
  const { lostAt = Infinity, disruptedAt = Infinity } = group ?? {};
  const isFirst = run.endedAt + SAME_TIME_MS < Math.min(lostAt, disruptedAt);
  return isFirst && ['lost', 'evicted'].includes(code)
    ? `says ${code}, and its look showed that its program had ended with ${run.exitCode ?? '?'} before`
    : undefined;
}
