// What really happened in the region: every group, every start of a program, every byte printed, every request that
// changed something.
import type { World } from '../world/world';
import type { GroupPlan } from './group-plan';
import { type ProgramRun, recordOf, type RunRecord } from './program-run';

type Marks = Readonly<Record<string, string>>;
type CreatePlan = Pick<GroupPlan, 'tags' | 'variant' | 'restarted'>;

export interface GroupFacts {
  readonly name: string;
  readonly tags: Marks;
  readonly createdAt: number;
  /** Whether the platform may start its program again, though nobody asked it to. */
  readonly mayRestart: boolean;
  /** Whether its program may come: for a group from its creation on, for a definition from its start on. */
  begun: boolean;
  /** Which of several specs of one idempotency key it runs. */
  variant: string | undefined;
  readonly runs: ProgramRun[];
  /** Runs that the platform has started beside the one that was asked for. */
  readonly besides: ProgramRun[];
  readonly printed: Buffer[];
  /** When the first delete took effect. */
  deletedAt?: number;
  lostAt?: number;
  /**
   * When the platform first took its machine or its place there from it, or kept its exit code to itself, without
   * losing the workload.
   */
  disruptedAt?: number;
  /** Whether its log could not be read any more once its program had ended. */
  logHidden?: boolean;
  /** When it was noticed to be gone. */
  goneAt?: number;
  /** Whether a read has shown, or may show, that its provisioning failed. */
  failureShown: boolean;
}

/** Called at once, so that rules are checked at the moment they concern. */
export interface CloudListener {
  created(group: GroupFacts): void;
  /** `sinceLook`: the group was not there yet when the process that sent the PUT looked, just before. */
  overwritten(deployment: string, group: GroupFacts, sinceLook: boolean): void;
  /** A preparation was sent onto one that stood; `isSame`: with the same marks. `sinceLook`: as above. */
  redefined(deployment: string, group: GroupFacts, isSame: boolean, sinceLook: boolean): void;
  /** `wasHealthy`: its program ran, or might yet have run. */
  deleteTook(deployment: string, group: GroupFacts, wasHealthy: boolean): void;
  programStarted(group: GroupFacts): void;
  putSent(deployment: string, group: string): void;
  /** The group was deleted, and a part of it stands and goes on. */
  leftBehind(group: GroupFacts): void;
  /** A look has shown a second run beside the group's own, and nobody was asked to stop it. */
  secondLeft(group: GroupFacts): void;
  /** The platform answered with the value of a secret of this workload. */
  secretShown(name: string): void;
}

