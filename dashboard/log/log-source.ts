// Reads a log by byte ranges, never more of an answer than is wanted.
import type { Gap } from '../../domain/logs/log-index';
import type { Send } from '../api/request';
import { joined } from './bytes';
import type { ReadPart } from './read-part';

/** Which log: one generation of one attempt's. */
export interface LogName {
  readonly id: string;
  readonly attempt: number;
  readonly generation: number;
}

export function createLogSource(send: Send, { id, attempt, generation }: LogName): ReadPart {
  return async ({ from, tail, waitS, most = Infinity, signal }) => {
    const query = { attempt, generation, from, tail, wait: waitS };
    const response = await send(`jobs/${id}/logs`, { query, signal });
    const begin = Number(response.headers.get('x-log-from') ?? from ?? 0);
    const { bytes, isCut } = await bytesOf(response, most);
    const end = begin + bytes.length;
    const gaps = JSON.parse(response.headers.get('x-log-gaps') ?? '[]') as readonly Gap[];
    return {
      from: begin,
      bytes,
      gaps: isCut ? gaps.filter(({ at }) => at < end) : gaps,
      isFinal: !isCut && response.headers.get('x-log-final') === 'true',
    };
  };
}

/** At most `most` bytes of the body; the rest is not waited for. */
async function bytesOf(response: Response, most: number): Promise<{ bytes: Uint8Array; isCut: boolean }> {
  const reader = response.body?.getReader();
  if (reader === undefined) return { bytes: new Uint8Array(), isCut: false };
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { bytes: joined(chunks), isCut: false };
    if (size + value.length > most) {
      chunks.push(value.subarray(0, most - size));
      await reader.cancel();
      return { bytes: joined(chunks), isCut: true };
    }
    chunks.push(value);
    size += value.length;
  }
}
