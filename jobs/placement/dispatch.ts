// The dispatcher: admits waiting jobs to placements with room, oldest first (protocol §3). Any number may run at once.
import { messageOf } from '../../domain/errors';
import { keyRowName } from '../../domain/job/concurrency-key';
import { workloadName } from '../../domain/job/names';
import { hintedLimitRows } from '../../domain/job/run-limit';
import { notBeforeOf } from '../../domain/job/waiting-hint';
import { ORPHANED_AFTER_MS, type WaitingHint } from '../../domain/ports/hint-store';
import { inTurn } from '../flow/in-turn';
import type { DispatchPorts, PlacePorts } from '../ports';
import { admit } from './admit';
import { freeHolders } from './free-holders';
import { type Places, readPlaces } from './places';
import { wakeLater } from './wake-later';

/** The most admissions under way at once. Each has its place before the next one begins; the rest overlaps. */
const AT_ONCE = 16;

export interface Dispatched {
  /** Jobs admitted. */
  readonly admitted: number;
  /** Jobs that stay: no room for them, not yet due, or not there yet. */
  readonly waiting: number;
}

/**
 * How closely a pass looks. `everything` reads each job, for its cancel and its deadline too, and each holder where
 * room is short; the tick does that. `chances` reads only jobs that may find room now, by their hints.
 */
export type PassDepth = 'everything' | 'chances';

/**
 * One pass over the waiting rows. Where room was short, the places that may be freed are freed, and a second pass
 * follows.
 */
export async function dispatch(ports: DispatchPorts, scope: PassDepth = 'everything'): Promise<Dispatched> {
  const hints = await ports.hints.listWaiting();
  const { withoutRoom, ...first } = await pass(ports, hints, scope);
  if (withoutRoom.length === 0 || scope === 'chances') return first;
  const freed = await freeAllHolders(ports);
  if (freed === 0) return first;
  const second = await pass(ports, withoutRoom, scope);
  return { admitted: first.admitted + second.admitted, waiting: first.waiting - second.admitted };
}

/** Frees every place that may be freed, in all placements. Resolves to how many. */
export async function freeAllHolders(ports: PlacePorts): Promise<number> {
  const freed = await Promise.all(ports.placements.map((placement) => freeHolders(ports, placement.name)));
  return freed.reduce((sum, count) => sum + count, 0);
}

type Step = 'admitted' | 'waits' | 'no-room' | 'limit-reached' | 'removed';

async function pass(
  ports: DispatchPorts,
  hints: readonly WaitingHint[],
  scope: PassDepth,
): Promise<Dispatched & { readonly withoutRoom: readonly WaitingHint[] }> {
  const now = ports.clock.now();
  const due = scope === 'everything' ? hints : hints.filter((hint) => notBeforeOf(hint) <= now);
  if (due.length === 0) return { admitted: 0, waiting: hints.length, withoutRoom: [] };
  const places = await readPlaces(ports);
  /** The rows of limits that let nothing more run. */
  const reached = new Set<string>();
  const steps = await inTurn(AT_ONCE, due, async (hint, passOn): Promise<Step> => {
    const hopeless = hopelessness(hint, places, reached, now);
    if (hopeless !== undefined) {
      if (scope === 'chances') return hopeless;
      passOn(); // It is only read for its end, and no other job needs to wait for that.
    }
    const key = hint.wants?.concurrencyKey;
    return dispatchOne(ports, places, hint, {
      onPlaced: () => {
        if (key !== undefined) reached.add(keyRowName(key));
        passOn();
      },
      onReached: (row) => reached.add(row),
    });
  });
  await wakeLater(ports, places);
  const admitted = steps.filter((step) => step === 'admitted').length;
  const gone = steps.filter((step) => step === 'removed').length;
  return {
    admitted,
    waiting: hints.length - admitted - gone,
    withoutRoom: due.filter((_, index) => steps[index] === 'no-room'),
  };
}

/** Why the job behind a hint can't be admitted, without reading it; undefined when it must be read. */
function hopelessness(
  hint: WaitingHint,
  places: Places,
  reached: ReadonlySet<string>,
  now: number,
): 'no-room' | 'limit-reached' | undefined {
  const { wants } = hint;
  if (wants === undefined || wants.until <= now) return undefined;
  if (hintedLimitRows(wants).some((row) => reached.has(row))) return 'limit-reached';
  return places.areHopeless(wants, workloadName(hint.jobId, hint.attempt)) ? 'no-room' : undefined;
}

/** A hint leads to a job's row or is removed. A job that can't be handled now does not hold up the others. */
async function dispatchOne(
  ports: DispatchPorts,
  places: Places,
  hint: WaitingHint,
  { onPlaced, onReached }: { onPlaced: () => void; onReached: (row: string) => void },
): Promise<Step> {
  try {
    const admission = await admit(ports, places, hint, onPlaced);
    switch (admission.kind) {
      case 'admitted':
        await ports.starter.start({ jobId: hint.jobId, attempt: hint.attempt, epoch: 1 });
        await ports.hints.removeWaiting(hint.key);
        return 'admitted';
      case 'not-waiting':
        await ports.hints.removeWaiting(hint.key);
        return 'removed';
      case 'no-job':
        if (ports.clock.now() - hint.writtenAt <= ORPHANED_AFTER_MS) return 'waits';
        await ports.hints.removeWaiting(hint.key);
        return 'removed';
      case 'limit-reached':
        onReached(admission.row);
        return 'limit-reached';
      case 'no-room':
        return 'no-room';
      case 'not-yet':
        return 'waits';
    }
  } catch (error) {
    ports.log.error(`Job ${hint.jobId} stays waiting, its dispatch failed: ${messageOf(error)}`);
    return 'waits';
  }
}
