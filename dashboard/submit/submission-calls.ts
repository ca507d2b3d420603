// The calls of the API that a submission makes. As elsewhere in the page, answers are taken to be of its own types.
import type { PlacementList } from '../../api/placements';
import type { Previewed } from '../../api/previews';
import type { Send } from '../api/request';

/** The most bytes that the API takes of a document. */
export const MOST_BYTES = 256 * 1024;

export async function previewOf(send: Send, document: string, signal: AbortSignal): Promise<Previewed> {
  const response = await send('preview', { method: 'POST', body: document, signal });
  return (await response.json()) as Previewed;
}

export interface Accepted {
  readonly id: string;
  /** Of the group that an array makes. */
  readonly members?: number;
}

/** With the same key it is the same job, however often it is sent. */
export async function submit(send: Send, document: string, key: string): Promise<Accepted> {
  const headers = { 'idempotency-key': key };
  const response = await send('jobs', { method: 'POST', body: document, headers });
  return (await response.json()) as Accepted;
}

/** The GPUs that placements offer, and their names. */
export async function offers(
  send: Send,
  signal: AbortSignal,
): Promise<{ readonly skus: readonly string[]; readonly placements: readonly string[] }> {
  const { placements } = (await (await send('placements', { signal })).json()) as PlacementList;
  const skus = new Set(placements.flatMap(({ gpus }) => gpus.map(({ sku }) => sku)));
  return { skus: [...skus].sort(), placements: placements.map(({ name }) => name) };
}
