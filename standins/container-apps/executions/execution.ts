// An execution of a job: what it runs, and how far it and its replicas are.
import type { ContainerSpec } from '../jobs/container-spec';
import type { Console } from '../logs/console';

/** Recorded are Running, Unknown and Stopped; the others stand in the specification. */
export type ExecutionStatus = 'Unknown' | 'Processing' | 'Running' | 'Stopped' | 'Succeeded' | 'Failed';

/** The place of an execution's job, kept because the definition may go before the execution does. */
export interface JobRef {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly id: string;
  readonly location: string;
  readonly environmentId: string;
  readonly profileType: string | undefined;
}

export interface Execution {
  readonly name: string;
  readonly id: string;
  readonly job: JobRef;
  readonly startedAt: number;
  readonly containers: readonly ContainerSpec[];
  readonly initContainers: readonly ContainerSpec[];
  status: ExecutionStatus;
  endedAt?: number;
  reason?: string;
  message?: string;
  readonly replicas: Replica[];
  /** False: no answer shows it, whatever it runs. */
  shown: boolean;
  /** Ends its programs and makes it Stopped. Does nothing once it is over. */
  stop(): void;
  /** Ends its programs and forgets it. */
  abandon(): void;
}

export interface Replica {
  readonly name: string;
  readonly createdAt: number;
  /** Until it is assigned to a node, it shows no containers. */
  assigned: boolean;
  readonly containers: ReplicaContainer[];
  readonly initContainers: ReplicaContainer[];
  /** When its last container ended. */
  endedAt?: number;
  /** The platform has removed it. */
  removed: boolean;
}

export interface ReplicaContainer {
  readonly spec: ContainerSpec;
  /** 32 hexadecimal digits (recorded). */
  readonly containerId: string;
  state: ContainerState;
  readonly console: Console;
}

type ContainerState =
  | { readonly kind: 'waiting'; readonly reason: string }
  | { readonly kind: 'running'; readonly startedAt: number }
  | {
      readonly kind: 'terminated';
      readonly startedAt?: number;
      readonly endedAt: number;
      /** Undefined: no program ever ran, or the platform ended it. */
      readonly exitCode?: number;
      readonly reason: string;
    };

/** Whether nothing more will happen to it. */
export function isOver({ status }: Execution): boolean {
  return status === 'Stopped' || status === 'Succeeded' || status === 'Failed';
}
