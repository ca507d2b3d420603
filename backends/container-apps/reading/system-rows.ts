// What the platform's own log tells of an execution: an exit code, a start, an image that does not come. Pure.
import type { Reason } from '../../../domain/job/failure-reason';
import { imageReason, startReason } from './failures';
import type { SystemRow } from './sight';

/**
 * `Container 'x' was terminated with exit code '1' and reason 'ProcessExited'`; code and reason may be empty or left
 * out (docs/facts/container-apps.md#exit-codes).
 */
const TERMINATED = /terminated with exit code '(-?\d*)'(?: and reason '(\w*)')?/;

/** Reasons of an end that is none of the program's: it was never started, or somebody stopped it. */
const NO_PROGRAMS_END: readonly string[] = [
  'ImagePullFailure',
  'VolumeMountFailure',
  'ContainerCreateFailure',
  'ManuallyStopped',
];

/** Whether these words say that an end is none of the program's. */
export function isNoProgramsEnd(said: string | undefined): boolean {
  return said !== undefined && NO_PROGRAMS_END.some((word) => said.includes(word));
}

export interface Exit {
  readonly code: number;
  /** Whose word it is, for people. */
  readonly by: string;
}

/** The exit code of the program, as the rows have it. */
export function exitIn(rows: readonly SystemRow[]): Exit | undefined {
  for (const { text } of rows) {
    const [, code = '', said] = TERMINATED.exec(text) ?? [];
    if (code === '' || Number(code) < 0 || isNoProgramsEnd(said)) continue;
    return { code: Number(code), by: `${said ?? 'ended'}, by the platform's log` };
  }
  return undefined;
}

export function has(rows: readonly SystemRow[], reason: string): boolean {
  return rows.some((row) => row.reason === reason);
}

/** Why the image does not come, or the program does not start. */
export function startTroubleIn(rows: readonly SystemRow[]): Reason | undefined {
  const pull = rows.find(({ text }) => /failed to pull image/i.test(text)) ?? lastPullTrouble(rows);
  if (pull !== undefined && !has(rows, 'PulledImage')) return imageReason(pull.text);
  const create = rows.findLast(({ text }) => /ContainerCreateFailure|VolumeMountFailure/.test(text));
  return create && startReason(create.text);
}

function lastPullTrouble(rows: readonly SystemRow[]): SystemRow | undefined {
  return rows.findLast(({ text }) =>
    /ErrImagePull|ImagePullBackOff|ImagePullFailure|back-off pulling/i.test(text),
  );
}
