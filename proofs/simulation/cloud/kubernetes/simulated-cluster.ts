// A cluster in virtual time, and the requests that people send to it past everything that can go wrong on the way.
import { createRandom } from '../../../../standins/kernel/random';
import type { Fault } from '../../../../standins/kubernetes/faults/fault';
import { createKubernetesStandIn, type KubernetesStandIn } from '../../../../standins/kubernetes/stand-in';
import type { ObjectStore } from '../../../../standins/kubernetes/store/object-store';
import type { WireResponse } from '../../../../standins/wire/handler';
import type { World } from '../../world/world';
import { recordedPrograms, type Subject } from '../recorded-programs';
import { type ClusterKnobs, clusterSettings, SOMEBODY } from './cluster-settings';
import { NAMESPACE } from './cluster-state';

export interface ClusterMessage {
  readonly method: string;
  readonly path: string;
  readonly body?: object | undefined;
  readonly contentType?: string | undefined;
  readonly accept?: string | undefined;
}

type Plural = 'jobs' | 'pods' | 'secrets' | 'resourcequotas';

export class SimulatedCluster {
  readonly #world: World;
  readonly #standIn: KubernetesStandIn;
  readonly #knobs: ClusterKnobs = { nextPullMs: undefined };

  /** `subjectOf` says whose program the pod of this name runs. */
  constructor(world: World, subjectOf: (pod: string) => Subject) {
    this.#world = world;
    const { random, time } = world;
    this.#standIn = createKubernetesStandIn({
      clock: time.clock,
      timers: time.timers,
      runtime: recordedPrograms(world, subjectOf),
      random: createRandom(random.int(1, 1_000_000_000)),
      newId: () => uuidOf(world.newId()),
      settings: clusterSettings(random, this.#knobs),
    });
  }

  get store(): ObjectStore {
    return this.#standIn.store;
  }

  /** How long the next pull takes, whichever pod begins it. */
  setNextPull(ms: number): void {
    this.#knobs.nextPullMs = ms;
  }

  /** Whether it could happen. */
  inject(fault: Fault): boolean {
    const why = this.#standIn.inject(fault);
    this.#world.tell('cluster', () => `${JSON.stringify(fault)}${why === undefined ? '' : `: ${why}`}`);
    return why === undefined;
  }

  /** Takes effect before it returns. Rejects with ConnectionLost when the API is down. */
  async send(
    { method, path, body, contentType, accept }: ClusterMessage,
    token: string,
  ): Promise<WireResponse> {
    return this.#standIn.handle({
      method,
      url: new URL(path, 'https://cluster.example'),
      headers: {
        accept: accept ?? 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
      },
      body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    });
  }

  /** Somebody makes an object by hand. */
  make(plural: Plural, object: object): void {
    this.#bySomebody({ method: 'POST', path: pathOf(plural), body: object });
  }

  /** Somebody removes an object by hand, with all that belongs to it. */
  remove(plural: Plural, name: string): void {
    this.#bySomebody({
      method: 'DELETE',
      path: `${pathOf(plural)}/${name}`,
      body: { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' },
    });
  }

  close(): Promise<void> {
    return this.#standIn.close();
  }

  #bySomebody(message: ClusterMessage): void {
    this.send(message, SOMEBODY).then(
      ({ status }) => this.#world.tell('somebody', `${message.method} ${message.path} -> ${status}`),
      (error: unknown) => this.#world.tell('somebody', `${message.path}: ${String(error)}`),
    );
  }
}

function pathOf(plural: Plural): string {
  return `${plural === 'jobs' ? '/apis/batch/v1' : '/api/v1'}/namespaces/${NAMESPACE}/${plural}`;
}

/** The run's own ids, in the form of the server's. */
function uuidOf(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20)].join('-');
}
