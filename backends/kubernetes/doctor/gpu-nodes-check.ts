// Whether jobs with one GPU of a placement find a node: its selector, the GPUs there, the taints. Pure.
import type { Check } from '../../../domain/backend/check';
import { sliceOf } from '../../../manifests/gpu-resource';
import { checkOf, type Finding, unique } from '../../findings';
import { resourceOfGpu } from '../resource-of-gpu';
import { type NodeGroup, poolOf } from './autoscaler-status';
import type { Node } from './cluster-objects';
import { namesOtherGpu } from './gpu-names';
import type { InspectedPlacement } from './inspected';
import { sharesTooLarge, unsized } from './node-share-check';
import {
  amountOf,
  gpuNameOf,
  gpusOf,
  isReady,
  isSelected,
  poolOfNode,
  taintInWords,
  tolerationOf,
  untolerated,
} from './nodes';
import { notAllowed } from './not-allowed';
import { addPool, listPools } from './pool-commands';
import type { Read } from './read-cluster';

type Gpu = InspectedPlacement['gpus'][number];

export function gpuNodesCheck(
  name: string,
  gpu: Gpu,
  placement: Pick<InspectedPlacement, 'cluster'>,
  read: { readonly nodes: Read<readonly Node[]>; readonly groups: Read<readonly NodeGroup[]> },
): Check {
  if (read.nodes.kind !== 'read') return notAllowed(name, 'list nodes');
  const selected = read.nodes.value.filter((node) => isSelected(node, gpu.nodes?.selector));
  const withGpus = selected.filter((node) => gpusOf(node, resourceOfGpu(gpu)) > 0);
  // Without a selector every node is selected: those without GPUs are then no sign of anything.
  if (withGpus.length === 0 && (selected.length === 0 || gpu.nodes?.selector === undefined))
    return checkOf(name, '', [noNode(gpu, placement, read.groups)]);
  const ready = withGpus.filter(isReady).length;
  const gpus = withGpus.reduce((sum, node) => sum + gpusOf(node, resourceOfGpu(gpu)), 0);
  const well = `${ready} of ${withGpus.length} nodes ready, ${gpus} GPUs in all (${pools(withGpus)})${unsized(gpu, withGpus)}`;
  return checkOf(name, well, [
    ...withoutGpus(gpu, selected, withGpus),
    ...tooFew(gpu, withGpus),
    ...sharesTooLarge(gpu, withGpus),
    ...tainted(gpu, withGpus),
    ...otherGpus(gpu, withGpus),
    ...notReady(withGpus),
  ]);
}

function pools(nodes: readonly Node[]): string {
  return unique(nodes.map((node) => poolOfNode(node) ?? node.metadata.name)).join(', ');
}

function noNode(
  gpu: Gpu,
  placement: Pick<InspectedPlacement, 'cluster'>,
  read: Read<readonly NodeGroup[]>,
): Finding {
  const { sku, nodes } = gpu;
  const resource = resourceOfGpu(gpu);
  const labels = Object.entries(nodes?.selector ?? {}).map(([label, value]) => `${label}=${value}`);
  const which = labels.length === 0 ? `has ${resource}` : `has the labels ${labels.join(', ')}`;
  const empty =
    read.kind === 'read'
      ? read.value
          .filter(({ target, max }) => (target ?? 0) === 0 && max > 0)
          .map((group) => `${poolOf(group) ?? group.name} (0 to ${group.max})`)
      : [];
  const scales = empty.length === 0 ? '' : `; pools at 0 that the autoscaler may grow: ${empty.join(', ')}`;
  return {
    standing: 'warning',
    detail: `no node ${which} now${scales}: a job with ${sku} waits for one`,
    todo: `${listPools(placement)} shows the pools that stand at 0, with their labels; ${addPool(placement, gpu)} makes one (docs/kubernetes.md, "A pool with GPUs").`,
  };
}

