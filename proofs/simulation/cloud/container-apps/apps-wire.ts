// The way to Container Apps: each request of a process, and all that can go wrong with it on the way there and back.
import { RestError } from '@azure/core-rest-pipeline';

import type { Fault } from '../../../../standins/container-apps/faults/fault';
import type { WireRequest, WireResponse } from '../../../../standins/wire/handler';
import type { FaultKind } from '../../../faults/fault';
import { never, type World } from '../../world/world';
import type { ArmCaller } from '../arm';
import { armFault, groupMissing } from '../arm-request';
import { exchange } from '../exchange';
import type { OutageKind, Wire } from '../platform';
import { type AppsAsk, appsAskOf } from './apps-ask';
import type { AppsCloud } from './apps-cloud';
import type { AppsWorkspace } from './apps-workspace';

/** The clients' limit for anything but a create, milliseconds. That of a create is a setting. */
const LIMIT_MS = 30_000;
/**
 * Latest effects as parts of the time after which a create's fate is known. With the bound from intent to start, a
 * tenth, and twice the offset of a clock, each stays just below that time.
 */
const LATEST_EFFECT = 0.8;
const LONGEST_HIDDEN = 0.8;
const LAGS = ['hidden', 'hidden', 'late-effect', undefined, undefined] as const;
/** The longest stray 404, as a part of the time for which a workload must be absent to count as lost. */
const LONGEST_STRAY = 0.5;
/** Where an attempt stands while its workload is watched, and while it is removed. */
const FOLLOWED: readonly string[] = ['provisioning', 'pulling', 'running'];
const REMOVED: readonly string[] = ['due', 'settle', 'requested'];
const WRITES: readonly string[] = ['apps.put-job', 'apps.start', 'apps.stop', 'apps.delete-job'];
/** Reads of one workload. */
const READS: readonly string[] = [
  'apps.get-job',
  'apps.list-executions',
  'apps.list-replicas',
  'apps.token',
  'apps.stream',
];
/** What a workspace does beside refusing: it gives up, or gives a part. */
const QUERY_TROUBLE: readonly Fault[] = [
  { kind: 'query-refused', as: 'timeout', count: 1, seconds: 0 },
  { kind: 'partial-result', count: 1, rows: 1 },
];
const OF_LOGS: readonly string[] = ['apps.token', 'apps.stream', 'apps.query'];

type Trouble = FaultKind | 'silent' | 'no-access';

export class AppsWire implements Wire {
  /** Called when a start was sent that takes effect later. */
  onLateStart: (name: string) => void = () => undefined;
  readonly #world: World;
  readonly #cloud: AppsCloud;
  readonly #outages: { from: number; to: number }[];
  readonly #queriesRefusedUntil: number;
  /** In some runs every other start is shown late, or takes effect late. */
  readonly #isLate: boolean;
  #outage: { readonly kind: OutageKind; readonly until: number } | undefined;
  #logsDownUntil = 0;
  readonly #strayUntil = new Map<string, number>();
  readonly #unreadUntil = new Map<string, number>();

