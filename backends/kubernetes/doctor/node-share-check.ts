// Whether what jobs are given that name no resources fits the nodes, and what the nodes would let them have. Pure.
import type { Resources } from '../../../domain/spec/resources';
import { resourcesOf } from '../../../domain/spec/resources';
import type { Finding } from '../../findings';
import { nodeShare } from '../node-share';
import { resourceOfGpu } from '../resource-of-gpu';
import type { Node } from './cluster-objects';
import type { InspectedPlacement } from './inspected';
import { amountOf, gpusOf } from './nodes';

type Gpu = InspectedPlacement['gpus'][number];

/** Of each count that some node has GPUs for: a share that no such node has room for, even with nothing else on it. */
export function sharesTooLarge(gpu: Gpu, withGpus: readonly Node[]): Finding[] {
  const named = gpu.counts.flatMap((count) => {
    const able = withGpus.filter((node) => gpusOf(node, resourceOfGpu(gpu)) >= count);
    const given = givenWith(gpu, count);
    return able.length === 0 || able.some((node) => fits(given, node)) ? [] : [{ count, given }];
  });
  const [first] = named;
  if (first === undefined) return [];
  const { cpu, memoryGb } = first.given;
  return [
    {
      standing: 'warning',
      detail: `a job with ${first.count} × ${gpu.sku} that names no resources is given ${cpu} cores and ${memoryGb} GB, which no node has`,
      todo: `Say in the placement's gpus, at "${gpu.sku}", what its nodes are: ${suggested(gpu, withGpus)}.`,
    },
  ];
}

/** Where the placement does not say what its nodes are: what jobs get, and what to write. Empty where it does. */
export function unsized(gpu: Gpu, withGpus: readonly Node[]): string {
  if (gpu.node !== undefined || gpu.perGpu !== undefined || withGpus.length === 0) return '';
  const { cpu, memoryGb } = givenWith(gpu, 1);
  return `; jobs that name no resources get ${cpu} cores and ${memoryGb} GB a GPU, until the placement says ${suggested(gpu, withGpus)}`;
}

function givenWith(gpu: Gpu, count: number): Resources {
  const share = gpu.node && nodeShare(gpu.node, { count }, resourceOfGpu(gpu));
  return resourcesOf({}, { sku: gpu.sku, count }, { gpus: [gpu] }, share);
}

function fits({ cpu, memoryGb }: Resources, { status }: Node): boolean {
  const { cpu: cores, memory } = status?.allocatable ?? {};
  return cpu <= amountOf(cores) && memoryGb * 1e9 <= amountOf(memory);
}

/** What the smallest of the nodes has, as the placement would say it; its whole capacity where it tells that. */
function suggested(gpu: Gpu, withGpus: readonly Node[]): string {
  const machines = withGpus.map((node) => {
    const { cpu, memory } = node.status?.capacity ?? node.status?.allocatable ?? {};
    return {
      cpu: amountOf(cpu),
      memoryGb: Math.floor(amountOf(memory) / 1e8) / 10,
      gpus: gpusOf(node, resourceOfGpu(gpu)),
    };
  });
  const [least] = machines.toSorted((a, b) => a.memoryGb / a.gpus - b.memoryGb / b.gpus);
  return `"node": ${JSON.stringify(least)}`;
}
