// Attempts and looks for tests of the rules: an attempt whose create has been sent, a look a given time after it.
import { afterLook, type Look } from '../../domain/attempt/after-look';
import type { AttemptRow } from '../../domain/attempt/attempt';
import { DEFAULT_TIMES } from '../../domain/attempt/protocol-times';
import type { Observation, Workload } from '../../domain/ports/compute-backend';
import { attemptRow, NEW_YEAR } from './rows';

export const ABSENT: Observation = { kind: 'absent' };
export const FOREIGN: Observation = { kind: 'foreign' };
export const UNREADABLE: Observation = { kind: 'unreadable', why: 'HTTP 503', scopeMissing: false };

/** A look that shows the workload; default: it runs. */
export function present(workload: Partial<Workload> = {}): Observation {
  return { kind: 'present', workload: { phase: 'running', started: 'yes', restartCount: 0, ...workload } };
}

/** An attempt whose intent was set at NEW_YEAR. */
export function intended(over: Partial<AttemptRow> = {}): AttemptRow {
  return attemptRow({ intent: { kind: 'set', nonce: 'n', at: NEW_YEAR }, ...over });
}

/** A look `afterS` seconds after NEW_YEAR, with deadlines of 1,200 s provisioning, 1,800 s pulling, 3,600 s running. */
export function look(observation: Observation, afterS: number, over: Partial<Look> = {}): Look {
  return {
    observation,
    cancelPresent: false,
    deadlines: { queued: 86_400, provisioning: 1_200, pulling: 1_800, running: 3_600, archiving: 300 },
    rerunAllowed: false,
    sentAt: NEW_YEAR + afterS * 1000,
    now: NEW_YEAR + afterS * 1000,
    times: DEFAULT_TIMES,
    ...over,
  };
}

/** The row after several looks at given seconds. */
export function afterLooks(
  row: AttemptRow,
  looks: readonly (readonly [number, Observation])[],
  over: Partial<Look> = {},
): AttemptRow {
  return looks.reduce((before, [afterS, seen]) => afterLook(before, look(seen, afterS, over)), row);
}

export function absentAt(afterS: number): readonly [number, Observation] {
  return [afterS, ABSENT];
}
