// The list of an attempt's outputs, as it was when the attempt settled, and what came later.
import { z } from 'zod';

/** The most files of one list. Beyond it the list says that there are more. */
export const MOST_FILES = 100_000;

const outputFileSchema = z.object({
  /** Below the attempt's folder, its names joined by `/`. */
  path: z.string(),
  bytes: z.number().int().nonnegative(),
  /** Epoch milliseconds; absent where the share does not say. */
  modifiedAt: z.number().int().optional(),
});
export type OutputFile = z.infer<typeof outputFileSchema>;

export const outputListSchema = z.object({
  /** Epoch milliseconds. */
  at: z.number().int().nonnegative(),
  files: z.array(outputFileSchema),
  more: z.literal(true).optional(),
});
export type OutputList = z.infer<typeof outputListSchema>;

export interface LateFile extends OutputFile {
  readonly late: 'added' | 'changed' | 'removed';
}

/** How the folder differs now from the list that was made when the attempt settled, by path. */
export function lateFiles(frozen: OutputList, now: OutputList): readonly LateFile[] {
  const before = new Map(frozen.files.map((file) => [file.path, file]));
  const late: LateFile[] = [];
  for (const file of now.files) {
    const listed = before.get(file.path);
    before.delete(file.path);
    if (listed === undefined) late.push({ ...file, late: 'added' });
    else if (listed.bytes !== file.bytes || listed.modifiedAt !== file.modifiedAt)
      late.push({ ...file, late: 'changed' });
  }
  // Of a list that was cut short nothing can be said to be gone, nor to have been added.
  if (now.more === true || frozen.more === true) return late.filter(({ late: how }) => how === 'changed');
  for (const file of before.values()) late.push({ ...file, late: 'removed' });
  return late.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

export function bytesOf({ files }: OutputList): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
