// The port to one kind of compute: the whole life of a workload. Expected ends are values, not exceptions.
import type { ExitSource } from '../attempt/exit-source';
import type { Reason } from '../job/failure-reason';
import type { LogCursor } from '../logs/log-cursor';
import type { LogRead } from '../logs/log-read';
import type { StandingCost } from '../money/standing-cost';
import type { Mount } from '../placement/mounts';
import type { QuotaUsage } from '../placement/quota';
import type { JobSpec } from '../spec/job-spec';
import type { Resources } from '../spec/resources';
import type { LogStore } from './log-store';

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
  /** What of the placement's volumes is mounted where: the spec's own, outputs and checkpoints. Left out: nothing. */
  readonly mounts?: readonly Mount[] | undefined;
  /**
   * By the name of a volume, the key of its share's account, where the platform mounts by key (`Traits.volumeKeys`).
   */
  readonly volumeKeys?: Readonly<Record<string, string>> | undefined;
  /** What the program is told beside its job and attempt; secrets go the way of secret variables. */
  readonly told?:
    | {
        readonly variables: Readonly<Record<string, string>>;
        readonly secrets: Readonly<Record<string, string>>;
      }
    | undefined;
  /** The GPU to ask for, as it was chosen from the placement's offer. */
  readonly gpu?: { readonly count: number; readonly sku: string } | undefined;
  /** CPU and memory to ask for; left out: what the placement gives such a job now. */
  readonly resources?: Resources | undefined;
  /** Epoch milliseconds; written into the marks. */
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Limit of the request, milliseconds. */
  readonly timeoutMs: number;
  /**
   * Whether the create may still be sent [W_NOBOUND]. A backend that reads anything before it sends asks once more: the
   * process may have stood still meanwhile. Left out: it may.
   */
  readonly mayBeSent?: () => boolean;
}

/** What became of a preparation. */
export type PrepareAnswer =
  /** It stands: the create may follow. */
  | { readonly kind: 'ready' }
  /** This workload needs none: nothing was sent, and nothing stands. */
  | { readonly kind: 'not-needed' }
  /** The platform is still at it: ask again at the pace of looks. */
  | { readonly kind: 'not-yet' }
  /** No program will come of it; something may be left to remove. */
  | { readonly kind: 'refused'; readonly reason: Reason }
  /** No usable answer: ask again. */
  | { readonly kind: 'unknown'; readonly why: string };

/**
 * What the create's own answer says (protocol §4.1); a later poll changes nothing about it. `refused`: no program was
 * started and none will be. It says nothing about what a preparation left behind.
 */
export type CreateAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: Reason }
  | { readonly kind: 'unknown'; readonly why: string };

/** One read of a workload that is there and ours. */
export interface Workload {
  readonly phase: 'provisioning' | 'pulling' | 'running' | 'ended';
  /**
   * Whether the program has started, now or earlier. `perhaps`: the platform says that the workload runs before its
   * program does. Running it again may then be a second start, but no clock of its run begins. `no` takes back an
   * earlier `perhaps` of the same `run`, so it needs a word that tells all up to its moment.
   */
  readonly started: 'no' | 'perhaps' | 'yes';
  /** With `ended`, unless the platform failed before there was a program. */
  readonly exitCode?: number;
  /** What the platform says beside the exit code, in its own words. */
  readonly exitDetail?: string;
  /** Whose word the exit code is where the workload itself shows none. */
  readonly exitSource?: ExitSource;
  /** What the platform itself did to the program, where it says so; it counts more than the exit code. */
  readonly exitReason?: Reason;
  /** Which run it is, in the platform's own name: its log may be read by it when the workload is gone. */
  readonly run?: string;
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
  /**
   * This read shows that the image could not be pulled, or the program not started. It is believed when a second read
   * shows such a thing too.
   */
  readonly startTrouble?: Reason;
}

export type Observation =
  /** The service answered that nothing of this name exists: no workload, and no preparation of one. */
  | { readonly kind: 'absent' }
  /** Our preparation is there and no workload is shown: the name is neither seen nor gone. */
  | { readonly kind: 'prepared' }
  /** Something of this name is there whose marks are not ours, and nothing of ours beside it. */
  | { readonly kind: 'foreign' }
  /**
   * No answer, or a refusal to answer. It says nothing about the workload. `scopeMissing`: what holds the placement's
   * workloads (a resource group, a namespace) does not exist.
   */
  | { readonly kind: 'unreadable'; readonly why: string; readonly scopeMissing: boolean }
  | { readonly kind: 'present'; readonly workload: Workload };

/** What the attempt's row says about a removal. Nothing is known where there is no row, or it can't be read. */
export interface RemovalFacts {
  /**
   * A create may still have an effect that no read has shown. A backend whose workloads are shown under their
   * preparation alone keeps it until then, for nothing shows what takes effect without it [W_DELUNSEEN].
   */
  readonly mayStillAppear: boolean;
}

/** What a removal found and sent. `stop`: a step that goes before the delete; ask again at the pace of looks. */
export interface RemovalAnswer {
  /** `nothing` where the marks could not be read, are not ours, or stand under a create that may still appear. */
  readonly sent: 'delete' | 'stop' | 'nothing';
  readonly observation: Observation;
}

/** A workload, or its preparation, that carries this deployment's marks, as a list shows it: without its state. */
export interface ListedWorkload {
  readonly ref: WorkloadRef;
  /** From its marks, epoch milliseconds. */
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
  /**
   * The first call of a create that is two calls; absent where a create is one. It may be sent any number of times,
   * with the same request each time. It runs nothing, bills nothing and leaves something that `remove` removes. The
   * promise resolves in any case, and rejects only on a defect of ours.
   */
  prepare?(request: CreateRequest): Promise<PrepareAnswer>;
  /** Sends the one create of this name. Resolves in any case; rejects only on a defect of ours. */
  create(request: CreateRequest): Promise<CreateAnswer>;
  observe(ref: WorkloadRef): Promise<Observation>;
  /**
   * What the platform serves of the program's log now: what follows the cursor, where it has positions, or a portion
   * of that. `archived`: bytes after the cursor that are archived already. A portion goes beyond them.
   */
  logs(ref: WorkloadRef, from?: LogCursor, archived?: number): Promise<LogRead>;
  /**
   * Where the whole log is read after the end (protocol §7); absent where the placement has no such store. Then
   * `BackendFacts.logSources` says so, too.
   */
  readonly logStore?: LogStore;
  /** Reads the marks and takes the next step of removing what is ours, a preparation included. */
  remove(ref: WorkloadRef, known?: RemovalFacts): Promise<RemovalAnswer>;
  /**
   * Every workload of this owner in the placement's scope whose name matches its tags. Rejects when the list can't be
   * had.
   */
  list(owner: string): Promise<WorkloadList>;
  /** The quotas that workloads there count against. Rejects when they can't be had. */
  usages(): Promise<readonly QuotaUsage[]>;
  /**
   * What stands there for the placement and costs without a job; absent where nothing ever does. Undefined where this
   * identity may not look. Rejects when it can't be had.
   */
  standing?(): Promise<readonly StandingCost[] | undefined>;
}