  constructor(
    world: World,
    cloud: AppsCloud,
    outages: { from: number; to: number }[],
    workspace: AppsWorkspace | undefined,
  ) {
    this.#world = world;
    this.#cloud = cloud;
    this.#outages = outages;
    this.#isLate = world.random.chance(0.2);
    this.#queriesRefusedUntil = world.now() + (workspace?.refusesMs ?? 0);
    cloud.refuseQueries(this.#queriesRefusedUntil);
  }

  breakDown(kind: OutageKind, ms: number): void {
    this.#world.tell('apps', `OUTAGE (${kind}) for ${Math.round(ms / 1000)} s`);
    this.#outage = { kind, until: this.#world.now() + ms };
    this.#out(ms);
  }

  breakLogs(ms: number): void {
    this.#world.tell('apps', `logs down for ${Math.round(ms / 1000)} s`);
    this.#logsDownUntil = this.#world.now() + ms;
    this.#cloud.refuseQueries(this.#logsDownUntil);
  }

  leaveUnread(name: string, ms: number): void {
    this.#world.tell('apps', `reads of ${name} are refused for ${Math.round(ms / 1000)} s`);
    this.#unreadUntil.set(name, this.#world.now() + ms);
    this.#out(ms);
  }

  /** The answer; rejects when none comes. */
  request(caller: ArmCaller, request: WireRequest): Promise<WireResponse> {
    if (!caller.life.isAlive()) return never();
    return caller.life.resumed(this.#exchange(caller, request));
  }

  #exchange(caller: ArmCaller, request: WireRequest): Promise<WireResponse> {
    const ask = appsAskOf(request);
    return exchange(this.#world, {
      life: caller.life,
      call: ask.call,
      state: () => (ask.name === '' ? '-' : caller.stateOf(ask.name)),
      sent: () => this.#noteSent(caller, ask),
      answer: (kind) => this.#answer(kind ?? this.#standing(ask), caller, ask, request),
      says: ({ status }) => `${ask.call} ${ask.name} -> ${status}`,
    });
  }

