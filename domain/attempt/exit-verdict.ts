// What an exit code says about an attempt.
import { reason, type ReasonCode } from '../job/failure-reason';
import type { Verdict } from '../job/outcome';

/** What exit codes other than 0 mean. One table; what is not in it is the program's own. */
export interface ExitMeaning {
  readonly codes: readonly number[];
  readonly reason: ReasonCode;
  readonly says: string;
  readonly source: string;
}

export const EXIT_MEANINGS: readonly ExitMeaning[] = [
  {
    codes: [7147, 7148],
    reason: 'maintenance',
    says: 'The platform ended the program for maintenance',
    source: 'docs/facts/container-instances.md#platform-maintenance',
  },
  {
    codes: [137],
    reason: 'killed',
    says: 'The program was killed, perhaps because it ran out of memory',
    source: '128 + SIGKILL: by the kernel when memory runs out, or by somebody',
  },
];

/** What the platform says beside the exit code. */
export interface ExitCircumstances {
  /** The container state's `detailStatus`. */
  readonly detail?: string | undefined;
  /** The platform started the program again after this exit, or had done so before. */
  readonly ranMoreThanOnce?: boolean | undefined;
}

export function exitVerdict(exitCode: number, circumstances: ExitCircumstances = {}): Verdict {
  if (exitCode === 0) return { kind: 'succeeded', exitCode };
  const meaning = EXIT_MEANINGS.find(({ codes }) => codes.includes(exitCode));
  const says = sentence(exitCode, meaning, circumstances.detail);
  const again =
    circumstances.ranMoreThanOnce === true
      ? ' The platform started it more than once; this is the earliest end that it still shows.'
      : '';
  return { kind: 'failed', exitCode, reason: reason(meaning?.reason ?? 'exit-code', `${says}${again}`) };
}

function sentence(exitCode: number, meaning: ExitMeaning | undefined, detail: string | undefined): string {
  if (meaning === undefined) return `The program ended with exit code ${exitCode}.`;
  if (meaning.reason === 'killed' && detail !== undefined && /oom|out of memory/i.test(detail))
    return `The program was killed because it ran out of memory (exit code ${exitCode}, ${detail}).`;
  return `${meaning.says} (exit code ${exitCode}).`;
}
