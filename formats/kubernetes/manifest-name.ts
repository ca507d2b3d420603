// The name of a manifest: the spec's, as far as Kubernetes takes it.
import type { JobSpec } from '../../domain/spec/job-spec';

/** A Job's name, which is a label of its pods too: a DNS label. */
const MAX_LABEL_CHARACTERS = 63;
const NAMELESS = 'gpu-job';

/** The spec's name if it may name a Job, else the nearest that may. */
export function nameFor({ name = NAMELESS }: Pick<JobSpec, 'name'>): string {
  const nearest = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, MAX_LABEL_CHARACTERS)
    .replace(/-$/, '');
  return isDnsLabel(name) ? name : nearest === '' ? NAMELESS : nearest;
}

function isDnsLabel(name: string): boolean {
  return name.length <= MAX_LABEL_CHARACTERS && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name);
}
