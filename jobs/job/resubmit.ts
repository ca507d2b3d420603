// Submits a job that is over again: a new job from the old one's spec or message, with changes where asked for.
import { reason } from '../../domain/job/failure-reason';
import type { JobRecords } from '../../domain/ports/job-store';
import { parseJobSpec, type SpecProblem } from '../../domain/spec/job-spec';
import { type ShownSpec, shownSpec, shownValue } from '../../domain/spec/shown-spec';
import { type SpecChange, type SpecOverrides, withOverrides } from '../../domain/spec/spec-overrides';
import { policyProblems } from '../../domain/spec/submission-rules';
import type { SubmitPorts } from '../ports';
import { type SubmissionResult, submit } from './submit';

const NO_ARRAY = {
  no: 'makes a group of jobs, and a resubmission makes one job: submit the spec with its array as a new one',
} as const;

export interface Resubmission {
  readonly jobId: string;
  /** The new job's idempotency key: the same key and overrides again are the same new job. */
  readonly key: string;
  /** What to change. */
  readonly overrides?: SpecOverrides | undefined;
}

export type Resubmitted =
  | Exclude<SubmissionResult, { kind: 'accepted' }>
  | { readonly kind: 'accepted'; readonly jobId: string; readonly changed: readonly SpecChange[] }
  | { readonly kind: 'no-such-job' }
  /** Only a job that is over can be submitted again. */
  | { readonly kind: 'not-over' }
  /** What was kept can't become a job as it is: it is invalid, or its literal secrets are gone. */
  | { readonly kind: 'unusable'; readonly problems: readonly SpecProblem[] };

export async function resubmit(ports: SubmitPorts, resubmission: Resubmission): Promise<Resubmitted> {
  const { jobId, key, overrides = {} } = resubmission;
  const records = await ports.jobs.read(jobId);
  if (records === undefined) return { kind: 'no-such-job' };
  if (records.job.row.state !== 'over') return { kind: 'not-over' };
  const kept = await keptSpec(ports, records);
  if ('problems' in kept) return { kind: 'unusable', problems: kept.problems };
  const { spec: asked, changed } = withOverrides(kept.spec, overrides);
  const parsed = parseJobSpec(asked, ports.times.unknownFateS);
  const problems = parsed.ok
    ? policyProblems(parsed.spec, {
        literalSecrets: true,
        vault: ports.vault !== undefined,
        arrays: NO_ARRAY,
      })
    : parsed.problems;
  if (!parsed.ok || problems.length > 0) return { kind: 'unusable', problems };
  const submitted = await submit(ports, { spec: parsed.spec, key, source: 'http' });
  return submitted.kind === 'accepted' ? { ...submitted, changed } : submitted;
}

/**
 * The spec without its idempotency key. Its literal secrets were held until the job settled and are stored nowhere else
 * (I7). Marks stand for them; the parser refuses a mark unless an override replaces it.
 */
type Kept = { readonly spec: ShownSpec } | { readonly problems: readonly SpecProblem[] };

async function keptSpec(ports: SubmitPorts, { job: { row } }: JobRecords): Promise<Kept> {
  if (row.plan === undefined) return keptMessage(ports, row.jobId);
  return { spec: shownSpec(await ports.specs.get(row.specHash)) };
}

async function keptMessage(ports: SubmitPorts, jobId: string): Promise<Kept> {
  const bytes = await ports.rejected.get(jobId);
  if (bytes === undefined) return { problems: [{ pointer: '', message: 'was not kept' }] };
  try {
    const spec = shownValue(JSON.parse(bytes.toString('utf8')));
    if (spec !== undefined) return { spec };
    return { problems: [{ pointer: '', message: 'must be an object' }] };
  } catch (error) {
    return {
      problems: [{ pointer: '', message: reason('invalid-spec', `is not JSON: ${String(error)}`).message }],
    };
  }
}
