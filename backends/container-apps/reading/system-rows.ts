// What the platform's own log tells of an execution: an exit code, a start, an image that does not come. Pure.
import type { Reason } from '../../../domain/job/failure-reason';
import type { Workload } from '../../../domain/ports/compute-backend';
import { imageReason, startReason } from './failures';
import type { SystemRow } from './sight';

/**
 * `Container 'x' was terminated with exit code '1' and reason 'ProcessExited'`; code and reason may be empty or left
 * out (docs/facts/container-apps.md#exit-codes).
 */
const TERMINATED = /terminated with exit code '(-?\d*)'(?: and reason '(\w*)')?/;

/** Reasons of an end before any start of the program. */
const NO_START: readonly string[] = ['ImagePullFailure', 'VolumeMountFailure', 'ContainerCreateFailure'];
/** Reasons of an end that is none of the program's: it was never started, or somebody stopped it. */
const NO_PROGRAMS_END: readonly string[] = [...NO_START, 'ManuallyStopped'];

/** Whether these words say that the program was never started. */
export function isNoStart(said: string | undefined): boolean {
  return said !== undefined && NO_START.some((word) => said.includes(word));
}

/** Whether these words say that an end is none of the program's. */
export function isNoProgramsEnd(said: string | undefined): boolean {
  return said !== undefined && NO_PROGRAMS_END.some((word) => said.includes(word));
}

/** How the program ended, and by whose word where it is not the workload's own. */
export type Exit = Required<Pick<Workload, 'exitCode'>> & Pick<Workload, 'exitDetail' | 'exitSource'>;

/** The exit code of the program, as the rows have it. */
export function exitIn(rows: readonly SystemRow[]): Exit | undefined {
  for (const { text } of rows) {
    const [, code = '', said] = TERMINATED.exec(text) ?? [];
    if (code === '' || Number(code) < 0 || isNoProgramsEnd(said)) continue;
    return {
      exitCode: Number(code),
      ...(said === undefined ? {} : { exitDetail: said }),
      exitSource: 'platform-log',
    };
  }
  return undefined;
}

/** The reasons that the rows give for ends of the container. */
export function saidAtEnd(rows: readonly SystemRow[]): string[] {
  return rows.flatMap(({ text }) => TERMINATED.exec(text)?.[2] ?? []);
}

export function has(rows: readonly SystemRow[], reason: string): boolean {
  return rows.some((row) => row.reason === reason);
}

/** The platform tries a pull again, after which it may come: trouble before it is none yet. */
export function isBeingPulled(rows: readonly SystemRow[]): boolean {
  return (
    rows.findLast(({ reason, text }) => reason === 'PullingImage' || isPullTrouble(text))?.reason ===
    'PullingImage'
  );
}

/** Why the image does not come, or the program does not start. */
export function startTroubleIn(rows: readonly SystemRow[]): Reason | undefined {
  const pull = rows.find(({ text }) => /failed to pull image/i.test(text)) ?? lastPullTrouble(rows);
  if (pull !== undefined && !has(rows, 'PulledImage')) return imageReason(pull.text);
  const create = rows.findLast(({ text }) => /ContainerCreateFailure|VolumeMountFailure/.test(text));
  return create && startReason(create.text);
}

function lastPullTrouble(rows: readonly SystemRow[]): SystemRow | undefined {
  return rows.findLast(({ text }) => isPullTrouble(text));
}

function isPullTrouble(text: string): boolean {
  return /failed to pull image|ErrImagePull|ImagePullBackOff|ImagePullFailure|back-off pulling/i.test(text);
}
