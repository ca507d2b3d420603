// What a parsed spec may not contain, depending on the door it came through.
import type { JobSpec, SpecProblem } from './job-spec';

export interface Door {
  /** Whether literal secret values may come this way: by HTTP only; messages and schedules are stored as they are (I7). */
  readonly literalSecrets: boolean;
}

export function policyProblems(spec: JobSpec, door: Door): SpecProblem[] {
  const problems: SpecProblem[] = [];
  for (const [name, value] of Object.entries(spec.env ?? {})) {
    if (typeof value === 'string') continue;
    if ('secure' in value && !door.literalSecrets) {
      problems.push({
        pointer: `/env/${name}/secure`,
        message:
          'is a literal secret; by queue and schedule only references (secretRef) are taken, submit by HTTP instead',
      });
    }
    if ('secretRef' in value) problems.push({ pointer: `/env/${name}/secretRef`, message: NO_VAULT });
  }
  if (spec.registry?.passwordRef !== undefined)
    problems.push({ pointer: '/registry/passwordRef', message: NO_VAULT });
  return problems;
}

const NO_VAULT =
  'refers to a key vault, which this version does not read yet; use a literal { "secure": … } by HTTP, or a managed identity for a registry';
