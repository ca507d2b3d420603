// Where in a pod's log its archive has come to, in this backend's own words.
import { z } from 'zod';

/**
 * The API serves a log from a whole second on, in the order of its file, which only grows. So the first `taken` lines
 * that it then shows are known, and the last of them proves that they are still the same ones.
 */
export interface LogPosition {
  /** Names one start of the container. */
  readonly incarnation: string;
  /** Epoch seconds; 0: from the beginning. */
  readonly since: number;
  /** Ended lines from that second on. */
  readonly taken: number;
  /** When the last of them was printed, nanoseconds since the epoch; 0: none was. */
  readonly last: bigint;
  /** Bytes of the line after them, which is not ended. */
  readonly part: number;
}

const TEXT = /^([\w-]{1,80})\/(\d{1,12})\/(\d{1,12})\/(\d{1,22})\/(\d{1,12})$/;

const positionSchema = z.string().transform((text, context): LogPosition => {
  const [, incarnation, since, taken, last, part] = TEXT.exec(text) ?? [];
  if (incarnation !== undefined)
    return {
      incarnation,
      since: Number(since),
      taken: Number(taken),
      last: BigInt(last ?? 0),
      part: Number(part),
    };
  context.addIssue({ code: 'custom', message: `is no position in a pod's log: ${text.slice(0, 120)}` });
  return z.NEVER;
});

/** Throws ZodError for any text but one of `positionText`. */
export function positionOf(text: string): LogPosition {
  return positionSchema.parse(text);
}

export function positionText({ incarnation, since, taken, last, part }: LogPosition): string {
  return [incarnation, since, taken, last, part].join('/');
}

export function beginningOf(incarnation: string): LogPosition {
  return { incarnation, since: 0, taken: 0, last: 0n, part: 0 };
}
