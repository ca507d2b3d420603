// What is known about an archived log besides its bytes: its gaps, its files, whether more will come.
import { z } from 'zod';

/**
 * - `missing`: the platform's window began at or after the archive's end. What was printed between is lost; how much,
 *   the platform does not say.
 * - `not-provable`: what follows is new, but something may be missing before it: the text repeats itself, too little of
 *   it overlaps, or the first look at a log may not have reached back to its start.
 * - `restarted`: the container was restarted and its log began anew. What it printed after the last look is lost.
 * - `unavailable`: the end of the log could not be had. It holds only while nothing follows. Only a final look adds it.
 */
const GAP_KINDS = ['missing', 'not-provable', 'restarted', 'unavailable'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

export const gapSchema = z.object({
  /** Offset in the archive, bytes: the gap lies before the byte at this offset. */
  at: z.number().int().min(0),
  kind: z.enum(GAP_KINDS),
  /** Bytes missing, where that is known. */
  missingBytes: z.number().int().min(1).optional(),
  /**
   * The look that found the text after the gap showed, before it, as many bytes that equal the last ones before the
   * gap. They are archived once: they are the same bytes, or the program printed them again and they are missing.
   */
  sharedBytes: z.number().int().min(1).optional(),
  /** A sentence for a person. */
  why: z.string(),
});
export type Gap = z.infer<typeof gapSchema>;

/** A whole log that was written beside the first generation, from another source. */
const logGenerationSchema = z.object({
  generation: z.number().int().min(2),
  source: z.string(),
  /** `incomplete`: rows came later, or the log lacks what the first generation has. Another one may follow. */
  state: z.enum(['completing', 'complete', 'incomplete']),
});
export type LogGeneration = Readonly<z.infer<typeof logGenerationSchema>>;

export const logIndexSchema = z.object({
  version: z.literal(1),
  /** In order of `at`, then as recorded. */
  gaps: z.array(gapSchema),
  /** The blobs of the log, in order; `from` and `to` are offsets in the archive, `to` absent while it may grow. */
  files: z.array(
    z.object({ name: z.string(), from: z.number().int().min(0), to: z.number().int().min(0).optional() }),
  ),
  /** Set when nobody will look again; `length` is the archive's length then, bytes. */
  closed: z.object({ length: z.number().int().min(0) }).optional(),
  /** In the index of the first generation: the others, in order. */
  generations: z.array(logGenerationSchema).optional(),
});
export type LogIndex = z.infer<typeof logIndexSchema>;

export const EMPTY_INDEX: LogIndex = { version: 1, gaps: [], files: [] };

/** Both lists as one, without repeating a gap. */
export function mergeGaps(known: readonly Gap[], added: readonly Gap[]): Gap[] {
  const news = added.filter((gap, i) => !hasGap(known, gap) && !hasGap(added.slice(0, i), gap));
  return [...known, ...news].sort((a, b) => a.at - b.at);
}

/** Whether a gap of that kind at that place, sharing as many bytes, is known. */
export function hasGap(gaps: readonly Gap[], gap: Pick<Gap, 'at' | 'kind' | 'sharedBytes'>): boolean {
  const { at, kind, sharedBytes } = gap;
  return gaps.some((known) => known.at === at && known.kind === kind && known.sharedBytes === sharedBytes);
}

/** The gaps that hold for an archive of this length, bytes: an end that was not to be had is none once text follows. */
export function gapsOf(gaps: readonly Gap[], length: number): Gap[] {
  return gaps.filter((gap) => gap.kind !== 'unavailable' || gap.at >= length);
}

/** The index with what it says of this generation. */
export function withGeneration(index: LogIndex, noted: LogGeneration): LogIndex {
  const others = (index.generations ?? []).filter(({ generation }) => generation !== noted.generation);
  return { ...index, generations: [...others, noted].sort((a, b) => a.generation - b.generation) };
}

/** Where the text begins that no certain hole interrupts up to the archive's end. */
export function pieceStart(gaps: readonly Gap[]): number {
  return gaps.reduce(
    (start, { kind, at }) => (kind === 'missing' || kind === 'restarted' ? Math.max(start, at) : start),
    0,
  );
}
