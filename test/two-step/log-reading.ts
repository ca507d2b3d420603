// Reads an execution's log after a position, which is the second of the last line taken and how many lines of that
// second were taken.
import { z } from 'zod';

import { messageOf } from '../../domain/errors';
import type { LogCursor } from '../../domain/logs/log-cursor';
import type { LogRead } from '../../domain/logs/log-read';
import type { WorkloadRef } from '../../domain/ports/compute-backend';
import { areOurs } from './marks';
import { type LogLine, textOf, type TwoStepClient } from './two-step-api';

interface Position {
  readonly atS: number;
  /** How many lines of that second were taken. */
  readonly taken: number;
}

const BEGINNING: Position = { atS: 0, taken: 0 };

const positionSchema = z
  .string()
  .regex(/^\d{1,12}\/\d{1,9}$/)
  .transform((text): Position => {
    const [atS, taken] = text.split('/').map(Number);
    return { atS: atS ?? 0, taken: taken ?? 0 };
  });

/** The position in our own words. Throws ZodError for any other text. */
function positionOf(text: string | undefined): Position {
  return text === undefined ? BEGINNING : positionSchema.parse(text);
}

/** `lines`: all lines from the position's second on. */
function linesAfter(
  lines: readonly LogLine[],
  from: Position,
): { readonly bytes: Buffer; readonly position: string } {
  const known = lines.filter(({ atS }) => atS === from.atS).slice(0, from.taken).length;
  const fresh = lines.slice(known);
  const last = fresh.at(-1)?.atS ?? from.atS;
  const taken = fresh.length === 0 ? from.taken : lines.filter(({ atS }) => atS === last).length;
  return { bytes: Buffer.from(fresh.map(({ text }) => text).join('')), position: `${last}/${taken}` };
}

/** Reads the log of the first execution. What a second one prints is not the job's. */
export async function readLog(
  client: TwoStepClient,
  ref: WorkloadRef,
  from: LogCursor | undefined,
): Promise<LogRead> {
  const begin = positionOf(from?.position);
  try {
    const executions = await client.executions(ref.name);
    if (!executions.ok) return { kind: 'unavailable', why: textOf(executions) };
    const first = executions.body.find(({ marks }) => areOurs(marks, ref));
    if (first === undefined) return { kind: 'unavailable', why: `No execution of ${ref.name} is shown.` };
    const lines = await client.log(ref.name, first.id, begin.atS);
    if (!lines.ok) return { kind: 'unavailable', why: textOf(lines) };
    const after = linesAfter(lines.body, begin);
    return {
      kind: 'after',
      ...after,
      hasMore: false,
      ...(from === undefined ? { begins: { position: '0/0' } } : {}),
    };
  } catch (error) {
    return { kind: 'unavailable', why: messageOf(error) };
  }
}
