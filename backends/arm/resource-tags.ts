// The tags that say whose a resource of Azure is (I2).
import type { ListedWorkload, WorkloadRef } from '../../domain/ports/compute-backend';
import { identityMarks, instantMarks, markedWorkload } from '../workload-marks';

/** Instants in epoch milliseconds; the tags hold whole seconds. */
export function tagsOf(ref: WorkloadRef, createdAt: number, expiresAt: number): Record<string, string> {
  return { ...identityMarks(ref), ...instantMarks(createdAt, expiresAt) };
}

/** What the tags of a resource say, if it is this owner's and its name matches them; undefined when it is not ours. */
export function listedWorkload(
  resource: { readonly name?: string; readonly tags?: Readonly<Record<string, string>> },
  owner: string,
  placement: string,
): ListedWorkload | undefined {
  const listed = markedWorkload(resource.tags, owner, placement);
  return resource.name === listed?.ref.name ? listed : undefined;
}
