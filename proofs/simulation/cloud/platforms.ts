// All kinds of compute of a run as one. A question about a workload goes to the platform that holds it.
import type { Program } from '../users/program';
import type { World } from '../world/world';
import type { GroupFacts } from './cloud-record';
import type { OutageKind, Platform, Wire } from './platform';
import { Records } from './records';

export class Platforms implements Omit<Platform, 'record' | 'storedLines' | 'storeAnswersFrom'> {
  readonly record: Records;
  /** Stretches in which nothing is answered, epoch milliseconds. */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
  readonly #world: World;
  readonly #platforms: readonly Platform[];

  constructor(world: World, platforms: readonly Platform[], outages: Platforms['outages']) {
    this.#world = world;
    this.#platforms = platforms;
    this.outages = outages;
    this.record = new Records(platforms.map(({ record }) => record));
  }

  /** If two platforms hold the name, the job's workload counts. */
  exists(name: string): boolean {
    const group = this.record.group(name);
    return group !== undefined && this.stands(group);
  }

  stands(group: GroupFacts): boolean {
    return this.#holding(group)?.exists(group.name) === true;
  }

  storedLines(group: GroupFacts, run: string, at: number): ReadonlySet<string> {
    return this.#holding(group)?.storedLines?.(run, at) ?? new Set();
  }

  storeAnswersFrom(group: GroupFacts): number {
    return this.#holding(group)?.storeAnswersFrom?.() ?? 0;
  }

  lose(name: string): void {
    this.#of(name)?.lose(name);
  }

  stickRemoval(name: string, until: number): void {
    this.#of(name)?.stickRemoval(name, until);
  }

  setNextPull(ms: number): void {
    for (const platform of this.#platforms) platform.setNextPull(ms);
  }

  makeByHand(name: string, tags: Readonly<Record<string, string>>, program?: Program): void {
    const [only, ...others] = this.#platforms;
    const platform = others.length === 0 ? only : this.#world.random.pick(this.#platforms);
    platform?.makeByHand(name, tags, program);
  }

  removeByHand(name: string): void {
    this.#of(name)?.removeByHand(name);
  }

  #of(name: string): Platform | undefined {
    const group = this.record.group(name);
    return group === undefined ? undefined : this.#holding(group);
  }

  #holding(group: GroupFacts): Platform | undefined {
    return this.#platforms.find(({ record }) => record.group(group.name) === group);
  }
}

/** All ways to the platforms as one: what breaks, breaks on every way. */
export class Wires implements Wire {
  readonly #wires: readonly Wire[];

  constructor(wires: readonly Wire[]) {
    this.#wires = wires;
  }

  breakDown(kind: OutageKind, ms: number): void {
    for (const wire of this.#wires) wire.breakDown(kind, ms);
  }

  breakLogs(ms: number): void {
    for (const wire of this.#wires) wire.breakLogs(ms);
  }

  leaveUnread(name: string, ms: number): void {
    for (const wire of this.#wires) wire.leaveUnread(name, ms);
  }
}
