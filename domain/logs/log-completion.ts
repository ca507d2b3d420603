// How far the completion of an attempt's log is, and what a count of the store's rows makes of it (protocol §7).
import { z } from 'zod';

import type { ProtocolTimes } from '../attempt/protocol-times';
import { type LogSources, logSourceSchema } from './log-sources';

const instant = z.number().int().nonnegative();
const count = z.number().int().nonnegative();
const generation = z.number().int().min(2);

const completingSchema = z.object({
  state: z.literal('completing'),
  live: logSourceSchema,
  source: logSourceSchema,
  /** When the live log was closed. */
  at: instant,
  /** When the store was first asked: the patience with it is counted from here. */
  askedAt: instant.optional(),
  /** When the store first answered, or answered again after a silence. */
  answeredAt: instant.optional(),
  /** So many rows it had, since this instant. */
  rows: z.object({ count, since: instant }).optional(),
  /** The last generation that was begun. */
  begun: generation.optional(),
  /** The generation that is written now, when the store has so many rows; `first` bytes were found in `full` of it. */
  writing: z.object({ generation, rows: count, first: count, full: count }).optional(),
  /** With so many rows the store lacked what the stream had shown. */
  lacked: z.object({ rows: count, why: z.string() }).optional(),
});
export type Completing = Readonly<z.infer<typeof completingSchema>>;

export const logCompletionSchema = z.discriminatedUnion('state', [
  completingSchema,
  z.object({
    state: z.literal('complete'),
    live: logSourceSchema,
    source: logSourceSchema,
    at: instant,
    /** The generation that is the whole log; 1 where the program printed nothing. */
    generation: z.number().int().min(1),
    /** Its length. */
    bytes: count,
  }),
  /** The live log is all that there is; `why`: and what to do about it. */
  z.object({ state: z.literal('stream-only'), live: logSourceSchema, at: instant, why: z.string() }),
]);
export type LogCompletion = Readonly<z.infer<typeof logCompletionSchema>>;

/** Of a log that was just closed; undefined where a live log is all that its kind of compute has. */
export function completionOf(sources: LogSources | undefined, now: number): LogCompletion | undefined {
  if (sources === undefined) return undefined;
  const { live, full } = sources;
  return 'missing' in full
    ? { state: 'stream-only', live, at: now, why: full.missing }
    : { state: 'completing', live, source: full, at: now };
}

/**
 * With a new count of the store's rows. A row that came late makes what was written of the others worthless. Rows that
 * come after a silence in which the store would have proved to be quiet show that nobody could ask it meanwhile: it has
 * its time anew.
 */
export function withCount(
  before: Completing,
  rows: number,
  now: number,
  times: Pick<ProtocolTimes, 'logQuietS'>,
): Completing {
  const asked = { ...before, askedAt: before.askedAt ?? now, answeredAt: before.answeredAt ?? now };
  if (before.rows?.count === rows) return asked;
  const answeredAt = isQuiet(before, now, times) ? now : asked.answeredAt;
  return { ...asked, answeredAt, rows: { count: rows, since: now }, writing: undefined };
}

/** Whether no row came for so long that none is expected any more. */
export function isQuiet(
  { rows }: Completing,
  now: number,
  { logQuietS }: Pick<ProtocolTimes, 'logQuietS'>,
): boolean {
  return rows !== undefined && now - rows.since >= logQuietS * 1000;
}

/**
 * Whether the store had its time. One that answers late, or is asked again late, still has time to prove to be quiet.
 */
export function isOverdue(
  { askedAt, answeredAt }: Completing,
  now: number,
  { logGiveUpS, logQuietS }: Pick<ProtocolTimes, 'logGiveUpS' | 'logQuietS'>,
): boolean {
  const hadAnswers = answeredAt === undefined || now - answeredAt >= 2 * logQuietS * 1000;
  return askedAt !== undefined && now - askedAt >= logGiveUpS * 1000 && hadAnswers;
}

/** The number of the next generation: no generation is begun twice. */
export function nextGeneration({ begun = 1 }: Completing): number {
  return begun + 1;
}

/** The live log alone, `why`: what the matter with the store was, and what to do. */
export function streamOnly({ live }: Completing, why: string, now: number): LogCompletion {
  return { state: 'stream-only', live, at: now, why };
}
