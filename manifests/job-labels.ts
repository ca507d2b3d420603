// A spec's own labels as far as Kubernetes takes them.
import type { JobSpec } from '../domain/spec/job-spec';
import { LABEL_NAME, LABEL_VALUE } from '../domain/spec/kubernetes-nodes';

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
