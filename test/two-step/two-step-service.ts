// A platform in memory on which a program takes two steps: its definition is put and then started. Its time is the
// given clock's.
import type { ContainerRuntime } from '../../standins/containers/runtime';
import type { Timers } from '../../standins/kernel/timers';
import { Execution } from './execution';
import {
  type Answer,
  type Definition,
  type LogLine,
  type Marks,
  type Refusal,
  refused,
  type ShownDefinition,
  type ShownExecution,
  type TwoStepApi,
} from './two-step-api';

/** All in milliseconds. Each is read when its time begins. */
export interface ServiceTimes {
  /** From the put of a definition until it may be started. */
  readonly defineMs: number;
  /** From a start to its program. */
  readonly pullMs: number;
  readonly stopMs: number;
  readonly deleteMs: number;
}

export interface ServiceParts {
  readonly now: () => number;
  readonly timers: Timers;
  readonly runtime: ContainerRuntime;
  readonly times: ServiceTimes;
  readonly entrypointOf?: (image: string) => readonly string[];
  /** Why starts of a definition are refused, though it exists; undefined: they are not. */
  readonly refusesStart?: (name: string) => { readonly code: string; readonly message: string } | undefined;
  /** Why it will never be ready; undefined: it will. */
  readonly failsDefinition?: (name: string, definition: Definition) => string | undefined;
}

interface Standing {
  definition: Definition;
  state: ShownDefinition['state'];
  why?: string;
}

/** The most CPU that a definition may ask for. More is invalid. */
export const MOST_CPU = 64;
export const ENTRYPOINT = ['/entrypoint'] as const;

export class TwoStepService implements TwoStepApi {
  readonly #parts: ServiceParts;
  readonly #definitions = new Map<string, Standing>();
  readonly #executions = new Map<string, Execution[]>();
  #ids = 0;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  define(name: string, definition: Definition): Answer<ShownDefinition> {
    const { timers, times, failsDefinition } = this.#parts;
    if (definition.cpu > MOST_CPU)
      return refused(400, 'Invalid', `${definition.cpu} CPU cores, must be at most ${MOST_CPU}.`);
    const before = this.#definitions.get(name);
    if (before?.state === 'deleting') return refused(409, 'Deleting', `${name} is being deleted.`);
    if (before !== undefined) {
      before.definition = definition;
      return this.#answer(shown(name, before));
    }
    const made: Standing = { definition, state: 'in-progress' };
    this.#definitions.set(name, made);
    timers.after(times.defineMs, () => {
      if (made.state !== 'in-progress') return;
      const why = failsDefinition?.(name, definition);
      made.state = why === undefined ? 'ready' : 'failed';
      if (why !== undefined) made.why = why;
    });
    return this.#answer(shown(name, made));
  }

  definition(name: string): Answer<ShownDefinition> {
    const found = this.#definitions.get(name);
    return found === undefined ? notFound(name) : this.#answer(shown(name, found));
  }

  undefine(name: string): Answer<undefined> {
    const found = this.#definitions.get(name);
    const executions = this.#executionsOf(name);
    if (found === undefined && executions.length === 0) return notFound(name);
    if (executions.some((execution) => execution.isAlive()))
      return refused(409, 'Running', `An execution of ${name} runs.`);
    if (found !== undefined) found.state = 'deleting';
    this.#parts.timers.after(this.#parts.times.deleteMs, () => {
      if (this.#definitions.get(name) === found) this.#definitions.delete(name);
      const alive = this.#executionsOf(name).filter((execution) => execution.isAlive());
      this.#executions.set(name, alive);
    });
    return this.#answer(undefined);
  }

  start(name: string): Answer<ShownExecution> {
    const accepted = this.accept(name);
    return typeof accepted === 'function' ? this.#answer(accepted()) : accepted;
  }

  /**
   * The refusal that a start would meet, or else a function by which the start takes effect, whatever has become of the
   * definition meanwhile.
   */
  accept(name: string): (() => ShownExecution) | Refusal {
    const found = this.#definitions.get(name);
    if (found === undefined) return notFound(name);
    if (found.state !== 'ready') return refused(409, 'NotReady', `${name} is ${found.state}.`);
    const why = this.#parts.refusesStart?.(name);
    if (why !== undefined) return refused(409, why.code, why.message);
    const { definition } = found;
    return () => this.#execute(name, definition);
  }

  executions(name: string): Answer<readonly ShownExecution[]> {
    return this.#answer(this.#executionsOf(name).map((execution) => execution.shown()));
  }

  stop(name: string, id: string): Answer<undefined> {
    const found = this.#execution(name, id);
    if (found === undefined) return notFound(id);
    found.stop(this.#parts.times.stopMs);
    return this.#answer(undefined);
  }

  log(name: string, id: string, sinceS = 0): Answer<readonly LogLine[]> {
    const found = this.#execution(name, id);
    return found === undefined ? notFound(id) : this.#answer(found.log.since(sinceS));
  }

  everything(): Answer<readonly { readonly name: string; readonly marks: Marks }[]> {
    const all = new Map<string, Marks>();
    for (const [name, executions] of this.#executions)
      for (const execution of executions) all.set(name, execution.shown().marks);
    for (const [name, { definition }] of this.#definitions) all.set(name, definition.marks);
    return this.#answer([...all].map(([name, marks]) => ({ name, marks })));
  }

  /** Whether anything of this name exists. */
  holds(name: string): boolean {
    return this.#definitions.has(name) || this.#executionsOf(name).length > 0;
  }

  /** Makes everything of this name vanish at once, its programs too. `keepDefinition`: only its executions. */
  lose(name: string, { keepDefinition = false } = {}): void {
    for (const execution of this.#executionsOf(name)) execution.lose();
    this.#executions.delete(name);
    if (!keepDefinition) this.#definitions.delete(name);
  }

  #execute(name: string, definition: Definition): ShownExecution {
    const { now, timers, runtime, times, entrypointOf = () => ENTRYPOINT } = this.#parts;
    this.#ids += 1;
    const execution = new Execution({
      id: `${name}-${this.#ids}`,
      name,
      definition,
      now,
      timers,
      runtime,
      entrypointOf,
      pullMs: times.pullMs,
    });
    this.#executions.set(name, [...this.#executionsOf(name), execution]);
    return execution.shown();
  }

  #executionsOf(name: string): readonly Execution[] {
    return this.#executions.get(name) ?? [];
  }

  #execution(name: string, id: string): Execution | undefined {
    return this.#executionsOf(name).find((execution) => execution.shown().id === id);
  }

  #answer<Body>(body: Body): Answer<Body> {
    return { ok: true, body, serverTime: this.#parts.now() };
  }
}

function shown(name: string, { definition, state, why }: Standing): ShownDefinition {
  return { name, marks: definition.marks, state, ...(why === undefined ? {} : { why }) };
}

function notFound(name: string): Refusal {
  return refused(404, 'NotFound', `There is no ${name}.`);
}
