// The region behind ARM: the emulator with its programs, what the platform does to them by itself, and a record of all
// that happened.
import { type AciEmulator, createAciEmulator } from '../../../standins/aci/emulator';
import { DEFAULT_ACI_SETTINGS } from '../../../standins/aci/settings';
import type { WireRequest, WireResponse } from '../../../standins/wire/handler';
import { SUBSCRIPTION } from '../../../test/support/placements';
import { type Program, PROGRAM_VARIABLE } from '../users/program';
import type { World } from '../world/world';
import { type ArmAsk, armFault, notFound } from './arm-request';
import type { CloudRecord } from './cloud-record';
import { prepareGroup } from './group-plan';
import { hasFailedToCome, isHealthyGroup } from './healthy-group';
import type { Platform } from './platform';
import { pullMs } from './pulls';
import { recordedPrograms } from './recorded-programs';

export const RESOURCE_GROUP = 'sim';
/** The quota of GPU cores. The placements have four places, and each group takes one core. */
const V100_CORES = [3, 100, 100, 100] as const;
/** For how long deletes may do nothing, as parts of the time after which a removal is overdue. */
const IGNORED = [0.03, 0.1, 0.1, 0.3, 0.3, 0.5, 1.5] as const;
const API = 'api-version=2023-05-01';

interface Knobs {
  provisionMs: number;
  deleteMs: number;
  noCapacity: boolean;
  /** How long the next pull takes, whichever group begins it. */
  nextPullMs?: number | undefined;
}

export class Cloud implements Platform {
  readonly emulator: AciEmulator;
  readonly record: CloudRecord;
  readonly #world: World;
  readonly #hiddenUntil = new Map<string, number>();
  readonly #undeletableUntil = new Map<string, number>();
  /** What happens to the group of the next request; set right before each request. */
  readonly #knobs: Knobs = { provisionMs: 1_000, deleteMs: 1_000, noCapacity: false };

  constructor(world: World, record: CloudRecord) {
    this.#world = world;
    this.record = record;
    const { random } = world;
    const knobs = this.#knobs;
    this.emulator = createAciEmulator({
      clock: world.time.clock,
      timers: world.time.timers,
      newId: () => world.newId(),
      runtime: recordedPrograms(world, (name) => ({ record, name })),
      settings: {
        ...DEFAULT_ACI_SETTINGS,
        rateLimits: false,
        quotas: { ContainerGroups: 100, StandardV100Cores: random.pick(V100_CORES) },
        capacityRefusal: 'while-creating',
        get provisionMs() {
          return knobs.provisionMs;
        },
        get deleteMs() {
          return knobs.deleteMs;
        },
        get pullMs() {
          return pullMs(random, knobs);
        },
        get capacity(): Readonly<Record<string, number>> {
          return knobs.noCapacity ? { 'eastus/V100': 0 } : {};
        },
      },
    });
  }

  setNextPull(ms: number): void {
    this.#knobs.nextPullMs = ms;
  }

  hide(group: string, ms: number): void {
    this.#hiddenUntil.set(group, this.#world.now() + ms);
  }

  exists(group: string): boolean {
    const facts = this.record.group(group);
    if (facts === undefined || facts.goneAt !== undefined) return false;
    if (facts.deletedAt === undefined && facts.lostAt === undefined) return true;
    const isThere = this.#direct('GET', group).status === 200;
    if (!isThere) facts.goneAt = this.#world.now();
    return isThere;
  }

  /** Answers a delete that does nothing, and makes later ones do nothing for a while. */
  ignoredDelete(group: string, request: WireRequest): WireResponse {
    const { random, times } = this.#world;
    const ms = times.overdueS * 1000 * random.pick(IGNORED);
    this.#undeletableUntil.set(group, this.#world.now() + ms);
    this.record.undeletable.add(group);
    return this.#handle({ ...request, method: 'GET' });
  }

  stickRemoval(group: string, until: number): void {
    this.#world.tell('platform', `deletes of ${group} do nothing until ${new Date(until).toISOString()}`);
    this.#undeletableUntil.set(group, until);
    this.record.undeletable.add(group);
  }

  lose(group: string): void {
    this.#world.tell('platform', `LOSES ${group}`);
    this.record.lost(group);
    this.#knobs.deleteMs = 0;
    this.#direct('DELETE', group);
  }

