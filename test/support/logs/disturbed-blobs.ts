// A log's blobs with requests that fail, are sent twice, or are their writer's last.
import fc from 'fast-check';

import type { LogBlobs } from '../../../storage/logs/log-blobs';

/** What goes wrong with one request to storage. `resent`: its answer is lost and the client sends it again. */
export type Fault = 'resent' | 'fails before' | 'fails after' | 'writer dies before' | 'writer dies after';
export const faults = fc.constantFrom<Fault>(
  'resent',
  'resent',
  'fails before',
  'fails after',
  'writer dies before',
  'writer dies after',
);

/** The end of a writer, which does nothing more. */
export class Died extends Error {}

/** Blobs whose every request waits for its turn and may go wrong. */
export function disturbed(
  blobs: LogBlobs,
  turn: () => Promise<void>,
  next: () => Fault | undefined,
): LogBlobs {
  const through =
    <Args extends unknown[], T>(request: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      await turn();
      const fault = next();
      if (fault === 'fails before') throw new Error('no connection');
      if (fault === 'writer dies before') throw new Died();
      const answer = await request(...args);
      if (fault === undefined) return answer;
      await turn();
      if (fault === 'resent') return await request(...args);
      throw fault === 'writer dies after' ? new Died() : new Error('connection lost');
    };
  return {
    head: through((name) => blobs.head(name)),
    create: through((name, metadata) => blobs.create(name, metadata)),
    append: through((name, bytes, on) => blobs.append(name, bytes, on)),
    mark: through((name, metadata, on) => blobs.mark(name, metadata, on)),
    read: through((name, from, count) => blobs.read(name, from, count)),
    readText: through((name) => blobs.readText(name)),
    writeText: through((name, text, etag) => blobs.writeText(name, text, etag)),
    url: (name) => blobs.url(name),
  };
}
