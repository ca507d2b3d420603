// One deployment of the product: its stores, its hosts, its Durable service, its queues and its minute ticks.
import { RetryableError } from '../../../domain/errors';
import type { JobStore } from '../../../domain/ports/job-store';
import { dispatchUnlessDraining } from '../../../jobs/placement/dispatch-unless-draining';
import { onKick } from '../../../jobs/placement/kick';
import { tickParts } from '../../../jobs/sweep/tick-parts';
import { appInvoker } from './app-invoker';
import type { Compute } from './compute';
import { DurableService } from './durable-service';
import { type Host, type HostParts, type HostPorts, startHost } from './host';
import type { Life } from './life';
import { createStores, type StoreListeners, type Stores } from './stores';
import type { World } from './world';

export interface DeploymentParts {
  readonly world: World;
  readonly name: string;
  readonly compute: Compute;
  readonly hosts: number;
  readonly pollFloorMs: number;
  readonly listeners: Omit<StoreListeners, 'onKick' | 'onRequeue'>;
  readonly onLog: (line: string) => void;
  readonly onTerminated: (jobId: string) => void;
}

const RESTART_MS = [1_000, 20_000, 120_000, 400_000] as const;

function unreadable(jobs: JobStore): JobStore {
  return {
    insert: (row) => jobs.insert(row),
    commit: (jobId, changes) => jobs.commit(jobId, changes),
    read: () => Promise.reject(new RetryableError('The table is busy (an injected fault)')),
  };
}

export class Deployment {
  readonly name: string;
  readonly stores: Stores;
  readonly durable: DurableService;
  readonly compute: Compute;
  /** Jobs whose stories fail whenever they archive. */
  readonly poisoned = new Set<string>();
  /** Called when a create begins: after how many milliseconds another host begins it too. */
  rivalAfterMs: (jobId: string) => number | undefined = () => undefined;
  readonly #parts: DeploymentParts;
  readonly #hosts: (Host | undefined)[] = [];
  #stoppedUntil = 0;
  #blindUntil = 0;
  #ownerId: string | undefined;

  constructor(parts: DeploymentParts) {
    const { world, name } = parts;
    this.#parts = parts;
    this.name = name;
    this.compute = parts.compute;
    this.stores = createStores(world, {
      ...parts.listeners,
      onKick: (text, delayMs) => this.#deliverKick(text, delayMs),
      onRequeue: () => this.#dispatchMeanwhile(),
    });
    this.durable = new DurableService(
      world,
      name,
      appInvoker({
        world,
        host: () => this.anyHost(),
        stateOf: (jobId, attempt) => this.stores.rows.stateOf(jobId, attempt),
        isPoisoned: (jobId) => this.poisoned.has(jobId),
        rivalAfterMs: (jobId) => this.rivalAfterMs(jobId),
        steer: (instanceId, what) => this.steer(instanceId, what),
      }),
    );
  }

