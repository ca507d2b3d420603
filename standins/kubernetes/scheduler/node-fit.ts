// Whether a pod fits on a node, and the scheduler's words for why not.
import { type Amounts, amounts, combined } from '../model/amounts';
import type { Node } from '../model/node';
import type { NodeSelectorTerm, PodSpec } from '../model/pod';
import { requestsOf } from '../model/pod-requests';
import { tolerates } from './taints';

/** A node and what its pods ask of it together. */
export interface Occupied {
  readonly node: Node;
  readonly used: Amounts;
}

export type Fit =
  | { readonly kind: 'fits' }
  /** `resolvable`: fewer pods on the node would help. */
  | { readonly kind: 'not'; readonly reasons: readonly string[]; readonly resolvable: boolean };

const FITS: Fit = { kind: 'fits' };

/** The checks in the scheduler's order; the first that fails gives the reasons. */
export function fit(pod: PodSpec, { node, used }: Occupied): Fit {
  if (node.spec.unschedulable === true && !tolerates(pod.tolerations, CORDONED))
    return never('node(s) were unschedulable');
  const untolerated = node.spec.taints?.some(
    (taint) => taint.effect !== 'PreferNoSchedule' && !tolerates(pod.tolerations, taint),
  );
  if (untolerated === true) return never('node(s) had untolerated taint(s)');
  if (!selects(pod, node)) return never("node(s) didn't match Pod's node affinity/selector");
  return resourceFit(requestsOf(pod), amounts(node.status.allocatable), used);
}

/** What `kubectl cordon` puts on a node. */
const CORDONED = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

function never(reason: string): Fit {
  return { kind: 'not', reasons: [reason], resolvable: false };
}

function resourceFit(asked: Amounts, allocatable: Amounts, used: Amounts): Fit {
  const wanted = Object.entries(asked).filter(([, amount]) => amount > 0);
  const lacking = wanted.filter(
    ([name, amount]) => amount > (allocatable[name] ?? 0) - (used[name] ?? 0) + ROUNDING,
  );
  if (lacking.length === 0) return FITS;
  return {
    kind: 'not',
    reasons: lacking.map(([name]) => (name === 'pods' ? 'Too many pods' : `Insufficient ${name}`)),
    resolvable: lacking.every(([name, amount]) => amount <= (allocatable[name] ?? 0)),
  };
}

/** Tenths of cores add up inexactly. */
const ROUNDING = 1e-6;

function selects({ nodeSelector = {}, affinity }: PodSpec, { metadata }: Node): boolean {
  const labels = metadata.labels ?? {};
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return (
    Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
    (terms?.some((term) => termMatches(term, labels)) ?? true)
  );
}

function termMatches({ matchExpressions = [] }: NodeSelectorTerm, labels: Readonly<Record<string, string>>) {
  return (
    matchExpressions.length > 0 &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        case 'Gt':
          return value !== undefined && Number(value) > Number(values[0]);
        case 'Lt':
          return value !== undefined && Number(value) < Number(values[0]);
        default:
          return false;
      }
    })
  );
}

/** What the pods ask together. */
export function usedBy(pods: readonly { readonly spec: PodSpec }[]): Amounts {
  return pods.map(({ spec }) => requestsOf(spec)).reduce((a, b) => combined(a, b, (x, y) => x + y), {});
}
