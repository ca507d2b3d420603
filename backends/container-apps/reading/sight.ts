// What stands under a workload's name: the definition, its executions, and what is told of the program of the first.

/** Of a replica's container, as the detailed status of an execution has it, or the list of replicas. */
interface ContainerView {
  /** The program's own exit code; undefined while it runs, or where none is told. */
  readonly exitCode?: number | undefined;
  /** Its image is there and its program was started, now or earlier. */
  readonly hasStarted: boolean;
  /** By the list of replicas it waits for its image or for its first start. */
  readonly isWaiting?: boolean | undefined;
  /** Epoch milliseconds. */
  readonly startedAt?: number | undefined;
  /** The platform's own words: `ProcessExited`, `ImagePullFailure`, a waiting container's `PullingImage`. */
  readonly said?: string | undefined;
}

export interface ExecutionView {
  readonly name: string;
  /** As the platform says it (docs/facts/container-apps.md#states). */
  readonly status: string;
  /** Epoch milliseconds. */
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly container?: ContainerView | undefined;
}

const ENDED: readonly string[] = ['Succeeded', 'Failed', 'Stopped'];

/** Whether an execution still has, or may get, a program. */
export function isAlive({ status }: ExecutionView): boolean {
  return !ENDED.includes(status);
}

/** One row of the platform's own log of an execution. */
export interface SystemRow {
  readonly reason: string;
  readonly text: string;
  /** Of the workspace, whose rows come late and in no order: what it does not tell may have happened all the same. */
  readonly isLate?: true;
}

export interface Sight {
  readonly definition:
    { readonly isOurs: boolean; readonly provisioningState: string | undefined } | undefined;
  /** The oldest first. They have no marks of their own: they are their definition's. */
  readonly executions: readonly ExecutionView[];
  /** Of the first execution, in their order, as far as they were asked for. */
  readonly rows: readonly SystemRow[];
}