export class CloudRecord {
  readonly groups = new Map<string, GroupFacts>();
  /** Earlier groups of names that were used again. */
  readonly past: GroupFacts[] = [];
  readonly puts = new Map<string, number>();
  readonly undeletable = new Set<string>();
  listener: CloudListener | undefined;
  readonly #deletes = new Map<string, number>();
  /** By name: when a look began that found neither a workload nor a preparation, epoch milliseconds. */
  readonly #nothingFound = new Map<string, number>();
  /**
   * When a process, `life group`, was last answered that there is no such group, epoch milliseconds. Without an entry
   * its last look showed one, or it never looked.
   */
  readonly #foundAbsent = new Map<string, number>();
  /** The same, `deployment group`, of the process that sent the PUT or the preparation, when it did. */
  readonly #lookedBefore = new Map<string, number>();
  /** By name: when a process was shown how its program ended, epoch milliseconds by that process's clock. */
  readonly #endsShown = new Map<string, Set<number>>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  endShown(name: string, at: number): void {
    this.#endsShown.set(name, (this.#endsShown.get(name) ?? new Set()).add(at));
  }

  wasEndShown(name: string, at: number): boolean {
    return this.#endsShown.get(name)?.has(at) === true;
  }

  group(name: string): GroupFacts | undefined {
    return this.groups.get(name);
  }

  /** A process was answered, now, whether there is such a group. */
  looked(life: string, group: string, isAbsent: boolean): void {
    const key = `${life} ${group}`;
    if (isAbsent) this.#foundAbsent.set(key, this.#world.now());
    else this.#foundAbsent.delete(key);
  }

  nothingFound(name: string, lookedAt: number): void {
    this.#nothingFound.set(name, lookedAt);
  }

  /** Whether it was prepared after the last look that found nothing: its sender had stood still. */
  isLatePreparation({ name, begun, createdAt }: GroupFacts): boolean {
    return !begun && createdAt >= (this.#nothingFound.get(name) ?? Infinity);
  }

  putSent(deployment: string, life: string, group: string): void {
    const key = `${deployment} ${group}`;
    this.puts.set(key, (this.puts.get(key) ?? 0) + 1);
    this.#keepLook(deployment, life, group);
    this.listener?.putSent(deployment, group);
  }

  preparationSent(deployment: string, life: string, group: string): void {
    this.#keepLook(deployment, life, group);
  }

  created(name: string, plan: CreatePlan): void {
    const { tags, variant, restarted: mayRestart } = plan;
    this.listener?.created(this.#add(name, tags, { mayRestart, variant, begun: true }));
  }

  /** The preparation of a workload exists, and nothing of it runs. */
  defined(name: string, tags: Marks, variant: string | undefined): void {
    this.listener?.created(this.#add(name, tags, { mayRestart: false, variant, begun: false }));
  }

  /** A preparation was sent onto one that stood, with these marks. */
  redefined(deployment: string, name: string, marks: Marks, variant: string | undefined): void {
    const group = this.groups.get(name);
    if (group === undefined) return;
    const sinceLook = this.#isSinceLook(deployment, group);
    this.listener?.redefined(deployment, group, isSame(group.tags, marks), sinceLook);
    if (sinceLook && isNobodysJob(group)) this.defined(name, marks, variant);
  }

  /** A start of what was prepared takes effect. From now on its program may come. */
  begun(name: string, variant?: string): void {
    const group = this.groups.get(name);
    if (group === undefined) return;
    group.begun = true;
    group.variant ??= variant;
    this.listener?.created(group);
  }

  madeByHand(name: string, tags: Marks): GroupFacts {
    this.#world.tell('somebody', `makes group ${name} by hand`);
    return this.#add(name, tags, { mayRestart: false, variant: undefined, begun: true });
  }

  /**
   * A PUT met a group. One that took a stranger's made it the job's: its tags and its program are those of the PUT now,
   * so from here on it is judged like any other of the job's groups (protocol §4.1).
   */
  overwritten(deployment: string, name: string, plan: CreatePlan, status: number): void {
    this.#world.tell('ARM', `PUT of ${deployment} onto the existing ${name} -> ${status}`);
    const group = this.groups.get(name);
    if (group === undefined) return;
    const sinceLook = this.#isSinceLook(deployment, group);
    this.listener?.overwritten(deployment, group, sinceLook);
    if (sinceLook && status < 300 && isNobodysJob(group)) this.created(name, plan);
  }

  /** A read has shown that its provisioning failed. */
  failureShown(name: string): void {
    const group = this.groups.get(name);
    if (group !== undefined) group.failureShown = true;
  }

  deleteTook(deployment: string, name: string, wasHealthy: boolean): void {
    const group = this.groups.get(name);
    if (group === undefined) return;
    this.listener?.deleteTook(deployment, group, wasHealthy);
    group.deletedAt ??= this.#world.now();
  }

  deleteSent(name: string): void {
    this.#deletes.set(name, this.#world.now());
  }

  /** When the last delete was sent, whatever became of it. */
  deleteSentAt(name: string): number | undefined {
    return this.#deletes.get(name);
  }

  lost(name: string): void {
    const group = this.groups.get(name);
    if (group !== undefined) group.lostAt = this.#world.now();
  }

  disrupted(name: string): void {
    const group = this.groups.get(name);
    if (group !== undefined) group.disruptedAt ??= this.#world.now();
  }

  logHidden(name: string): void {
    const group = this.groups.get(name);
    if (group !== undefined) group.logHidden = true;
  }

  /** A look has shown executions beside the first that nobody was asked to stop. */
  secondLeft(name: string): void {
    const group = this.groups.get(name);
    if (group !== undefined) this.listener?.secondLeft(group);
  }

  removedByHand(name: string): void {
    const group = this.groups.get(name);
    if (group !== undefined) group.deletedAt ??= this.#world.now();
  }

  startsOf(name: string): number {
    return Math.max(0, (this.groups.get(name)?.runs.length ?? 0) - 1);
  }

  printed(name: string, bytes: Buffer): void {
    this.groups.get(name)?.printed.push(bytes);
  }

  started(name: string): RunRecord {
    return this.#started(name, (group) => group.runs);
  }

  /** The platform has started the program once more, beside the run that was asked for. */
  startedBeside(name: string): RunRecord {
    return this.#started(name, (group) => group.besides);
  }

  #started(name: string, runsOf: (group: GroupFacts) => ProgramRun[]): RunRecord {
    const group = this.groups.get(name);
    const run: ProgramRun = { startedAt: this.#world.now() };
    if (group !== undefined) {
      runsOf(group).push(run);
      this.listener?.programStarted(group);
    }
    return recordOf(run, () => this.#world.now());
  }

  stateOf(name: string): string {
    const runs = this.groups.get(name)?.runs ?? [];
    if (runs.length === 0) return 'starting';
    return runs.at(-1)?.endedAt === undefined ? 'running' : 'ended';
  }

  #keepLook(deployment: string, life: string, group: string): void {
    const lookedAt = this.#foundAbsent.get(`${life} ${group}`);
    if (lookedAt === undefined) this.#lookedBefore.delete(`${deployment} ${group}`);
    else this.#lookedBefore.set(`${deployment} ${group}`, lookedAt);
  }

  #isSinceLook(deployment: string, { name, createdAt }: GroupFacts): boolean {
    return createdAt >= (this.#lookedBefore.get(`${deployment} ${name}`) ?? Infinity);
  }

  #add(name: string, tags: Marks, of: Pick<GroupFacts, 'mayRestart' | 'variant' | 'begun'>): GroupFacts {
    const before = this.groups.get(name);
    if (before !== undefined) this.past.push(before);
    const createdAt = this.#world.now();
    const group: GroupFacts = {
      name,
      tags,
      createdAt,
      ...of,
      runs: [],
      besides: [],
      printed: [],
      failureShown: false,
    };
    this.groups.set(name, group);
    return group;
  }
}

/** A stranger's: no job's tags are on it. */
function isNobodysJob({ tags }: GroupFacts): boolean {
  return tags['gpu-jobs-job'] === undefined;
}

function isSame(before: Marks, now: Marks): boolean {
  return Object.entries(now).every(([name, value]) => before[name] === value);
}
