// The way to the platform in two steps: each call of its client, and all that can go wrong with it on the way there and
// back.
import { RetryableError } from '../../../domain/errors';
import {
  type Answer,
  refused,
  type TwoStepApi,
  type TwoStepClient,
} from '../../../test/two-step/two-step-api';
import type { FaultKind } from '../../faults/fault';
import { never, type World } from '../world/world';
import type { ArmCaller } from './arm';
import { exchange } from './exchange';
import type { OutageKind, Wire } from './platform';
import type { TwoStepCloud } from './two-step-cloud';

/** The client's limit for a read or a removal, milliseconds. That of a create is a setting. */
const LIMIT_MS = 30_000;
/**
 * Latest effects as parts of the time after which a create's fate is known. With the bound from intent to start, a
 * tenth, each stays below that time.
 */
const LATEST_EFFECT = 0.6;
const LONGEST_HIDDEN = 0.7;
const LAGS = ['hidden', 'late-effect', 'late-effect', undefined] as const;

interface Ask<Body> {
  readonly call: keyof TwoStepApi;
  readonly name: string;
  readonly perform: () => Answer<Body>;
  /** Makes the effect come some time after the request was accepted, if it is accepted. */
  readonly performLater?: () => void;
}

export class TwoStepWire implements Wire {
  /** Called when a start was accepted that takes effect later. */
  onLateStart: (name: string) => void = () => undefined;
  readonly #world: World;
  readonly #cloud: TwoStepCloud;
  readonly #outages: { from: number; to: number }[];
  /** In some runs most starts are shown late, or take effect late. */
  readonly #isLate: boolean;
  #outage: { readonly kind: OutageKind; readonly until: number } | undefined;
  #logsDownUntil = 0;
  readonly #unreadUntil = new Map<string, number>();
  /**
   * By process and name, `life name`: when the process was last answered that no such definition exists, epoch
   * milliseconds.
   */
  readonly #undefinedAt = new Map<string, number>();

  constructor(world: World, cloud: TwoStepCloud, outages: { from: number; to: number }[]) {
    this.#world = world;
    this.#cloud = cloud;
    this.#outages = outages;
    this.#isLate = world.random.chance(0.3);
  }

  breakDown(kind: OutageKind, ms: number): void {
    this.#world.tell('two-step', `OUTAGE (${kind}) for ${Math.round(ms / 1000)} s`);
    this.#outage = { kind, until: this.#world.now() + ms };
    this.#out(ms);
  }

  breakLogs(ms: number): void {
    this.#world.tell('two-step', `logs down for ${Math.round(ms / 1000)} s`);
    this.#logsDownUntil = this.#world.now() + ms;
  }

  leaveUnread(name: string, ms: number): void {
    this.#world.tell('two-step', `reads of ${name} are refused for ${Math.round(ms / 1000)} s`);
    this.#unreadUntil.set(name, this.#world.now() + ms);
    this.#out(ms);
  }

