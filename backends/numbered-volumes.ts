// What a workload mounts, by names of ours: those that a spec gives may be none that Azure takes. Pure.
import type { CreateRequest } from '../domain/ports/compute-backend';

export interface NumberedVolumes {
  /** The placement's volumes, each once, however often it is mounted. */
  readonly volumes: readonly { readonly name: string; readonly of: string }[];
  readonly mounts: readonly (NonNullable<CreateRequest['mounts']>[number] & { readonly name: string })[];
  readonly scratch: readonly { readonly name: string; readonly path: string }[];
}

/** `name` is ours, within the workload; `of` and `volume` are the placement's. */
export function numberedVolumes({
  mounts = [],
  spec,
}: Pick<CreateRequest, 'mounts' | 'spec'>): NumberedVolumes {
  const mounted = [...new Set(mounts.map(({ volume }) => volume))];
  return {
    volumes: mounted.map((of, index) => ({ name: `volume-${index}`, of })),
    mounts: mounts.map((mount) => ({ ...mount, name: `volume-${mounted.indexOf(mount.volume)}` })),
    scratch: (spec.scratch ?? []).map(({ path }, index) => ({ name: `scratch-${index}`, path })),
  };
}
