// A cluster behind its wire: what is created and removed in it, what happens to it by itself, and the record of all
// that happened.
import type { KubeObject } from '../../../../standins/kubernetes/store/kube-object';
import { withMeta } from '../../../../standins/kubernetes/store/kube-object';
import type { WireResponse } from '../../../../standins/wire/handler';
import type { Program } from '../../users/program';
import type { World } from '../../world/world';
import type { CloudRecord } from '../cloud-record';
import type { Platform } from '../platform';
import type { Subject } from '../recorded-programs';
import type { ClusterAsk } from './cluster-ask';
import { workloadNameOf } from './cluster-ask';
import {
  isHealthyJob,
  jobOf,
  JOBS,
  marksOn,
  NAMESPACE,
  objectsOf,
  ownerUidOf,
  podsOf,
} from './cluster-state';
import { ClusterWeather } from './cluster-weather';
import { handmadeJob } from './handmade';
import { type JobPlan, planJob } from './job-plan';
import { type ClusterMessage, SimulatedCluster } from './simulated-cluster';
import { Strangers } from './strangers';

const STUCK_MS = 3 * 3_600_000;
const STRANGERS_TAGS = { team: 'somebody else' };
/** So long after the delete of a Job its pods are being deleted too, milliseconds: the cluster takes moments. */
const TAKEN_ALONG_MS = 1_000;
/** Holds what is deleted until somebody takes it away. */
const HOLD = 'simulation.example/hold';

export class KubernetesCloud implements Platform {
  readonly cluster: SimulatedCluster;
  readonly record: CloudRecord;
  /** What others have made there under our names. */
  readonly strangers: Strangers;
  readonly #world: World;
  readonly #weather: ClusterWeather;

