// What the doctor inspects of a placement on a cluster, in the order in which one thing makes sense after another.
import type { Check, Inspection } from '../../../domain/backend/check';
import { ok } from '../../../domain/backend/check';
import { unique } from '../../findings';
import type { ClusterApi } from '../cluster/cluster-api';
import type { ClusterReference } from '../placement';
import { resourceOfGpu } from '../resource-of-gpu';
import {
  claimSchema,
  limitRangeSchema,
  namespaceSchema,
  quotaSchema,
  serviceAccountSchema,
  versionSchema,
} from './cluster-objects';
import { createClusterReads } from './cluster-reads';
import { devicePluginCheck } from './device-plugin-check';
import { gpuNodesCheck } from './gpu-nodes-check';
import type { InspectedPlacement } from './inspected';
import { claimCheck, csiShareCheck, serviceAccountCheck } from './named-resources-check';
import { namespaceCheck } from './namespace-check';
import { limitRangeCheck, quotaCheck } from './quota-check';
import { readList, readObject } from './read-cluster';
import { rightsCheck } from './rights-check';
import { sizesCheck } from './sizes-check';
import { standingCheck } from './standing-check';
import { standingCosts } from './standing-costs';
import { versionCheck } from './version-check';

/** They change nothing. `now`: epoch milliseconds. */
export function kubernetesInspections(
  placement: InspectedPlacement,
  api: () => ClusterApi,
  now: number,
): readonly Inspection[] {
  const { name, namespace, gpus } = placement;
  const inNamespace = `/api/v1/namespaces/${namespace}`;
  let made: ReturnType<typeof createClusterReads> | undefined;
  const reads = (): ReturnType<typeof createClusterReads> => (made ??= createClusterReads(api()));
  const inspect = (about: string, todo: string, check: (called: string) => Promise<Check>): Inspection => {
    const called = about === '' ? name : `${name} ${about}`;
    return { name: called, todo, check: () => check(called) };
  };
  const readable = 'Look whether the cluster answers: "kubectl get --raw /readyz".';
  return [
    inspect('', REACHABLE, async (called) => {
      const read = await readObject(api(), '/version', versionSchema);
      const version = read.kind === 'read' ? read.value.gitVersion : 'of an unknown version';
      return versionCheck(called, clusterInWords(placement.cluster), version);
    }),
    inspect('rights', readable, (called) => rightsCheck(called, api(), namespace)),
    inspect('namespace', readable, async (called) =>
      namespaceCheck(called, placement, await readObject(api(), inNamespace, namespaceSchema)),
    ),
    inspect('quota', readable, async (called) =>
      quotaCheck(called, placement, await readList(api(), `${inNamespace}/resourcequotas`, quotaSchema)),
    ),
    inspect('limit ranges', readable, async (called) =>
      limitRangeCheck(
        called,
        placement,
        await readList(api(), `${inNamespace}/limitranges`, limitRangeSchema),
      ),
    ),
    ...Object.entries(placement.volumes ?? {}).flatMap(([volume, entry]) =>
      'claim' in entry
        ? inspect(`volume ${volume}`, readable, async (called) => {
            const path = `${inNamespace}/persistentvolumeclaims/${entry.claim}`;
            const read = await readObject(api(), path, claimSchema);
            return claimCheck(called, { claim: entry.claim, namespace }, read);
          })
        : csiInspection(`${name} volume ${volume}`, entry),
    ),
    ...Object.entries(placement.identities ?? {}).map(([identity, { serviceAccount }]) =>
      inspect(`identity ${identity}`, readable, async (called) => {
        const path = `${inNamespace}/serviceaccounts/${serviceAccount}`;
        const read = await readObject(api(), path, serviceAccountSchema);
        return serviceAccountCheck(called, { serviceAccount, namespace }, read);
      }),
    ),
    ...gpus.map((gpu) =>
      inspect(gpu.sku, readable, async (called) => {
        const [nodes, groups] = await Promise.all([reads().nodes(), reads().nodeGroups()]);
        return gpuNodesCheck(called, gpu, placement, { nodes, groups });
      }),
    ),
    ...(gpus.length === 0
      ? []
      : [
          inspect('device plugin', readable, async (called) => {
            const [nodes, daemonSets] = await Promise.all([reads().nodes(), reads().daemonSets()]);
            return devicePluginCheck(called, unique(gpus.map(resourceOfGpu)), { nodes, daemonSets });
          }),
          inspect('sizes', readable, async (called) => {
            const nodes = await reads().nodes();
            return sizesCheck(called, placement, nodes, now) ?? ok(called, 'no node tells its VM size');
          }),
          inspect('standing cost', readable, async (called) =>
            standingCheck(called, await standingCosts(placement, reads())),
          ),
        ]),
  ];
}

function csiInspection(called: string, entry: Parameters<typeof csiShareCheck>[1]): Inspection[] {
  const check = csiShareCheck(called, entry);
  return check === undefined ? [] : [{ name: called, todo: '', check: () => Promise.resolve(check) }];
}

const REACHABLE =
  'Look whether "kubectl get --raw /version" answers with the same kubeconfig or identity; docs/kubernetes.md, "The cluster", tells what each kind of `cluster` needs.';

/** The cluster's name for people; no credentials. */
function clusterInWords(cluster: ClusterReference): string {
  if ('aks' in cluster) return `AKS cluster ${cluster.aks.name} in ${cluster.aks.resourceGroup}`;
  if ('inCluster' in cluster) return 'the cluster around this app';
  const { kubeconfig } = cluster;
  return typeof kubeconfig === 'string'
    ? `the cluster of ${kubeconfig}`
    : `the cluster of the secret ${kubeconfig.secretRef}`;
}