  clientOf(caller: ArmCaller): TwoStepClient {
    const { deployment, life } = caller;
    const cloud = this.#cloud;
    const { service } = cloud;
    const send = <Body>(ask: Ask<Body>): Promise<Answer<Body>> =>
      life.isAlive() ? life.resumed(this.#exchange(caller, ask)) : never();
    return {
      define: (name, definition) =>
        send({
          call: 'define',
          name,
          perform: () => cloud.define(deployment, name, definition),
        }),
      definition: (name) => send({ call: 'definition', name, perform: () => service.definition(name) }),
      undefine: (name) => send({ call: 'undefine', name, perform: () => cloud.undefine(deployment, name) }),
      start: (name) =>
        send({
          call: 'start',
          name,
          perform: () => cloud.start(name),
          performLater: () => this.#startLater(name),
        }),
      executions: (name) => send({ call: 'executions', name, perform: () => cloud.executions(name) }),
      stop: (name, id) => send({ call: 'stop', name, perform: () => cloud.stop(deployment, name, id) }),
      log: (name, id, sinceS) => send({ call: 'log', name, perform: () => service.log(name, id, sinceS) }),
      everything: () => send({ call: 'everything', name: '', perform: () => service.everything() }),
    };
  }

  #exchange<Body>(caller: ArmCaller, ask: Ask<Body>): Promise<Answer<Body>> {
    const { deployment, life } = caller;
    const { record } = this.#cloud;
    const { call, name } = ask;
    return exchange(this.#world, {
      life,
      call: `two-step.${call}`,
      state: () => (name === '' ? '-' : caller.stateOf(name)),
      sent: () => {
        if (call === 'start') record.putSent(deployment, life.name, name);
        if (call === 'define') record.preparationSent(deployment, life.name, name);
        if (call === 'stop' || call === 'undefine') record.deleteSent(name);
      },
      answer: (kind) => this.#answer(kind ?? this.#standing(ask), ask),
      says: (answer) => `${call} ${name} -> ${answer.ok ? 'ok' : answer.status}`,
      answered: (answer) => this.#noteAbsence(life.name, ask, answer),
    });
  }

  /** A look that finds nothing reads the definition, then the executions. */
  #noteAbsence(life: string, { call, name }: Ask<unknown>, answer: Answer<unknown>): void {
    const key = `${life} ${name}`;
    if (call === 'definition') {
      const isAbsent = !answer.ok && answer.status === 404;
      if (isAbsent) this.#undefinedAt.set(key, this.#world.now());
      else this.#undefinedAt.delete(key);
      if (answer.ok || isAbsent) this.#cloud.record.looked(life, name, isAbsent);
      return;
    }
    const lookedAt = this.#undefinedAt.get(key);
    const isEmpty = answer.ok && Array.isArray(answer.body) && answer.body.length === 0;
    if (call === 'executions' && isEmpty && lookedAt !== undefined)
      this.#cloud.record.nothingFound(name, lookedAt);
  }

  #answer<Body>(
    kind: FaultKind | 'silent' | undefined,
    ask: Ask<Body>,
  ): Answer<Body> | Promise<Answer<Body>> {
    const { random, times } = this.#world;
    const { perform, performLater = perform } = ask;
    const perhaps = (): void => {
      if (random.chance(0.5)) perform();
    };
    const ways: Partial<Record<FaultKind | 'silent', () => Answer<Body> | Promise<Answer<Body>>>> = {
      throttled: () => refused(429, 'TooManyRequests', 'Too many requests.'),
      forbidden: () => refused(403, 'Forbidden', 'This identity may not.'),
      capacity: () => refused(409, 'NoCapacity', 'There is no room for it now.'),
      'server-error': () => {
        perhaps();
        return refused(500, 'Internal', 'An internal error occurred.');
      },
      'lost-answer': () => {
        perform();
        return this.#silence(ask);
      },
      silent: () => {
        if (ask.call === 'start') perhaps();
        return this.#silence(ask);
      },
      'late-effect': () => {
        performLater();
        return this.#silence(ask);
      },
      twice: () => {
        perform();
        return perform();
      },
      ignored: () => this.#cloud.ignoreRemovals(ask.name) as Answer<Body>,
      hidden: () => {
        this.#cloud.hide(ask.name, random.int(5_000, Math.floor(times.unknownFateS * 1000 * LONGEST_HIDDEN)));
        return perform();
      },
    };
    return kind === undefined ? perform() : (ways[kind] ?? perform)();
  }

  /** What is broken now for every caller. */
  #standing({ call, name }: Ask<unknown>): FaultKind | 'silent' | undefined {
    const now = this.#world.now();
    if (this.#outage !== undefined && now < this.#outage.until)
      return this.#outage.kind === 'group-missing' ? 'forbidden' : this.#outage.kind;
    const isRead = call === 'definition' || call === 'executions' || call === 'log';
    if (isRead && now < (this.#unreadUntil.get(name) ?? 0)) return 'forbidden';
    if (call === 'start' && this.#isLate) return this.#world.random.pick(LAGS);
    return call === 'log' && now < this.#logsDownUntil ? 'server-error' : undefined;
  }

  async #silence({ call }: Ask<unknown>): Promise<never> {
    await this.#world.sleep(call === 'start' ? this.#world.times.createRequestS * 1000 : LIMIT_MS);
    throw new RetryableError('No answer came in time.');
  }

  #startLater(name: string): void {
    const effect = this.#cloud.acceptStart(name);
    if (typeof effect !== 'function') return;
    this.onLateStart(name);
    const { random, times } = this.#world;
    this.#world.later(random.int(1_000, Math.floor(times.unknownFateS * 1000 * LATEST_EFFECT)), () => {
      this.#world.tell('two-step', `the start of ${name} takes effect late`);
      effect();
    });
  }

  #out(ms: number): void {
    this.#outages.push({ from: this.#world.now(), to: this.#world.now() + ms });
  }
}
