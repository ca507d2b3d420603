// The way to a cluster's API server: each request of a process, and all that can go wrong with it on the way there and
// back.
import type {
  ClusterAnswer,
  ClusterApi,
  ClusterRequest,
} from '../../../../backends/kubernetes/cluster/cluster-api';
import { RetryableError } from '../../../../domain/errors';
import type { Fault } from '../../../../standins/kubernetes/faults/fault';
import { ConnectionLost, type WireResponse } from '../../../../standins/wire/handler';
import type { FaultKind } from '../../../faults/fault';
import { never, type World } from '../../world/world';
import type { ArmCaller } from '../arm';
import { exchange } from '../exchange';
import type { OutageKind, Wire } from '../platform';
import { type ClusterAsk, clusterAskOf } from './cluster-ask';
import { APP, POWERLESS } from './cluster-settings';
import type { KubernetesCloud } from './kubernetes-cloud';
import { refusedAnswer, showsEnd, statusAnswer } from './wire-answers';

/**
 * Latest effect of a create that nobody was answered, as a part of the time after which a create's fate is known. With
 * the bound from intent to request, a tenth, it stays below that time.
 */
const LATEST_EFFECT = 0.6;
const LAGS = ['late-effect', 'lost-answer', undefined] as const;
const WRITES: readonly string[] = ['post', 'patch', 'delete'];

/** A request, who sends it, and how it takes effect. */
interface Exchange {
  readonly ask: ClusterAsk;
  readonly request: ClusterRequest;
  /** Takes effect before it returns. */
  readonly perform: (token?: string) => Promise<WireResponse>;
}

export class KubernetesWire implements Wire {
  readonly #world: World;
  readonly #cloud: KubernetesCloud;
  readonly #outages: { from: number; to: number }[];
  /** In some runs most creates take effect late, or are never answered. */
  readonly #isLate: boolean;
  #outage: { readonly kind: OutageKind; readonly until: number } | undefined;
  #logsDownUntil = 0;
  readonly #unreadUntil = new Map<string, number>();

  constructor(world: World, cloud: KubernetesCloud, outages: { from: number; to: number }[]) {
    this.#world = world;
    this.#cloud = cloud;
    this.#outages = outages;
    this.#isLate = world.random.chance(0.15);
  }

  breakDown(kind: OutageKind, ms: number): void {
    this.#world.tell('cluster', `OUTAGE (${kind}) for ${Math.round(ms / 1000)} s`);
    this.#outage = { kind, until: this.#world.now() + ms };
    this.#out(ms);
  }

  breakLogs(ms: number): void {
    this.#world.tell('cluster', `kubelets can't be asked for ${Math.round(ms / 1000)} s`);
    this.#logsDownUntil = this.#world.now() + ms;
  }

  leaveUnread(name: string, ms: number): void {
    this.#world.tell('cluster', `reads of ${name} are refused for ${Math.round(ms / 1000)} s`);
    this.#unreadUntil.set(name, this.#world.now() + ms);
    this.#out(ms);
  }

  clientOf(caller: ArmCaller): ClusterApi {
    return {
      send: async (request) => {
        if (!caller.life.isAlive()) return never();
        const answer = await caller.life.resumed(this.#send(caller, request));
        this.#noteEnd(caller, request, answer);
        return answer;
      },
    };
  }

  async #send(caller: ArmCaller, request: ClusterRequest): Promise<ClusterAnswer> {
    const { life, deployment } = caller;
    const { method, path, body, contentType, accept } = request;
    const { record } = this.#cloud;
    const ask = clusterAskOf(method, path, body);
    const message = { method, path, body, contentType, accept };
    const perform = (token = APP): Promise<WireResponse> =>
      this.#cloud.perform(deployment, ask, message, token);
    const answer = await exchange(this.#world, {
      life,
      call: ask.call,
      state: () => (ask.name === '' ? '-' : caller.stateOf(ask.name)),
      sent: () => this.#noteSent(caller, ask),
      answer: (kind) => this.#answer(kind ?? this.#standing(ask), { ask, request, perform }),
      says: ({ status }) => `${ask.call} ${ask.name} -> ${status}`,
      answered: (shown) => {
        if (showsSecret(ask, shown)) record.listener?.secretShown(ask.name);
        if (ask.call === 'kube.get-secrets' && shown.status === 404 && !this.#cloud.exists(ask.name))
          record.nothingFound(ask.name, this.#world.now());
      },
    });
    return clusterAnswer(answer, request);
  }

  #noteSent({ deployment, life }: ArmCaller, { call, name }: ClusterAsk): void {
    const { record } = this.#cloud;
    if (call === 'kube.post-jobs') record.putSent(deployment, life.name, name);
    if (call === 'kube.post-secrets') record.preparationSent(deployment, life.name, name);
    if (call.startsWith('kube.delete-')) record.deleteSent(name);
  }

