// A container's log as a platform would show it, and the judge of an archive made from such windows.
import type { Gap } from '../../domain/logs/log-index';
import { type LogWindow, type WindowLimits, windowOf } from '../../domain/logs/log-window';

/** docs/facts/container-instances.md#logs: 4 MB while running; 16 KB or 1,000 lines once ended. */
export const ACI_LIMITS: WindowLimits = {
  running: 4_000_000,
  ended: { atLeast: 16_000, atMost: 16_384, lines: 1_000 },
};

/** The window on what was printed: cut at a byte, then decoded. */
export function windowOn(printed: Buffer, ended: boolean, limits: WindowLimits): LogWindow {
  const shown = ended
    ? lastLines(printed.subarray(-limits.ended.atMost), limits.ended.lines)
    : printed.subarray(-limits.running);
  return windowOf(shown.toString('utf8'), limits);
}

function lastLines(bytes: Buffer, lines: number): Buffer {
  let at = bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length;
  for (let line = 0; line < lines; line += 1) {
    at = at === 0 ? -1 : bytes.lastIndexOf(0x0a, at - 1);
    if (at === -1) return bytes;
  }
  return bytes.subarray(at + 1);
}

export interface Piece {
  /** Offset in the archive. */
  readonly at: number;
  readonly bytes: Buffer;
  readonly restarted: boolean;
}

/** The archive cut at the gaps that separate text. */
export function piecesOf(archive: Buffer, gaps: readonly Gap[]): Piece[] {
  const cuts = gaps.filter(({ kind }) => kind !== 'unavailable');
  const starts = [...new Set([0, ...cuts.map(({ at }) => at)])];
  return starts.map((at, i) => ({
    at,
    bytes: archive.subarray(at, starts[i + 1] ?? archive.length),
    restarted: cuts.some((gap) => gap.at === at && gap.kind === 'restarted'),
  }));
}

/**
 * Says what is wrong with an archive of these incarnations' texts, if anything. Its pieces between gaps must be found
 * in what was printed, in order, without using any byte twice.
 */
export function flawIn(
  archive: Buffer,
  gaps: readonly Gap[],
  incarnations: readonly Buffer[],
): string | undefined {
  let incarnation = 0;
  let from = 0;
  for (const { bytes, restarted } of piecesOf(archive, gaps)) {
    if (restarted) {
      incarnation += 1;
      from = 0;
    }
    let at = incarnations[incarnation]?.indexOf(bytes, from) ?? -1;
    while (at === -1 && incarnation < incarnations.length) {
      incarnation += 1;
      at = incarnations[incarnation]?.indexOf(bytes) ?? -1;
    }
    if (at === -1)
      return `not printed in this order: ${JSON.stringify(bytes.toString())} (gaps ${JSON.stringify(gaps)})`;
    from = at + bytes.length;
  }
  return undefined;
}

/**
 * The archive in which shared bytes, which stand there once though they may have been printed twice, are put back where
 * the looks showed them.
 */
export function withSharedBytes(archive: Buffer, gaps: readonly Gap[]): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (const { at, sharedBytes = 0 } of gaps) {
    parts.push(archive.subarray(from, at), archive.subarray(at - sharedBytes, at));
    from = at;
  }
  return Buffer.concat([...parts, archive.subarray(from)]);
}
