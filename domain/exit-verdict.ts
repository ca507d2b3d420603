// What an exit code says about an attempt.
import { reason } from './failure-reason';
import type { Verdict } from './outcome';

/** The platform ended the program for its own maintenance (azure-container-instances.md B). */
const MAINTENANCE_EXIT_CODES: readonly number[] = [7147, 7148];
/** 128 + SIGKILL: by the kernel when memory runs out, or by somebody. */
const KILLED_EXIT_CODE = 137;

export function exitVerdict(exitCode: number): Verdict {
  if (exitCode === 0) return { kind: 'succeeded', exitCode };
  if (MAINTENANCE_EXIT_CODES.includes(exitCode)) {
    return {
      kind: 'failed',
      exitCode,
      reason: reason(
        'maintenance',
        `The platform ended the program for maintenance (exit code ${exitCode}).`,
      ),
    };
  }
  if (exitCode === KILLED_EXIT_CODE) {
    return {
      kind: 'failed',
      exitCode,
      reason: reason(
        'killed',
        'The program was killed (exit code 137), perhaps because it ran out of memory.',
      ),
    };
  }
  return {
    kind: 'failed',
    exitCode,
    reason: reason('exit-code', `The program ended with exit code ${exitCode}.`),
  };
}
