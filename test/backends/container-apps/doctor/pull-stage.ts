// Container Apps behind Resource Manager, with a registry that an identity pulls from.
import { containerAppsInspections } from '../../../../backends/container-apps/doctor/inspections';
import type { Check } from '../../../../domain/backend/check';
import type { Policy } from '../../../../domain/spec/policy';
import { DEFAULT_ACI_SETTINGS } from '../../../../standins/aci/settings';
import type { PullFault } from '../../../../standins/arm/pulls/pull-fault';
import {
  type GivenIdentity,
  type GivenRegistry,
  identityId,
  OPEN_REGISTRY,
  type PullWorld,
  registryId,
} from '../../../../standins/arm/pulls/pull-world';
import { ACR_PULL } from '../../../../standins/arm/pulls/roles';
import { createStandIn, type StandIn } from '../../../../standins/arm/stand-in';
import { createScriptedRuntime } from '../../../../standins/containers/scripted';
import { createVirtualTime } from '../../../../standins/kernel/virtual-time';
import type { Handler, WireRequest } from '../../../../standins/wire/handler';
import { containerAppsPlacement } from '../../../support/container-apps-placement';
import { NEW_YEAR } from '../../../support/rows';
import { setContainerAppsStage } from '../container-apps-stage';

const PLACEMENT = containerAppsPlacement({ gpus: [] });

export const REGISTRY: GivenRegistry = {
  ...OPEN_REGISTRY,
  subscription: PLACEMENT.subscriptionId,
  resourceGroup: 'registries',
  name: 'myjobs',
  location: 'westus3',
};
export const IDENTITY: GivenIdentity = {
  subscription: PLACEMENT.subscriptionId,
  resourceGroup: 'rg1',
  name: 'pull',
  location: 'westus3',
  principalId: '10000000-0000-4000-8000-000000000001',
  clientId: '10000000-0000-4000-8000-000000000002',
};
export const SERVER = 'myjobs.azurecr.io';
export const POLICY: Policy = { registries: [SERVER, '*.azurecr.io'], identities: [identityId(IDENTITY)] };

export const WORLD: PullWorld = {
  registries: [REGISTRY],
  identities: [IDENTITY],
  assignments: [{ scope: registryId(REGISTRY), principalId: IDENTITY.principalId, role: ACR_PULL }],
};

export interface PullStage {
  /** What the doctor says under a policy, by the names of its inspections. */
  readonly inspected: (policy?: Policy) => Promise<ReadonlyMap<string, Check>>;
  readonly sent: readonly string[];
}

export function setPullStage(
  faults: readonly PullFault[] = [],
  world: PullWorld = WORLD,
  placementPolicy?: Policy,
  onRequest: (request: WireRequest) => void = () => undefined,
): PullStage {
  const { backend, clientsOf, sent } = setContainerAppsStage({
    way: (service) => {
      const { handle } = behindResourceManager(service, world, faults);
      return (request) => {
        onRequest(request);
        return handle(request);
      };
    },
  });
  const placement = { ...PLACEMENT, policy: placementPolicy };
  return {
    sent,
    inspected: async (policy = POLICY) => {
      const inspections = containerAppsInspections(placement, policy, backend, clientsOf, NEW_YEAR);
      const checks = await Promise.all(inspections.map(({ check }) => check()));
      return new Map(checks.map((check) => [check.name, check]));
    },
  };
}

function behindResourceManager(
  containerApps: Handler,
  pulls: PullWorld,
  faults: readonly PullFault[],
): StandIn {
  const time = createVirtualTime(NEW_YEAR);
  let ids = 0;
  const standIn = createStandIn({
    clock: time.clock,
    timers: time.timers,
    newId: () => `20000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    runtime: createScriptedRuntime(time.timers, () => ({ prints: [], exit: { atMs: 1, code: 0 } })),
    settings: DEFAULT_ACI_SETTINGS,
    subscriptionId: PLACEMENT.subscriptionId,
    resourceGroup: PLACEMENT.resourceGroup,
    containerApps,
    pulls,
  });
  for (const fault of faults) standIn.injectPullFault(fault);
  return standIn;
}
