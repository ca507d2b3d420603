// Why a waiting job waits, told from rows alone. Pure.
import type { ProtocolTimes } from '../attempt/protocol-times';
import type { BackendFacts } from '../backend/backend-facts';
import { hasRoom, placementOrder, roomAgainAt } from '../placement/admission';
import { mayProbe } from '../placement/may-probe';
import { offerRoom } from '../placement/offer-room';
import type { Placement } from '../placement/placement';
import type { QuotaReading } from '../placement/quota';
import type { JobRecords } from '../ports/job-store';
import type { PlacementRow } from '../ports/placement-store';
import type { WaitingReason } from './waiting-reason';

export interface Waiting {
  readonly reason: WaitingReason;
  /** Which placement, since when, who holds the key. */
  readonly message: string;
  /** How many jobs' turns come before its, for any of the same placements. */
  readonly position: number;
  /** ISO 8601: when time alone changes it; absent: not known. */
  readonly until?: string;
}

export interface WaitingFacts {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly times: ProtocolTimes;
  readonly draining: boolean;
  /** Those that the job may go to and that are configured. */
  readonly places: readonly {
    readonly placement: Placement;
    readonly backend: BackendFacts;
    readonly row: PlacementRow;
    readonly reading: QuotaReading | undefined;
  }[];
  /** Workloads that hold its concurrency key. */
  readonly keyHolders: readonly string[];
  /** How many others of its group hold a place of the group's, where only so many run at once. */
  readonly groupHolders: number;
  /** Jobs whose turn comes before its, for any of the same placements. */
  readonly before: number;
}

interface Obstacle {
  readonly reason: WaitingReason;
  readonly message: string;
  readonly until?: number | undefined;
}

/** For a job whose row says that it waits. */
export function waitingOf(records: JobRecords, facts: WaitingFacts): Waiting {
  const { reason, message, until } = obstacleOf(records, facts);
  return {
    reason,
    message,
    position: facts.before,
    ...(until === undefined || until <= facts.now ? {} : { until: new Date(until).toISOString() }),
  };
}

function obstacleOf(records: JobRecords, facts: WaitingFacts): Obstacle {
  const job = records.job.row;
  if (facts.draining)
    return {
      reason: 'drain',
      message: 'The deployment drains: nothing new is admitted until that is ended.',
    };
  if (job.notBefore > facts.now)
    return { reason: 'notBefore', message: 'It waits before its next attempt.', until: job.notBefore };
  const most = job.group?.atOnce;
  if (most !== undefined && facts.groupHolders >= most)
    return {
      reason: 'group',
      message: `Of its group ${facts.groupHolders} run, and at most ${most} may run at once.`,
    };
  const [holder] = facts.keyHolders;
  if (job.plan?.concurrencyKey !== undefined && holder !== undefined)
    return {
      reason: 'key',
      message: `Its concurrency key "${job.plan.concurrencyKey}" is held by ${holder}.`,
    };
  const order = placementOrder(job);
  const obstacles = order.map((name) => obstacleAt(name, records, facts));
  const first = obstacles.find((obstacle) => obstacle !== undefined);
  if (first === undefined || obstacles.includes(undefined))
    return {
      reason: 'turn',
      message: facts.before === 0 ? 'It is the next to be admitted.' : 'Others are admitted before it.',
    };
  const known = obstacles.flatMap((obstacle) => (obstacle === undefined ? [] : [obstacle]));
  const instants = known.flatMap(({ until }) => (until === undefined ? [] : [until]));
  return {
    reason: first.reason,
    message: `${known.map(({ message }) => message).join('; ')}.`,
    ...(instants.length === 0 ? {} : { until: Math.min(...instants) }),
  };
}

/** Undefined: nothing there stands in its way. */
function obstacleAt(name: string, records: JobRecords, facts: WaitingFacts): Obstacle | undefined {
  const { plan } = records.job.row;
  const found = facts.places.find(({ placement }) => placement.name === name);
  if (plan === undefined || found === undefined)
    return { reason: 'place', message: `${name} is not configured` };
  const { placement, backend, row, reading } = found;
  const room = offerRoom(plan, placement, row, {
    backend,
    reading,
    reserved: new Set(),
    mayProbe: mayProbe(records, facts.now, facts.times),
    now: facts.now,
  });
  if (room.kind === 'shut') {
    const shut = row.shut?.[room.resource];
    const what = room.resource === 'cpu' ? 'room for a job without a GPU' : room.resource;
    const since =
      shut === undefined
        ? ''
        : ` since ${new Date(shut.since).toISOString()}${refusedInWords(shut.refusals)}`;
    const next =
      room.until === undefined ? 'another job is trying, or tries next' : 'one job tries again then';
    const lack = shut?.why === 'quota' ? 'no quota left for' : 'no';
    return {
      reason: shut?.why ?? 'capacity',
      message: `${name} had ${lack} ${what}${since}, ${next}`,
      until: room.until,
    };
  }
  if (room.kind === 'waits')
    return { reason: 'quota', message: `${name} has no room in the quota ${room.quota}` };
  if (room.kind === 'refuses')
    return { reason: 'place', message: `${name} does not hold such a job any more` };
  const cores = room.resources?.cpu ?? plan.resources?.cpu ?? 0;
  if (hasRoom(placement, backend.traits, row, cores, facts.now)) return undefined;
  const until = roomAgainAt(placement, backend.traits, row, facts.now);
  const held = Object.keys(row.holders).length;
  return until === undefined
    ? {
        reason: 'place',
        message: `${name} has no free place (${held} of ${placement.limits.workloads} are held)`,
      }
    : { reason: 'place', message: `${name} may create nothing more yet`, until };
}

function refusedInWords(refusals: number): string {
  return refusals === 1 ? ' (refused once)' : ` (refused ${refusals} times)`;
}
