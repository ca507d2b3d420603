// A platform in two steps behind its wire: the service with its programs, what it does to them by itself, and the
// record of all that happened.
import type {
  Answer,
  Definition,
  Refusal,
  ShownDefinition,
  ShownExecution,
} from '../../../test/two-step/two-step-api';
import { TwoStepService } from '../../../test/two-step/two-step-service';
import { type Program, PROGRAM_VARIABLE, VARIANT_VARIABLE } from '../users/program';
import type { World } from '../world/world';
import type { CloudRecord } from './cloud-record';
import { UNPULLABLE } from './group-plan';
import type { Platform } from './platform';
import { recordedPrograms } from './recorded-programs';

/** How long a definition is in progress, milliseconds: mostly seconds, at worst longer than a minute. */
const DEFINE_MS = [3_000, 10_000, 10_000, 100_000] as const;
const STUCK_MS = 3 * 3_600_000;
/** For how long removals may do nothing, as parts of the time after which one is overdue. */
const IGNORED = [0.03, 0.1, 0.1, 0.3, 0.5, 1.5] as const;

/** What happens to the next definition or execution. */
interface Knobs {
  defineMs: number;
  pullMs: number;
  fails: boolean;
}

export class TwoStepCloud implements Platform {
  readonly service: TwoStepService;
  readonly record: CloudRecord;
  readonly #world: World;
  readonly #hiddenUntil = new Map<string, number>();
  readonly #undeletableUntil = new Map<string, number>();
  readonly #knobs: Knobs = { defineMs: 0, pullMs: 0, fails: false };
  #nextPullMs: number | undefined;

  constructor(world: World, record: CloudRecord) {
    this.#world = world;
    this.record = record;
    const knobs = this.#knobs;
    const { random } = world;
    const failing = new Set<string>();
    this.service = new TwoStepService({
      now: () => world.now(),
      timers: world.time.timers,
      runtime: recordedPrograms(world, (name) => ({ record, name })),
      times: {
        get defineMs() {
          return knobs.defineMs;
        },
        get pullMs() {
          return knobs.pullMs;
        },
        get stopMs() {
          return random.int(200, random.pick([2_000, 30_000]));
        },
        get deleteMs() {
          return random.chance(0.1) ? random.int(20_000, 120_000) : random.int(200, 5_000);
        },
      },
      failsDefinition: (name) => (failing.has(name) ? 'The definition could not be provisioned.' : undefined),
    });
    this.#failing = failing;
  }

  readonly #failing: Set<string>;

  exists(name: string): boolean {
    return this.service.holds(name);
  }

  /** For so long reads leave its executions out, milliseconds. */
  hide(name: string, ms: number): void {
    this.#hiddenUntil.set(name, this.#world.now() + ms);
  }

  define(deployment: string, name: string, definition: Definition): Answer<ShownDefinition> {
    const existed = this.exists(name);
    const prepared = existed ? definition : this.#prepared(name, definition);
    const answer = this.service.define(name, prepared);
    if (!answer.ok) return answer;
    const variant = definition.environment[VARIANT_VARIABLE];
    if (existed) this.record.redefined(deployment, name, definition.marks, variant);
    else {
      this.record.defined(name, definition.marks, variant);
      this.#mayBeLost(name);
    }
    return answer;
  }

