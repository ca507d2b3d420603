// What an exit code says about an attempt.
import { type Reason, reason, type ReasonCode } from '../job/failure-reason';
import type { Verdict } from '../job/outcome';

/** What exit codes other than 0 mean on any platform; what is in no such table is the program's own. */
export interface ExitMeaning {
  readonly codes: readonly number[];
  readonly reason: ReasonCode;
  readonly says: string;
  readonly source: string;
}

export const EXIT_MEANINGS: readonly ExitMeaning[] = [
  {
    codes: [137],
    reason: 'killed',
    says: 'The program was killed, perhaps because it ran out of memory',
    source: '128 + SIGKILL: by the kernel when memory runs out, or by somebody',
  },
];

/** What the platform says beside the exit code. */
export interface ExitCircumstances {
  /** What the platform itself did to the program: it counts more than the exit code. */
  readonly reason?: Reason | undefined;
  /** In the platform's own words. */
  readonly detail?: string | undefined;
  /** The platform started the program again after this exit, or had done so before. */
  readonly ranMoreThanOnce?: boolean | undefined;
}

export function exitVerdict(exitCode: number, circumstances: ExitCircumstances = {}): Verdict {
  const { detail, ranMoreThanOnce, reason: platformReason } = circumstances;
  if (exitCode === 0 && platformReason === undefined) return { kind: 'succeeded', exitCode };
  const again =
    ranMoreThanOnce === true
      ? ' The platform started it more than once; this is the earliest end that it still shows.'
      : '';
  // The platform keeps a deadline too, for a runner that is away when it passes.
  if (platformReason?.code === 'running-deadline') return { kind: 'timed-out', reason: platformReason };
  const why = platformReason ?? exitReason(exitCode, detail);
  return { kind: 'failed', exitCode, reason: reason(why.code, `${why.message}${again}`, why.class) };
}

function exitReason(exitCode: number, detail: string | undefined): Reason {
  const meaning = EXIT_MEANINGS.find(({ codes }) => codes.includes(exitCode));
  return reason(meaning?.reason ?? 'exit-code', sentence(exitCode, meaning, detail));
}

function sentence(exitCode: number, meaning: ExitMeaning | undefined, detail: string | undefined): string {
  if (meaning === undefined) return `The program ended with exit code ${exitCode}.`;
  if (meaning.reason === 'killed' && detail !== undefined && /oom|out of memory/i.test(detail))
    return `The program was killed because it ran out of memory (exit code ${exitCode}, ${detail}).`;
  return `${meaning.says} (exit code ${exitCode}).`;
}
