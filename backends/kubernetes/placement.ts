// A placement on a Kubernetes cluster, as the configuration names it.
import { z } from 'zod';

import {
  identityEntry,
  namedResources,
  refuseUnkept,
  volumeEntry,
} from '../../domain/placement/named-resources';
import { FITS_NO_ROW, fitsARow, placementMembers } from '../../domain/placement/placement';
import { kubernetesNodesSchema } from '../../domain/spec/kubernetes-nodes';
import { GPU_RESOURCE, sliceOf } from '../../manifests/gpu-resource';
import { nodeSchema } from './node-share';
import { resourceOfGpu } from './resource-of-gpu';
import { KUBERNETES_TRAITS } from './traits';

/** Names of objects of a cluster (docs/facts/kubernetes.md#names). */
const objectName = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/,
    'must be the name of a Kubernetes object: lower-case letters, digits, "-" and "."',
  );
const namespaceName = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'must be the name of a namespace: lower-case letters, digits and "-", at most 63',
  );

/** Which nodes: the labels that they have, and the taints of theirs that are tolerated. */
const nodesSchema = z.strictObject({
  selector: kubernetesNodesSchema.shape.nodeSelector,
  tolerations: kubernetesNodesSchema.shape.tolerations,
});

const clusterSchema = z.union(
  [
    /** By Azure: the server and a token of this app's identity. */
    z.strictObject({
      aks: z.strictObject({
        subscriptionId: z.string().min(1),
        resourceGroup: z.string().min(1),
        name: z.string().min(1),
      }),
    }),
    /** A file, or the name of a secret in the key vault that holds what such a file would. */
    z.strictObject({
      kubeconfig: z.union([z.string().min(1), z.strictObject({ secretRef: z.string().min(1) })]),
    }),
    /** The cluster that this app runs in. */
    z.strictObject({ inCluster: z.literal(true) }),
  ],
  {
    error:
      'must be one of { "aks": { "subscriptionId", "resourceGroup", "name" } }, { "kubeconfig": a file or { "secretRef" } }, { "inCluster": true }',
  },
);
export type ClusterReference = z.infer<typeof clusterSchema>;

/** A claim of the namespace, or a volume that a CSI driver makes for the pod alone. */
const volume = z.union(
  [
    volumeEntry.extend({ claim: objectName }),
    volumeEntry.extend({
      csi: z.strictObject({
        driver: z.string().min(1).max(63),
        attributes: z.record(z.string().min(1), z.string()).optional(),
        fsType: z.string().min(1).optional(),
        /** A Secret of the namespace that the driver is given. */
        secretName: objectName.optional(),
      }),
    }),
  ],
  { error: ({ input, errors }) => wrongVolume(input, errors) },
);

/** What the shape that is meant objects to; without either member, that there is none. */
function wrongVolume(input: unknown, [ofClaim, ofCsi]: readonly z.core.$ZodIssue[][]): string {
  const has = (member: string): boolean => typeof input === 'object' && input !== null && member in input;
  const [issue] = (has('claim') === has('csi') ? undefined : has('claim') ? ofClaim : ofCsi) ?? [];
  if (issue === undefined)
    return 'must have either "claim", the name of a claim, or "csi": { "driver", "attributes"?, "fsType"?, "secretName"? }';
  return `does not fit: ${issue.path.join('/')} ${issue.message}`;
}

const { gpus, ...members } = placementMembers(KUBERNETES_TRAITS);

const gpuSchema = gpus.element
  .extend({
    nodes: nodesSchema.optional(),
    /** The machines with this GPU: jobs that name no resources are given their share of one. */
    node: nodeSchema.optional(),
    /** By which pods ask for it (docs/facts/kubernetes.md#named-gpu-resources); left out: as the SKU says. */
    resource: z
      .string()
      .regex(
        /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\/[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
        'must be the name of an extended resource, such as nvidia.com/mig-1g.10gb',
      )
      .optional(),
  })
  .refine(({ onlyByName, ...gpu }) => onlyByName !== false || sliceOf(resourceOfGpu(gpu)) === undefined, {
    path: ['onlyByName'],
    error: 'must not be false for a slice: a spec that asks for any GPU means a whole one',
  })
  // "Any GPU" is a whole one of NVIDIA's: a program for those runs on no other.
  .transform((gpu) => {
    const resource = resourceOfGpu(gpu);
    return resource === GPU_RESOURCE ? gpu : { onlyByName: true, ...gpu, resource };
  });

export const kubernetesPlacementSchema = z
  .strictObject({
    ...members,
    ...namedResources(identityEntry.extend({ serviceAccount: objectName }), volume),
    backend: z.literal('kubernetes'),
    /** Where the cluster is, for people. */
    region: z.string().min(1).optional(),
    cluster: clusterSchema,
    namespace: namespaceName,
    gpus: z.array(gpuSchema),
    /** Nodes of jobs without a GPU. */
    nodes: nodesSchema.optional(),
    /** The level of Pod Security that the pods keep to; the namespace may enforce this one at most. */
    podSecurity: z.enum(['restricted', 'baseline', 'privileged']).default('restricted'),
    serviceAccount: objectName.optional(),
    imagePullSecrets: z.array(objectName).optional(),
    /** Added to each Job and its pod. */
    labels: kubernetesNodesSchema.shape.nodeSelector,
    annotations: z.record(z.string().min(1).max(317), z.string()).optional(),
    priorityClassName: objectName.optional(),
    runtimeClassName: objectName.optional(),
    /** The queue of Kueue that admits each Job. */
    kueueQueue: objectName.optional(),
    /** What stands in for a cluster decides sooner: after this many seconds the fate of a create is known. */
    fateKnownAfterS: z.number().positive().optional(),
  })
  .refine(fitsARow(KUBERNETES_TRAITS), FITS_NO_ROW)
  .check(refuseUnkept);
export type KubernetesPlacement = z.infer<typeof kubernetesPlacementSchema>;
