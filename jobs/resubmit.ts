// Submitting again what was rejected or failed: a new job from the spec, or the message, of an old one.
import { reason } from '../domain/failure-reason';
import { type JobSpec, parseJobSpec, type SpecProblem } from '../domain/job-spec';
import type { JobRecords } from '../domain/job-store';
import { literalSecrets } from '../domain/spec-hash';
import type { Ports } from './ports';
import { submit, type Submitted } from './submit';

export type Resubmitted =
  | Submitted
  | { readonly kind: 'no-such-job' }
  /** Only a job that is over can be submitted again. */
  | { readonly kind: 'not-over' }
  /** What was kept can't become a job as it stands: still invalid, or its literal secrets are gone. */
  | { readonly kind: 'unusable'; readonly problems: readonly SpecProblem[] };

type ResubmitPorts = Parameters<typeof submit>[0] & Pick<Ports, 'rejected' | 'times'>;

/** `key` is the new job's idempotency key: the same key again is the same new job. */
export async function resubmit(ports: ResubmitPorts, jobId: string, key: string): Promise<Resubmitted> {
  const records = await ports.jobs.read(jobId);
  if (records === undefined) return { kind: 'no-such-job' };
  if (records.job.row.state !== 'over') return { kind: 'not-over' };
  const kept = await keptSpec(ports, records);
  if ('problems' in kept) return { kind: 'unusable', problems: kept.problems };
  return submit(ports, { spec: { ...kept.spec, idempotencyKey: undefined }, key, source: 'http' });
}

type Kept = { readonly spec: JobSpec } | { readonly problems: readonly SpecProblem[] };

async function keptSpec(ports: ResubmitPorts, { job: { row } }: JobRecords): Promise<Kept> {
  const kept =
    row.plan === undefined
      ? await keptMessage(ports, row.jobId)
      : { spec: await ports.specs.get(row.specHash) };
  if ('problems' in kept) return kept;
  // Held until the job settled, stored nowhere else (I7).
  const gone = Object.keys(literalSecrets(kept.spec));
  if (gone.length === 0) return kept;
  return {
    problems: gone.map((name) => ({
      pointer: `/env/${name}/secure`,
      message: 'was a literal secret and is not kept; submit the spec again with it',
    })),
  };
}

async function keptMessage(ports: ResubmitPorts, jobId: string): Promise<Kept> {
  const bytes = await ports.rejected.get(jobId);
  if (bytes === undefined) return { problems: [{ pointer: '', message: 'was not kept' }] };
  try {
    const parsed = parseJobSpec(JSON.parse(bytes.toString('utf8')), ports.times.unknownFateS);
    return parsed.ok ? { spec: parsed.spec } : { problems: parsed.problems };
  } catch (error) {
    return {
      problems: [{ pointer: '', message: reason('invalid-spec', `is not JSON: ${String(error)}`).message }],
    };
  }
}
