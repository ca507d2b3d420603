// Container Apps in virtual time, and what stands there by their own store.
import { type Execution, isOver } from '../../../../standins/container-apps/executions/execution';
import type { Fault } from '../../../../standins/container-apps/faults/fault';
import type { Job } from '../../../../standins/container-apps/jobs/job-store';
import type { ContainerAppsSettings } from '../../../../standins/container-apps/settings';
import { type ContainerAppsStandIn, createContainerApps } from '../../../../standins/container-apps/stand-in';
import type { WireRequest, WireResponse } from '../../../../standins/wire/handler';
import { SUBSCRIPTION } from '../../../../test/support/placements';
import type { World } from '../../world/world';
import { armFault } from '../arm-request';
import { UNPULLABLE } from '../group-plan';
import { recordedPrograms, type Subject } from '../recorded-programs';
import { APPS_GROUP, type AppsKnobs, appsSettings } from './apps-settings';
import { type AppsWorkspace, WORKSPACE } from './apps-workspace';

const PROVIDER = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${APPS_GROUP}/providers/Microsoft.App`;
const API = 'api-version=2026-07-01';
/** What the service adds to a job's name for an execution's, and to that for a replica's. */
const EXECUTION_DIGITS = 7;
const REPLICA_DIGITS = 5;

export class SimulatedApps {
  readonly settings: ContainerAppsSettings;
  readonly knobs: AppsKnobs = { nextPutMs: undefined, nextPullMs: undefined, nextDeleteMs: undefined };
  readonly #world: World;
  readonly #standIn: ContainerAppsStandIn;

  /** `subjectOf` says whose program it is that runs in the execution of this name. */
  constructor(world: World, workspace: AppsWorkspace | undefined, subjectOf: (execution: string) => Subject) {
    this.#world = world;
    const { random, time } = world;
    this.settings = appsSettings(random, this.knobs, workspace?.id);
    this.#standIn = createContainerApps({
      clock: time.clock,
      timers: time.timers,
      runtime: recordedPrograms(world, (replica) => subjectOf(replica.slice(0, -REPLICA_DIGITS - 1))),
      newId: () => uuidOf(world.newId()),
      names: {
        execution: () => random.hex(EXECUTION_DIGITS),
        replica: () => random.hex(REPLICA_DIGITS),
        operation: () => uuidOf(world.newId()),
      },
      settings: this.settings,
    });
    if (workspace?.late !== undefined) this.inject({ kind: 'late-log-rows', ...workspace.late });
    if (workspace?.twice !== undefined) this.inject({ kind: 'duplicate-log-rows', ...workspace.twice });
  }

  /** The job that an execution of this name belongs to. */
  static jobOf(execution: string): string {
    return execution.slice(0, -EXECUTION_DIGITS - 1);
  }

  job(name: string): Job | undefined {
    return this.#standIn.state.jobs.get({ subscription: SUBSCRIPTION, resourceGroup: APPS_GROUP, name });
  }

  /** All of them, shown or not, also of a definition that is gone; the oldest first. */
  executions(job: string): readonly Execution[] {
    return this.#standIn.state.executions.filter((execution) => execution.job.name === job);
  }

  /** The distinct lines of an execution that the workspace showed at an instant, epoch milliseconds. */
  storedLines(execution: string, at: number): ReadonlySet<string> {
    const rows =
      this.#standIn.state.logTables.visible(WORKSPACE, 'ContainerAppConsoleLogs_CL', at)?.rows ?? [];
    const own = rows.filter((row) => String(row['ContainerGroupName_s']).startsWith(`${execution}-`));
    return new Set(own.map((row) => String(row['Log_s'])));
  }

  inject(fault: Fault): void {
    const why = this.#standIn.inject(fault);
    this.#world.tell('apps', () => `${JSON.stringify(fault)}${why === undefined ? '' : `: ${why}`}`);
  }

  /** Takes effect before it returns. */
  handle(request: WireRequest): WireResponse {
    const answer = this.#standIn.handle(request);
    return answer instanceof Promise
      ? armFault(500, 'Simulation', 'a stand-in that does not answer at once')
      : answer;
  }

  /** A request by hand: `PUT`, `/jobs/one`. */
  direct(method: string, path: string, body?: object): WireResponse {
    const url = new URL(`https://management.azure.com${PROVIDER}${path}?${API}`);
    return this.handle({
      method,
      url,
      headers: {},
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    });
  }

  close(): Promise<void> {
    return this.#standIn.close();
  }
}

/** Whether its program runs or may yet run. */
export function isHealthyExecution(execution: Execution): boolean {
  if (isOver(execution) || !execution.shown) return false;
  if (execution.containers.some(({ image }) => image.includes(UNPULLABLE))) return false;
  const containers = execution.replicas.flatMap((replica) => replica.containers);
  return containers.every(({ state }) => state.kind !== 'terminated');
}

/** The run's own ids, in the form of a GUID. */
function uuidOf(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
}