  /** `record` and `strangersRecord` receive what happens to ours and to what strangers made. */
  constructor(world: World, record: CloudRecord, strangersRecord: CloudRecord) {
    this.#world = world;
    this.record = record;
    this.cluster = new SimulatedCluster(world, (pod) => this.#subjectOf(pod));
    this.strangers = new Strangers(world, this.cluster, strangersRecord, (name, tags, program) =>
      this.makeByHand(name, tags, program),
    );
    this.#weather = new ClusterWeather(world, this.cluster, record);
  }

  exists(name: string): boolean {
    return this.#ours(name).length > 0;
  }

  setNextPull(ms: number): void {
    this.cluster.setNextPull(ms);
  }

  /** Effects come before the answer. */
  perform(
    deployment: string,
    ask: ClusterAsk,
    message: ClusterMessage,
    token: string,
  ): Promise<WireResponse> {
    switch (ask.call) {
      case 'kube.post-jobs':
        return this.#createJob(ask.name, message, token);
      case 'kube.post-secrets':
        return this.#createSecret(ask.name, message, token);
      case 'kube.patch-secrets':
      case 'kube.delete-jobs':
      case 'kube.delete-pods':
      case 'kube.delete-secrets':
        return this.#change(deployment, ask.name, message, token);
      default:
        return this.cluster.send(message, token);
    }
  }

  /** Somebody deletes the Job, and the cluster whatever belongs to it. */
  lose(name: string): void {
    this.#world.tell('somebody', `DELETES ${name}`);
    this.record.lost(name);
    this.#deleteAll(name);
  }

  /** Until then what is deleted of it stays, though nothing of it runs. */
  stickRemoval(name: string, until: number): void {
    this.#world.tell('cluster', `${name} is held until ${new Date(until).toISOString()}`);
    this.record.undeletable.add(name);
    const held = this.#ours(name).filter(({ kind }) => kind !== 'Secret');
    for (const object of held) this.#setHold(object, true);
    this.#world.later(until - this.#world.now(), () => {
      for (const object of held) this.#setHold(object, false);
    });
  }

  makeByHand(name: string, tags: Readonly<Record<string, string>>, program?: Program): void {
    if (tags['gpu-jobs-owner'] === undefined) {
      this.strangers.makeByHand(name, tags, program);
      return;
    }
    this.record.madeByHand(name, tags);
    this.cluster.make('jobs', handmadeJob(name, tags, program));
  }

  /** A stranger makes a Job of this name, if none stands. */
  takeName(name: string): void {
    this.strangers.take('jobs', name, STRANGERS_TAGS);
  }

  /** Somebody removes the object of ours that this delete is about, and a stranger makes another in its place. */
  replace(name: string, message: ClusterMessage): void {
    const { plural, object } = placeOf(message);
    const before = this.#objectAt(message);
    if ((plural !== 'jobs' && plural !== 'secrets') || before === undefined) return;
    const { deletionTimestamp, finalizers = [] } = before.metadata;
    if (this.strangers.holds(before) || deletionTimestamp !== undefined || finalizers.length > 0) return;
    this.#world.tell('somebody', `replaces ${plural}/${object}`);
    if (plural === 'jobs') this.record.removedByHand(name);
    this.cluster.remove(plural, object);
    this.strangers.take(plural, object, STRANGERS_TAGS);
  }

  removeByHand(name: string): void {
    if (!this.exists(name)) return;
    this.#world.tell('somebody', `removes ${name} by hand`);
    this.record.removedByHand(name);
    this.#deleteAll(name);
  }

  async #createJob(name: string, message: ClusterMessage, token: string): Promise<WireResponse> {
    const planned = planJob(this.#world, message.body ?? {});
    if (planned.trouble === 'stuck') this.cluster.setNextPull(STUCK_MS);
    if (planned.trouble === 'failed-create') this.#weather.fillQuota();
    if (planned.trouble === 'no-node') this.#weather.keepFromGrowing();
    const answer = await this.cluster.send({ ...message, body: planned.body }, token);
    if (answer.status === 201) this.#created(name, planned);
    return answer;
  }

  #created(name: string, { tags, variant }: JobPlan): void {
    const isPrepared = this.record.group(name)?.begun === false && this.#ours(name).length > 1;
    if (isPrepared) this.record.begun(name, variant);
    else this.record.created(name, { tags, variant, restarted: false });
    this.#weather.created(name);
    this.#mayBeAfflicted(name);
  }

  async #createSecret(name: string, message: ClusterMessage, token: string): Promise<WireResponse> {
    const isFirst = !this.exists(name);
    const answer = await this.cluster.send(message, token);
    const [made] = this.#ours(name);
    if (answer.status === 201 && isFirst && made !== undefined)
      this.record.defined(name, marksOn(made), undefined);
    return answer;
  }

  /** A delete, or a patch of a Secret. What it is about is judged by what stood there before. */
  async #change(
    deployment: string,
    name: string,
    message: ClusterMessage,
    token: string,
  ): Promise<WireResponse> {
    const before = this.#objectAt(message);
    const wasHealthy = isHealthyJob(this.cluster.store, name);
    const answer = await this.cluster.send(message, token);
    if (before === undefined || answer.status >= 300) return answer;
    const isDelete = message.method === 'DELETE';
    if (this.strangers.holds(before)) this.strangers.touched(deployment, before, isDelete);
    else if (isDelete) {
      this.record.deleteTook(deployment, name, wasHealthy);
      if (before.kind === 'Job') this.#world.later(TAKEN_ALONG_MS, () => this.#checkPods(name));
    }
    return answer;
  }

  /** After a delete of a Job its pods are being deleted, unless they have ended. */
  #checkPods(name: string): void {
    const group = this.record.group(name);
    const left = podsOf(this.cluster.store, name).filter(
      (pod) => !this.strangers.holds(pod) && pod.metadata.deletionTimestamp === undefined,
    );
    if (group !== undefined && left.length > 0) this.record.listener?.leftBehind(group);
  }

  #objectAt(message: ClusterMessage): KubeObject | undefined {
    const { plural, object } = placeOf(message);
    return this.cluster.store.get({
      resource: plural === 'jobs' ? JOBS : plural,
      namespace: NAMESPACE,
      name: object,
    });
  }

  #ours(name: string): KubeObject[] {
    return objectsOf(this.cluster.store, name).filter((object) => !this.strangers.holds(object));
  }

  #deleteAll(name: string): void {
    for (const { kind, metadata } of this.#ours(name)) {
      if (kind === 'Job') this.cluster.remove('jobs', metadata.name);
      if (kind === 'Secret') this.cluster.remove('secrets', metadata.name);
    }
  }

  #setHold({ kind, metadata }: KubeObject, isHeld: boolean): void {
    const key = { resource: kind === 'Job' ? JOBS : 'pods', namespace: NAMESPACE, name: metadata.name };
    const present = this.cluster.store.get(key);
    if (present?.metadata.uid !== metadata.uid) return;
    this.cluster.store.update(key, (current) => {
      const others = (current.metadata.finalizers ?? []).filter((one) => one !== HOLD);
      return withMeta(current, { finalizers: isHeld ? [...others, HOLD] : others });
    });
  }

  /** Whose program the pod runs: a stranger's Job may have the same name. */
  #subjectOf(podName: string): Subject {
    const name = workloadNameOf(podName);
    const pod = podsOf(this.cluster.store, name).find(({ metadata }) => metadata.name === podName);
    const stranger = pod === undefined ? undefined : this.strangers.subjectOf(ownerUidOf(pod));
    return stranger ?? { record: this.record, name };
  }

  /** A few times in its life each workload may be hit by what happens in a cluster. */
  #mayBeAfflicted(name: string): void {
    const { random, plan } = this.#world;
    const uid = jobOf(this.cluster.store, name)?.metadata.uid;
    for (let look = 0; look < 3; look += 1) {
      this.#world.later(random.int(2_000, random.pick([60_000, 600_000])), () => {
        const present = jobOf(this.cluster.store, name);
        if (present?.metadata.uid !== uid || this.record.group(name)?.deletedAt !== undefined) return;
        const kind = plan.at({ call: 'platform.pod', state: this.record.stateOf(name) });
        if (kind === 'lost') this.lose(name);
        else if (kind !== undefined) this.#weather.afflict(kind, name);
      });
    }
  }
}

/** Which object a request is about. */
function placeOf({ path }: ClusterMessage): { readonly plural: string; readonly object: string } {
  const { pathname } = new URL(path, 'http://cluster');
  const [plural = '', object = ''] = pathname.split('/').slice(-2);
  return { plural, object };
}