  perform(deployment: string, ask: ArmAsk, request: WireRequest): WireResponse {
    switch (ask.operation) {
      case 'put':
        return this.#create(deployment, ask.group, request);
      case 'delete':
        return this.#delete(deployment, ask.group, request);
      case 'list':
        return this.#list(request);
      case 'get':
      case 'logs':
        if (this.#isHidden(ask.group)) return notFound(ask.group);
        return this.#shown(ask, this.#handle(request));
      case 'operation':
      case 'usages':
        return this.#handle(request);
    }
  }

  makeByHand(group: string, tags: Readonly<Record<string, string>>, program?: Program): void {
    const body = {
      location: 'eastus',
      tags,
      properties: {
        osType: 'Linux',
        restartPolicy: 'Never',
        containers: [
          {
            name: 'main',
            properties: {
              image: 'hand/made',
              resources: { requests: { cpu: 1, memoryInGB: 1 } },
              ...(program && {
                environmentVariables: [{ name: PROGRAM_VARIABLE, value: JSON.stringify(program) }],
              }),
            },
          },
        ],
      },
    };
    this.#knobs.provisionMs = 1_000;
    const { status } = this.#direct('PUT', group, Buffer.from(JSON.stringify(body)));
    if (status === 201) this.record.madeByHand(group, tags);
  }

  removeByHand(group: string): void {
    if (!this.exists(group)) return;
    this.#world.tell('somebody', `removes ${group} by hand`);
    this.record.removedByHand(group);
    this.#knobs.deleteMs = 0;
    this.#direct('DELETE', group);
  }

  #create(deployment: string, group: string, request: WireRequest): WireResponse {
    const existing = this.exists(group);
    const planned = prepareGroup(this.#world, request.body.toString());
    this.#knobs.provisionMs = planned.provisionMs;
    this.#knobs.noCapacity = planned.noCapacity;
    const answer = this.#handle({ ...request, body: Buffer.from(planned.body) });
    this.#knobs.noCapacity = false;
    if (existing) this.record.overwritten(deployment, group, planned, answer.status);
    else if (answer.status === 201) {
      this.record.created(group, planned);
      this.#mayBeLost(group);
    }
    return answer;
  }

  #delete(deployment: string, group: string, request: WireRequest): WireResponse {
    if (!this.exists(group)) return this.#handle(request);
    if (this.#world.now() < (this.#undeletableUntil.get(group) ?? 0))
      return this.#handle({ ...request, method: 'GET' });
    this.record.deleteTook(deployment, group, isHealthyGroup(this.#held(group)));
    const { random } = this.#world;
    this.#knobs.deleteMs = random.chance(0.1)
      ? random.int(40_000, 200_000)
      : random.int(500, random.pick([5_000, 30_000]));
    return this.#handle(request);
  }

  #list(request: WireRequest): WireResponse {
    const answer = this.#handle(request);
    const { value } = JSON.parse(String(answer.body)) as { value: { name: string }[] };
    const shown = value.filter(({ name }) => !this.#isHidden(name));
    return { ...answer, body: JSON.stringify({ value: shown }) };
  }

  /** A few times in its life each group may vanish by itself. */
  #mayBeLost(group: string): void {
    const { random, plan } = this.#world;
    for (let look = 0; look < 3; look += 1) {
      this.#world.later(random.int(5_000, 600_000), () => {
        if (!this.exists(group) || this.record.group(group)?.deletedAt !== undefined) return;
        if (plan.at({ call: 'platform.workload', state: this.record.stateOf(group) }) !== 'lost') return;
        this.lose(group);
      });
    }
  }

  #shown({ operation, group }: ArmAsk, answer: WireResponse): WireResponse {
    if (operation === 'get' && answer.status === 200 && hasFailedToCome(JSON.parse(String(answer.body))))
      this.record.failureShown(group);
    return answer;
  }

  /** The group as the service holds it, whatever readers see. */
  #held(group: string): unknown {
    const { status, body } = this.#direct('GET', group);
    return status === 200 ? JSON.parse(String(body)) : undefined;
  }

  #isHidden(group: string): boolean {
    return this.#world.now() < (this.#hiddenUntil.get(group) ?? 0);
  }

  #direct(method: string, group: string, body: Buffer = Buffer.alloc(0)): WireResponse {
    const url = new URL(
      `https://management.azure.com/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}/providers/Microsoft.ContainerInstance/containerGroups/${group}?${API}`,
    );
    return this.#handle({ method, url, headers: {}, body });
  }

  #handle(request: WireRequest): WireResponse {
    const answer = this.emulator.handle(request);
    return answer instanceof Promise
      ? armFault(500, 'Simulation', 'an emulator that does not answer at once')
      : answer;
  }
}
