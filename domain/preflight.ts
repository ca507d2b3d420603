// Whether a placement can hold a job at all, told in milliseconds and before anything is paid.
import { aciLimit } from './gpu';
import { type JobSpec, resourcesOf } from './job-spec';
import type { Placement } from './placement';

/** Undefined when it can; else why not, for a person. */
export function refusal(spec: JobSpec, placement: Placement): string | undefined {
  if (spec.args !== undefined && spec.command === undefined) {
    // ACI's command replaces the entrypoint, and it has no arguments beside it (azure-container-instances.md B).
    return "can't append args to an image's entrypoint; give the whole command in `command`";
  }
  const { cpu, memoryGb } = resourcesOf(spec);
  const gpu = spec.gpu === undefined ? undefined : offered(spec.gpu, placement);
  if (spec.gpu !== undefined && gpu === undefined) {
    const offers = placement.gpus.map((offer) => `${offer.sku} × ${offer.counts.join('/')}`).join(', ');
    return `offers no ${spec.gpu.count} × ${spec.gpu.sku ?? 'GPU'} (it offers ${offers === '' ? 'none' : offers})`;
  }
  const limit = aciLimit(gpu);
  if (limit === undefined) return undefined; // A SKU that the table doesn't know: the service decides.
  if (cpu > limit.cpu) return `holds at most ${limit.cpu} CPU cores${withGpu(gpu)}, the job asks for ${cpu}`;
  if (memoryGb > limit.memoryGb)
    return `holds at most ${limit.memoryGb} GB of memory${withGpu(gpu)}, the job asks for ${memoryGb}`;
  return undefined;
}

/** The GPU that the placement gives for the one asked for; undefined when it has none that fits. */
export function offered(
  asked: NonNullable<JobSpec['gpu']>,
  placement: Placement,
): { count: NonNullable<JobSpec['gpu']>['count']; sku: string } | undefined {
  const wanted = asked.sku === undefined ? undefined : [asked.sku, placement.accepts?.[asked.sku]];
  const offer = placement.gpus.find(
    ({ sku, counts }) => counts.includes(asked.count) && (wanted === undefined || wanted.includes(sku)),
  );
  return offer === undefined ? undefined : { count: asked.count, sku: offer.sku };
}

/** The placements, in the order asked for, that can hold the job, and why the others can't. */
export function preflight(
  spec: JobSpec,
  configured: readonly Placement[],
): { able: readonly string[]; refusals: Record<string, string> } {
  const able: string[] = [];
  const refusals: Record<string, string> = {};
  for (const name of spec.placements ?? configured.map((placement) => placement.name)) {
    const placement = configured.find((candidate) => candidate.name === name);
    const why =
      placement === undefined
        ? `is not configured (configured: ${configured.map((candidate) => candidate.name).join(', ')})`
        : refusal(spec, placement);
    if (why === undefined) able.push(name);
    else refusals[name] = why;
  }
  return { able, refusals };
}

function withGpu(gpu: { count: number; sku: string } | undefined): string {
  return gpu === undefined ? '' : ` with ${gpu.count} × ${gpu.sku}`;
}
