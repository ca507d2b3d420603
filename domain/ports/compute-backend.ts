// The port to one kind of compute: the whole life of a workload. Expected ends are values, not exceptions.
import type { Reason } from '../job/failure-reason';
import type { LogWindow } from '../logs/log-window';
import type { QuotaUsage } from '../placement/quota';
import type { JobSpec } from '../spec/job-spec';

/** The one container of a job's workload; also names its log's blobs. */
export const CONTAINER_NAME = 'program';

/** Names one workload and what proves that it is ours. */
export interface WorkloadRef {
  readonly name: string;
  readonly placement: string;
  readonly owner: string;
  readonly jobId: string;
  readonly attempt: number;
}

/** What to create: everything that the backend needs, secrets included; never stored, never logged. */
export interface CreateRequest {
  readonly ref: WorkloadRef;
  readonly spec: JobSpec;
  /** The values of secret variables by name, held ones and those of the key vault. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What the spec's `registry.passwordRef` names. */
  readonly registryPassword?: string | undefined;
  /** The GPU to ask for, as it was chosen from the placement's offer. */
  readonly gpu?: { readonly count: number; readonly sku: string } | undefined;
  /** Epoch milliseconds; written into the tags. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Limit of the request, milliseconds. */
  readonly timeoutMs: number;
}

/** What the create's own HTTP answer says (protocol §4.1), whatever any poll after it says. */
export type CreateAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'unknown'; readonly why: string };

/** One read of a workload that is there and ours. */
export interface Workload {
  readonly phase: 'provisioning' | 'pulling' | 'running' | 'ended';
  /** The program has started, now or earlier. */
  readonly started: boolean;
  /** With `ended`, unless the platform failed before there was a program. */
  readonly exitCode?: number;
  /** What the platform says beside the exit code, in its own words. */
  readonly exitDetail?: string;
  readonly restartCount: number;
  /** This read shows that the program was started more than once. */
  readonly ranMoreThanOnce?: boolean;
  /** Epoch milliseconds. */
  readonly startedAt?: number;
  readonly endedAt?: number;
  /** The platform says that this workload will not come up. */
  readonly failure?: Reason;
  /** This read shows that there is no capacity for it yet; it may still come up, until its provisioning deadline. */
  readonly lacking?: Reason;
  /** This read shows that the image could not be pulled, or the program not started; believed when a second read shows such a thing too. */
  readonly startTrouble?: Reason;
}

export type Observation =
  /** The service answered that this very workload does not exist. */
  | { readonly kind: 'absent' }
  /** Something of this name is there whose tags are not ours. */
  | { readonly kind: 'foreign' }
  /** No answer, a refusal to answer, or a missing resource group: says nothing about the workload. */
  | { readonly kind: 'unreadable'; readonly why: string; readonly groupMissing: boolean }
  | { readonly kind: 'present'; readonly workload: Workload };

/** What a removal found, and whether it sent a delete: not when the tags could not be read or are not ours. */
export interface RemovalAnswer {
  readonly deleteSent: boolean;
  readonly observation: Observation;
}

/** A workload that carries this deployment's tags, as a list shows it: without its state. */
export interface ListedWorkload {
  readonly ref: WorkloadRef;
  /** From its tags, epoch milliseconds. */
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface WorkloadList {
  /** The server's own time of the answer, epoch milliseconds. */
  readonly serverTime: number;
  readonly workloads: readonly ListedWorkload[];
}

/** Nothing here retries a create; reads and deletes may be repeated by whoever calls. */
export interface ComputeBackend {
  /** Sends the one create of this name. Resolves in any case; rejects only on a defect of ours. */
  create(request: CreateRequest): Promise<CreateAnswer>;
  observe(ref: WorkloadRef): Promise<Observation>;
  /** What the platform serves of the program's log now. */
  logs(ref: WorkloadRef): Promise<LogWindow>;
  /** Reads the tags and deletes the workload if it is ours. */
  remove(ref: WorkloadRef): Promise<RemovalAnswer>;
  /** Everything of this owner where the placement's workloads live, names that match their tags only. Rejects when it can't be had. */
  list(owner: string): Promise<WorkloadList>;
  /** The quotas that workloads there count against. Rejects when they can't be had. */
  usages(): Promise<readonly QuotaUsage[]>;
}
