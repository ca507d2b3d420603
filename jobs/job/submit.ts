// Submits a job: any number of times, one job (protocol §2, I5).
import type { JobRow } from '../../domain/job/job';
import { jobIdFor } from '../../domain/job/names';
import { type PassedOver, passedOverOf } from '../../domain/job/passed-over';
import { waitingHint } from '../../domain/job/waiting-hint';
import {
  deadlinesOf,
  type JobSpec,
  resourcesOf,
  retryPolicyOf,
  type SpecProblem,
} from '../../domain/spec/job-spec';
import { forbidden } from '../../domain/spec/policy';
import { preflight } from '../../domain/spec/preflight';
import { literalSecrets, specHash, withoutLiteralSecrets } from '../../domain/spec/spec-hash';
import type { SubmitPorts } from '../ports';

export interface Submission {
  readonly spec: JobSpec;
  /** The idempotency key: the spec's own, or the one that the queue, HTTP or schedule derives. */
  readonly key: string;
  readonly source: JobRow['source'];
  /** The name of the schedule that asks for the job. */
  readonly schedule?: string | undefined;
}

export type SubmissionResult =
  | { readonly kind: 'accepted'; readonly jobId: string }
  /** The key has already made a job from another spec. */
  | { readonly kind: 'conflict'; readonly jobId: string }
  /** The deployment's policy does not allow what the spec uses. */
  | { readonly kind: 'forbidden'; readonly problems: readonly SpecProblem[] }
  /** No placement can ever hold the job: why, by placement. */
  | { readonly kind: 'no-placement'; readonly refusals: Readonly<Record<string, string>> };

/** Resolves when the job's row is stored; rejects with RetryableError, after which the same call may be repeated. */
export async function submit(ports: SubmitPorts, submission: Submission): Promise<SubmissionResult> {
  const problems = forbidden(submission.spec, ports.policy ?? {});
  if (problems.length > 0) return { kind: 'forbidden', problems };
  const { able, refusals } = preflight(submission.spec, ports.placements, ports.factsOf, (placement) => ({
    now: ports.clock.now(),
    usages: ports.quotas?.of(placement)?.usages,
  }));
  if (able.length === 0) return { kind: 'no-placement', refusals };

  const owner = await ports.owner.get();
  const jobId = jobIdFor(owner.id, submission.key);
  const stored = withoutLiteralSecrets(submission.spec, owner.key);
  const hash = specHash(stored);
  const secrets = literalSecrets(submission.spec);
  const now = ports.clock.now();

  const job = newJob({
    jobId,
    owner: owner.id,
    hash,
    spec: submission.spec,
    placements: able,
    passedOver: passedOverOf(refusals),
    now,
    source: submission.source,
    schedule: submission.schedule,
  });
  // A submission that is repeated after its job was over holds no secret again, not even until the next sweep.
  const known = hasSecrets(secrets) ? (await ports.jobs.read(jobId))?.job.row : undefined;
  if (known?.state === 'over') return answer(jobId, known, hash);
  // 1 and 2: the spec that the row points at and the hints that lead to the row come before it [W_SPECBLOB, W_ORDER].
  await Promise.all([
    ports.specs.put(hash, stored),
    hasSecrets(secrets) ? ports.heldSecrets.put(jobId, hash, secrets) : undefined,
    ports.hints.addWaiting(waitingHint(job, now)),
    ports.hints.addJob(jobId),
  ]);
  // 3: the insert is the deduplication.
  if ((await ports.jobs.insert(job)) === 'inserted') return { kind: 'accepted', jobId };

  const existing = (await ports.jobs.read(jobId))?.job.row;
  // No attempt needs them any more; the sweep would remove them later.
  if (existing?.state === 'over') await ports.heldSecrets.remove(jobId);
  return answer(jobId, existing, hash);
}

/** The answer to a submission whose job's row is stored already. */
function answer(jobId: string, stored: JobRow | undefined, hash: string): SubmissionResult {
  return { kind: stored?.specHash === hash ? 'accepted' : 'conflict', jobId };
}

function hasSecrets(secrets: Readonly<Record<string, string>>): boolean {
  return Object.keys(secrets).length > 0;
}

function newJob(of: {
  jobId: string;
  owner: string;
  hash: string;
  spec: JobSpec;
  placements: readonly string[];
  passedOver: readonly PassedOver[];
  now: number;
  source: JobRow['source'];
  schedule: string | undefined;
}): JobRow {
  const retry = retryPolicyOf(of.spec);
  return {
    jobId: of.jobId,
    state: 'waiting',
    attempt: 0,
    owner: of.owner,
    specHash: of.hash,
    notBefore: of.now,
    submittedAt: of.now,
    eventSent: false,
    source: of.source,
    ...(of.schedule === undefined ? {} : { schedule: of.schedule }),
    ...(of.spec.name === undefined ? {} : { name: of.spec.name }),
    labels: of.spec.labels ?? {},
    plan: {
      image: of.spec.image,
      placements: [...of.placements],
      ...(of.passedOver.length === 0 ? {} : { passedOver: [...of.passedOver] }),
      ...(of.spec.gpu === undefined ? {} : { gpu: of.spec.gpu }),
      resources: resourcesOf(of.spec),
      deadlines: deadlinesOf(of.spec),
      retry: { ...retry, exitCodes: [...retry.exitCodes] },
      ...(of.spec.concurrencyKey === undefined ? {} : { concurrencyKey: of.spec.concurrencyKey }),
    },
    failedPlacements: [],
  };
}