  #noteSent({ deployment, life }: ArmCaller, { call, name, execution }: AppsAsk): void {
    const { record } = this.#cloud;
    if (execution !== undefined) this.#cloud.stopAsked(execution);
    if (call === 'apps.start') record.putSent(deployment, life.name, name);
    if (call === 'apps.put-job') record.preparationSent(deployment, life.name, name);
    if (call === 'apps.stop' || call === 'apps.delete-job') record.deleteSent(name);
  }

  #answer(
    kind: Trouble | undefined,
    caller: ArmCaller,
    ask: AppsAsk,
    request: WireRequest,
  ): WireResponse | Promise<WireResponse> {
    const { random, times } = this.#world;
    const perform = (): WireResponse => this.#perform(caller, ask, request);
    /** Half of the writes take effect, answered or not. */
    const perhaps = (): void => {
      if (WRITES.includes(ask.call) && random.chance(0.5)) perform();
    };
    const ways: Partial<Record<Trouble, () => WireResponse | Promise<WireResponse>>> = {
      throttled: () => {
        if (ask.call === 'apps.query')
          this.#cloud.apps.inject({ kind: 'query-refused', as: 'throttled', count: 1, seconds: 2 });
        else if (ask.call !== 'apps.stream')
          this.#cloud.apps.inject({ kind: 'too-many-requests', count: 1, seconds: 2 });
        return perform();
      },
      forbidden: () => armFault(403, 'AuthorizationFailed', 'The client does not have authorization.'),
      'no-access': () => armFault(403, 'InsufficientAccessError', 'No access to the workspace.'),
      'group-missing': groupMissing,
      'server-error': () => {
        if (ask.call === 'apps.query') {
          this.#cloud.apps.inject(random.pick(QUERY_TROUBLE));
          return perform();
        }
        perhaps();
        const status = random.pick([412, 500, 502, 503, 504]);
        // Recorded once, with an empty body.
        if (status === 412) return { status, headers: { 'content-length': '0' } };
        return armFault(status, 'InternalServerError', 'An internal error occurred.');
      },
      transitioning: () => {
        if (ask.call === 'apps.start' && random.chance(0.5)) this.#performLater(caller, ask, request);
        return armFault(409, 'ContainerAppsJobConflict', 'Another modification is in progress.');
      },
      'lost-answer': () => {
        perform();
        return this.#silence(ask);
      },
      silent: () => {
        if (ask.call === 'apps.start') perhaps();
        return this.#silence(ask);
      },
      'late-effect': () => {
        this.#performLater(caller, ask, request);
        return this.#silence(ask);
      },
      'stray-404': () => this.#stray(caller, ask, request),
      ignored: () => this.#cloud.ignoreRemovals(ask.name),
      twice: () => {
        perform();
        return perform();
      },
      hidden: () => {
        this.#cloud.hide(ask.name, random.int(5_000, Math.floor(times.unknownFateS * 1000 * LONGEST_HIDDEN)));
        return perform();
      },
    };
    return kind === undefined ? perform() : (ways[kind] ?? perform)();
  }

  /** What is broken now for every caller. */
  #standing({ call, name }: AppsAsk): Trouble | undefined {
    const now = this.#world.now();
    if (this.#outage !== undefined && now < this.#outage.until) return this.#outage.kind;
    if (READS.includes(call) && now < (this.#unreadUntil.get(name) ?? 0)) return 'forbidden';
    if (call === 'apps.query' && now < this.#queriesRefusedUntil) return 'no-access';
    if (call === 'apps.start' && this.#isLate) return this.#world.random.pick(LAGS);
    return OF_LOGS.includes(call) && now < this.#logsDownUntil ? 'server-error' : undefined;
  }

  async #silence({ call }: AppsAsk): Promise<never> {
    const isCreate = call === 'apps.start' || call === 'apps.put-job';
    await this.#world.sleep(isCreate ? this.#world.times.createRequestS * 1000 : LIMIT_MS);
    throw new RestError('The operation was aborted: no answer came in time.', { code: 'REQUEST_SEND_ERROR' });
  }

  #performLater(caller: ArmCaller, ask: AppsAsk, request: WireRequest): void {
    const { random, times } = this.#world;
    this.onLateStart(ask.name);
    this.#world.later(random.int(1_000, Math.floor(times.unknownFateS * 1000 * LATEST_EFFECT)), () => {
      const { status } = this.#perform(caller, ask, request);
      this.#world.tell('apps', `the start of ${ask.name} comes late -> ${status}`);
    });
  }

  /**
   * A workload that has been shown answers 404 for less than a minute, and once only: of two stretches the protocol
   * would make one, if what a look showed between them was never written. No other name ever does so.
   */
  #stray(caller: ArmCaller, ask: AppsAsk, request: WireRequest): WireResponse {
    if (this.#strayUntil.has(ask.name) || !this.#mayBeStray(caller, ask.name))
      return this.#perform(caller, ask, request);
    const { random, times } = this.#world;
    const strayMs = random.int(1_000, Math.floor(times.absentForS * 1000 * LONGEST_STRAY));
    this.#strayUntil.set(ask.name, this.#world.now() + strayMs);
    return notFound(ask.name);
  }

  /** Once a delete was sent the protocol takes one 404 for its effect (§4.7). */
  #mayBeStray(caller: ArmCaller, name: string): boolean {
    const state = caller.stateOf(name);
    if (FOLLOWED.includes(state)) return true;
    return REMOVED.includes(state) && this.#cloud.record.deleteSentAt(name) === undefined;
  }

  #perform(caller: ArmCaller, ask: AppsAsk, request: WireRequest): WireResponse {
    const isLook = ask.call === 'apps.get-job';
    const isStray = isLook && this.#world.now() < (this.#strayUntil.get(ask.name) ?? 0);
    if (isStray && this.#mayBeStray(caller, ask.name)) return notFound(ask.name);
    const answer = this.#cloud.perform(caller.deployment, ask, request);
    if (isLook && (answer.status === 200 || answer.status === 404)) {
      const isAbsent = answer.status === 404;
      this.#cloud.record.looked(caller.life.name, ask.name, isAbsent);
      if (isAbsent) this.#cloud.record.nothingFound(ask.name, this.#world.now());
    }
    return answer;
  }

  #out(ms: number): void {
    this.#outages.push({ from: this.#world.now(), to: this.#world.now() + ms });
  }
}

function notFound(name: string): WireResponse {
  const message = `The Resource 'Microsoft.App/jobs/${name}' under resource group 'sim-apps' was not found.`;
  return armFault(404, 'ResourceNotFound', message);
}
