// Stores a job of a spec that may run here: any number of times, one job (protocol §2, I5).
import type { JobRow } from '../../domain/job/job';
import type { PassedOver } from '../../domain/job/passed-over';
import { waitingHint } from '../../domain/job/waiting-hint';
import type { Owner } from '../../domain/owner';
import { deadlinesOf, type JobSpec, retryPolicyOf } from '../../domain/spec/job-spec';
import { literalSecrets, specHash, withoutLiteralSecrets } from '../../domain/spec/spec-hash';
import type { SubmitPorts } from '../ports';

export interface NewJob {
  readonly jobId: string;
  readonly spec: JobSpec;
  readonly source: JobRow['source'];
  readonly schedule?: string | undefined;
  readonly group?: JobRow['group'];
  /** Those that can hold it, and those of its spec that can't. */
  readonly placements: readonly string[];
  readonly passedOver: readonly PassedOver[];
  /** Epoch milliseconds. `notBefore`: its place in the order. */
  readonly submittedAt: number;
  readonly notBefore: number;
}

export type StoredJob =
  | { readonly kind: 'accepted'; readonly jobId: string }
  /** The id has made a job of another spec. */
  | { readonly kind: 'conflict'; readonly jobId: string };

/** Resolves when the job's row is stored. */
export async function storeJob(ports: SubmitPorts, owner: Owner, job: NewJob): Promise<StoredJob> {
  const { jobId, spec } = job;
  const stored = withoutLiteralSecrets(spec, owner.key);
  const hash = specHash(stored);
  const secrets = literalSecrets(spec);
  const row = rowOf(job, owner.id, hash);
  // A submission that is repeated after its job was over holds no secret again, not even until the next sweep.
  const known = hasSecrets(secrets) ? (await ports.jobs.read(jobId))?.job.row : undefined;
  if (known?.state === 'over') return answer(jobId, known, hash);
  // 1 and 2: the spec that the row points at and the hints that lead to the row come before it [W_SPECBLOB, W_ORDER].
  await Promise.all([
    ports.specs.put(hash, stored),
    hasSecrets(secrets) ? ports.heldSecrets.put(jobId, hash, secrets) : undefined,
    ports.hints.addWaiting(waitingHint(row, ports.clock.now())),
    ports.hints.addJob(jobId),
  ]);
  // 3: the insert is the deduplication.
  if ((await ports.jobs.insert(row)) === 'inserted') return { kind: 'accepted', jobId };

  const existing = (await ports.jobs.read(jobId))?.job.row;
  // No attempt needs them any more; the sweep would remove them later.
  if (existing?.state === 'over') await ports.heldSecrets.remove(jobId);
  return answer(jobId, existing, hash);
}

/** The answer to a submission whose job's row is stored already. */
function answer(jobId: string, stored: JobRow | undefined, hash: string): StoredJob {
  return { kind: stored?.specHash === hash ? 'accepted' : 'conflict', jobId };
}

export function hasSecrets(secrets: Readonly<Record<string, string>>): boolean {
  return Object.keys(secrets).length > 0;
}

function rowOf(job: NewJob, owner: string, hash: string): JobRow {
  const { spec, group, schedule, passedOver } = job;
  const retry = retryPolicyOf(spec);
  return {
    jobId: job.jobId,
    state: 'waiting',
    attempt: 0,
    owner,
    specHash: hash,
    notBefore: job.notBefore,
    submittedAt: job.submittedAt,
    eventSent: false,
    source: job.source,
    ...(schedule === undefined ? {} : { schedule }),
    ...(spec.name === undefined ? {} : { name: spec.name }),
    labels: spec.labels ?? {},
    ...(group === undefined ? {} : { group }),
    plan: {
      image: spec.image,
      placements: [...job.placements],
      ...(passedOver.length === 0 ? {} : { passedOver: [...passedOver] }),
      ...(spec.gpu === undefined ? {} : { gpu: spec.gpu }),
      ...(spec.resources === undefined ? {} : { resources: spec.resources }),
      deadlines: deadlinesOf(spec),
      retry: { ...retry, exitCodes: [...retry.exitCodes] },
      ...(spec.concurrencyKey === undefined ? {} : { concurrencyKey: spec.concurrencyKey }),
    },
    failedPlacements: [],
  };
}
