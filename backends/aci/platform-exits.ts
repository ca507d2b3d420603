// Exit codes by which Container Instances itself says why it ended a program.
import type { ExitMeaning } from '../../domain/attempt/exit-verdict';
import { type Reason, reason } from '../../domain/job/failure-reason';

export const PLATFORM_EXITS: readonly ExitMeaning[] = [
  {
    codes: [7147, 7148],
    reason: 'maintenance',
    says: 'The platform ended the program for maintenance',
    source: 'docs/facts/container-instances.md#platform-maintenance',
  },
];

/** Undefined for a code that is the program's own, or whose meaning every platform shares. */
export function platformExitReason(exitCode: number): Reason | undefined {
  const meaning = PLATFORM_EXITS.find(({ codes }) => codes.includes(exitCode));
  return meaning && reason(meaning.reason, `${meaning.says} (exit code ${exitCode}).`);
}
