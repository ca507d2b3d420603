// Brings about situations that are rare by chance. Each waits for its moment and then does only what the outside world
// may do at any time.
import type { AttemptRow } from '../../../domain/attempt/attempt';
import { mayHaveStarted } from '../../../domain/attempt/program-start';
import type { JobPlan } from '../../../domain/job/job';
import { attemptOfName, workloadName } from '../../../domain/job/names';
import type { Wire } from '../cloud/platform';
import type { Platforms } from '../cloud/platforms';
import { cancelOne } from '../users/people';
import type { Compute } from '../world/compute';
import type { Deployment } from '../world/deployment';
import { leftoversMs } from '../world/life';
import type { World } from '../world/world';
import { MID_SETTLEMENT } from './quarry';

export interface Ambushed {
  readonly compute: Pick<Compute, 'whenLate'>;
  readonly wire: Wire;
  readonly cloud: Platforms;
  readonly deployments: readonly Deployment[];
  readonly canceled: Set<string>;
}

/** How often an ambush looks whether its moment has come, milliseconds. */
const LOOK_MS = 1_000;
/** How long reads of a workload go unanswered, as multiples of the time after which a create's fate is known. */
const UNREAD = [1.3, 1.6, 2, 2.5] as const;
/** In this part of its runs a situation stays stuck until the audit's patience has ended. */
const WAITED_OUT = 0.25;
/** How long no tick can read the rows: before a workload expires, and after it can be read again. Milliseconds. */
const BLIND_BEFORE_MS = 90_000;
const BLIND_AFTER_MS = 120_000;
/** How many creates of a run are raced. A rival and a cancel come within so many milliseconds of each. */
const RACES = 3;
const RACE_MS = 1_000;
/** The part of the late starts whose job is canceled. */
const LATE_CANCELED = 0.6;

export function ambush(world: World, run: Ambushed, stormMs: number): void {
  const { random } = world;
  cancelLateStarts(world, run);
  if (world.straggler.isAfter(MID_SETTLEMENT))
    world.straggler.isWorthwhile = () => run.deployments.some((one) => jobToCancel(one) !== undefined);
  const within = { world, untilMs: world.now() + stormMs };
  for (const deployment of run.deployments) {
    if (random.chance(0.15)) lieInWait(within, () => stickRemoval(world, run, deployment, within.untilMs));
    if (random.chance(0.12)) lieInWait(within, () => startLate(world, run, deployment, within.untilMs));
    if (random.chance(0.1)) lieInWait(within, () => leaveUnread(world, run, deployment, within.untilMs));
    if (random.chance(0.06)) lieInWait(within, () => leaveUnreadTillExpiry(world, run, deployment));
    if (world.straggler.isAfter(MID_SETTLEMENT))
      lieInWait(within, () => cancelMidSettlement(world, run, deployment));
    if (world.straggler.isWanted) continue;
    if (random.chance(0.3)) lieInWait(within, () => stopTillExpiry(world, run, deployment));
    else raceCreates(world, run, deployment);
  }
}

/** Cancels a job whose start was accepted and takes effect later, after the removal of what the start belongs to. */
function cancelLateStarts(world: World, run: Ambushed): void {
  const { random } = world;
  run.compute.whenLate((name) => {
    const deployment = run.deployments.find((one) => one.holds(name));
    const jobId = attemptOfName(name)?.jobId;
    if (deployment === undefined || jobId === undefined || !random.chance(LATE_CANCELED)) return;
    world.later(random.int(0, RACE_MS), () => {
      world.tell('somebody', `cancels ${jobId} before its start takes effect`);
      cancelOne(world, run, deployment, jobId);
    });
  });
}

/** Looks again and again until the strike has found its moment. */
function lieInWait(within: { readonly world: World; readonly untilMs: number }, strike: () => boolean): void {
  const { world, untilMs } = within;
  const look = (): void => {
    if (!strike() && world.now() < untilMs) world.later(LOOK_MS, look);
  };
  look();
}

