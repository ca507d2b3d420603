// Where a placement keeps the outputs and checkpoints of an attempt.
import type { NamedResources } from './named-resources';

/** An attempt of a job. */
export interface KeptOf {
  readonly jobId: string;
  readonly attempt: number;
}

/** The volume of outputs; undefined where none is named for them. */
export function outputsVolume({ outputs }: Pick<NamedResources, 'outputs'>): string | undefined {
  return outputs === 'none' ? undefined : outputs?.volume;
}

/** Without a volume the programs upload their outputs, unless the placement keeps none at all. */
export function keepsOutputsByUrl({ outputs }: Pick<NamedResources, 'outputs'>): boolean {
  return outputs === undefined;
}

/** The volume of checkpoints: that of outputs where none is named. */
export function checkpointsVolume({
  outputs,
  checkpoints,
}: Pick<NamedResources, 'outputs' | 'checkpoints'>): string | undefined {
  return checkpoints?.volume ?? outputsVolume({ outputs });
}

/** From the top of the volume. */
export function outputsFolder({ jobId, attempt }: KeptOf): string {
  return `outputs/${jobId}/${attempt}`;
}

/** From the top of the volume: of all attempts, because the next one reads what earlier ones wrote. */
export function jobCheckpointsFolder({ jobId }: Pick<KeptOf, 'jobId'>): string {
  return `checkpoints/${jobId}`;
}

/** From the top of the volume: where one attempt writes. */
export function checkpointsFolder({ jobId, attempt }: KeptOf): string {
  return `${jobCheckpointsFolder({ jobId })}/${attempt}`;
}
