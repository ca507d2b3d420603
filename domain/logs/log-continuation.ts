// Decides what is new to the archive of a text that was asked for from its cursor on.
import type { LogAddition, LogPositions } from '../ports/log-archive';
import { type Alignment, alignMoving, type AlignOptions, alignWhole, type ArchiveEnd } from './log-alignment';
import type { LogCursor } from './log-cursor';
import { hasGap } from './log-index';
import type { LogBeginning, LogContinuation } from './log-read';

export type PositionedEnd = ArchiveEnd & { readonly cursor: LogCursor | undefined };

/**
 * What to add so that no byte is archived twice and every hole is marked (S8, I6). The text must have been read from
 * `archive.cursor`. Usually it is new as a whole. What the archive holds beyond a cursor that lags comes again: it is
 * compared and left out. Where the platform can't go on at the cursor and the archive holds more than the cursor knows
 * of, the text itself has to tell, as that of a window does.
 */
export function alignContinuation(
  archive: PositionedEnd,
  read: LogContinuation,
  options: AlignOptions,
): Alignment {
  const { bytes, begins } = read;
  if (begins === undefined) return goingOn(archive, read, options);
  const kind = begins.hole?.kind;
  const isAllNew = kind === 'restarted' || (kind !== 'not-provable' && behind(archive) === 0);
  if (isAllNew) return addAll(archive, read, begins);
  // Without a hole there was no cursor: the text is all that was printed since the start.
  if (kind === undefined) return positioned(alignWhole(archive, bytes, options), read);
  const notBefore = kind === 'missing' ? (archive.cursor?.at ?? 0) : 0;
  return positioned(alignMoving(archive, bytes, { ...options, notBefore }), read);
}

/** Bytes that the archive holds beyond its cursor; without one, all. */
function behind({ length, cursor }: PositionedEnd): number {
  const bytes = length - (cursor?.at ?? 0);
  if (bytes >= 0) return bytes;
  throw new Error(
    `The cursor of a log stands at byte ${cursor?.at}, but its archive ends at byte ${length}.`,
  );
}

function goingOn(archive: PositionedEnd, read: LogContinuation, options: AlignOptions): Alignment {
  if (archive.cursor === undefined)
    throw new Error('A backend must say where a log begins that it was asked for without a cursor.');
  const { bytes, position: end } = read;
  const again = behind(archive);
  if (again === 0) return bytes.length === 0 ? { kind: 'nothing-new' } : add({ bytes, positions: { end } });
  if (bytes.length < again) return { kind: 'nothing-new' };
  if (archive.tail.length < again) return { kind: 'more-tail', bytes: again };
  const isRepeated = archive.tail.subarray(-again).equals(bytes.subarray(0, again));
  if (isRepeated) return add({ bytes: bytes.subarray(again), positions: { end } });
  return positioned(alignMoving(archive, bytes, options), read);
}

/** Nothing of the text is in the archive; what is between them, the hole says. */
function addAll(
  archive: PositionedEnd,
  { bytes, position }: LogContinuation,
  { position: begin, hole }: LogBeginning,
): Alignment {
  const gap = hole === undefined ? undefined : { ...hole, at: archive.length };
  const isNewGap = gap !== undefined && !hasGap(archive.gaps, gap);
  if (bytes.length === 0 && !isNewGap) return { kind: 'nothing-new' };
  return add({ bytes, ...(isNewGap ? { gap } : {}), positions: { begin, end: position } });
}

/** With the positions of the text, as far as it was added. */
function positioned(aligned: Alignment, { bytes, position: end, begins }: LogContinuation): Alignment {
  if (aligned.kind !== 'add') return aligned;
  const isAll = begins !== undefined && aligned.addition.bytes.length === bytes.length;
  const positions: LogPositions = isAll ? { begin: begins.position, end } : { end };
  return add({ ...aligned.addition, positions });
}

function add(addition: LogAddition): Alignment {
  return { kind: 'add', addition };
}
