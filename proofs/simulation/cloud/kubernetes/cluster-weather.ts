// What happens to a cluster and to its pods by itself, and what others do to them.
import type { Fault } from '../../../../standins/kubernetes/faults/fault';
import type { KubeObject } from '../../../../standins/kubernetes/store/kube-object';
import type { FaultKind } from '../../../faults/fault';
import type { World } from '../../world/world';
import type { CloudRecord } from '../cloud-record';
import { workloadNameOf } from './cluster-ask';
import { jobOf, NAMESPACE, nodeOf, podsOf, podsOnNode } from './cluster-state';
import type { SimulatedCluster } from './simulated-cluster';

/** How long a Job's pods find no room in the quota, and a cluster gets no new node, milliseconds. */
const SHORTAGES_MS = [20_000, 60_000, 200_000, 400_000] as const;
/** How long a kubelet is silent, milliseconds: less and more than its node's grace. */
const SILENCES_MS = [5_000, 30_000, 90_000, 400_000, 700_000] as const;
/** How long the object of a node stays whose machine is gone, milliseconds. */
const NODE_KEPT_MS = [30_000, 120_000, 600_000] as const;
/** From the notice to the end of a Spot machine (docs/facts/kubernetes.md#disruptions: 30 s), milliseconds. */
const SPOT_MS = [5_000, 30_000] as const;
const SLOW_PULLS = { factor: 20, forMs: 120_000 };

export class ClusterWeather {
  readonly #world: World;
  readonly #cluster: SimulatedCluster;
  readonly #record: CloudRecord;
  /** Nodes that answer no more, and how many faults keep each so. Pods may come to them until the cluster notices. */
  readonly #silent = new Map<string, number>();
  /** Until when the namespace's quota is too small for any pod, epoch milliseconds. */
  #hopelessUntil = 0;
  /** How many that stand have asked for it; the cluster grows again when the last has passed. */
  #droughts = 0;

  constructor(world: World, cluster: SimulatedCluster, record: CloudRecord) {
    this.#world = world;
    this.#cluster = cluster;
    this.#record = record;
    cluster.store.subscribe(({ type, resource, object }) => {
      if (resource === 'nodes' && type === 'DELETED') this.#silent.delete(object.metadata.name);
      if (resource === 'pods') this.#podChanged(object, type === 'DELETED');
    });
  }

  /** Nothing where it has no pod that this can happen to. */
  afflict(kind: FaultKind, name: string): void {
    const { random } = this.#world;
    const pod = podsOf(this.#cluster.store, name)[0];
    const node = pod === undefined ? undefined : nodeOf(pod);
    if (kind === 'slow-pulls') this.#slowPulls();
    if (pod === undefined) return;
    if (kind === 'pod-deleted') this.#deletePod(name, pod.metadata.name);
    if (kind === 'evicted') this.#evict(name, pod.metadata.name);
    if (node === undefined) return;
    if (kind === 'spot') this.#disturb(node, { kind: 'spot-notice', node, afterMs: random.pick(SPOT_MS) });
    if (kind === 'node-removed') this.#disturb(node, { kind: 'remove-node', node });
    if (kind === 'node-lost') {
      this.#silence(node);
      this.#disturb(node, { kind: 'lose-node', node });
      this.#world.later(random.pick(NODE_KEPT_MS), () => this.#disturb(node, { kind: 'remove-node', node }));
    }
    if (kind === 'kubelet-down') {
      const forMs = random.pick(SILENCES_MS);
      this.#silence(node);
      this.#disturb(node, { kind: 'kubelet-down', node, forMs });
      this.#world.later(forMs, () => this.#hearAgain(node));
    }
  }

  /** For a while the namespace's quota has no room for another pod. */
  fillQuota(): void {
    const { random } = this.#world;
    const used = random.chance(0.3) ? 0 : this.#cluster.store.list('pods', NAMESPACE).items.length;
    const name = `full-${this.#world.newId().slice(-6)}`;
    this.#world.tell('cluster', `QUOTA of ${used} pods`);
    this.#cluster.make('resourcequotas', { metadata: { name }, spec: { hard: { pods: String(used) } } });
    const forMs = random.pick(SHORTAGES_MS);
    if (used === 0) this.#hopelessUntil = Math.max(this.#hopelessUntil, this.#world.now() + forMs);
    this.#world.later(forMs, () => this.#cluster.remove('resourcequotas', name));
  }

  /** A look at a Job that is made now may show that the quota is too small for it, whoever uses what. */
  created(name: string): void {
    if (this.#world.now() < this.#hopelessUntil) this.#record.failureShown(name);
  }

  /** For a while no pool gets a new node. */
  keepFromGrowing(): void {
    const { random } = this.#world;
    this.#droughts += 1;
    this.#cluster.inject({ kind: 'no-nodes', on: true });
    this.#world.later(random.pick(SHORTAGES_MS), () => {
      this.#droughts -= 1;
      if (this.#droughts === 0) this.#cluster.inject({ kind: 'no-nodes', on: false });
    });
  }

  #slowPulls(): void {
    this.#cluster.inject({ kind: 'slow-pulls', factor: SLOW_PULLS.factor });
    this.#world.later(SLOW_PULLS.forMs, () => this.#cluster.inject({ kind: 'slow-pulls', factor: 1 }));
  }

  #deletePod(name: string, pod: string): void {
    this.#world.tell('somebody', `deletes the pod ${pod}`);
    this.#record.disrupted(name);
    this.#cluster.remove('pods', pod);
  }

  #evict(name: string, pod: string): void {
    const isEvicted = this.#cluster.inject({
      kind: 'evict',
      namespace: NAMESPACE,
      pod,
      message: 'The node was low on resource: memory. ',
    });
    if (isEvicted) this.#record.disrupted(name);
  }

  /** Its node answers no more, or it goes while its Job stays: its node was taken away, or it was deleted. */
  #podChanged(pod: KubeObject, isGone: boolean): void {
    const name = workloadNameOf(pod.metadata.name);
    const isLeaving = isGone || pod.metadata.deletionTimestamp !== undefined;
    const job = isLeaving ? jobOf(this.#cluster.store, name) : undefined;
    const isTaken = job !== undefined && job.metadata.deletionTimestamp === undefined;
    if (isTaken || this.#silent.has(nodeOf(pod) ?? '')) this.#record.disrupted(name);
  }

  #silence(node: string): void {
    this.#silent.set(node, (this.#silent.get(node) ?? 0) + 1);
  }

  #hearAgain(node: string): void {
    const left = (this.#silent.get(node) ?? 1) - 1;
    if (left > 0) this.#silent.set(node, left);
    else this.#silent.delete(node);
  }

  /** All that runs on the node is hit. */
  #disturb(node: string, fault: Fault): void {
    for (const pod of podsOnNode(this.#cluster.store, node))
      this.#record.disrupted(workloadNameOf(pod.metadata.name));
    this.#cluster.inject(fault);
  }
}
