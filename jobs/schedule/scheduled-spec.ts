// A schedule's spec on its way to a job: checked as every submission is, without literal secrets.
import { type JobSpec, parseJobSpec, type SpecProblem } from '../../domain/spec/job-spec';
import { forbidden } from '../../domain/spec/policy';
import { policyProblems } from '../../domain/spec/submission-rules';
import type { Ports } from '../ports';

export type CheckedSpec =
  | { readonly ok: true; readonly spec: JobSpec }
  | { readonly ok: false; readonly problems: readonly SpecProblem[] };

/** Says all that is wrong with the spec itself; whether a placement can hold it is decided when it fires. */
export function scheduledSpec(ports: Pick<Ports, 'times' | 'vault' | 'policy'>, spec: unknown): CheckedSpec {
  const parsed = parseJobSpec(spec, ports.times.unknownFateS);
  if (!parsed.ok) return parsed;
  // Schedules are stored as they are, so secrets come by reference only (I7).
  const door = { literalSecrets: false, vault: ports.vault !== undefined };
  const problems = [...policyProblems(parsed.spec, door), ...forbidden(parsed.spec, ports.policy ?? {})];
  return problems.length === 0 ? { ok: true, spec: parsed.spec } : { ok: false, problems };
}
