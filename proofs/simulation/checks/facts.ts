// What the checks know of a run. All of it can be seen from outside: in the API, the queue, the archive and the
// platform's record.
import type { JobView } from '../../../api/jobs';
import type { Observation } from '../../../domain/ports/compute-backend';
import type { Platforms } from '../cloud/platforms';
import type { Deployment } from '../world/deployment';
import type { World } from '../world/world';

/**
 * A broken promise: the name of its invariant, and how it was broken. The names are S1 to S8, L1 to L4, I1 to I8, R1
 * (the outcome is the program's own), M1 (costs) and G1 (the GPU is one that was asked for).
 */
export interface Violation {
  readonly code: string;
  readonly message: string;
  /** Milliseconds since the run began. */
  readonly at: number;
}

/** What a submitter was answered, and what ran for the submission. */
export interface Submitted {
  readonly deployment: string;
  readonly key: string;
  readonly valid: boolean;
  /** The answers. `accepted` comes with a job id; a conflict and a refusal are answers too. */
  readonly answers: {
    readonly kind: 'accepted' | 'conflict' | 'refused';
    readonly jobId?: string;
    readonly variant: string;
  }[];
  /** Whether the queue holds the message. If so, it must become a job without any further answer. */
  queued: boolean;
}

export interface Facts {
  readonly world: World;
  readonly cloud: Platforms;
  readonly deployments: readonly Deployment[];
  readonly submitted: readonly Submitted[];
  /** Texts of the event queues, by deployment. */
  readonly events: { readonly deployment: string; readonly text: string }[];
  /** Ids of the jobs that a person canceled. */
  readonly canceled: ReadonlySet<string>;
  readonly logLines: readonly string[];
  /** When the faults ended, epoch milliseconds; Infinity before. */
  calmAt(): number;
  fail(code: string, message: string): void;
}

/** What a group's tags say of it, if they are this product's. */
export interface Owned {
  readonly deployment: Deployment;
  readonly jobId: string;
  readonly attempt: number;
  readonly expiresAt: number;
}

export function owned(
  facts: Pick<Facts, 'deployments'>,
  tags: Readonly<Record<string, string>>,
): Owned | undefined {
  const owner = tags['gpu-jobs-owner'];
  const deployment = facts.deployments.find((one) => one.ownerId() === owner);
  const jobId = tags['gpu-jobs-job'];
  if (deployment === undefined || jobId === undefined) return undefined;
  return {
    deployment,
    jobId,
    attempt: Number(tags['gpu-jobs-attempt']),
    expiresAt: Number(tags['gpu-jobs-expires-at']) * 1000,
  };
}

export type AttemptView = JobView['attempts'][number];

export function attemptView(deployment: Deployment, jobId: string, number: number): AttemptView | undefined {
  return deployment.stores.rows.view(jobId)?.attempts.find((attempt) => attempt.number === number);
}

/** When the attempt entered a phase, epoch milliseconds. */
export function enteredAt(view: AttemptView | undefined, phase: string): number | undefined {
  const at = view?.phases[phase];
  return at === undefined ? undefined : Date.parse(at);
}

/** Whether the look that gave the attempt its verdict showed one of these; false if its verdict came of no look. */
export function decidingLook(
  { stores }: Deployment,
  attempt: AttemptView,
  name: string,
  ...kinds: readonly Observation['kind'][]
): boolean {
  return stores.looks.told(name, enteredAt(attempt, 'archiving'), ...kinds);
}