/** Makes a removal hang for which a job's next attempt waits, until after the wait must have ended. */
function stickRemoval(world: World, { cloud }: Ambushed, deployment: Deployment, calmAt: number): boolean {
  const found = currentAttempts(deployment).find(
    ({ attempt, plan }) =>
      attempt.verdict?.kind === 'failed' &&
      ((attempt.verdict.reason.class === 'infrastructure' && !mayHaveStarted(attempt)) ||
        plan.retry.exitCodes.includes(attempt.verdict.exitCode ?? 0)) &&
      isFollowedOnceGone(attempt, plan) &&
      attempt.cleanup !== 'gone' &&
      cloud.exists(nameOf(attempt)),
  );
  if (found === undefined) return false;
  cloud.stickRemoval(nameOf(found.attempt), pastPatience(world, calmAt, world.times.overdueS));
  return true;
}

/**
 * Makes a pull end after its deadline, so that the program starts all the same, or never. The removal that the deadline
 * brought about does nothing.
 */
function startLate(world: World, { cloud }: Ambushed, deployment: Deployment, calmAt: number): boolean {
  const { random, times } = world;
  const found = currentAttempts(deployment).find(
    ({ attempt, plan }) =>
      isFollowedOnceGone(attempt, plan) &&
      attempt.verdict === undefined &&
      attempt.phase === 'provisioning' &&
      cloud.exists(nameOf(attempt)) &&
      cloud.record.group(nameOf(attempt))?.runs.length === 0,
  );
  if (found === undefined) return false;
  const late = found.plan.deadlines.pulling + random.int(60, 150);
  const stuckUntil = world.now() + (late + times.overdueS) * 1000;
  const waitedOutAt = pastPatience(world, calmAt, late + times.overdueS);
  const isWaitedOut = random.chance(WAITED_OUT);
  // Mostly the pull of this very group: few begin at the same time.
  cloud.setNextPull(isWaitedOut ? waitedOutAt - world.now() : late * 1000);
  cloud.stickRemoval(nameOf(found.attempt), isWaitedOut ? waitedOutAt : stuckUntil);
  return true;
}

/** Leaves every read of a workload unanswered from its create on. */
function leaveUnread(
  world: World,
  { wire, cloud }: Ambushed,
  deployment: Deployment,
  calmAt: number,
): boolean {
  const { random, times } = world;
  const found = currentAttempts(deployment).find(
    ({ attempt, plan }) =>
      isFollowedOnceGone(attempt, plan) &&
      attempt.verdict === undefined &&
      attempt.intent.kind === 'set' &&
      !attempt.seen &&
      cloud.exists(nameOf(attempt)),
  );
  if (found === undefined) return false;
  const unseenS = found.plan.deadlines.provisioning + times.unknownFateS;
  const waitedOutAt = pastPatience(world, calmAt, unseenS);
  // An attempt that expires before that is given up for its expiry.
  const unreadMs =
    (found.attempt.expiresAt ?? 0) > waitedOutAt
      ? waitedOutAt - world.now()
      : random.pick(UNREAD) * times.unknownFateS * 1000;
  wire.leaveUnread(nameOf(found.attempt), unreadMs);
  return true;
}

/**
 * Leaves every read of a workload unanswered until it has expired. Then no tick can read its rows. By the time one can,
 * the workload has mostly vanished.
 */
function leaveUnreadTillExpiry(world: World, { wire, cloud }: Ambushed, deployment: Deployment): boolean {
  const { random } = world;
  const found = currentAttempts(deployment).find(
    ({ attempt }) => attempt.verdict === undefined && attempt.seen && cloud.exists(nameOf(attempt)),
  );
  const expiresAt = found?.attempt.expiresAt;
  if (found === undefined || expiresAt === undefined) return false;
  const unreadMs = expiresAt - world.now() + random.int(10_000, 120_000);
  const name = nameOf(found.attempt);
  wire.leaveUnread(name, unreadMs);
  if (random.chance(0.7))
    world.later(unreadMs / 2, () => {
      if (cloud.exists(name) && cloud.record.group(name)?.deletedAt === undefined) cloud.lose(name);
    });
  world.later(Math.max(0, expiresAt - BLIND_BEFORE_MS - world.now()), () => {
    deployment.blind(expiresAt + 120_000 + BLIND_AFTER_MS);
  });
  return true;
}