function withoutGpus(gpu: Gpu, selected: readonly Node[], withGpus: readonly Node[]): Finding[] {
  const resource = resourceOfGpu(gpu);
  const missing = selected.length - withGpus.length;
  if (missing === 0) return [];
  return [
    {
      standing: withGpus.length === 0 ? 'failed' : 'warning',
      detail: `${missing} of ${selected.length} nodes that ${gpu.sku} selects show no allocatable ${resource}${instead(selected)}`,
      todo:
        sliceOf(resource) === undefined
          ? 'Their device plugin or driver is missing, or not ready yet: docs/kubernetes.md, "The device plugin".'
          : 'Have the device plugin announce slices by their own names (MIG strategy "mixed"), and cut the GPUs into them: docs/kubernetes.md, "Slices of GPUs".',
    },
  ];
}

/** What of GPUs these nodes announce. */
function instead(nodes: readonly Node[]): string {
  const names = nodes.flatMap(({ status }) =>
    Object.entries(status?.allocatable ?? {}).flatMap(([name, amount]) =>
      /^(nvidia|amd)\.com\//.test(name) && amountOf(amount) > 0 ? [name] : [],
    ),
  );
  return names.length === 0 ? '' : ` (they have ${unique(names).join(', ')})`;
}

function tooFew(gpu: Gpu, withGpus: readonly Node[]): Finding[] {
  const { sku, counts } = gpu;
  const most = Math.max(0, ...withGpus.map((node) => gpusOf(node, resourceOfGpu(gpu))));
  const never = counts.filter((count) => count > most);
  if (withGpus.length === 0 || never.length === 0) return [];
  return [
    {
      standing: never.length === counts.length ? 'failed' : 'warning',
      detail: `the largest node has ${most} × ${sku}, so a job with ${never.join(' or ')} fits none`,
      todo: `Take ${never.join(', ')} out of its "counts" in the placement, or add a pool of a larger size.`,
    },
  ];
}

function tainted({ sku, nodes }: Gpu, withGpus: readonly Node[]): Finding[] {
  const shut = withGpus
    .map((node) => ({ node, taints: untolerated(node, nodes?.tolerations) }))
    .filter(({ taints }) => taints.length > 0);
  if (shut.length === 0) return [];
  const taints = shut.flatMap((one) => one.taints);
  const words = unique(taints.map(taintInWords)).join(', ');
  const tolerations = unique(taints.map(tolerationOf)).join(', ');
  return [
    {
      standing: shut.length === withGpus.length ? 'failed' : 'warning',
      detail: `${shut.length} of ${withGpus.length} nodes (${pools(shut.map(({ node }) => node))}) have taints that no toleration covers: ${words}`,
      todo: `Add to the placement's gpus, at "${sku}": "nodes": { "tolerations": [${tolerations}] }.`,
    },
  ];
}

function otherGpus({ sku }: Gpu, withGpus: readonly Node[]): Finding[] {
  const names = unique(withGpus.flatMap((node) => gpuNameOf(node) ?? []));
  const others = names.filter((name) => namesOtherGpu(name, sku));
  if (others.length === 0) return [];
  return [
    {
      standing: others.length === names.length ? 'failed' : 'warning',
      detail: `a job with ${sku} may land on ${others.join(', ')}`,
      todo: `Give "${sku}" a "nodes": { "selector": … } in the placement that only nodes with a ${sku} have, such as their pool's "agentpool" label.`,
    },
  ];
}

function notReady(withGpus: readonly Node[]): Finding[] {
  const away = withGpus.filter((node) => !isReady(node));
  if (away.length === 0) return [];
  return [
    {
      standing: 'warning',
      detail: `not ready or cordoned: ${away.map(({ metadata }) => metadata.name).join(', ')}`,
      todo: `"kubectl describe node ${away[0]?.metadata.name ?? ''}" shows why; "kubectl uncordon" ends a cordon.`,
    },
  ];
}
