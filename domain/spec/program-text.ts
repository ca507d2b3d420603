// A text that a program is given: an argument of its command, or the value of a variable.
import { z } from 'zod';

/**
 * Linux starts no program with a longer text: 32 pages of 4 KiB, the final NUL included (execve(2), MAX_ARG_STRLEN).
 * Tried with /bin/true, which starts with 131,071 bytes and not with one more. Container Instances documents no limit
 * of its own.
 */
const MAX_TEXT_BYTES = 131_071;
/** A variable is `NAME=VALUE`, its name 63 characters at most. */
const MAX_VALUE_BYTES = MAX_TEXT_BYTES - 64;

export const argumentText = programText(MAX_TEXT_BYTES);
export const valueText = programText(MAX_VALUE_BYTES);

function programText(maxBytes: number): z.ZodString {
  return z
    .string()
    .max(maxBytes, { error: ({ input }) => tooLong(input, maxBytes), abort: true })
    .refine((text) => Buffer.byteLength(text) <= maxBytes, {
      error: ({ input }) => tooLong(input, maxBytes),
    })
    .refine(
      (text) => !text.includes('\0'),
      'must not hold the character NUL: the program would see the text end there',
    )
    .refine(
      (text) => text.isWellFormed(),
      'must not hold half of a surrogate pair (\\ud800 to \\udfff): stored as UTF-8 it would be another character',
    );
}

function tooLong(input: unknown, maxBytes: number): string {
  const bytes = typeof input === 'string' ? Buffer.byteLength(input) : 0;
  return `has ${bytes} bytes, at most ${maxBytes} are taken: Linux starts no program with a longer text. Put it into the image, or let the program fetch it`;
}
