// What an inspection found wrong, and the one check that is made of it.
import { type Check, ok } from '../../../domain/backend/check';

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

/** An inspection that may not read what it is about. */
export function notAllowed(name: string, right: string): Check {
  return {
    name,
    standing: 'skipped',
    detail: `this identity may not ${right}`,
    todo: 'To have it looked at: "kubectl apply -f infra/kubernetes/doctor.yaml", then bind that role to this identity (docs/kubernetes.md, "Rights").',
  };
}

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
