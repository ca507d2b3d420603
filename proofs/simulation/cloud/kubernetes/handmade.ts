// Objects that people make by hand in the cluster.
import { type Program, PROGRAM_VARIABLE } from '../../users/program';
import type { Texts } from './cluster-state';

const MANAGED_BY = { 'managed-by': 'gpu-job-runner' };
/** Marks that a list is asked for by; the rest are annotations. */
const LABELS: readonly string[] = ['gpu-jobs-owner', 'gpu-jobs-job', 'gpu-jobs-attempt'];

/** With marks of ours it is a workload of ours that no row knows. Without a program it runs for a minute. */
export function handmadeJob(name: string, tags: Texts, program?: Program): object {
  const entries = Object.entries(tags);
  const labels = Object.fromEntries(entries.filter(([key]) => LABELS.includes(key)));
  const marked = { ...(Object.keys(labels).length === 0 ? {} : MANAGED_BY), ...labels };
  const annotations = Object.fromEntries(entries.filter(([key]) => !LABELS.includes(key)));
  const env = program === undefined ? [] : [{ name: PROGRAM_VARIABLE, value: JSON.stringify(program) }];
  return {
    metadata: { name, labels: marked, annotations },
    spec: {
      backoffLimit: 0,
      template: {
        metadata: { labels: marked, annotations },
        spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'hand/made', env }] },
      },
    },
  };
}

export function handmadeSecret(name: string, tags: Texts): object {
  return { metadata: { name, annotations: tags }, stringData: { what: 'a secret of somebody else' } };
}
