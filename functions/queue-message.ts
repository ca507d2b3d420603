// A queue message as it may come: JSON, text of JSON, or base64 of either. host.json sets the encoding to none, so that nothing vanishes in the host.
import type { InvocationContext } from '@azure/functions';

export type QueueMessage =
  | { readonly ok: true; readonly value: unknown; readonly bytes: Buffer }
  | { readonly ok: false; readonly why: string; readonly bytes: Buffer };

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;

/** The worker has parsed what was JSON already; a text that is none may be base64, as older SDKs send it. */
export function parseQueueMessage(entry: unknown): QueueMessage {
  if (typeof entry !== 'string') return { ok: true, value: entry, bytes: Buffer.from(JSON.stringify(entry)) };
  const bytes = Buffer.from(entry, 'utf8');
  const trimmed = entry.trim();
  const text = BASE64.test(trimmed) ? Buffer.from(trimmed, 'base64').toString('utf8') : entry;
  try {
    return { ok: true, value: JSON.parse(text), bytes: Buffer.from(text, 'utf8') };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : String(error), bytes };
  }
}

/** The queue's own id of the message: it names the job of a message without a key. */
export function messageIdOf(context: InvocationContext): string {
  const id = context.triggerMetadata?.['id'];
  if (typeof id === 'string' && id !== '') return id;
  throw new Error(
    'The host gave no message id (triggerMetadata.id), by which a redelivery is told from a new message.',
  );
}
