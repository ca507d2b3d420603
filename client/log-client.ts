// A job's log over HTTP, by byte offset: slices, and following it to its end.
import { z } from 'zod';

import { attemptLogSchema, type AttemptLogView } from '../api/logs';
import { type Gap, gapSchema } from '../domain/logs/log-index';
import { UnexpectedAnswerError } from './errors';
import { jobPath } from './jobs-client';
import type { Transport } from './transport';

export interface LogSlice {
  readonly bytes: Uint8Array;
  /** Byte offset of these bytes, and of what follows them. */
  readonly from: number;
  readonly next: number;
  /** Where bytes are missing, before or among these. */
  readonly gaps: readonly Gap[];
  /** Nothing follows, now or later. */
  readonly final: boolean;
  /** The generation that these bytes are of. */
  readonly generation: number;
  /** Whether the whole log is to be had; absent where there is no question of it. */
  readonly state?: AttemptLogView['state'] | undefined;
  /** The generation that is the whole log; absent where this one is, or none is (yet). */
  readonly fuller?: number | undefined;
}

interface LogOptions {
  /** Default: the current attempt. */
  readonly attempt?: number | undefined;
  /** Default: 1, the log as it was shown while the program ran. Offsets are those of one generation. */
  readonly generation?: number | undefined;
  /** Byte offset, default 0. */
  readonly from?: number | undefined;
  /** Instead of `from`: so many lines before the end; the slice says where they begin. */
  readonly tail?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface LogClient {
  /** The bytes from `from` on. Waits up to `waitS` seconds (at most 60) if there are none yet. */
  slice(id: string, options?: LogOptions & { readonly waitS?: number }): Promise<LogSlice>;
  /** Yields the log of one attempt from `from` to its end, as it grows. Only the last slice may be empty. */
  follow(id: string, options?: Omit<LogOptions, 'tail'>): AsyncGenerator<LogSlice, void>;
}

/** Within the API's 60 seconds, and short enough for what cuts idle connections on the way. */
const WAIT_S = 30;
/** How long a log is followed through restarts of the host, milliseconds. */
const FOLLOW_PATIENCE_MS = 120_000;

const headersSchema = z.object({
  'x-log-from': z.coerce.number().int().min(0).optional(),
  'x-log-next': z.coerce.number().int().min(0),
  'x-log-final': z.enum(['true', 'false']),
  'x-log-gaps': z
    .string()
    .default('[]')
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('is no JSON');
        return z.NEVER;
      }
    })
    .pipe(z.array(gapSchema)),
  'x-log-generation': z.coerce.number().int().min(1).default(1),
  'x-log-state': attemptLogSchema.shape.state.optional(),
  'x-log-fuller': z.coerce.number().int().min(2).optional(),
});

export function createLogClient(transport: Transport): LogClient {
  const read = async (
    id: string,
    {
      attempt,
      generation,
      from: asked,
      tail,
      waitS,
      signal,
      patienceMs,
    }: LogOptions & { waitS?: number; patienceMs?: number },
  ): Promise<LogSlice> => {
    const path = `${jobPath(id)}/logs`;
    const response = await transport.send({
      method: 'GET',
      path,
      query: { from: tail === undefined ? (asked ?? 0) : undefined, tail, attempt, generation, wait: waitS },
      headers: { accept: 'text/plain, application/problem+json' },
      ...(waitS === undefined ? {} : { waitS }),
      ...(patienceMs === undefined ? {} : { patienceMs }),
      signal,
    });
    const parsed = headersSchema.safeParse(Object.fromEntries(response.headers));
    if (!parsed.success)
      throw new UnexpectedAnswerError(`GET ${path}`, 'no x-log headers', { cause: parsed.error });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const from = parsed.data['x-log-from'] ?? asked ?? 0;
    const { 'x-log-next': next, 'x-log-final': final, 'x-log-gaps': gaps } = parsed.data;
    return {
      bytes,
      from,
      next,
      gaps,
      final: final === 'true',
      generation: parsed.data['x-log-generation'],
      state: parsed.data['x-log-state'],
      fuller: parsed.data['x-log-fuller'],
    };
  };
  return {
    slice: (id, options = {}) => read(id, options),
    follow: async function* (id, options = {}) {
      for (let from = options.from ?? 0; ;) {
        const slice = await read(id, { ...options, from, waitS: WAIT_S, patienceMs: FOLLOW_PATIENCE_MS });
        if (slice.bytes.length > 0 || slice.gaps.length > 0 || slice.final) yield slice;
        if (slice.final) return;
        from = slice.next;
      }
    },
  };
}
