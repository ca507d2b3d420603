// Takes what the platform shows of a container's log over into the archive: each byte once, each hole marked.
import { RetryableError } from '../../domain/errors';
import { align, type Alignment } from '../../domain/logs/log-alignment';
import { alignContinuation, type PositionedEnd } from '../../domain/logs/log-continuation';
import type { LogCursor } from '../../domain/logs/log-cursor';
import { type Gap, gapsOf } from '../../domain/logs/log-index';
import type { LogRead, NoLog } from '../../domain/logs/log-read';
import type { LogAddition, LogArchive, LogEnd, LogRef } from '../../domain/ports/log-archive';

export interface ArchiveLogsInput {
  readonly archive: LogArchive;
  readonly ref: LogRef;
  /**
   * Asks the platform for the log from the archive's cursor on; `archived`: bytes that the archive holds beyond it. It
   * is called after the archive's end is known, and again for every try and every portion [W_LATEPOS].
   */
  readonly read: (from: LogCursor | undefined, archived: number) => Promise<LogRead>;
  /** Asked after a portion that more follows: whether there is time for the next. Left out: there is. */
  readonly mayGoOn?: () => boolean;
  /** The container has ended, or will be stopped: what this look does not find is never looked for again. */
  readonly final: boolean;
}

export interface ArchivedLogs {
  /** Length of the archive, bytes. */
  readonly bytes: number;
  /** By how many bytes the archive grew during this call. */
  readonly appended: number;
  /** Gaps that the archive has. */
  readonly gaps: number;
  /** Why the platform showed nothing; then nothing was changed nor closed, even when the call was the final one. */
  readonly unavailable?: string;
  /** There was no time for all that the platform has: look again at once. The final look has closed nothing yet. */
  readonly hasMore?: true;
  /** What is printed from now on may be gone after so long, milliseconds. */
  readonly keptMs?: number;
}

/**
 * Two writers of one log meet only while one takes over from the other. More rounds than this mean that something is
 * wrong.
 */
const MAX_ROUNDS = 8;

const NOTHING = Buffer.alloc(0);

/**
 * One look at a container's log (protocol §7): reads the archive's end, asks the platform, and adds what is new on
 * condition that the archive still ends there. If it does not, the answer is thrown away and all begins again. What
 * comes in portions is added portion by portion. The final look asks once more after what seemed the end, since an
 * answer may have broken off, and closes the archive; when it could see nothing, look again or call `abandonLogs`. Only
 * a final look may continue an abandoned log: what another look finds need not be the end. Throws RetryableError when
 * other writers keep writing.
 */
export async function archiveLogs(input: ArchiveLogsInput): Promise<ArchivedLogs> {
  const { archive, ref, read, final, mayGoOn = () => true } = input;
  let before: number | undefined;
  let isConfirmed = !final;
  let how: 'remembered' | 'fresh' = final ? 'fresh' : 'remembered';
  for (let round = 0; round < MAX_ROUNDS;) {
    const end = await archive.end(ref, how);
    before ??= end.length;
    const abandoned = abandonedAt(end);
    if (abandoned !== undefined && !final) return { ...summary(end, before), unavailable: abandoned.why };
    const shown = await read(end.cursor, end.length - (end.cursor?.at ?? 0));
    if (shown.kind === 'unavailable') return { ...summary(end, before), unavailable: shown.why };
    const hasMore = shown.kind === 'after' && shown.hasMore;
    const addition = await newIn(end, shown, final && !hasMore);
    if (hasMore && addition === undefined) throw noProgress(ref);
    const after = addition === undefined ? end : await end.append(addition);
    how = after === 'changed' ? 'fresh' : 'remembered';
    const isAll = !hasMore && (isConfirmed || shown.kind === 'window' || addition === undefined);
    isConfirmed ||= !hasMore;
    if (after === 'changed') round += 1;
    else if (isAll) {
      if (final) await archive.close(ref);
      return { ...summary(after, before), ...keptFor(shown) };
    } else if (hasMore && !mayGoOn()) return { ...summary(after, before), hasMore };
  }
  throw keptChanging(ref);
}

/**
 * Closes a log whose end could not be had in time, and marks that it is missing (protocol §4.4). The mark is a fence:
 * no window that was fetched before it can be added any more. Throws RetryableError when others keep writing.
 */
export async function abandonLogs(archive: LogArchive, ref: LogRef, why: string): Promise<ArchivedLogs> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const end = await archive.end(ref, 'fresh');
    if (abandonedAt(end) === undefined) {
      const marked = await end.append({
        bytes: NOTHING,
        gap: { at: end.length, kind: 'unavailable', why },
      });
      if (marked === 'changed') continue;
    }
    const { gaps } = await archive.close(ref);
    return { bytes: end.length, appended: 0, gaps: gapsOf(gaps, end.length).length };
  }
  throw keptChanging(ref);
}

function abandonedAt(end: LogEnd): Gap | undefined {
  return end.gaps.find(({ kind, at }) => kind === 'unavailable' && at === end.length);
}

function noProgress({ jobId, attempt, container }: LogRef): Error {
  return new Error(
    `A backend has more of the log of ${jobId}/${attempt}/${container} and gave nothing of it: a portion must go beyond what is archived.`,
  );
}

function keptChanging({ jobId, attempt, container }: LogRef): RetryableError {
  return new RetryableError(
    `The log of ${jobId}/${attempt}/${container} was changed by another writer ${MAX_ROUNDS} times in a row while this one tried to add to it. Look again with the next poll.`,
    { jobId, attempt, container },
  );
}

type Shown = Exclude<LogRead, NoLog>;

async function newIn(end: LogEnd, shown: Shown, final: boolean): Promise<LogAddition | undefined> {
  const { length, gaps, cursor } = end;
  let { tail } = end;
  for (;;) {
    const aligned = alignment({ length, tail, gaps, cursor }, shown, final);
    if (aligned.kind !== 'more-tail') return aligned.kind === 'add' ? aligned.addition : undefined;
    if (aligned.bytes <= tail.length) {
      throw new Error(
        `The alignment of a log asked for ${aligned.bytes} bytes of its tail after it had been given ${tail.length}.`,
      );
    }
    tail = await end.moreTail(aligned.bytes);
  }
}

function keptFor(shown: Shown): Pick<ArchivedLogs, 'keptMs'> {
  return shown.kind === 'after' && shown.keptMs !== undefined ? { keptMs: shown.keptMs } : {};
}

function alignment(end: PositionedEnd, shown: Shown, final: boolean): Alignment {
  switch (shown.kind) {
    case 'window':
      return align(end, shown, { final });
    case 'after':
      return alignContinuation(end, shown, { final });
  }
}

function summary(end: LogEnd, before: number): ArchivedLogs {
  return { bytes: end.length, appended: end.length - before, gaps: gapsOf(end.gaps, end.length).length };
}
