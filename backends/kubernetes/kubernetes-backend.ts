// A Kubernetes cluster behind the backend port: a Job for each attempt.
import type { PaceReport } from '../../domain/placement/pace';
import type { ComputeBackend } from '../../domain/ports/compute-backend';
import { clusterOf } from './calls/cluster-of';
import { create } from './calls/create';
import { list } from './calls/list';
import { logs } from './calls/logs';
import { lookAt } from './calls/look';
import { prepare } from './calls/prepare';
import { remove } from './calls/remove';
import { createUpkeep } from './calls/upkeep';
import { usages } from './calls/usages';
import type { ClusterApi } from './cluster/cluster-api';
import { createClusterReads } from './doctor/cluster-reads';
import { standingCosts } from './doctor/standing-costs';
import { observationOf } from './observation';
import type { KubernetesPlacement } from './placement';

/**
 * `api` is called at the first request, so that nothing loads before it is needed. `onPace` receives what each answer
 * says about the rate of requests.
 */
export function createKubernetesBackend(
  placement: KubernetesPlacement,
  api: () => ClusterApi,
  onPace: (report: PaceReport) => void = () => undefined,
): ComputeBackend {
  const cluster = clusterOf(placement.namespace, api, onPace);
  const upkeep = createUpkeep(cluster);
  return {
    prepare: async (request) => {
      const answer = await prepare(cluster, request);
      if (answer.kind === 'ready') upkeep.toOwn(request.ref.name);
      return answer;
    },
    create: (request) => create(cluster, request, placement),
    observe: async (ref) => {
      const found = await lookAt(cluster, ref);
      if (found.kind === 'unreadable') return found;
      await upkeep.afterLook(ref, found);
      return observationOf(found);
    },
    logs: (ref, from, archived) => logs(cluster, ref, from, archived),
    remove: (ref) => remove(cluster, ref),
    list: (owner) => list(cluster, owner, placement.name),
    usages: () => usages(cluster, placement),
    standing: () => standingCosts(placement, createClusterReads(cluster.api)),
  };
}