  start(name: string): Answer<ShownExecution> {
    const effect = this.acceptStart(name);
    return typeof effect === 'function'
      ? { ok: true, body: effect(), serverTime: this.#world.now() }
      : effect;
  }

  /**
   * How the service answers a start: with a refusal, or with a function by which the start takes effect, now or later.
   */
  acceptStart(name: string): (() => ShownExecution) | Refusal {
    const accepted = this.service.accept(name);
    if (typeof accepted !== 'function') return accepted;
    return () => {
      const { random, plan } = this.#world;
      const isStuck = plan.at({ call: 'platform.execution', state: '-' }) === 'stuck';
      const pullMs = this.#nextPullMs ?? random.int(500, random.pick([10_000, 60_000]));
      this.#nextPullMs = undefined;
      this.#knobs.pullMs = isStuck ? STUCK_MS : pullMs;
      this.record.begun(name);
      return accepted();
    };
  }

  executions(name: string): Answer<readonly ShownExecution[]> {
    const answer = this.service.executions(name);
    const isHidden = this.#world.now() < (this.#hiddenUntil.get(name) ?? 0);
    return answer.ok && isHidden ? { ...answer, body: [] } : answer;
  }

  stop(deployment: string, name: string, id: string): Answer<undefined> {
    if (this.#isStuck(name)) return this.#taken();
    this.#removed(deployment, name);
    return this.service.stop(name, id);
  }

  undefine(deployment: string, name: string): Answer<undefined> {
    if (this.#isStuck(name)) return this.#taken();
    if (!this.#isRunning(name)) this.#removed(deployment, name);
    return this.service.undefine(name);
  }

  /** Answers a removal that does nothing, and makes later ones do nothing for a while. */
  ignoreRemovals(name: string): Answer<undefined> {
    const { random, times } = this.#world;
    this.stickRemoval(name, this.#world.now() + times.overdueS * 1000 * random.pick(IGNORED));
    return this.#taken();
  }

  stickRemoval(name: string, until: number): void {
    this.#world.tell('platform', `removals of ${name} do nothing until ${new Date(until).toISOString()}`);
    this.#undeletableUntil.set(name, until);
    this.record.undeletable.add(name);
  }

  setNextPull(ms: number): void {
    this.#nextPullMs = ms;
  }

  lose(name: string): void {
    this.#world.tell('platform', `LOSES ${name}`);
    this.record.lost(name);
    this.service.lose(name, { keepDefinition: this.#world.random.chance(0.3) });
  }

  makeByHand(name: string, tags: Readonly<Record<string, string>>, program?: Program): void {
    const environment = program === undefined ? {} : { [PROGRAM_VARIABLE]: JSON.stringify(program) };
    this.#knobs.defineMs = 0;
    this.service.define(name, {
      marks: tags,
      image: 'hand/made',
      command: [],
      args: [],
      environment,
      cpu: 1,
    });
    this.record.madeByHand(name, tags);
    if (program === undefined) return;
    this.#world.later(1, () => {
      this.#knobs.pullMs = 1_000;
      this.service.start(name);
    });
  }

  removeByHand(name: string): void {
    if (!this.exists(name)) return;
    this.#world.tell('somebody', `removes ${name} by hand`);
    this.record.removedByHand(name);
    this.service.lose(name);
  }

  #prepared(name: string, definition: Definition): Definition {
    const { random, plan } = this.#world;
    const fault = plan.at({ call: 'platform.definition', state: '-' });
    this.#knobs.defineMs = fault === 'stuck' ? STUCK_MS : random.int(500, random.pick(DEFINE_MS));
    if (fault === 'fails') this.#failing.add(name);
    return fault === 'unpullable' ? { ...definition, image: `${UNPULLABLE}${definition.image}` } : definition;
  }

  /**
   * A definition that was never started is wanted as long as its attempt has no verdict. The check that judges it looks
   * that up. Of one that was started and has lost its executions nothing runs, and nothing ever will.
   */
  #removed(deployment: string, name: string): void {
    const executions = this.service.executions(name);
    const states = executions.ok ? executions.body : [];
    const group = this.record.group(name);
    const isBereft = states.length === 0 && group?.begun === true && group.lostAt !== undefined;
    const isOver =
      states.length > 0 && states.every(({ state }) => state === 'succeeded' || state === 'failed');
    this.record.deleteTook(deployment, name, !isOver && !isBereft);
  }

  #isRunning(name: string): boolean {
    const executions = this.service.executions(name);
    return executions.ok && executions.body.some(({ state }) => state === 'running' || state === 'stopping');
  }

  #isStuck(name: string): boolean {
    return this.#world.now() < (this.#undeletableUntil.get(name) ?? 0);
  }

  #taken(): Answer<undefined> {
    return { ok: true, body: undefined, serverTime: this.#world.now() };
  }

  /** A few times in its life each workload may vanish by itself. */
  #mayBeLost(name: string): void {
    const { random, plan } = this.#world;
    for (let look = 0; look < 3; look += 1) {
      this.#world.later(random.int(5_000, 600_000), () => {
        if (!this.exists(name) || this.record.group(name)?.deletedAt !== undefined) return;
        if (plan.at({ call: 'platform.workload', state: this.record.stateOf(name) }) === 'lost')
          this.lose(name);
      });
    }
  }
}
