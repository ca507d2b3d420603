// Submits a job: any number of times, one job (protocol §2, I5).
import type { JobRow } from '../../domain/job/job';
import { jobIdFor } from '../../domain/job/names';
import { type PassedOver, passedOverOf } from '../../domain/job/passed-over';
import type { JobSpec, SpecProblem } from '../../domain/spec/job-spec';
import { forbidden } from '../../domain/spec/policy';
import { preflight } from '../../domain/spec/preflight';
import type { SubmitPorts } from '../ports';
import { type StoredJob, storeJob } from './store-job';

export interface Submission {
  readonly spec: JobSpec;
  /** The idempotency key: the spec's own, or the one that the queue, HTTP or schedule derives. */
  readonly key: string;
  readonly source: JobRow['source'];
  /** The name of the schedule that asks for the job. */
  readonly schedule?: string | undefined;
}

/** Why a spec can't run here. */
export type Refused =
  /** The deployment's policy does not allow what the spec uses. */
  | { readonly kind: 'forbidden'; readonly problems: readonly SpecProblem[] }
  /** No placement can ever hold the job: why, by placement. */
  | { readonly kind: 'no-placement'; readonly refusals: Readonly<Record<string, string>> };

/** `conflict`: the key has already made a job from another spec. */
export type SubmissionResult = StoredJob | Refused;

/** Resolves when the job's row is stored; rejects with RetryableError, after which the same call may be repeated. */
export async function submit(ports: SubmitPorts, submission: Submission): Promise<SubmissionResult> {
  const { spec, key, source, schedule } = submission;
  const able = whereAble(ports, spec);
  if (able.kind !== 'able') return able;
  const owner = await ports.owner.get();
  const now = ports.clock.now();
  const { placements, passedOver } = able;
  return storeJob(ports, owner, {
    jobId: jobIdFor(owner.id, key),
    spec,
    source,
    schedule,
    placements,
    passedOver,
    submittedAt: now,
    notBefore: now,
  });
}

export interface Able {
  readonly kind: 'able';
  readonly placements: readonly string[];
  readonly passedOver: readonly PassedOver[];
}

/** The placements that can hold the job, by policy and preflight. */
export function whereAble(ports: SubmitPorts, spec: JobSpec): Able | Refused {
  const problems = forbidden(spec, ports.policy ?? {});
  if (problems.length > 0) return { kind: 'forbidden', problems };
  const { able, refusals } = preflight(spec, ports.placements, ports.factsOf, (placement) => ({
    now: ports.clock.now(),
    usages: ports.quotas?.of(placement)?.usages,
    policy: ports.policy,
  }));
  if (able.length === 0) return { kind: 'no-placement', refusals };
  return { kind: 'able', placements: able, passedOver: passedOverOf(refusals) };
}
