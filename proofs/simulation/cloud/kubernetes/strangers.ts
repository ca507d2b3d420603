// What strangers have made in the cluster under our names: Jobs and Secrets that the product must leave alone.
import type { KubeObject } from '../../../../standins/kubernetes/store/kube-object';
import type { Program } from '../../users/program';
import type { World } from '../../world/world';
import type { CloudRecord, GroupFacts } from '../cloud-record';
import type { Platform } from '../platform';
import type { Subject } from '../recorded-programs';
import { JOBS, NAMESPACE, ownerUidOf, type Texts } from './cluster-state';
import { handmadeJob, handmadeSecret } from './handmade';
import type { SimulatedCluster } from './simulated-cluster';

export class Strangers implements Platform {
  readonly record: CloudRecord;
  readonly #world: World;
  readonly #cluster: SimulatedCluster;
  readonly #makeOurs: (name: string, tags: Texts, program?: Program) => void;
  /** By uid of the Job or Secret. */
  readonly #made = new Map<string, GroupFacts>();

  /** `makeOurs` makes what carries our marks. */
  constructor(
    world: World,
    cluster: SimulatedCluster,
    record: CloudRecord,
    makeOurs: (name: string, tags: Texts, program?: Program) => void,
  ) {
    this.#world = world;
    this.#cluster = cluster;
    this.record = record;
    this.#makeOurs = makeOurs;
  }

  /** Whether it is a stranger's, or belongs to what is. */
  holds(object: KubeObject): boolean {
    return this.#made.has(ownerUidOf(object));
  }

  subjectOf(ownerUid: string): Subject | undefined {
    const group = this.#made.get(ownerUid);
    return group && { record: this.record, name: group.name };
  }

  /** The product has deleted it, or changed it. */
  touched(deployment: string, object: KubeObject, isDelete: boolean): void {
    const group = this.#made.get(ownerUidOf(object));
    if (group === undefined) return;
    if (isDelete) this.record.deleteTook(deployment, group.name, true);
    else this.record.listener?.redefined(deployment, group, false, false);
  }

  exists(name: string): boolean {
    return [JOBS, 'secrets'].some((resource) => {
      const object = this.#cluster.store.get({ resource, namespace: NAMESPACE, name });
      return object !== undefined && this.holds(object);
    });
  }

  makeByHand(name: string, tags: Texts, program?: Program): void {
    if (tags['gpu-jobs-owner'] !== undefined) {
      this.#makeOurs(name, tags, program);
      return;
    }
    this.take(this.#world.random.chance(0.6) ? 'jobs' : 'secrets', name, tags, program);
  }

  /** A stranger makes an object of this name. Nothing happens where one of its kind stands. */
  take(plural: 'jobs' | 'secrets', name: string, tags: Texts, program?: Program): void {
    const key = { resource: plural === 'jobs' ? JOBS : plural, namespace: NAMESPACE, name };
    if (this.#cluster.store.get(key) !== undefined || this.record.group(name) !== undefined) return;
    this.#cluster.make(
      plural,
      plural === 'jobs' ? handmadeJob(name, tags, program) : handmadeSecret(name, tags),
    );
    const made = this.#cluster.store.get(key);
    if (made !== undefined) this.#made.set(made.metadata.uid, this.record.madeByHand(name, tags));
  }

  removeByHand(name: string): void {
    this.record.removedByHand(name);
    this.#cluster.remove('jobs', name);
    this.#cluster.remove('secrets', name);
  }

  // A stranger looks after his own: nothing of it is lost, held or pulled otherwise.
  readonly lose = (): void => undefined;
  readonly stickRemoval = (): void => undefined;
  readonly setNextPull = (): void => undefined;
}