/**
 * Stops the app from a create on until its workload has expired and mostly vanished. Then no tick can read its rows for
 * a while.
 */
function stopTillExpiry(world: World, { cloud }: Ambushed, deployment: Deployment): boolean {
  const { random } = world;
  const found = currentAttempts(deployment).find(
    ({ attempt }) => attempt.intent.kind === 'set' && !attempt.seen && isOurs(cloud, attempt),
  );
  const expiresAt = found?.attempt.expiresAt;
  if (found === undefined || expiresAt === undefined) return false;
  const backAt = expiresAt + random.int(5_000, 60_000);
  const name = nameOf(found.attempt);
  deployment.stopUntil(backAt);
  deployment.blind(backAt + BLIND_AFTER_MS * 2);
  if (random.chance(0.8))
    world.later((expiresAt - world.now()) / 2, () => {
      if (isOurs(cloud, found.attempt)) cloud.lose(name);
    });
  return true;
}

/** Whether the workload exists and is ours; a person may have made another by hand under its name. */
function isOurs(cloud: Platforms, attempt: AttemptRow): boolean {
  const tags = cloud.record.group(nameOf(attempt))?.tags;
  return tags?.['gpu-jobs-job'] === attempt.jobId && cloud.exists(nameOf(attempt));
}

/**
 * Has the creates of one job after the other carried out by two hosts at once, and cancels the job about when they read
 * its rows.
 */
function raceCreates(world: World, run: Ambushed, deployment: Deployment): void {
  const { random, plan } = world;
  let left = RACES;
  deployment.rivalAfterMs = (jobId) => {
    if (left === 0 || plan.isCalm()) return undefined;
    left -= 1;
    deployment.dawdle(RACE_MS * 3);
    world.later(random.int(0, RACE_MS), () => {
      world.tell('somebody', `cancels ${jobId} while two hosts create its workload`);
      cancelOne(world, run, deployment, jobId);
    });
    return random.int(0, RACE_MS);
  };
}

/**
 * Epoch milliseconds at which the audit (proofs/simulation/checks/audit.ts) has no more patience with what should have
 * ended after so many seconds.
 */
function pastPatience(world: World, calmAt: number, dueS: number): number {
  return Math.max(world.now() + dueS * 1000, calmAt + leftoversMs(world)) + 12 * 60_000;
}

/**
 * Cancels the job while a host is about to write what it has made of a failed attempt. The hosts that settle the
 * attempt meanwhile know of the cancel.
 */
function cancelMidSettlement(world: World, run: Ambushed, deployment: Deployment): boolean {
  const jobId = jobToCancel(deployment);
  if (jobId === undefined || !world.straggler.stands()) return false;
  world.tell('somebody', `cancels ${jobId} while a host settles it`);
  cancelOne(world, run, deployment, jobId);
  return true;
}

/** A job about to be settled that a cancel makes Canceled: a success and a final failure of its program are not. */
function jobToCancel(deployment: Deployment): string | undefined {
  const found = currentAttempts(deployment).find(({ attempt: { cleanup, verdict }, plan }) => {
    if (cleanup !== 'requested' || verdict?.kind !== 'failed') return false;
    return verdict.reason.class === 'infrastructure' || plan.retry.exitCodes.includes(verdict.exitCode ?? 0);
  });
  return found?.attempt.jobId;
}

/** Whether another attempt may follow, but only once it is certain that this one's workload never runs again. */
function isFollowedOnceGone({ number }: AttemptRow, { retry }: JobPlan): boolean {
  return !retry.rerunAfterStart && number < retry.attempts;
}

function currentAttempts({ stores: { rows } }: Deployment) {
  return rows.jobIds().flatMap((jobId) => {
    const job = rows.job(jobId);
    const attempt = job?.state === 'active' ? rows.attempt(jobId, job.attempt) : undefined;
    return job?.plan === undefined || attempt === undefined ? [] : [{ attempt, plan: job.plan }];
  });
}

function nameOf({ jobId, number }: AttemptRow): string {
  return workloadName(jobId, number);
}
