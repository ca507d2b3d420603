// Keeps what could not become a job: its bytes, the reason, a job row that is over.
import type { Reason } from '../../domain/job/failure-reason';
import type { JobRow } from '../../domain/job/job';
import { jobIdFor } from '../../domain/job/names';
import type { SubmitPorts } from '../ports';
import { announce } from './announce';

export interface Rejection {
  /** Identifies the message or the fire, so a redelivery makes the same job. */
  readonly key: string;
  /** The bytes as they came, with literal secrets redacted. */
  readonly bytes: Buffer;
  readonly reason: Reason;
  readonly source: JobRow['source'];
  /** The name of the schedule whose fire could not become a job. */
  readonly schedule?: string | undefined;
  readonly name?: string | undefined;
}

/** The id of the job that keeps a rejected message. */
export function rejectedJobId(owner: string, key: string): string {
  return jobIdFor(owner, `rejected:${key}`);
}

/** Stores the rejected message and announces it; may be repeated. Resolves to the id of its job. */
export async function reject(ports: SubmitPorts, rejection: Rejection): Promise<string> {
  const owner = await ports.owner.get();
  const jobId = rejectedJobId(owner.id, rejection.key);
  const now = ports.clock.now();
  await Promise.all([ports.rejected.put(jobId, rejection.bytes), ports.hints.addJob(jobId)]);
  await ports.jobs.insert({
    jobId,
    state: 'over',
    attempt: 0,
    owner: owner.id,
    specHash: '',
    notBefore: now,
    submittedAt: now,
    overAt: now,
    outcome: 'Rejected',
    reason: rejection.reason,
    eventSent: false,
    source: rejection.source,
    ...(rejection.schedule === undefined ? {} : { schedule: rejection.schedule }),
    ...(rejection.name === undefined ? {} : { name: rejection.name }),
    labels: {},
    failedPlacements: [],
  });
  await announce(ports, jobId);
  return jobId;
}
