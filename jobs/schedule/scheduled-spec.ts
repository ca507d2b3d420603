// Checks a schedule's spec like every submission, and refuses literal secrets.
import { type JobSpec, parseJobSpec, type SpecProblem } from '../../domain/spec/job-spec';
import { forbidden } from '../../domain/spec/policy';
import { policyProblems } from '../../domain/spec/submission-rules';
import type { SubmitPorts } from '../ports';

/** The overlap policy and the notes of fires are about one job. */
const NO_ARRAY = {
  no: 'makes a group of jobs, and a fire of a schedule makes one job: leave it out, or let that job submit the array',
} as const;

export type CheckedSpec =
  | { readonly ok: true; readonly spec: JobSpec }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

/** All that is wrong with the spec itself. Whether a placement can hold it is decided at each fire. */
export function scheduledSpec(ports: SubmitPorts, spec: unknown): CheckedSpec {
  const parsed = parseJobSpec(spec, ports.times.unknownFateS);
  if (!parsed.ok) return parsed;
  // Schedules are stored as they are, so they may only refer to secrets (I7).
  const door = { literalSecrets: false, vault: ports.vault !== undefined, arrays: NO_ARRAY };
  const problems = [...policyProblems(parsed.spec, door), ...forbidden(parsed.spec, ports.policy ?? {})];
  return problems.length === 0 ? { ok: true, spec: parsed.spec } : { ok: false, problems };
}
