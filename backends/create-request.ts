// What every backend takes from a create's request in the same way.
import { TerminalError } from '../domain/errors';
import { offeredGpus } from '../domain/placement/offered-gpus';
import type { Placement } from '../domain/placement/placement';
import type { CreateRequest } from '../domain/ports/compute-backend';
import type { ChosenGpu } from '../domain/spec/gpu';

/** The GPU to ask for. Throws TerminalError when the placement does not offer it; preflight has seen to that. */
export function gpuOf(
  { spec, gpu: chosen }: CreateRequest,
  placement: Pick<Placement, 'name' | 'gpus' | 'accepts'>,
): ChosenGpu | undefined {
  if (chosen !== undefined || spec.gpu === undefined) return chosen;
  const [gpu] = offeredGpus(spec.gpu, placement);
  if (gpu !== undefined) return gpu;
  throw new TerminalError(
    `Placement ${placement.name} offers no ${spec.gpu.count} × ${spec.gpu.sku ?? 'GPU'}; its offer must have changed after the job was accepted.`,
    { placement: placement.name },
  );
}

/** The value of a secret variable. Throws TerminalError when it is not held any more. */
export function secretOf({ secrets }: Pick<CreateRequest, 'secrets'>, variable: string): string {
  const secret = secrets[variable];
  if (secret !== undefined) return secret;
  throw new TerminalError(
    `The secret value of variable ${variable} is not held any more; submit the job again with it.`,
    { variable },
  );
}

/** What every program is told of itself, for checkpoints. A spec's own variables of these names don't count. */
export function toldVariables({
  ref,
  told,
}: Pick<CreateRequest, 'ref' | 'told'>): Readonly<Record<string, string>> {
  return { GPU_JOBS_JOB: ref.jobId, GPU_JOBS_ATTEMPT: String(ref.attempt), ...told?.variables };
}
