// One host of a deployment: a process with ports of its own, through which every call may go wrong.
import { attemptOfName } from '../../../domain/job/names';
import { createPace } from '../../../domain/placement/pace';
import type { OrchestrationStarter } from '../../../domain/ports/orchestration-starter';
import { createListKeeper } from '../../../jobs/lists/list-keeper';
import { createListedJobStore } from '../../../jobs/lists/listed-job-store';
import { createQuotaReadings } from '../../../jobs/placement/quota-readings';
import type { Ports } from '../../../jobs/ports';
import { createLogArchive } from '../../../storage/logs/blob-log-archive';
import { isAboutJob } from '../steering/quarry';
import { beginLife, type Life } from './life';
import type { Stores } from './stores';
import type { World } from './world';

export type HostPorts = Ports & { readonly starter: OrchestrationStarter };

export interface Host {
  readonly life: Life;
  readonly ports: HostPorts;
  /** Calls `run` when this life ends; at once if it has ended. */
  onDeath(run: () => void): void;
}

interface HostSettings {
  readonly placements: Ports['placements'];
  readonly factsOf: Ports['factsOf'];
  readonly configuredSchedules: Ports['configuredSchedules'];
  readonly times: Ports['times'];
  readonly pollFloorMs: number;
}

export interface HostParts {
  readonly world: World;
  readonly name: string;
  readonly stores: Stores;
  readonly starter: OrchestrationStarter;
  readonly backendOf: (life: Life) => Ports['backendOf'];
  readonly settings: HostSettings;
  /** How far its wall clock is off, milliseconds; absent: at most as far as a host's may be. */
  readonly skewMs?: number;
  readonly onCrash: () => void;
  readonly onLog: (line: string) => void;
}

/** The same limit as in production. */
const LISTS_WITHIN_MS = 2_000;

export function startHost(parts: HostParts): Host {
  const { world, stores } = parts;
  const deaths: (() => void)[] = [];
  const die = (): void => {
    parts.onCrash();
    for (const run of deaths) run();
  };
  const life = beginLife(world, parts.name, die, parts.skewMs);
  const through = <P extends object>(port: P, name: string): P => gated(life, stores, port, name);
  const say = (level: string) => (message: string) => {
    parts.onLog(message);
    world.tell(life.name, `${level}: ${message}`);
  };
  const log = { info: say('info'), warn: say('warn'), error: say('error') };
  const rows = through(stores.jobs, 'jobs');
  const lists = createListKeeper({
    jobs: rows,
    lists: through(stores.lists, 'lists'),
    log,
    patience: () => life.resumed(world.sleep(LISTS_WITHIN_MS)),
  });
  const backendOf = stores.looks.watch(parts.backendOf(life), life.clock);
  const pause = (ms: number): Promise<void> => life.resumed(world.sleep(ms));
  const ports: HostPorts = {
    clock: life.clock,
    pause,
    newNonce: () => world.newId(),
    log,
    owner: through(stores.owner, 'owner'),
    jobs: createListedJobStore(rows, lists),
    lists,
    hints: through(stores.hints, 'hints'),
    groups: through(stores.groups, 'groups'),
    placementRows: through(stores.placementRows, 'placementRows'),
    schedules: through(stores.schedules, 'schedules'),
    control: through(stores.control, 'control'),
    specs: through(stores.specs, 'specs'),
    heldSecrets: through(stores.heldSecrets, 'heldSecrets'),
    results: through(stores.results, 'results'),
    rejected: through(stores.rejected, 'rejected'),
    logArchive: createLogArchive(through(stores.logBlobs, 'logBlobs')),
    kicks: through(stores.kicks, 'kicks'),
    events: through(stores.events, 'events'),
    starter: through(parts.starter, 'starter'),
    backendOf,
    quotas: createQuotaReadings({
      clock: life.clock,
      placements: parts.settings.placements,
      backendOf,
      factsOf: parts.settings.factsOf,
      pause,
    }),
    pace: createPace(life.clock, (name) => parts.settings.factsOf(name).traits.requests),
    ...parts.settings,
  };
  return {
    life,
    ports,
    onDeath: (run) => {
      if (life.isAlive()) deaths.push(run);
      else run();
    },
  };
}

/** The port with every call through the life's gate. */
function gated<P extends object>(life: Life, stores: Stores, port: P, name: string): P {
  const ways = new Map<string | symbol, unknown>();
  return new Proxy(port, {
    get: (target, key) => {
      const known = ways.get(key);
      if (known !== undefined) return known;
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== 'function' || key === 'url') return member;
      const call = `${name}.${String(key)}`;
      const ofJob = isAboutJob(call);
      const way = (...args: readonly unknown[]): Promise<unknown> => {
        const { jobId, attempt } = subjectOf(args);
        const state = () => (ofJob ? stores.rows.jobStateOf(jobId) : stores.rows.stateOf(jobId, attempt));
        // All methods of ports are asynchronous.
        return life.call(call, state, () => Reflect.apply(member, target, args) as Promise<unknown>);
      };
      ways.set(key, way);
      return way;
    },
  });
}

/** Which job, and which attempt of it, a call is about. */
function subjectOf([first]: readonly unknown[]): { jobId?: string; attempt?: number } {
  if (typeof first === 'string') {
    const [jobId = '', attempt] = first.split('/');
    if (/^j[0-9a-z]{19}$/.test(jobId))
      return attempt === undefined ? { jobId } : { jobId, attempt: Number(attempt) };
    return attemptOfName(first) ?? {};
  }
  if (typeof first !== 'object' || first === null || !('jobId' in first) || typeof first.jobId !== 'string')
    return {};
  const attempt =
    'attempt' in first && typeof first.attempt === 'number' && first.attempt > 0 ? first.attempt : undefined;
  return attempt === undefined ? { jobId: first.jobId } : { jobId: first.jobId, attempt };
}
