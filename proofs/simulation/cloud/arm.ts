// ARM as the deployments see it: the emulator, behind everything that can go wrong on the way there and back.
import { RestError } from '@azure/core-rest-pipeline';

import type { WireRequest, WireResponse } from '../../../standins/wire/handler';
import type { FaultKind } from '../../faults/fault';
import { LATE_IMAGE } from '../users/submissions';
import type { Life } from '../world/life';
import { never, type World } from '../world/world';
import { type ArmAsk, armFault, askOf, groupMissing, notFound } from './arm-request';
import type { Cloud } from './cloud';
import { exchange } from './exchange';
import type { OutageKind, Wire } from './platform';

/** The sender of a request. */
export interface ArmCaller {
  readonly deployment: string;
  readonly life: Life;
  /** The state of the attempt that a group's name belongs to, in one word. */
  stateOf(group: string): string;
}

/** The clients' limit for a read or delete (aci-backend), milliseconds. That of a create is a setting. */
const LIMIT_MS = 30_000;
/**
 * Latest effects as parts of the time after which a create's fate is known. With the bound from intent to PUT, a tenth,
 * each stays below that time.
 */
const LATEST_EFFECT = 0.6;
const LONGEST_HIDDEN = 0.7;
const LAGS = ['hidden', 'hidden', 'late-effect', undefined, undefined] as const;
/** The longest stray 404, as a part of the time for which a workload must be absent to count as lost. */
const LONGEST_STRAY = 0.5;
/** Where an attempt stands while its workload is watched, and while it is removed. */
const FOLLOWED: readonly string[] = ['provisioning', 'pulling', 'running'];
const REMOVED: readonly string[] = ['due', 'settle', 'requested'];

export class Arm implements Wire {
  readonly #world: World;
  readonly #cloud: Cloud;
  readonly #outages: { from: number; to: number }[];
  #outage: { readonly kind: OutageKind; readonly until: number } | undefined;
  /** In some runs every other create is shown late, or takes effect late. */
  readonly #isLate: boolean;
  #logsDownUntil = 0;
  readonly #strayUntil = new Map<string, number>();
  readonly #unreadUntil = new Map<string, number>();

  /** `outages` receives the stretches in which nothing is answered, epoch milliseconds. */
  constructor(world: World, cloud: Cloud, outages: { from: number; to: number }[]) {
    this.#outages = outages;
    this.#world = world;
    this.#cloud = cloud;
    this.#isLate = world.random.chance(0.15);
  }

  breakDown(kind: OutageKind, ms: number): void {
    this.#world.tell('ARM', `OUTAGE (${kind}) for ${Math.round(ms / 1000)} s`);
    this.#outage = { kind, until: this.#world.now() + ms };
    this.#outages.push({ from: this.#world.now(), to: this.#world.now() + ms });
  }

  breakLogs(ms: number): void {
    this.#world.tell('ARM', `log endpoint down for ${Math.round(ms / 1000)} s`);
    this.#logsDownUntil = this.#world.now() + ms;
  }

  leaveUnread(group: string, ms: number): void {
    this.#world.tell('ARM', `reads of ${group} are refused for ${Math.round(ms / 1000)} s`);
    this.#unreadUntil.set(group, this.#world.now() + ms);
    this.#outages.push({ from: this.#world.now(), to: this.#world.now() + ms });
  }

