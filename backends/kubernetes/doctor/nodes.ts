// What a node is to a placement: its pool, its GPUs, whether a pod may go there. Pure.
import { parseQuantity } from '../../../manifests/quantity';
import type { Node, Taint } from './cluster-objects';
import type { Nodes } from './inspected';

type Toleration = NonNullable<Nodes['tolerations']>[number];

/** Of every node that a cloud has made. */
export const SIZE_LABEL = 'node.kubernetes.io/instance-type';
/** The first that a node has counts. */
const POOL_LABELS = ['kubernetes.azure.com/agentpool', 'agentpool', 'cloud.google.com/gke-nodepool'];
const PRODUCT_LABEL = 'nvidia.com/gpu.product';
/** Set where AKS manages the pool's GPU software (docs/facts/aks.md#managed-gpu-pools). */
const MANAGED_LABEL = ['kubernetes.azure.com/dcgm-exporter', 'enabled'] as const;

/** Taints of a node's passing state, which go by themselves. */
const PASSING_TAINT =
  /^(node\.kubernetes\.io|node\.cloudprovider\.kubernetes\.io)\/|^(ToBeDeleted|DeletionCandidate)/;

/** The VM size, where a cloud has told it. */
export function sizeOf({ metadata }: Node): string | undefined {
  return metadata.labels?.[SIZE_LABEL];
}

export function poolOfNode({ metadata }: Node): string | undefined {
  return POOL_LABELS.map((label) => metadata.labels?.[label]).find((pool) => pool !== undefined);
}

/** What it calls its GPU: the product that NVIDIA's discovery labels, or the VM size. */
export function gpuNameOf(node: Node): string | undefined {
  return node.metadata.labels?.[PRODUCT_LABEL] ?? sizeOf(node);
}

export function isManaged({ metadata }: Node): boolean {
  return metadata.labels?.[MANAGED_LABEL[0]] === MANAGED_LABEL[1];
}

/** GPUs that pods may ask for there by this name. */
export function gpusOf(node: Node, resource: string): number {
  return amountOf(node.status?.allocatable?.[resource]);
}

/** A quantity as a number; 0 where there is none. */
export function amountOf(quantity: string | number | undefined): number {
  const billionths = quantity === undefined ? undefined : parseQuantity(quantity);
  return billionths === undefined ? 0 : Number(billionths) / 1e9;
}

/** Whether it has each of these labels. */
export function isSelected(node: Node, selector: Nodes['selector'] = {}): boolean {
  return Object.entries(selector).every(([label, value]) => node.metadata.labels?.[label] === value);
}

export function isReady({ spec, status }: Node): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' && spec?.unschedulable !== true;
}

/** The taints that keep a pod with these tolerations away for good. */
export function untolerated(node: Node, tolerations: Nodes['tolerations'] = []): Taint[] {
  return (node.spec?.taints ?? []).filter(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' &&
      !PASSING_TAINT.test(taint.key) &&
      !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}

/** An empty key with `Exists` stands every taint; without an effect every effect. */
function tolerates({ key, operator = 'Equal', value, effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false;
  if (operator === 'Exists') return key === undefined || key === taint.key;
  return key === taint.key && (value ?? '') === (taint.value ?? '');
}

/** `sku=gpu:NoSchedule`, as `kubectl taint` and `az aks nodepool add --node-taints` write it. */
export function taintInWords({ key, value, effect }: Taint): string {
  return `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`;
}

/** The toleration that stands it, as a placement has it. */
export function tolerationOf({ key, value, effect }: Taint): string {
  const how = value === undefined || value === '' ? { operator: 'Exists' } : { operator: 'Equal', value };
  return JSON.stringify({ key, ...how, effect });
}