  /** What the process knows of an end from here on. */
  #noteEnd({ life }: ArmCaller, { method, path, body }: ClusterRequest, answer: ClusterAnswer): void {
    const { call, name } = clusterAskOf(method, path, body);
    if (call === 'kube.list-pods' && name !== '' && showsEnd(answer))
      this.#cloud.record.endShown(name, life.clock.now());
  }

  async #answer(
    kind: FaultKind | 'silent' | 'api-down' | undefined,
    exchange: Exchange,
  ): Promise<WireResponse> {
    const { random } = this.#world;
    const { ask, request, perform } = exchange;
    const { cluster } = this.#cloud;
    /** Half of the writes take effect, answered or not. */
    const perhaps = async (): Promise<void> => {
      if (WRITES.includes(verbOf(ask)) && random.chance(0.5)) await perform();
    };
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- other faults happen elsewhere
    switch (kind) {
      case 'throttled':
        cluster.inject({ kind: 'too-many-requests', count: 1 });
        return perform();
      case 'forbidden':
        return perform(POWERLESS);
      case 'server-error':
        await perhaps();
        return random.pick([statusAnswer(500), statusAnswer(503), refusedAnswer(504)]);
      case 'api-down':
        throw this.#noAnswer(new ConnectionLost('connect ECONNREFUSED'));
      case 'silent':
        await perhaps();
        return this.#silence(request);
      case 'lost-answer':
        await perform();
        return this.#silence(request);
      case 'late-effect':
        this.#performLater(ask.name, perform);
        return this.#silence(request);
      case 'twice':
        await perform();
        return perform();
      case 'taken':
        this.#cloud.takeName(ask.name);
        return perform();
      case 'replaced':
        this.#cloud.replace(ask.name, request);
        return perform();
      case 'stray-404':
        return refusedAnswer(404);
      case 'denied':
        return this.#meanwhile(
          { kind: 'deny-jobs', message: 'GPU jobs are not allowed now' },
          { kind: 'deny-jobs', message: '' },
          perform,
        );
      case 'webhook-down':
        return this.#meanwhile(
          { kind: 'webhook-down', down: true },
          { kind: 'webhook-down', down: false },
          perform,
        );
      default:
        return perform();
    }
  }

  /** What is broken now for every caller. */
  #standing({ call, name }: ClusterAsk): FaultKind | 'silent' | 'api-down' | undefined {
    const now = this.#world.now();
    if (this.#outage !== undefined && now < this.#outage.until) {
      if (this.#outage.kind !== 'group-missing') return this.#outage.kind;
      // Nothing of the cluster's API is served: what stands before it answers reads.
      return WRITES.includes(verbOf({ call })) ? 'api-down' : 'stray-404';
    }
    const isRead = call === 'kube.log' || call.startsWith('kube.get-') || call === 'kube.list-pods';
    if (isRead && now < (this.#unreadUntil.get(name) ?? 0)) return 'forbidden';
    if (call === 'kube.post-jobs' && this.#isLate) return this.#world.random.pick(LAGS);
    return call === 'kube.log' && now < this.#logsDownUntil ? 'server-error' : undefined;
  }

  /** The request takes effect between the two. */
  #meanwhile(begin: Fault, end: Fault, perform: () => Promise<WireResponse>): Promise<WireResponse> {
    const { cluster } = this.#cloud;
    cluster.inject(begin);
    const answer = perform();
    cluster.inject(end);
    return answer;
  }

  async #silence({ timeoutMs }: ClusterRequest): Promise<never> {
    await this.#world.sleep(timeoutMs);
    throw this.#noAnswer(new Error('timed out'));
  }

  #noAnswer(cause: Error): RetryableError {
    return new RetryableError(`The API server did not answer: ${cause.message}.`);
  }

  #performLater(name: string, perform: () => Promise<WireResponse>): void {
    const { random, times } = this.#world;
    this.#world.later(random.int(1_000, Math.floor(times.unknownFateS * 1000 * LATEST_EFFECT)), () => {
      this.#world.tell('cluster', `the create of ${name} takes effect late`);
      void perform();
    });
  }

  #out(ms: number): void {
    this.#outages.push({ from: this.#world.now(), to: this.#world.now() + ms });
  }
}

/** Whether a read was answered with what a Secret holds. */
function showsSecret({ call }: ClusterAsk, { body = '' }: WireResponse): boolean {
  return /^kube\.(get|list)-secrets$/.test(call) && Buffer.from(body).includes('"data":');
}

function verbOf({ call }: Pick<ClusterAsk, 'call'>): string {
  return /^kube\.([a-z]+)/.exec(call)?.[1] ?? '';
}

/** As the product's own client hands an answer on. */
function clusterAnswer(
  { status, headers = {}, body = '' }: WireResponse,
  request: ClusterRequest,
): ClusterAnswer {
  const bytes = Buffer.from(body);
  const { mostBytes = 16 * 1024 * 1024, cut = false } = request;
  if (bytes.length > mostBytes && !cut) throw new RetryableError('The answer is longer than allowed.');
  const date = headers['date'];
  const retryAfter = headers['retry-after'];
  return {
    status,
    body: bytes.subarray(0, mostBytes),
    isCut: bytes.length > mostBytes,
    serverTime: date === undefined ? undefined : Date.parse(date),
    retryAfterS: retryAfter === undefined ? undefined : Number(retryAfter),
  };
}
