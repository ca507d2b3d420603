// A queue message as it may come: JSON, text of JSON, or base64 of either. host.json sets the encoding to none, so that
// nothing vanishes in the host.
import { messageOf } from '../../domain/errors';
import { MAX_DEPTH } from '../../domain/parse/max-depth';

export type QueueMessage =
  | { readonly ok: true; readonly value: unknown; readonly bytes: Buffer }
  | { readonly ok: false; readonly why: string; readonly bytes: Buffer };

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;

const CUT = '…';

/** The worker has already parsed what was JSON. A text that is not JSON may be base64, as older SDKs send it. */
export function parseQueueMessage(entry: unknown): QueueMessage {
  if (typeof entry !== 'string') return parsed(entry);
  const bytes = Buffer.from(entry, 'utf8');
  const trimmed = entry.trim();
  const text = BASE64.test(trimmed) ? Buffer.from(trimmed, 'base64').toString('utf8') : entry;
  try {
    return parsed(JSON.parse(text), text);
  } catch (error) {
    return { ok: false, why: whyNotJson(error), bytes };
  }
}

/** The place, if it is known. The rest of the engine's message quotes the text, which may hold a secret (I7). */
function whyNotJson(error: unknown): string {
  const [, position] = /at position (\d+)/.exec(messageOf(error)) ?? [];
  return position === undefined
    ? 'it is another text'
    : `it ends or errs at character ${Number(position) + 1}`;
}

function parsed(value: unknown, text?: string): QueueMessage {
  const kept = cut(value, 0);
  if (!kept.isCut) return { ok: true, value, bytes: Buffer.from(text ?? JSON.stringify(value)) };
  const why = `it nests more than ${MAX_DEPTH} deep; what is kept of it ends there`;
  return { ok: false, why, bytes: Buffer.from(JSON.stringify(kept.value)) };
}

/** The value down to the depth that is taken. */
function cut(value: unknown, depth: number): { value: unknown; isCut: boolean } {
  if (typeof value !== 'object' || value === null) return { value, isCut: false };
  if (depth === MAX_DEPTH) return { value: CUT, isCut: true };
  const members = Object.entries(value).map(([name, member]) => [name, cut(member, depth + 1)] as const);
  const isCut = members.some(([, member]) => member.isCut);
  if (Array.isArray(value)) return { value: members.map(([, member]) => member.value), isCut };
  return { value: Object.fromEntries(members.map(([name, member]) => [name, member.value])), isCut };
}
