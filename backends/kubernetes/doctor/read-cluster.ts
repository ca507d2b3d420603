// Reads of a cluster for the doctor: an object, a whole list, or that this identity may not read it.
import { z } from 'zod';

import type { ClusterAnswer, ClusterApi } from '../cluster/cluster-api';
import { allPages, pageMetadata } from '../reading/all-pages';
import { itemsOf } from '../reading/items-of';
import { readBy } from '../reading/read-answer';

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
  return { kind: 'read', value: readAs(`GET ${path}`, { status, body }, schema) };
}

/** All pages of a list. Rejects as `readObject` does. */
export async function readList<T>(
  api: ClusterApi,
  path: string,
  item: z.ZodType<T>,
): Promise<Read<readonly T[]>> {
  const page = z.object({
    metadata: pageMetadata,
    items: itemsOf(item),
  });
  const pages = await allPages(
    PAGE,
    (query) => {
      const joint = path.includes('?') ? '&' : '?';
      return readObject(api, `${path}${joint}${new URLSearchParams(query).toString()}`, page);
    },
    (read) => (read.kind === 'read' ? read.value.metadata : undefined),
  );
  const items: T[] = [];
  for (const read of pages) {
    if (read.kind !== 'read') return read;
    items.push(...read.value.items);
  }
  return { kind: 'read', value: items };
}

/** Asks a question that the server answers to a POST and stores nowhere. Rejects as `readObject` does. */
export async function askReview<T>(
  api: ClusterApi,
  path: string,
  body: object,
  schema: z.ZodType<T>,
): Promise<T> {
  const answer = await api.send({ method: 'POST', path, body, timeoutMs: TIMEOUT_MS });
  return readAs(`POST ${path}`, answer, schema);
}

function readAs<T>(
  asked: string,
  { status, body }: Pick<ClusterAnswer, 'status' | 'body'>,
  schema: z.ZodType<T>,
): T {
  return readBy(schema, { status, text: body.toString('utf8') }, asked);
}