  async start(): Promise<void> {
    this.#ownerId = (await this.stores.owner.get()).id;
    await this.durable.start();
    for (let index = 0; index < this.#parts.hosts; index += 1) this.#start(index);
  }

  /** The owner in its groups' tags; undefined before the first submission. */
  ownerId(): string | undefined {
    return this.#ownerId;
  }

  holds(name: string): boolean {
    return this.stores.held.names().includes(name);
  }

  anyHost(): Host | undefined {
    const alive = this.#hosts.filter((host) => host !== undefined);
    const willing = alive.filter(({ life }) => !life.isStraggling());
    const hosts = willing.length === 0 ? alive : willing;
    return hosts.length === 0 ? undefined : this.#parts.world.random.pick(hosts);
  }

  /** Until then, epoch milliseconds, nothing of it runs. */
  stopUntil(instant: number): void {
    this.#parts.world.tell(this.name, 'is stopped');
    this.#stoppedUntil = instant;
    for (const host of [...this.#hosts]) host?.life.crash();
  }

  /** Until then, epoch milliseconds, no tick can read a job's rows. The stories can. */
  blind(until: number): void {
    this.#blindUntil = Math.max(this.#blindUntil, until);
  }

  get blindUntil(): number {
    return this.#blindUntil;
  }

  /** For so long, milliseconds, its hosts pause within what they mostly do in one go. */
  dawdle(ms: number): void {
    for (const host of this.#hosts) host?.life.dawdle(ms);
  }

  crashAHost(): void {
    this.anyHost()?.life.crash();
  }

  /**
   * A person does this to an orchestration. If the one that drives its attempt now is terminated, the job must be
   * canceled (protocol §6.3).
   */
  steer(instanceId: string, what: 'terminate' | 'suspend' | 'purge'): void {
    const [jobId = '', attempt = '', epoch = ''] = instanceId.split('-');
    const isCurrent = this.stores.rows.attempt(jobId, Number(attempt))?.epoch === Number(epoch);
    if (what === 'terminate' && isCurrent) this.#parts.onTerminated(jobId);
    this.durable.steer(instanceId, what).catch(() => undefined); // The service may be down; then nothing happens.
  }

  /** Does what the timer's trigger does, part by part. */
  async tick(host: Host): Promise<void> {
    const { jobs } = host.ports;
    const isBlind = this.#parts.world.now() < this.#blindUntil;
    const ports = isBlind ? { ...host.ports, jobs: unreadable(jobs) } : host.ports;
    for (const part of tickParts()) {
      try {
        await part(ports);
      } catch (error) {
        this.#parts.world.tell(host.life.name, `tick: ${part.name} failed: ${String(error)}`);
      }
    }
  }

  /** A person's machine with credentials of this deployment and a clock that may be wrong. */
  somebodysMachine(skewMs: number): HostPorts {
    return startHost({ ...this.#hostParts('somebody'), skewMs, onCrash: () => undefined }).ports;
  }

  /** Runs on a living host; undefined if there is none. What the host's death cuts off never answers. */
  onHost<T>(run: (ports: HostPorts) => Promise<T>): Promise<T> | undefined {
    const host = this.anyHost();
    return host === undefined ? undefined : run(host.ports);
  }

  #start(index: number): void {
    const { world } = this.#parts;
    this.#hosts[index] = startHost({
      ...this.#hostParts(`host-${index + 1}`),
      onCrash: () => {
        this.#hosts[index] = undefined;
        const afterMs = Math.max(world.random.pick(RESTART_MS), this.#stoppedUntil - world.now());
        world.later(afterMs, () => this.#start(index));
      },
    });
  }

  #hostParts(host: string): Omit<HostParts, 'onCrash'> {
    const { world, name, compute, pollFloorMs, onLog } = this.#parts;
    return {
      world,
      name: `${name}/${host}`,
      stores: this.stores,
      starter: this.durable.starter(),
      backendOf: (life) => this.#backends(life),
      settings: {
        placements: compute.placements,
        factsOf: compute.factsOf,
        configuredSchedules: [],
        times: world.times,
        pollFloorMs,
      },
      onLog,
    };
  }

  #backends(life: Life): HostPorts['backendOf'] {
    const { compute, name } = this.#parts;
    const stateOf = (workload: string): string => this.stores.rows.stateOfName(workload);
    return compute.backendOf({ deployment: name, life, stateOf });
  }

  /** Now and then runs a pass of the dispatcher that meets the hint before the row is written. */
  async #dispatchMeanwhile(): Promise<void> {
    const { world } = this.#parts;
    if (!world.random.chance(0.2)) return;
    world.tell(this.name, 'a dispatch comes between a hint and its row');
    // If it fails, the next minute's pass comes.
    void this.onHost((ports) => dispatchUnlessDraining(ports))?.catch(() => undefined);
    await world.sleep(world.random.int(2_000, 8_000));
  }

  /** Delivers a kick at least once, in any order. If its handling fails it comes again. */
  #deliverKick(text: string, delayMs: number, deliveries = 0): void {
    const { world } = this.#parts;
    const after = delayMs + world.random.int(10, world.random.chance(0.1) ? 90_000 : 2_000);
    world.later(after, () => {
      const message: unknown = JSON.parse(text);
      const handled = this.onHost((ports) => onKick(ports, message)) ?? Promise.reject(new Error('no host'));
      handled.catch(() => {
        if (deliveries < 5) this.#deliverKick(text, 10_000, deliveries + 1);
      });
    });
    if (deliveries === 0 && world.random.chance(0.05)) this.#deliverKick(text, delayMs, 5);
  }
}
