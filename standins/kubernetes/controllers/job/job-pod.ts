// The pod that a Job makes from its template.
import { COMPLETION_INDEX, type Job, TRACKING_FINALIZER } from '../../model/job';
import type { Container } from '../../model/pod';
import type { JsonObject } from '../../store/json';

/** What is sent to make a pod. Names are cut as the API server cuts generated ones. */
export function podOf({ metadata: job, spec }: Job, index: number | undefined): JsonObject {
  const { metadata: template = {}, spec: podSpec } = spec.template;
  const indexed = index === undefined ? {} : { [COMPLETION_INDEX]: String(index) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: index === undefined ? `${job.name}-` : `${job.name}-${index}-`,
      namespace: job.namespace,
      labels: { ...template.labels, ...indexed },
      ...((template.annotations !== undefined || index !== undefined) && {
        annotations: { ...template.annotations, ...indexed },
      }),
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name: job.name,
          uid: job.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      finalizers: [TRACKING_FINALIZER],
    },
    spec:
      index === undefined
        ? podSpec
        : {
            ...podSpec,
            hostname: `${job.name}-${index}`,
            containers: podSpec.containers.map(withIndex),
            ...(podSpec.initContainers && { initContainers: podSpec.initContainers.map(withIndex) }),
          },
  };
}

/** Each container finds its index in its environment. */
function withIndex(container: Container): Container {
  const fieldPath = `metadata.labels['${COMPLETION_INDEX}']`;
  const variable = {
    name: 'JOB_COMPLETION_INDEX',
    valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } },
  };
  return { ...container, env: [...(container.env ?? []), variable] };
}
