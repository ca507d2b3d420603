// What a seed hunts for: a fault at a place that runs seldom come to by themselves. So every such combination has its
// seeds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import type { Random } from '../../../standins/kernel/random';
import { type FaultKind, faultsOf } from '../../faults/fault';

/**
 * Which part of the seeds comes to each place, `call state`. `npm run simulate -- --census` writes it. At the places of
 * a cluster it is the part of the seeds that have one (`--with kubernetes --census`); so it is at those of Container
 * Apps. It only says where to aim; a place that it does not know counts as a rare one.
 */
export const CENSUS: Readonly<Record<string, number>> = z
  .record(z.string(), z.number())
  .parse(JSON.parse(readFileSync(join(__dirname, 'census.json'), 'utf8')));

export interface Quarry {
  /** The fault; undefined: no fault, only a process that stands still there. */
  readonly kind?: FaultKind;
  readonly call: string;
  readonly state: string;
  /** The only state in which a process stands still; undefined: any from which it may come to `state`. */
  readonly from?: string;
}

/** The states, in the order in which an attempt, or a job, comes to them. */
const ATTEMPT_STATES = [
  'no-row',
  'waiting',
  'create',
  'prepare',
  'look',
  'provisioning',
  'pulling',
  'running',
  'archiving',
  'due',
  'settle',
  'requested',
  'gone',
] as const;
const JOB_STATES = ['no-row', 'waiting', 'active', 'over'] as const;
/**
 * No process stands still at these calls. The time from a create's intent to its request is bounded, and so is the
 * request's; the protocol relies on both.
 */
export const BOUNDED: readonly string[] = ['arm.put', 'two-step.start', 'kube.post-jobs', 'apps.start'];
/** Seldom means: less than this part of the seeds. */
const SELDOM = 0.02;

const OF_JOBS = new Set(['hints', 'lists', 'heldSecrets', 'results', 'rejected', 'specs']);

/** Whether a call is about a job as a whole: where its current attempt stands makes no difference to it. */
export function isAboutJob(call: string): boolean {
  return call === 'jobs.insert' || OF_JOBS.has(call.slice(0, call.indexOf('.')));
}

/** Whether what a call is about may yet come from one state to the other. */
export function comesAfter(state: string, later: string): boolean {
  if (state === '-' && later === '-') return true; // The call is about everything, which moves on all the time.
  return [ATTEMPT_STATES, JOB_STATES].some((states: readonly string[]) => {
    const at = states.indexOf(state);
    return at >= 0 && states.indexOf(later) > at;
  });
}

/**
 * Places that only runs with another platform come to. Runs with a cluster hunt at its own; at the others runs aim by
 * chance alone (aims.ts).
 */
const ELSEWHERE = /^(two-step|kube|apps|platform)\.| prepare$/;
const OF_CLUSTERS = /^(kube\.|platform\.(job|pod) )/;
const OF_APPS = /^(apps\.|platform\.app)/;

function combinationsAt(places: readonly string[]): readonly Quarry[] {
  return places.flatMap((place) => {
    const [call = '', state = ''] = place.split(' ');
    return faultsOf(call, state).map((kind) => ({ kind, call, state }));
  });
}

const SELDOM_COME_TO = Object.keys(CENSUS).filter((place) => (CENSUS[place] ?? 0) < SELDOM);
/** Combinations at places that are known and to which few seeds come. */
const SELDOM_MET = combinationsAt(SELDOM_COME_TO.filter((place) => !ELSEWHERE.test(place)));
/** The same in a cluster. */
const SELDOM_MET_ON_CLUSTERS = combinationsAt(SELDOM_COME_TO.filter((place) => OF_CLUSTERS.test(place)));

/** The same on Container Apps. */
const SELDOM_MET_ON_APPS = combinationsAt(SELDOM_COME_TO.filter((place) => OF_APPS.test(place)));

/** The effects of these calls come from outside of any process. */
const NO_PROCESS = /^(durable|platform)\./;

