// What a parsed spec may not contain, depending on whether it came by HTTP, queue or schedule.
import { arrayProblems } from '../group/member-spec';
import type { JobSpec, SpecProblem } from './job-spec';

export interface Door {
  /**
   * Whether literal secrets may come this way: by HTTP only, because messages and schedules are stored as they are
   * (I7).
   */
  readonly literalSecrets: boolean;
  /** Whether a key vault is configured, from which references are read. */
  readonly vault: boolean;
  /** Whether a group of jobs may be made this way, or what is wrong with an array here. */
  readonly arrays: true | { readonly no: string };
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
    if ('secretRef' in value && !door.vault)
      problems.push({ pointer: `/env/${name}/secretRef`, message: NO_VAULT });
  }
  if (spec.registry?.passwordRef !== undefined && !door.vault)
    problems.push({ pointer: '/registry/passwordRef', message: NO_VAULT });
  if (spec.array !== undefined)
    problems.push(
      ...(door.arrays === true ? arrayProblems(spec) : [{ pointer: '/array', message: door.arrays.no }]),
    );
  return problems;
}

const NO_VAULT =
  'refers to a key vault, and none is configured: set GPU_JOBS_KEY_VAULT to its URL; or use a literal { "secure": … } by HTTP, or a managed identity for a registry';