  /** The answer; rejects when none comes. */
  request(caller: ArmCaller, request: WireRequest): Promise<WireResponse> {
    if (!caller.life.isAlive()) return never();
    return caller.life.resumed(this.#exchange(caller, request));
  }

  #exchange(caller: ArmCaller, request: WireRequest): Promise<WireResponse> {
    const { deployment, life } = caller;
    const { record } = this.#cloud;
    const ask = askOf(request);
    const { operation, group } = ask;
    return exchange(this.#world, {
      life,
      call: `arm.${operation}`,
      state: () => caller.stateOf(group),
      sent: () => {
        if (operation === 'put') record.putSent(deployment, life.name, group);
        if (operation === 'delete') record.deleteSent(group);
      },
      answer: (kind) => this.#answer(kind, caller, ask, request),
      says: ({ status }) =>
        `${request.method} ${operation === 'logs' ? 'logs of ' : ''}${group || operation} -> ${status}`,
      wayMs: [900, 300],
    });
  }

  #answer(
    fault: FaultKind | undefined,
    caller: ArmCaller,
    ask: ArmAsk,
    request: WireRequest,
  ): WireResponse | Promise<WireResponse> {
    const kind = fault ?? this.#standing(ask, request);
    const { random } = this.#world;
    const perform = (): WireResponse => this.#perform(caller, ask, request);
    /** Half of these requests take effect, answered or not. */
    const perhaps = (): void => {
      if (random.chance(0.5)) perform();
    };
    const ways: Partial<Record<FaultKind | 'silent', () => WireResponse | Promise<WireResponse>>> = {
      throttled: () =>
        armFault(429, 'ResourceRequestsThrottled', 'Too many requests. Try again after 10 seconds.'),
      forbidden: () => armFault(403, 'AuthorizationFailed', 'The client does not have authorization.'),
      'group-missing': groupMissing,
      capacity: () =>
        armFault(409, 'ServiceUnavailable', 'The requested resource is not available in the location.'),
      'server-error': () => {
        perhaps();
        return armFault(
          random.pick([500, 502, 503, 504]),
          'InternalServerError',
          'An internal error occurred.',
        );
      },
      transitioning: () => {
        if (ask.operation === 'put' && random.chance(0.5)) this.#performLater(caller, ask, request);
        return armFault(409, 'ContainerGroupTransitioning', 'The container group is still transitioning.');
      },
      'lost-answer': () => {
        perform();
        return this.#silence(ask);
      },
      silent: () => {
        if (ask.operation === 'put') perhaps();
        return this.#silence(ask);
      },
      'late-effect': () => {
        this.#performLater(caller, ask, request);
        return this.#silence(ask);
      },
      'stray-404': () => this.#stray(caller, ask, request),
      ignored: () => this.#cloud.ignoredDelete(ask.group, request),
      twice: () => {
        perform();
        return perform();
      },
      hidden: () => {
        this.#cloud.hide(
          ask.group,
          random.int(5_000, Math.floor(this.#world.times.unknownFateS * 1000 * LONGEST_HIDDEN)),
        );
        return perform();
      },
    };
    return kind === undefined ? perform() : (ways[kind] ?? perform)();
  }

  /** What is broken now for every caller. */
  #standing({ operation, group }: ArmAsk, { body }: WireRequest): FaultKind | 'silent' | undefined {
    const now = this.#world.now();
    if (this.#outage !== undefined && now < this.#outage.until) return this.#outage.kind;
    if ((operation === 'get' || operation === 'logs') && now < (this.#unreadUntil.get(group) ?? 0))
      return 'forbidden';
    if (operation === 'put' && body.toString().includes(LATE_IMAGE))
      return this.#world.random.pick(['hidden', 'late-effect']);
    if (operation === 'put' && this.#isLate) return this.#world.random.pick(LAGS);
    return operation === 'logs' && now < this.#logsDownUntil ? 'server-error' : undefined;
  }

  async #silence({ operation }: ArmAsk): Promise<never> {
    await this.#world.sleep(operation === 'put' ? this.#world.times.createRequestS * 1000 : LIMIT_MS);
    throw new RestError('The operation was aborted: no answer came in time.', { code: 'REQUEST_SEND_ERROR' });
  }

  #performLater(caller: ArmCaller, ask: ArmAsk, request: WireRequest): void {
    const { random, times } = this.#world;
    const afterMs = random.int(1_000, Math.floor(times.unknownFateS * 1000 * LATEST_EFFECT));
    this.#world.later(afterMs, () => {
      this.#world.tell('ARM', `the create of ${ask.group} takes effect late`);
      this.#perform(caller, ask, request);
    });
  }

  /**
   * A workload that has been shown answers 404 for less than a minute, and once only: of two stretches the protocol
   * would make one, if what a look showed between them was never written. No other name ever does so.
   */
  #stray(caller: ArmCaller, ask: ArmAsk, request: WireRequest): WireResponse {
    if (this.#strayUntil.has(ask.group) || !this.#mayBeStray(caller, ask.group))
      return this.#perform(caller, ask, request);
    const { random, times } = this.#world;
    const strayMs = random.int(1_000, Math.floor(times.absentForS * 1000 * LONGEST_STRAY));
    this.#strayUntil.set(ask.group, this.#world.now() + strayMs);
    return notFound(ask.group);
  }

  /** Once a delete was sent the protocol takes one 404 for its effect (§4.7). */
  #mayBeStray(caller: ArmCaller, group: string): boolean {
    const state = caller.stateOf(group);
    if (FOLLOWED.includes(state)) return true;
    return REMOVED.includes(state) && this.#cloud.record.deleteSentAt(group) === undefined;
  }

  #perform(caller: ArmCaller, ask: ArmAsk, request: WireRequest): WireResponse {
    const isStray = ask.operation === 'get' && this.#world.now() < (this.#strayUntil.get(ask.group) ?? 0);
    if (isStray && this.#mayBeStray(caller, ask.group)) return notFound(ask.group);
    const answer = this.#cloud.perform(caller.deployment, ask, request);
    if (ask.operation === 'get' && (answer.status === 200 || answer.status === 404))
      this.#cloud.record.looked(caller.life.name, ask.group, answer.status === 404);
    return answer;
  }
}
