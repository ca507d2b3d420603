// What happens to executions by themselves, and what others do to them.
import type { FaultKind } from '../../../faults/fault';
import type { World } from '../../world/world';
import type { CloudRecord } from '../cloud-record';
import { GPU_PROFILE_TYPE } from './apps-settings';
import type { SimulatedApps } from './simulated-apps';

/** How long there is no room for another replica, milliseconds. */
const SHORTAGES_MS = [20_000, 60_000, 200_000, 400_000] as const;
/** More than any run takes. */
const PLENTY = 1_000;
const QUOTAS = ['ManagedEnvironmentConsumptionCores', 'ManagedEnvironmentConsumptionT4Gpus'] as const;

export class AppsWeather {
  readonly #world: World;
  readonly #apps: SimulatedApps;
  readonly #record: CloudRecord;
  /** How many shortages stand; there is room again when the last has passed. */
  #droughts = 0;

  constructor(world: World, apps: SimulatedApps, record: CloudRecord) {
    this.#world = world;
    this.#apps = apps;
    this.#record = record;
  }

  /** Before a start that will be accepted. */
  prepareExecution(kind: FaultKind | undefined): void {
    if (kind === 'stuck') this.#apps.inject({ kind: 'stuck-processing', count: 1 });
    if (kind === 'second-execution') this.#apps.inject({ kind, count: 1 });
    if (kind === 'stays-running') this.#apps.inject({ kind, count: 1 });
    if (kind === 'platform-failure') this.#apps.inject({ kind, count: 1 });
    if (kind === 'no-node') this.#dryUp();
    if (kind === 'no-quota') this.#fillQuotas();
  }

  /** Somebody stops what runs. How it would have ended nobody knows. */
  stop(name: string): void {
    this.#world.tell('somebody', `stops ${name}`);
    this.#record.disrupted(name);
    for (const execution of this.#apps.executions(name)) execution.stop();
  }

  /** The platform shows its executions no more, and ends them. */
  forget(name: string): void {
    this.#record.lost(name);
    for (const { name: execution } of this.#apps.executions(name))
      this.#apps.inject({ kind: 'lost-execution', execution, programs: 'end', count: 1 });
  }

  /** For a while the region has no GPU for another replica. */
  #dryUp(): void {
    this.#droughts += 1;
    this.#apps.inject({ kind: 'capacity', profileType: GPU_PROFILE_TYPE, gpus: 0 });
    this.#world.later(this.#world.random.pick(SHORTAGES_MS), () => {
      this.#droughts -= 1;
      if (this.#droughts === 0)
        this.#apps.inject({ kind: 'capacity', profileType: GPU_PROFILE_TYPE, gpus: PLENTY });
    });
  }

  /** For a while the environment's quotas leave room for one workload. A smaller quota would refuse jobs for good. */
  #fillQuotas(): void {
    for (const name of QUOTAS) {
      const limit = this.#apps.settings.environmentQuotas[name] ?? PLENTY;
      this.#apps.inject({ kind: 'quota', name, limit: 1 });
      this.#world.later(this.#world.random.pick(SHORTAGES_MS), () =>
        this.#apps.inject({ kind: 'quota', name, limit }),
      );
    }
  }
}
