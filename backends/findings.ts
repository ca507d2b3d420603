// What an inspection found wrong, and the one check that is made of it.
import { type Check, ok } from '../domain/backend/check';

export interface Finding {
  readonly standing: 'warning' | 'failed';
  /** What was found. */
  readonly detail: string;
  /** The command, the manifest or the member of the placement that mends it: a sentence. */
  readonly todo: string;
}

/** Without findings the check is well, and `well` is its detail. */
export function checkOf(name: string, well: string, findings: readonly Finding[]): Check {
  if (findings.length === 0) return ok(name, well);
  return {
    name,
    standing: findings.some(({ standing }) => standing === 'failed') ? 'failed' : 'warning',
    detail: findings.map(({ detail }) => detail).join('; '),
    todo: unique(findings.map(({ todo }) => todo)).join(' '),
  };
}

/** What could not be asked, and how it could be. */
export interface Gap {
  readonly detail: string;
  readonly todo: string;
}

/** The same where something could not be asked: that alone makes the check skipped; findings come before it. */
export function checkWithGaps(
  name: string,
  well: string,
  findings: readonly Finding[],
  gaps: readonly Gap[],
): Check {
  const check = checkOf(name, well, findings);
  if (gaps.length === 0) return check;
  const gap = {
    detail: gaps.map(({ detail }) => detail).join('; '),
    todo: unique(gaps.map(({ todo }) => todo)).join(' '),
  };
  if (findings.length === 0) return { name, standing: 'skipped', ...gap };
  const todo = unique([...(check.todo === undefined ? [] : [check.todo]), gap.todo]).join(' ');
  return { ...check, detail: `${check.detail}; ${gap.detail}`, todo };
}

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
