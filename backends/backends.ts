// The kinds of compute: the one list of them, and what each placement brings along by its `backend`.
import { z } from 'zod';

import type { BackendFacts } from '../domain/backend/backend-facts';
import type { Inspection } from '../domain/backend/check';
import type { PaceReport } from '../domain/placement/pace';
import type { ComputeBackend } from '../domain/ports/compute-backend';
import type { Policy } from '../domain/spec/policy';
import { createAciBackend } from './aci/aci-backend';
import { createAciClientsBySubscription } from './aci/arm-clients';
import { aciFacts } from './aci/facts';
import { aciInspections } from './aci/inspections';
import { aciPlacementSchema } from './aci/placement';
import { createArmReads } from './arm/arm-reads';
import { createContainerAppsClientsBySubscription } from './container-apps/cloud/clients';
import { createContainerAppsBackend } from './container-apps/container-apps-backend';
import { containerAppsInspections } from './container-apps/doctor/inspections';
import { containerAppsFacts } from './container-apps/facts';
import { containerAppsPlacementSchema } from './container-apps/placement';
import { discreetBackend } from './discreet-backend';
import { createClusterApis } from './kubernetes/cluster/cluster-apis';
import type { ClusterParts } from './kubernetes/cluster/create-cluster-api';
import { kubernetesInspections } from './kubernetes/doctor/inspections';
import { kubernetesFacts } from './kubernetes/facts';
import { createKubernetesBackend } from './kubernetes/kubernetes-backend';
import { kubernetesPlacementSchema } from './kubernetes/placement';
import { createUnconfiguredBackend, unconfiguredFacts } from './unconfigured-backend';

const KINDS = [aciPlacementSchema, kubernetesPlacementSchema, containerAppsPlacementSchema] as const;
const NAMES = KINDS.map(({ shape }) => `"${shape.backend.value}"`).join(' or ');

export const placementSchema = z.discriminatedUnion('backend', KINDS, {
  // Of what is no object at all, the reader of untrusted input says so.
  error: ({ input }) => (typeof input === 'object' ? `must be ${NAMES}` : undefined),
});
/** A placement with the members of its own backend; elsewhere it is a `Placement`. */
export type ConfiguredPlacement = z.infer<typeof placementSchema>;

/**
 * What is known of each placement before any request; of one that is not configured (any more), that nothing is to be
 * had there.
 */
export function factsByPlacement(
  placements: readonly ConfiguredPlacement[],
): (placement: string) => BackendFacts {
  const known = new Map(placements.map((placement) => [placement.name, factsOf(placement)]));
  return (name) => known.get(name) ?? unconfiguredFacts(name);
}

function factsOf(placement: ConfiguredPlacement): BackendFacts {
  switch (placement.backend) {
    case 'aci':
      return aciFacts(placement);
    case 'kubernetes':
      return kubernetesFacts(placement);
    case 'container-apps':
      return containerAppsFacts(placement);
  }
}

/** What backends are made of: what leads to Azure and to clusters, and who hears of the rate of requests. */
export interface BackendParts extends ClusterParts {
  /** Of Log Analytics' query API. */
  readonly logsEndpoint: URL;
  /** Told what each answer says about the rate of a placement's requests. */
  readonly onPace: (placement: string, report: PaceReport) => void;
}

export interface Backends {
  readonly backendOf: (placement: string) => ComputeBackend;
  /**
   * What the doctor inspects of a placement; none of one that is not configured. `policy`: of the whole deployment.
   * `now` in epoch milliseconds.
   */
  readonly inspectionsOf: (placement: string, policy: Policy, now: number) => readonly Inspection[];
}

/** The backend of each placement. No SDK is loaded before the first call of one. */
export function backendsByPlacement(
  placements: readonly ConfiguredPlacement[],
  parts: BackendParts,
): Backends {
  const { armEndpoint, logsEndpoint, credential, onPace } = parts;
  const clientsFor = createAciClientsBySubscription(armEndpoint, credential);
  const clusters = createClusterApis(parts);
  const appsClientsFor = createContainerAppsClientsBySubscription({
    endpoint: armEndpoint,
    logsEndpoint,
    credential,
  });
  const resources = createArmReads({ endpoint: armEndpoint, credential });
  const make = (placement: ConfiguredPlacement): ComputeBackend => {
    const pacing = (report: PaceReport): void => onPace(placement.name, report);
    switch (placement.backend) {
      case 'aci':
        return createAciBackend(placement, () => clientsFor(placement.subscriptionId), pacing);
      case 'kubernetes':
        return createKubernetesBackend(placement, () => clusters(placement.cluster), pacing);
      case 'container-apps':
        return createContainerAppsBackend(placement, appsClientsFor, pacing);
    }
  };
  const made = new Map(placements.map((placement) => [placement.name, discreetBackend(make(placement))]));
  const backendOf = (name: string): ComputeBackend => made.get(name) ?? createUnconfiguredBackend(name);
  const inspect = (placement: ConfiguredPlacement, policy: Policy, now: number): readonly Inspection[] => {
    switch (placement.backend) {
      case 'aci':
        return aciInspections(placement, backendOf(placement.name), () => resources, now);
      case 'kubernetes':
        return kubernetesInspections(placement, () => clusters(placement.cluster), now);
      case 'container-apps':
        return containerAppsInspections(placement, policy, backendOf(placement.name), appsClientsFor, now);
    }
  };
  return {
    backendOf,
    inspectionsOf: (name, policy, now) => {
      const placement = placements.find((one) => one.name === name);
      return placement === undefined ? [] : inspect(placement, policy, now);
    },
  };
}
