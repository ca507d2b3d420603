// What the doctor reads of a cluster's nodes, namespaces, limits and plugins. Members that are not named are ignored.
import { z } from 'zod';

import { quotaScopes } from '../quota-scopes';

/** The API leaves out what is empty, or shows it as null. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const texts = z.record(z.string(), z.string());
const quantities = z.record(z.string(), z.union([z.string(), z.number()]));

const metadata = z.object({
  name: z.string(),
  namespace: maybe(z.string()),
  labels: maybe(texts),
  ownerReferences: maybe(z.array(z.object({ kind: z.string() }))),
});

export const versionSchema = z.object({ gitVersion: z.string() });

export const namespaceSchema = z.object({
  metadata,
  status: maybe(z.object({ phase: maybe(z.string()) })),
});
export type Namespace = z.infer<typeof namespaceSchema>;

export const claimSchema = z.object({ status: maybe(z.object({ phase: maybe(z.string()) })) });
export type Claim = z.infer<typeof claimSchema>;

export const serviceAccountSchema = z.object({
  metadata: z.object({ annotations: maybe(z.record(z.string(), z.string())) }),
});
export type ServiceAccount = z.infer<typeof serviceAccountSchema>;

const taint = z.object({ key: z.string(), value: maybe(z.string()), effect: z.string() });
export type Taint = z.infer<typeof taint>;

export const nodeSchema = z.object({
  metadata,
  spec: maybe(z.object({ taints: maybe(z.array(taint)), unschedulable: maybe(z.boolean()) })),
  status: maybe(
    z.object({
      allocatable: maybe(quantities),
      capacity: maybe(quantities),
      conditions: maybe(z.array(z.object({ type: z.string(), status: z.string() }))),
    }),
  ),
});
export type Node = z.infer<typeof nodeSchema>;

const resources = z.object({ limits: maybe(quantities), requests: maybe(quantities) });

export const podRequestSchema = z.object({
  metadata,
  spec: z.object({ containers: z.array(z.object({ resources: maybe(resources) })) }),
  status: maybe(z.object({ phase: maybe(z.string()) })),
});
export type PodRequest = z.infer<typeof podRequestSchema>;

export const daemonSetSchema = z.object({
  metadata,
  spec: z.object({
    template: z.object({
      spec: z.object({
        nodeSelector: maybe(texts),
        containers: z.array(
          z.object({
            image: maybe(z.string()),
            command: maybe(z.array(z.string())),
          }),
        ),
      }),
    }),
  }),
  status: maybe(z.object({ desiredNumberScheduled: maybe(z.number()), numberReady: maybe(z.number()) })),
});
export type DaemonSet = z.infer<typeof daemonSetSchema>;

export const quotaSchema = z.object({
  metadata,
  spec: maybe(z.object({ hard: maybe(quantities), ...quotaScopes })),
  status: maybe(z.object({ hard: maybe(quantities), used: maybe(quantities) })),
});
export type Quota = z.infer<typeof quotaSchema>;

export const limitRangeSchema = z.object({
  metadata,
  spec: z.object({
    limits: z.array(z.object({ type: z.string(), max: maybe(quantities), min: maybe(quantities) })),
  }),
});
export type LimitRange = z.infer<typeof limitRangeSchema>;

export const configMapSchema = z.object({ metadata, data: maybe(texts) });

/** Answer of an access review. */
export const accessReviewSchema = z.object({ status: z.object({ allowed: z.boolean() }) });
/** Whom the server takes the caller for. */
export const selfReviewSchema = z.object({
  status: z.object({ userInfo: z.object({ username: z.string(), groups: maybe(z.array(z.string())) }) }),
});