/** Places to which no seed was seen to come. Many of them can't be reached at all. */
const NEVER_MET = [...new Set(Object.keys(CENSUS).map((place) => place.split(' ')[0] ?? ''))]
  .filter(
    (call) =>
      !NO_PROCESS.test(call) &&
      !ELSEWHERE.test(call) &&
      !BOUNDED.includes(call) &&
      CENSUS[`${call} -`] === undefined,
  )
  .flatMap((call) =>
    (isAboutJob(call) ? JOB_STATES : ATTEMPT_STATES)
      .filter((state) => state !== 'prepare' && CENSUS[`${call} ${state}`] === undefined)
      .map((state) => ({ call, state })),
  );

/** The sweep stands still before its list. What it read before the list, if it did, is old then. */
const MID_SWEEP: Quarry = { call: 'arm.list', state: '-' };

/**
 * A process that settles an attempt stands still before its write until others have settled it. Meanwhile the job may
 * be canceled (ambushes.ts).
 */
export const MID_SETTLEMENT: Quarry = { call: 'jobs.commit', from: 'settle', state: 'requested' };

/** The kinds of compute that may stand beside Container Instances, in the order in which jobs go there. */
export const BESIDE = ['container-apps', 'kubernetes', 'two-step'] as const;
export type Beside = (typeof BESIDE)[number];

const WITH_APPS: readonly number[] = [5];
const WITH_ALL_THREE: readonly number[] = [1, 5, 9];

/**
 * What stands beside Container Instances: a cluster in a seventh of the seeds, Container Apps in an eleventh of the
 * others and in three elevenths of those. Where they don't, a platform in two steps in a third. None of these numbers
 * divides those by which seeds are told apart below, so every kind of seed has its share.
 */
export function besideOf(seed: number): readonly Beside[] {
  const kubernetes = seed % 7 === 3;
  const apps = (kubernetes ? WITH_ALL_THREE : WITH_APPS).includes(seed % 11);
  const stands = { 'container-apps': apps, kubernetes, 'two-step': seed % 3 === 2 && !apps };
  return BESIDE.filter((kind) => stands[kind]);
}

/**
 * What the seeds with another platform hunt for, where others hunt for nothing. A process dies at the cursor of a log;
 * the logs of Container Instances have none.
 */
const AT_CURSOR: readonly Quarry[] = ['running', 'archiving', 'pulling'].map((state) => ({
  kind: 'crash-after',
  call: 'logBlobs.mark',
  state,
}));

/**
 * Of twenty seeds twelve hunt for what is seldom met, one for what was never met, two for a sweep cut in two, one for a
 * settlement cut in two, and four for nothing.
 */
export function quarryOf(seed: number, random: Random): Quarry | undefined {
  const five = Math.floor(seed / 5);
  switch (seed % 5) {
    case 0:
      return besideOf(seed).some((kind) => kind !== 'container-apps')
        ? AT_CURSOR[Math.floor(five / 3) % AT_CURSOR.length]
        : undefined;
    case 1: {
      if (five % 2 === 1) return MID_SWEEP;
      if (five % 4 === 0) return MID_SETTLEMENT;
      const place = NEVER_MET[Math.floor(five / 4) % NEVER_MET.length];
      return place && { ...place, kind: random.pick(faultsOf(place.call, place.state)) };
    }
    default:
      return seldomMet(seed);
  }
}

/** At a place of the kind of compute that few seeds have; where a seed has both, at one or the other. */
function seldomMet(seed: number): Quarry | undefined {
  const beside = besideOf(seed);
  const five = Math.floor(seed / 5);
  const third = (seed % 5) - 2;
  const isOnCluster = beside.includes('kubernetes');
  if (beside.includes('container-apps') && (!isOnCluster || five % 2 === 0))
    return at(SELDOM_MET_ON_APPS, Math.floor(five / 11) * 3 + third);
  return isOnCluster
    ? at(SELDOM_MET_ON_CLUSTERS, Math.floor(five / 7) * 3 + third)
    : at(SELDOM_MET, five * 3 + third);
}

function at(quarries: readonly Quarry[], index: number): Quarry | undefined {
  return quarries[index % quarries.length];
}
