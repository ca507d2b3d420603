// What a log's blob carries in its metadata. Each change of it changes the blob's ETag, so an older look can add
// nothing.
import { type LogCursor, logCursorSchema } from '../../domain/logs/log-cursor';
import { type Gap, gapSchema } from '../../domain/logs/log-index';
import type { BlobHead } from './log-blobs';

export interface Marks {
  /** The newest gap; older ones are in the index. */
  readonly gap?: Gap | undefined;
  readonly cursor?: LogCursor | undefined;
  /** The log goes on in the next blob. */
  readonly isSealed?: boolean;
}

const GAP = 'gap';
const CURSOR = 'cursor';
const SEALED = 'sealed';

/** Throws when what is stored is no mark of ours. */
export function marksOf(metadata: BlobHead['metadata']): Marks {
  const gap = metadata[GAP];
  const cursor = metadata[CURSOR];
  return {
    gap: gap === undefined ? undefined : gapSchema.parse(decoded(gap)),
    cursor: cursor === undefined ? undefined : logCursorSchema.parse(decoded(cursor)),
    isSealed: metadata[SEALED] !== undefined,
  };
}

export function metadataOf({ gap, cursor, isSealed = false }: Marks): BlobHead['metadata'] {
  return {
    ...(gap === undefined ? {} : { [GAP]: encoded(gap) }),
    ...(cursor === undefined ? {} : { [CURSOR]: encoded(cursor) }),
    ...(isSealed ? { [SEALED]: 'true' } : {}),
  };
}

/** Metadata travels in headers: ASCII only. */
function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

function decoded(text: string): unknown {
  return JSON.parse(Buffer.from(text, 'base64').toString());
}
