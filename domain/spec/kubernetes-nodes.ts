// On which nodes of a Kubernetes cluster a job may run. Placements without nodes don't look at it.
import { z } from 'zod';

/**
 * A label's name (an optional DNS prefix and `/` before it) and value, as Kubernetes has them
 * (docs/facts/kubernetes.md#labels).
 */
export const LABEL_NAME =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
export const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

const labelName = z.string().regex(LABEL_NAME, 'must be the name of a Kubernetes label');
const labelValue = z.string().regex(LABEL_VALUE, 'must be the value of a Kubernetes label');

/** A taint that the job tolerates; fields and meanings are those of a pod. */
const tolerationSchema = z.strictObject({
  key: labelName.optional(),
  operator: z.enum(['Exists', 'Equal']).optional(),
  value: labelValue.optional(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
  /** Seconds. */
  tolerationSeconds: z.number().int().min(0).max(31_536_000).optional(),
});

export const kubernetesNodesSchema = z.strictObject({
  nodeSelector: z
    .record(labelName, labelValue)
    .refine((labels) => Object.keys(labels).length <= 32, 'must have at most 32 labels')
    .optional(),
  tolerations: z.array(tolerationSchema).max(32).optional(),
});
