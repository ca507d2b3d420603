// The ports and the state that every route of the stand-in works with.
import type { ContainerRuntime } from '../containers/runtime';
import type { VolumeFolders } from '../containers/volume-folders';
import type { Clock } from '../kernel/clock';
import type { Timers } from '../kernel/timers';
import type { Match } from '../wire/arm-route';
import type { WireRequest, WireResponse } from '../wire/handler';
import type { EnvironmentStore } from './environments/environment-store';
import type { Execution } from './executions/execution';
import type { NodeRoomParts } from './executions/node-room';
import type { FaultBook } from './faults/fault-book';
import type { Gate } from './faults/gate';
import type { Job, JobStore } from './jobs/job-store';
import type { LedgerBook } from './ledger';
import type { LogTables } from './log-analytics/log-tables';
import type { SystemEvents } from './logs/system-events';
import type { Operation, OperationBook } from './operations';
import type { ContainerAppsSettings } from './settings';

/** The names that the service makes up. A test or a recording's scene may choose them. */
export interface MadeUpNames {
  /** Seven lower-case letters or digits, the end of an execution's name. */
  execution(): string;
  /** Five lower-case letters or digits, the end of a replica's name. */
  replica(): string;
  /** The GUID of a long-running operation. */
  operation(): string;
}

export interface ContainerAppsPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  /** A random GUID, for headers, tokens and signatures. */
  readonly newId: () => string;
  readonly names: MadeUpNames;
  readonly runtime: ContainerRuntime;
  readonly settings: ContainerAppsSettings;
  /** Where volumes lie; left out where programs are scripts, which read no files. */
  readonly volumeFolders?: VolumeFolders | undefined;
  /**
   * Where the streams of a region are served, `https://eastus.azurecontainerapps.dev`. By default at the address by
   * which the request came.
   */
  readonly streamOrigin?: (region: string) => string;
}

export interface ContainerAppsContext extends ContainerAppsPorts {
  readonly environments: EnvironmentStore;
  readonly operations: OperationBook;
  readonly jobs: JobStore;
  /** All that took effect, in that order, shown or not; also of definitions that are gone. */
  readonly executions: Execution[];
  readonly systemEvents: SystemEvents;
  readonly logTables: LogTables;
  readonly ledger: LedgerBook;
  /** The tokens of the streams by their text, with the end of their time. */
  readonly tokens: Map<string, number>;
  readonly faults: FaultBook;
  readonly gate: Gate;
  readonly room: NodeRoomParts;
  /** The operation that removes each job that is being deleted. */
  readonly deletions: Map<Job, Operation>;
  /** Keeps a new job, and tells the ledger of its life. */
  addJob(job: Job): void;
  jobDeleting(job: Job): void;
  jobGone(job: Job): void;
}

/** One kind of request; may throw an ArmFault. */
export type Action = (
  context: ContainerAppsContext,
  request: WireRequest,
  match: Pick<Match<unknown>, 'param'>,
) => WireResponse;
