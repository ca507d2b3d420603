// Where in a pod's log its archive has come to, in this backend's own words.
import { z } from 'zod';

import type { StampedLine } from './stamped-lines';

/**
 * The place of the next byte: within the line that was taken last, or after it. The API serves a log from a whole
 * second on, in the order of its file, which only grows. So that line is served again, at its place, for as long as its
 * file is the newest one.
 */
export interface LogPosition {
  /** Names one start of the container. */
  readonly incarnation: string;
  /** The time of the line that was taken last; empty: before all lines. */
  readonly stamp: string;
  /** Which one of the lines of that very time it is, from 1 on. */
  readonly nth: number;
  /** Bytes taken of it, its line end included. */
  readonly part: number;
  /** Bytes of the next answer that come before this place, as far as is known. */
  readonly again: number;
  /** Bytes on disk that the file has up to here, as far as is known. */
  readonly file: number;
}

const TEXT = /^([\w-]{1,80})\/([\d:.TZ+-]{0,40})\/(\d{1,12})\/(\d{1,12})\/(\d{1,12})\/(\d{1,12})$/;

const positionSchema = z.string().transform((text, context): LogPosition => {
  const [, incarnation, stamp, nth, part, again, file] = TEXT.exec(text) ?? [];
  if (incarnation !== undefined && stamp !== undefined)
    return {
      incarnation,
      stamp,
      nth: Number(nth),
      part: Number(part),
      again: Number(again),
      file: Number(file),
    };
  context.addIssue({ code: 'custom', message: `is no position in a pod's log: ${text.slice(0, 120)}` });
  return z.NEVER;
});

/** Throws ZodError for any text but one of `positionText`. */
export function positionOf(text: string): LogPosition {
  return positionSchema.parse(text);
}

export function positionText({ incarnation, stamp, nth, part, again, file }: LogPosition): string {
  return [incarnation, stamp, nth, part, again, file].join('/');
}

/**
 * The place before this line, which is the first of its file. It names the line, so that a later answer with another
 * first line is told apart.
 */
export function placeBefore(incarnation: string, first: StampedLine | undefined): LogPosition {
  if (first === undefined) return { incarnation, stamp: '', nth: 0, part: 0, again: 0, file: 0 };
  return { incarnation, stamp: first.stamp, nth: 1, part: 0, again: 0, file: 0 };
}
