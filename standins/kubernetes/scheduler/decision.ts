// Where a pod goes, in one look at all nodes; if nowhere, whom it may push out, and what the scheduler says.
import { amounts } from '../model/amounts';
import type { Node } from '../model/node';
import type { Pod } from '../model/pod';
import { type Fit, fit, usedBy } from './node-fit';

/** A node and the pods that take room on it: bound to it and not finished. */
export interface Inhabited {
  readonly node: Node;
  readonly pods: readonly Pod[];
}

export type Decision =
  | { readonly kind: 'bind'; readonly node: string }
  | {
      readonly kind: 'wait';
      /** The message of the PodScheduled condition and of the FailedScheduling event. */
      readonly message: string;
      /** Pods to push out, so that the pod fits on that node later. */
      readonly preempt?: { readonly node: string; readonly victims: readonly Pod[] };
    };

/** `trouble`: what keeps the pod from every node, before any node is looked at. */
export function decide(pod: Pod, nodes: readonly Inhabited[], trouble?: string): Decision {
  if (nodes.length === 0) return { kind: 'wait', message: 'no nodes available to schedule pods' };
  if (trouble !== undefined) {
    const helpless = nodes.map(() => 'Preemption is not helpful for scheduling');
    return waitWithout(`0/${nodes.length} nodes are available: ${trouble}.`, helpless);
  }
  const fits = nodes.map(({ node, pods }) => ({
    node,
    pods,
    fit: fit(pod.spec, { node, used: usedBy(pods) }),
  }));
  const fitting = fits.filter((candidate) => candidate.fit.kind === 'fits');
  if (fitting.length > 0) return { kind: 'bind', node: emptiest(fitting).metadata.name };

  const reasons = fits.flatMap(({ fit: found }) => (found.kind === 'not' ? found.reasons : []));
  const told = nodesAvailable(reasons, nodes.length);
  const preempt = victimsFor(pod, fits);
  if (preempt) return { kind: 'wait', message: told, preempt };
  const helpless = fits.map(({ fit: found }) =>
    found.kind === 'not' && found.resolvable
      ? 'No preemption victims found for incoming pod'
      : 'Preemption is not helpful for scheduling',
  );
  return waitWithout(told, helpless);
}

/** `helpless`: for each node why pushing pods out would not help. */
function waitWithout(told: string, helpless: readonly string[]): Decision {
  const preemption = nodesAvailable(helpless, helpless.length);
  return { kind: 'wait', message: `${told} no new claims to deallocate, preemption: ${preemption}` };
}

/** `0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 2 Insufficient memory.`, sorted as text. */
function nodesAvailable(reasons: readonly string[], nodes: number): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const told = [...counts].map(([reason, count]) => `${count} ${reason}`).sort();
  return `0/${nodes} nodes are available: ${told.join(', ')}.`;
}

/** The node with the smallest share of its processors and memory asked for; of equals the first by name. */
function emptiest(candidates: readonly Inhabited[]): Node {
  const share = ({ node, pods }: Inhabited): number => {
    const all = amounts(node.status.allocatable);
    const used = usedBy(pods);
    return ['cpu', 'memory'].reduce((sum, name) => sum + (used[name] ?? 0) / (all[name] ?? 1), 0);
  };
  const [best] = [...candidates].sort(
    (a, b) => share(a) - share(b) || a.node.metadata.name.localeCompare(b.node.metadata.name),
  );
  if (best === undefined) throw new RangeError('There is no node to choose from.');
  return best.node;
}

/** The fewest pods of lower priority, the least important first, whose going makes room on one node. */
function victimsFor(
  pod: Pod,
  nodes: readonly (Inhabited & { readonly fit: Fit })[],
): { node: string; victims: Pod[] } | undefined {
  if (pod.spec.preemptionPolicy === 'Never') return undefined;
  const priority = pod.spec.priority ?? 0;
  const plans = nodes.flatMap(({ node, pods, fit: found }) => {
    if (found.kind === 'fits' || !found.resolvable) return [];
    const lower = pods
      .filter((other) => (other.spec.priority ?? 0) < priority)
      .sort((a, b) => (b.spec.priority ?? 0) - (a.spec.priority ?? 0));
    const fitsWith = (kept: readonly Pod[]): boolean =>
      fit(pod.spec, { node, used: usedBy(kept) }).kind === 'fits';
    let kept: readonly Pod[] = pods.filter((other) => !lower.includes(other));
    if (!fitsWith(kept)) return [];
    // Whoever can stay stays, the most important first.
    const victims: Pod[] = [];
    for (const other of lower) {
      if (fitsWith([...kept, other])) kept = [...kept, other];
      else victims.push(other);
    }
    return [{ node: node.metadata.name, victims }];
  });
  return plans.sort((a, b) => a.victims.length - b.victims.length)[0];
}
