// The dispatcher: admits waiting jobs to placements with room, oldest first (protocol §3). Any number may run at once.
import { messageOf } from '../domain/errors';
import type { WaitingHint } from '../domain/hint-store';
import type { OrchestrationStarter } from '../domain/orchestration-starter';
import { admit, type AdmitPorts } from './admit';
import { freeHolders } from './free-holders';
import type { Ports } from './ports';

export type DispatchPorts = AdmitPorts & Pick<Ports, 'log'> & { readonly starter: OrchestrationStarter };

/** A waiting row whose job row never came is kept for a day: its submission may be repeated. */
const ORPHANED_HINT_MS = 24 * 60 * 60_000;

export interface Dispatched {
  /** Jobs admitted. */
  readonly admitted: number;
  /** Jobs that stay: no room for them, not yet due, or not there yet. */
  readonly waiting: number;
}

/** One pass over everything that waits; where room was short, places that may be freed are, and a second pass follows. */
export async function dispatch(ports: DispatchPorts): Promise<Dispatched> {
  const first = await pass(ports, await ports.hints.listWaiting());
  if (first.withoutRoom.length === 0) return { admitted: first.admitted, waiting: first.waiting };
  const freed = await freeAllHolders(ports);
  if (freed === 0) return { admitted: first.admitted, waiting: first.waiting };
  const second = await pass(ports, first.withoutRoom);
  return { admitted: first.admitted + second.admitted, waiting: first.waiting - second.admitted };
}

/** Frees whatever may be freed in any placement; resolves to how many places. */
export async function freeAllHolders(
  ports: Pick<DispatchPorts, 'jobs' | 'placementRows' | 'placements' | 'log'>,
): Promise<number> {
  const freed = await Promise.all(ports.placements.map((placement) => freeHolders(ports, placement.name)));
  return freed.reduce((sum, count) => sum + count, 0);
}

async function pass(
  ports: DispatchPorts,
  hints: readonly WaitingHint[],
): Promise<Dispatched & { withoutRoom: WaitingHint[] }> {
  const result = { admitted: 0, waiting: 0, withoutRoom: [] as WaitingHint[] };
  // First in, first out: no younger job takes room, however little it needs, that an older one waits for.
  const passed = new Set<string>();
  for (const hint of hints) {
    const step = await dispatchOne(ports, hint, passed);
    if (step === 'admitted') result.admitted += 1;
    if (step === 'waits' || step === 'no-room') result.waiting += 1;
    if (step === 'no-room') result.withoutRoom.push(hint);
  }
  return result;
}

/** A hint leads to a job's row or is removed. One job that cannot be handled now holds up no other. */
async function dispatchOne(
  ports: DispatchPorts,
  hint: WaitingHint,
  passed: Set<string>,
): Promise<'admitted' | 'waits' | 'no-room' | 'removed'> {
  try {
    const admission = await admit(ports, hint, passed);
    switch (admission.kind) {
      case 'admitted':
        await ports.starter.start({ jobId: hint.jobId, attempt: hint.attempt, epoch: 1 });
        await ports.hints.removeWaiting(hint.key);
        return 'admitted';
      case 'not-waiting':
        await ports.hints.removeWaiting(hint.key);
        return 'removed';
      case 'no-job':
        if (ports.clock.now() - hint.writtenAt <= ORPHANED_HINT_MS) return 'waits';
        await ports.hints.removeWaiting(hint.key);
        return 'removed';
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
