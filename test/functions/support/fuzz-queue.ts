// Sends the queue function what strangers may send, and says what is lost or mistaken for something else.
import { isDeepStrictEqual } from 'node:util';

import * as fc from 'fast-check';
import { z } from 'zod';

import { parseQueueMessage } from '../../../functions/queues/queue-message';
import { parsedIfJson } from '../../support/parsed-if-json';
import { queueBodies } from './queue-bodies';
import { type QueueInMemory, queueInMemory } from './queue-in-memory';

export const queueFuzzReportSchema = z.object({
  fault: z.string().optional(),
  rejected: z.number(),
  accepted: z.number(),
  /** Messages that the host gave up and the tick kept. */
  kept: z.number(),
});

export async function fuzzQueue(of: {
  readonly seed: number;
  readonly runs: number;
}): Promise<z.infer<typeof queueFuzzReportSchema>> {
  const queue = await queueInMemory();
  await queue.app.ports.control.setDraining(true); // Accepted jobs wait, because nothing is dispatched.
  const counts = { rejected: 0, accepted: 0, kept: 0 };
  let sent = 0;
  let second = 1_700_000_000;
  const property = fc.asyncProperty(queueBodies, async (text) => {
    const send = async (): Promise<string[]> =>
      newJobs(queue, { id: `message-${String((sent += 1))}`, text, second: (second += 1) }, counts);
    const first = await send();
    const again = await send();
    if (hasKey(text)) return; // Several messages may make one job, if their sender wants that.
    const isToldApart = !hidesItsTimes(text);
    if (first.length > 1 || again.length > 1 || (isToldApart && first.length + again.length < 2))
      throw new Error(`sent in two seconds it made ${first.length} and ${again.length} jobs, not one each`);
  });
  const details = await fc.check(property, { numRuns: of.runs, seed: of.seed });
  return {
    ...counts,
    ...(details.failed
      ? { fault: `${JSON.stringify(details.counterexample)}: ${String(details.errorInstance)}` }
      : {}),
  };
}

type Counts = { rejected: number; accepted: number; kept: number };

/**
 * The jobs that the message makes, at most one. Throws if its content is not kept, or if another delivery makes another
 * job.
 */
async function newJobs(
  queue: QueueInMemory,
  message: { readonly id: string; readonly text: string; readonly second: number },
  counts: Counts,
): Promise<string[]> {
  const before = new Set(queue.app.jobs.jobIds());
  const since = (): string[] => queue.app.jobs.jobIds().filter((id) => !before.has(id));
  await queue.handle(message);
  const made = since();
  const isHandled = await queue.deliver(message, 2); // The host died before it removed the message.
  if (isHandled && !isDeepStrictEqual(since(), made)) throw new Error('a redelivery made another job');
  for (const id of made) await look(queue, id, message.text, counts);
  if (!isHandled) counts.kept += 1;
  return made;
}

async function look(queue: QueueInMemory, id: string, text: string, counts: Counts): Promise<void> {
  const row = (await queue.app.jobs.read(id))?.job.row;
  if (row?.state === 'waiting') {
    counts.accepted += 1;
    return;
  }
  if (row?.outcome !== 'Rejected') throw new Error(`a job is ${row?.state ?? 'not there'}`);
  counts.rejected += 1;
  const kept = queue.app.rejected.bytesOf(id)?.toString('utf8') ?? '';
  if (kept.includes('hush')) throw new Error('a secret is kept');
  const content = parseQueueMessage(parsedIfJson(text));
  const whole = content.bytes.toString('utf8').replaceAll('"secure":"hush"', '"secure":"[redacted]"');
  if (content.ok && !isDeepStrictEqual(parsedIfJson(kept), parsedIfJson(whole)))
    throw new Error(`kept is ${kept}`);
  if (kept === '' && parsedIfJson(text) !== '') throw new Error('nothing of it is kept');
}

/**
 * Whether it replaces, or may replace, all that the queue says of when it came. Then only its content tells it from
 * others.
 */
function hidesItsTimes(text: string): boolean {
  const lower = text.toLowerCase();
  const isAlmostJson = typeof parsedIfJson(text) === 'string' && text.includes('\\');
  return isAlmostJson || ['insertiontime', 'expirationtime'].every((name) => lower.includes(name));
}

/** Whether it is a spec that names its own key. */
function hasKey(text: string): boolean {
  const content = parseQueueMessage(parsedIfJson(text));
  return content.ok && z.object({ idempotencyKey: z.string() }).safeParse(content.value).success;
}
