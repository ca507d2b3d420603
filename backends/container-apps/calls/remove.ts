// Takes the next step of a removal: stops what runs, and deletes the definition once nothing does.
import { RetryableError } from '../../../domain/errors';
import type {
  Observation,
  RemovalAnswer,
  RemovalFacts,
  WorkloadRef,
} from '../../../domain/ports/compute-backend';
import { createMemory } from '../../memory';
import { observationOf } from '../reading/observation';
import { type ExecutionView, isAlive } from '../reading/sight';
import { type Apps, withinOneLook } from './apps-of';
import { type Found, lookAt } from './look';
import { observationWithLiveRows } from './observation-with-rows';
import { stop, stopEverything } from './stop';
import { stopIfTaken, stopStrays } from './stop-strays';
import { taken } from './taken';

/**
 * An execution that lives on for so long after it was told to stop, milliseconds, does not keep its definition: some
 * never leave Processing (docs/facts/container-apps.md#platform-trouble).
 */
const STOPS_WITHIN_MS = 120_000;
/** The most executions whose stop is remembered. What is forgotten is stopped once more. */
const MOST_REMEMBERED = 1_000;

/** Rejects where a stop or a delete was not taken. It remembers which executions it told to stop, and when. */
export function createRemoval(
  apps: Apps,
): (ref: WorkloadRef, known?: RemovalFacts) => Promise<RemovalAnswer> {
  const stoppedAt = createMemory<number>(MOST_REMEMBERED);

  async function stopAll(
    { name }: WorkloadRef,
    alive: readonly ExecutionView[],
    now: number,
  ): Promise<boolean> {
    const patient = alive.filter((one) => now - (stoppedAt.get(one.name) ?? now) < STOPS_WITHIN_MS);
    for (const execution of patient) {
      await stop(apps, name, execution.name);
      if (stoppedAt.get(execution.name) === undefined) stoppedAt.set(execution.name, now);
    }
    return patient.length > 0;
  }

  return async (ref, known) => {
    const within = withinOneLook();
    const found = await lookAt(apps, ref, within);
    if (found.kind === 'unreadable') return { sent: 'nothing', observation: found };
    const { definition, executions } = found.sight;
    const observation = observationOf(found.sight);
    // Who knows no row keeps none of what the platform's log tells, and may not have the right to read it.
    const told = (): Observation | Promise<Observation> =>
      known === undefined ? observation : observationWithLiveRows(apps, ref, found, within);
    if (definition?.isOurs !== true) return { sent: 'nothing', observation };
    if (definition.provisioningState === 'Deleting') {
      await stopStrays(apps, ref.name, found.sight);
      return { sent: 'nothing', observation: await told() };
    }
    // Without its definition nothing would show, or stop, what its start may still come to [W_DELUNSEEN].
    if (executions.length === 0 && known?.mayStillAppear === true) return { sent: 'nothing', observation };
    const alive = executions.filter(isAlive);
    // What the platform's log tells may keep no stop waiting. A delete takes that log away.
    const isStopped = alive.length > 0 && (await stopAll(ref, alive, timeOf(found)));
    const seen = await told();
    if (isStopped) return { sent: 'stop', observation: seen };
    // A list may lag behind a start, and then nothing says that a program runs under this definition.
    if (executions.length === 0) await stopEverything(apps, ref.name);
    // Once more: some stops do nothing, and a delete may leave its executions running, shown by nothing any more.
    await stopIfTaken(apps, ref.name, alive);
    await deleteDefinition(apps, ref.name);
    for (const { name } of executions) stoppedAt.delete(name);
    return { sent: 'delete', observation: seen };
  };
}

function deleteDefinition(apps: Apps, job: string): Promise<void> {
  const { reading } = apps.clients();
  return taken(`The delete of job ${job}`, job, () =>
    reading.jobs.delete(apps.placement.resourceGroup, job, apps.options('delete')).submitted(),
  );
}

function timeOf({ now }: Found): number {
  if (now !== undefined) return now;
  throw new RetryableError("Resource Manager's answer came without its time (Date header).");
}
