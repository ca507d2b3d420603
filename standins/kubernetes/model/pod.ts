// What the controllers, the scheduler and the kubelet read of a pod. Fields that none of them reads pass through.
import { z } from 'zod';

import { conditionSchema, metadataSchema } from './metadata';
import { open } from './open-object';

const quantities = z.record(z.string(), z.union([z.string(), z.number()]));

const resourcesSchema = open({
  limits: quantities.optional(),
  requests: quantities.optional(),
});

const environmentVariable = open({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: open({
    fieldRef: open({ fieldPath: z.string() }).optional(),
    secretKeyRef: open({ name: z.string(), key: z.string(), optional: z.boolean().optional() }).optional(),
    configMapKeyRef: open({ name: z.string(), key: z.string(), optional: z.boolean().optional() }).optional(),
    resourceFieldRef: open({ resource: z.string(), containerName: z.string().optional() }).optional(),
  }).optional(),
});

const namedReference = open({ name: z.string(), optional: z.boolean().optional() });

const containerSchema = open({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  workingDir: z.string().optional(),
  env: z.array(environmentVariable).optional(),
  envFrom: z
    .array(
      open({
        prefix: z.string().optional(),
        secretRef: namedReference.optional(),
        configMapRef: namedReference.optional(),
      }),
    )
    .optional(),
  imagePullPolicy: z.string().optional(),
  resources: resourcesSchema.optional(),
  terminationMessagePath: z.string().optional(),
  terminationMessagePolicy: z.string().optional(),
  volumeMounts: z
    .array(
      open({
        name: z.string(),
        mountPath: z.string(),
        readOnly: z.boolean().optional(),
        subPath: z.string().optional(),
        subPathExpr: z.string().optional(),
      }),
    )
    .optional(),
});
export type Container = z.infer<typeof containerSchema>;

const tolerationSchema = open({
  key: z.string().optional(),
  operator: z.string().optional(),
  value: z.string().optional(),
  effect: z.string().optional(),
  tolerationSeconds: z.number().optional(),
});
export type Toleration = z.infer<typeof tolerationSchema>;

const nodeSelectorTerm = open({
  matchExpressions: z
    .array(open({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() }))
    .optional(),
});
export type NodeSelectorTerm = z.infer<typeof nodeSelectorTerm>;

const optionalFiles = {
  items: z.array(open({ key: z.string(), path: z.string() })).optional(),
  optional: z.boolean().optional(),
};

export const podSpecSchema = open({
  containers: z.array(containerSchema),
  initContainers: z.array(containerSchema).optional(),
  volumes: z
    .array(
      open({
        name: z.string(),
        emptyDir: open({ sizeLimit: z.union([z.string(), z.number()]).optional() }).optional(),
        secret: open({ secretName: z.string(), ...optionalFiles }).optional(),
        configMap: open({ name: z.string(), ...optionalFiles }).optional(),
        persistentVolumeClaim: open({ claimName: z.string() }).optional(),
        csi: open({
          driver: z.string(),
          volumeAttributes: z.record(z.string(), z.string()).optional(),
          nodePublishSecretRef: open({ name: z.string() }).optional(),
        }).optional(),
        projected: open({
          sources: z
            .array(
              open({
                serviceAccountToken: open({
                  path: z.string(),
                  audience: z.string().optional(),
                  expirationSeconds: z.number().optional(),
                }).optional(),
              }),
            )
            .optional(),
        }).optional(),
        azureFile: open({ secretName: z.string(), shareName: z.string() }).optional(),
      }),
    )
    .optional(),
  restartPolicy: z.string().optional(),
  activeDeadlineSeconds: z.number().optional(),
  terminationGracePeriodSeconds: z.number().optional(),
  nodeName: z.string().optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  affinity: open({
    nodeAffinity: open({
      requiredDuringSchedulingIgnoredDuringExecution: open({
        nodeSelectorTerms: z.array(nodeSelectorTerm),
      }).optional(),
    }).optional(),
  }).optional(),
  tolerations: z.array(tolerationSchema).optional(),
  priority: z.number().optional(),
  preemptionPolicy: z.string().optional(),
  schedulerName: z.string().optional(),
  schedulingGates: z.array(open({ name: z.string() })).optional(),
  imagePullSecrets: z.array(open({ name: z.string() })).optional(),
});
export type PodSpec = z.infer<typeof podSpecSchema>;

const instant = z.string();

const terminatedSchema = open({
  exitCode: z.number(),
  reason: z.string().optional(),
  message: z.string().optional(),
  startedAt: instant.nullish(),
  finishedAt: instant.nullish(),
  containerID: z.string().optional(),
});

const containerStateSchema = open({
  waiting: open({ reason: z.string().optional(), message: z.string().optional() }).optional(),
  running: open({ startedAt: instant }).optional(),
  terminated: terminatedSchema.optional(),
});
export type ContainerState = z.infer<typeof containerStateSchema>;

const containerStatusSchema = open({
  name: z.string(),
  state: containerStateSchema.optional(),
  lastState: containerStateSchema.optional(),
  ready: z.boolean(),
  restartCount: z.number(),
  image: z.string(),
  imageID: z.string(),
  containerID: z.string().optional(),
  started: z.boolean().optional(),
});
export type ContainerStatus = z.infer<typeof containerStatusSchema>;

const podStatusSchema = open({
  phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']).optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  startTime: instant.optional(),
  nominatedNodeName: z.string().optional(),
  conditions: z.array(conditionSchema).optional(),
  initContainerStatuses: z.array(containerStatusSchema).optional(),
  containerStatuses: z.array(containerStatusSchema).optional(),
});
export type PodStatus = z.infer<typeof podStatusSchema>;

export const podSchema = open({
  metadata: metadataSchema,
  spec: podSpecSchema,
  status: podStatusSchema.default({}),
});
export type Pod = z.infer<typeof podSchema>;

/** Whether its containers have ended for good. */
export function isFinished({ status }: Pick<Pod, 'status'>): boolean {
  return status.phase === 'Succeeded' || status.phase === 'Failed';
}
