// What a platform without positions shows of a container's log at one moment: a window on the text.

/** The end of a log. */
export interface LogWindow {
  readonly kind: 'window';
  /** UTF-8. A platform that serves decoded text puts U+FFFD where a window cuts a character in two. */
  readonly bytes: Buffer;
  /** Provably everything that this incarnation of the container has printed so far. */
  readonly whole: boolean;
}

/** How much a platform keeps of a log; sizes in bytes as printed. */
export interface WindowLimits {
  /** Least that it shows of a container that runs. */
  readonly running: number;
  /**
   * What the platform shows of a container that has ended: at most so many lines or bytes, whichever is less. The
   * number of bytes lies between the bounds.
   */
  readonly ended: { readonly atLeast: number; readonly atMost: number; readonly lines: number };
}

const LINE_END = Buffer.from('\n');
/** UTF-8 of U+FFFD: three bytes that may stand for a single one. */
const REPLACEMENT = Buffer.from('\u{fffd}');

/**
 * Served text as a window. It is whole when no limit can have cut it, whether the container ran or had ended when
 * the platform looked: smaller than all limits, or too large for a container that has ended and yet below the limit
 * of one that runs.
 */
export function windowOf(text: string, limits: WindowLimits): LogWindow {
  const bytes = Buffer.from(text, 'utf8');
  return { kind: 'window', bytes, whole: isWhole(bytes, limits) };
}

function isWhole(bytes: Buffer, limits: WindowLimits): boolean {
  if (bytes.length >= limits.running) return false;
  // The last line may lack its end.
  if (bytes.length < limits.ended.atLeast) return countOf(bytes, LINE_END) + 1 < limits.ended.lines;
  const printedAtLeast = bytes.length - (REPLACEMENT.length - 1) * countOf(bytes, REPLACEMENT);
  return printedAtLeast > limits.ended.atMost;
}

function countOf(bytes: Buffer, needle: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(needle); at !== -1; at = bytes.indexOf(needle, at + needle.length)) count += 1;
  return count;
}
