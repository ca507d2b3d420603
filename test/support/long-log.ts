// A job that prints 20 MB in two minutes, with all that makes logs hard to take over.
import type { LogWindow, WindowLimits } from '../../domain/logs/log-window';
import { windowOn } from './log-printer';

const SECONDS = 120;
const BYTES = 20_000_000;

/** Progress lines that only return the carriage, lines repeated for long, multi-byte characters, no final line end. */
export function longLog(): Buffer {
  const parts: string[] = [];
  let length = 0;
  for (let epoch = 0; length < BYTES; epoch += 1) {
    const progress = Array.from(
      { length: 400 },
      (_, i) => `\rEpoch ${epoch} ${'█'.repeat(i / 20)} ${i}/400 🎉`,
    );
    const steps = Array.from(
      { length: 200 },
      (_, i) => `\nstep ${epoch * 200 + i} loss ${1 / (i + epoch + 2)} größer`,
    );
    const same = 'waiting for the data loader …\n'.repeat(epoch % 40 === 39 ? 20_000 : epoch % 50);
    const part = `${progress.join('')}${steps.join('')}\n${same}`;
    parts.push(part);
    length += Buffer.byteLength(part);
  }
  const log = Buffer.from(parts.join(''));
  return Buffer.concat([
    log.subarray(0, characterStart(log, BYTES - 100)),
    Buffer.from('the last line — without its end'),
  ]);
}

/** One look: when, how much had been printed, what the platform showed. */
export interface Look {
  readonly printed: number;
  readonly ended: boolean;
}

/** Looks at proportional intervals, except between the given seconds; the last one once it has ended. */
export function looksAt(log: Buffer, pauses: readonly (readonly [number, number])[]): Look[] {
  const looks: Look[] = [];
  let at = 0;
  while (at < SECONDS) {
    const pause = pauses.find(([from, to]) => at >= from && at < to);
    if (pause !== undefined) at = pause[1];
    looks.push({ printed: Math.floor((log.length * Math.min(at, SECONDS)) / SECONDS), ended: false });
    at += Math.min(60, Math.max(0.2, at * 0.02));
  }
  return [...looks, { printed: log.length, ended: true }];
}

export function shown(log: Buffer, look: Look, limits: WindowLimits): LogWindow {
  return windowOn(log.subarray(0, look.printed), look.ended, limits);
}

/** What an archive must hold after these looks: every byte that one of them saw, and the place of each hole. */
export function expectedArchive(
  log: Buffer,
  looks: readonly Look[],
  limits: WindowLimits,
): { bytes: Buffer; holes: number[] } {
  const parts: Buffer[] = [];
  const holes: number[] = [];
  let covered = 0;
  let length = 0;
  for (const { printed, ended } of looks) {
    const to = ended ? printed : characterStart(log, printed);
    const lines = ended
      ? log.subarray(0, printed).toString('latin1').split('\n').slice(-limits.ended.lines).join('\n').length
      : Infinity;
    const from = Math.max(0, printed - Math.min(lines, ended ? limits.ended.atMost : limits.running));
    const start = from <= covered ? covered : characterEnd(log, from);
    if (from > covered) holes.push(length);
    if (to <= start) continue;
    parts.push(log.subarray(start, to));
    length += to - start;
    covered = to;
  }
  return { bytes: Buffer.concat(parts), holes };
}

const isInside = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** The offset itself, or the start of the character that it cuts in two. */
function characterStart(text: Buffer, offset: number): number {
  let at = offset;
  while (isInside(text[at])) at -= 1;
  return at;
}

function characterEnd(text: Buffer, offset: number): number {
  let at = offset;
  while (isInside(text[at])) at += 1;
  return at;
}
