// Reads the end of the program's log from the stream of its container.
import { messageOf } from '../../../domain/errors';
import type { LogRead } from '../../../domain/logs/log-read';
import { CONTAINER_NAME, type WorkloadRef } from '../../../domain/ports/compute-backend';
import { MOST_LINES } from '../cloud/streams-api';
import { streamText } from '../reading/stream-text';
import type { Apps } from './apps-of';
import { lookAt } from './look';

/** For all requests of one read together, milliseconds: none holds a step of a story for longer than 30 s. */
const WITHIN_MS = 25_000;

/**
 * Of the first execution: what a second one prints is not the job's. Fewer lines than the stream shows at most are all
 * that there are. `lastSeen`: the first execution, as the last look of this process had it; undefined: it had none.
 */
export async function logs(apps: Apps, ref: WorkloadRef, lastSeen: string | undefined): Promise<LogRead> {
  const why = `The log of ${ref.name} was not to be had within ${WITHIN_MS / 1000} s.`;
  const limit = AbortSignal.timeout(WITHIN_MS);
  const late = new Promise<LogRead>((resolve) => {
    limit.addEventListener('abort', () => resolve({ kind: 'unavailable', why }), { once: true });
  });
  return Promise.race([readStream(apps, ref, lastSeen, limit), late]);
}

async function readStream(
  apps: Apps,
  ref: WorkloadRef,
  lastSeen: string | undefined,
  within: AbortSignal,
): Promise<LogRead> {
  const found = lastSeen === undefined ? await lookAt(apps, ref, within) : undefined;
  if (found?.kind === 'unreadable') return { kind: 'unavailable', why: found.why };
  const execution = lastSeen ?? found?.sight.executions[0]?.name;
  if (execution === undefined) return { kind: 'unavailable', why: `No execution of ${ref.name} is shown.` };
  const { replicas, streams } = apps.clients();
  const { placement } = apps;
  try {
    const containers = await replicas.containers(placement, ref.name, execution, within);
    const container = containers.find(({ name }) => name === CONTAINER_NAME);
    if (container === undefined || container.logStreamEndpoint === '')
      return { kind: 'unavailable', why: `Execution ${execution} shows no container.` };
    const stream = await streams.log(placement, ref.name, container.logStreamEndpoint, within);
    const { text, lines } = streamText(stream);
    return { kind: 'window', bytes: Buffer.from(text, 'utf8'), whole: lines < MOST_LINES };
  } catch (error) {
    return { kind: 'unavailable', why: messageOf(error) };
  }
}
