// What stands in a cluster for a placement and costs without a job: idle GPU nodes, pools that never go down to none.
import { type Prices, pricesOf } from '../../../domain/money/price';
import type { StandingCost } from '../../../domain/money/standing-cost';
import { unique } from '../../findings';
import { resourceOfGpu } from '../resource-of-gpu';
import { type NodeGroup, poolOf } from './autoscaler-status';
import type { Node, PodRequest } from './cluster-objects';
import type { ClusterReads } from './cluster-reads';
import type { InspectedPlacement } from './inspected';
import { amountOf, gpusOf, isSelected, poolOfNode, sizeOf } from './nodes';
import { minimumZero } from './pool-commands';

/** Nodes whose pods are asked for at once. */
const AT_ONCE = 10;

/**
 * By the placement's prices, for the whole node; prices of others are never guessed. Undefined where this identity may
 * not look. Rejects where the cluster can't be read.
 */
export async function standingCosts(
  placement: InspectedPlacement,
  reads: ClusterReads,
): Promise<readonly StandingCost[] | undefined> {
  const nodes = await reads.nodes();
  if (nodes.kind !== 'read') return undefined;
  const ours = nodes.value.flatMap((node) => {
    const gpu = placement.gpus.find(
      (one) => isSelected(node, one.nodes?.selector) && gpusOf(node, resourceOfGpu(one)) > 0,
    );
    return gpu === undefined ? [] : [{ node, perHour: priceOf(node, gpu, placement.prices) }];
  });
  const resources = unique(placement.gpus.map(resourceOfGpu));
  const idle: StandingCost[] = [];
  for (let from = 0; from < ours.length; from += AT_ONCE) {
    const some = ours.slice(from, from + AT_ONCE);
    const pods = await Promise.all(some.map(({ node }) => reads.podsOn(node.metadata.name)));
    for (const [index, read] of pods.entries()) {
      const one = some[index];
      if (one === undefined) continue;
      if (read.kind !== 'read') return undefined;
      if (!read.value.some((pod) => asksForGpu(pod, resources))) idle.push(idleNode(placement, one));
    }
  }
  const groups = await reads.nodeGroups();
  return [...idle, ...(groups.kind === 'read' ? minimums(placement, groups.value, ours) : [])];
}

type Gpu = InspectedPlacement['gpus'][number];

interface Priced {
  readonly node: Node;
  readonly perHour: number | undefined;
}

function priceOf(node: Node, gpu: Gpu, prices: Prices | undefined): number | undefined {
  const { cpu, memory } = node.status?.allocatable ?? {};
  const has = {
    gpu: { sku: gpu.sku, count: gpusOf(node, resourceOfGpu(gpu)) },
    cpu: amountOf(cpu),
    memoryGb: amountOf(memory) / 1e9,
  };
  return pricesOf(has, prices)?.reduce((sum, { perHour, quantity }) => sum + perHour * quantity, 0);
}

/** By any of these: a node may have slices of several kinds. */
function asksForGpu({ spec }: PodRequest, resources: readonly string[]): boolean {
  return spec.containers.some(({ resources: { limits = {}, requests = {} } = {} }) =>
    resources.some((resource) => amountOf(limits[resource]) + amountOf(requests[resource]) > 0),
  );
}

function idleNode(placement: InspectedPlacement, { node, perHour }: Priced): StandingCost {
  const pool = poolOfNode(node);
  const of = [sizeOf(node), pool === undefined ? undefined : `pool ${pool}`].filter(
    (part) => part !== undefined,
  );
  return {
    what: `node ${node.metadata.name}${of.length === 0 ? '' : ` (${of.join(', ')})`} is idle`,
    ...(perHour === undefined ? {} : { perHour }),
    todo: `A cluster autoscaler removes it in some minutes where its pool may go down to none: ${minimumZero(placement, pool ?? 'POOL', 2)}.`,
  };
}

/** The autoscaler tells of its groups; which of them are the placement's, the pools of its nodes say. */
function minimums(
  placement: InspectedPlacement,
  groups: readonly NodeGroup[],
  ours: readonly Priced[],
): StandingCost[] {
  return groups.flatMap((group): StandingCost[] => {
    const pool = poolOf(group);
    const one = ours.find(({ node }) => pool !== undefined && poolOfNode(node) === pool);
    if (group.min === 0 || pool === undefined || one === undefined) return [];
    return [
      {
        what: `pool ${pool} never has fewer than ${group.min} ${group.min === 1 ? 'node' : 'nodes'}`,
        ...(one.perHour === undefined ? {} : { perHour: one.perHour * group.min }),
        todo: `${minimumZero(placement, pool, group.max)} lets it go down to none.`,
      },
    ];
  });
}
