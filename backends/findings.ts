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

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
