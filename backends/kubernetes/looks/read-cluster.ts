// Reads of a cluster for the looks: an object, a whole list, or that this identity may not read it.
import { z } from 'zod';

import { RetryableError } from '../../../domain/errors';
import type { ClusterApi } from '../cluster/cluster-api';
import { jsonOf } from '../json-of';
import { itemsOf } from '../reading/items-of';
import { statusOf } from '../status';

/** Of one exchange, milliseconds. */
const TIMEOUT_MS = 20_000;
/** Items of one page of a list. */
const PAGE = 250;

export type Read<T> =
  | { readonly kind: 'read'; readonly value: T }
  /** Nothing of that name is there. */
  | { readonly kind: 'absent' }
  /** Rights are checked before existence (docs/facts/kubernetes.md#rights). */
  | { readonly kind: 'forbidden' };

/** Rejects with RetryableError for an answer that is neither the object nor one of the refusals of `Read`. */
export async function readObject<T>(api: ClusterApi, path: string, schema: z.ZodType<T>): Promise<Read<T>> {
  const { status, body } = await api.send({ method: 'GET', path, timeoutMs: TIMEOUT_MS });
  if (status === 403) return { kind: 'forbidden' };
  if (status === 404) return { kind: 'absent' };
  return { kind: 'read', value: parsed('GET', path, { status, body }, schema) };
}

/** All pages of a list. Rejects as `readObject` does. */
export async function readList<T>(
  api: ClusterApi,
  path: string,
  item: z.ZodType<T>,
): Promise<Read<readonly T[]>> {
  const page = z.object({
    metadata: z.object({ continue: z.string().nullish() }).nullish(),
    items: itemsOf(item),
  });
  const items: T[] = [];
  let from = '';
  do {
    const more = from === '' ? '' : `&continue=${encodeURIComponent(from)}`;
    const joint = path.includes('?') ? '&' : '?';
    const read = await readObject(api, `${path}${joint}limit=${PAGE}${more}`, page);
    if (read.kind !== 'read') return read;
    items.push(...read.value.items);
    from = read.value.metadata?.continue ?? '';
  } while (from !== '');
  return { kind: 'read', value: items };
}

/** Asks a question that the server answers to a POST and stores nowhere. Rejects as `readObject` does. */
export async function askReview<T>(
  api: ClusterApi,
  path: string,
  body: object,
  schema: z.ZodType<T>,
): Promise<T> {
  return parsed('POST', path, await api.send({ method: 'POST', path, body, timeoutMs: TIMEOUT_MS }), schema);
}

function parsed<T>(
  method: string,
  path: string,
  { status, body }: { readonly status: number; readonly body: Buffer },
  schema: z.ZodType<T>,
): T {
  const text = body.toString('utf8');
  if (status < 200 || status >= 300) {
    const { reason, message } = statusOf(text);
    const said = `${reason} ${message}`.trim();
    throw new RetryableError(`${method} ${path} was answered ${status}${said === '' ? '' : `: ${said}`}`);
  }
  const read = schema.safeParse(jsonOf(text));
  if (read.success) return read.data;
  throw new RetryableError(
    `${method} ${path} was answered with something else: ${z.prettifyError(read.error)}`,
  );
}
