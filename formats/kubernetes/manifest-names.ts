// Names and labels of a manifest: those of the spec as far as Kubernetes takes them.
import { LABEL_NAME, LABEL_VALUE } from '../../domain/spec/aks-nodes';
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

/** The labels that Kubernetes takes, and the others. */
export function labelsFor({ labels = {} }: Pick<JobSpec, 'labels'>): {
  labels: Record<string, string>;
  others: Record<string, string>;
} {
  const isTaken = ([name, value]: [string, string]): boolean =>
    LABEL_NAME.test(name) && LABEL_VALUE.test(value);
  const entries = Object.entries(labels);
  return {
    labels: Object.fromEntries(entries.filter(isTaken)),
    others: Object.fromEntries(entries.filter((entry) => !isTaken(entry))),
  };
}
