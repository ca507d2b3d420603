// What a scene is: the part of a subscription's life in which some exchanges were recorded, played again step by step.
import type { Fault } from '../../../standins/container-apps/faults/fault';
import type { GivenEnvironment } from '../../../standins/container-apps/settings';
import type { ContainerAppsSettings } from '../../../standins/container-apps/settings';
import type { Switches } from '../../../standins/container-apps/switches';
import type { Times } from '../../../standins/container-apps/times';
import type { Script } from '../../../standins/containers/scripted';

/** A request of the scene's own, to Azure Resource Manager unless the path says otherwise. */
export interface OwnRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** What a scene does. */
export interface Play {
  /** Sends each recorded request at once, in this order, and compares its answer. */
  ask(...ids: readonly string[]): Promise<void>;
  /**
   * Compares the answer to another request: that was recorded of a resource that is not emulated, whose refusals jobs
   * are expected to share. `inner`: the recording shows the error alone, as a deployment repeats it.
   */
  askInPlace(id: string, request: OwnRequest, inner?: 'inner'): Promise<void>;
  /**
   * Runs a query of the log tables and compares its rows with those of a recording; only these columns, where the
   * report shortens the others or is of a container app.
   */
  query(id: string, query: string, columns?: readonly string[]): Promise<void>;
  /** Lets time pass until this time of the scene's day, `10:48:55`. */
  until(time: string): void;
  /** Lets so many milliseconds pass. */
  pass(ms: number): void;
  /** A request that was not recorded. The scene breaks off unless it succeeds. */
  send(request: OwnRequest): Promise<void>;
  fault(fault: Fault): void;
}

export interface Scene {
  readonly name: string;
  /** When it begins, `2025-11-04T10:48:33Z`. */
  readonly from: string;
  /** The region of its environments, as sent. */
  readonly region: string;
  /** Over the usual ones: `env1` in `rg1` and in `rg-env`, with the profile Consumption and the workspace. */
  readonly environments?: readonly GivenEnvironment[];
  readonly settings?: Partial<Omit<ContainerAppsSettings, 'times' | 'switches' | 'environments'>>;
  readonly times?: Partial<Times>;
  readonly switches?: Partial<Switches>;
  /** The names that the service made up, in the order of their making. More are made up here. */
  readonly names?: {
    readonly executions?: readonly string[];
    readonly replicas?: readonly string[];
    readonly operations?: readonly string[];
  };
  /** What each program does; by default it runs for good. */
  readonly program?: Script;
  /** Images that can't be pulled. */
  readonly unpullable?: Readonly<Record<string, string>>;
  readonly play: (on: Play) => Promise<void>;
}
