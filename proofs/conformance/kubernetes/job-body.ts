// The bodies of Jobs that scenes create and that were not recorded, in the recorder's own form.
import type { JobInput } from './scene';

const OWNED = { 'app.kubernetes.io/managed-by': 'gpu-job-runner' };

const TOLERATES_GPU_POOL = { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' };

const ONE_GPU = { limits: { 'nvidia.com/gpu': 1 } };

export function jobBody({ name, labels, spec, pod, container, containers }: JobInput): unknown {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: labels ?? OWNED },
    spec: {
      backoffLimit: 0,
      ...spec,
      template: {
        metadata: { labels: OWNED },
        spec: {
          restartPolicy: 'Never',
          tolerations: [TOLERATES_GPU_POOL],
          ...pod,
          containers: containers ?? [
            { name: 'main', image: 'busybox:local', resources: ONE_GPU, ...container },
          ],
        },
      },
    },
  };
}
