// What the doctor inspects of a placement on Container Apps. It changes nothing.
import { type Inspection, ok } from '../../../domain/backend/check';
import type { ComputeBackend } from '../../../domain/ports/compute-backend';
import type { Policy } from '../../../domain/spec/policy';
import { programIdentityInspections } from '../../arm/program-identity-check';
import { quotaCheck } from '../../quota-check';
import type { ContainerAppsClients } from '../cloud/clients';
import { environmentParts } from '../environment-id';
import { containerAppsFacts } from '../facts';
import type { ContainerAppsPlacement } from '../placement';
import { environmentCheck } from './environment-check';
import { REGIONS_AS_OF, regionsOf } from './gpu-regions';
import { isIdentityId } from './identity-check';
import { policyNames } from './policy-names';
import { pullInspections } from './pull-inspections';
import { registryReads } from './registry-reads';
import { rightsCheck } from './rights-check';
import { storageInspections } from './storage-check';
import { workspaceInspections } from './workspace-inspection';

/** An owner of nothing: asking for the stored one would mint it in a new deployment. */
const NOBODY = 'doctor';
const REQUEST_TIMEOUT_MS = 30_000;
const MORE_QUOTA =
  'Ask for more in the portal: Quotas, Azure Container Apps, "Managed Environment Consumption T4 Gpus" or "… NCA100 Gpus".';

/**
 * `policy`: of the whole deployment. `clientsOf` is called when an inspection asks. `now` in epoch milliseconds.
 */
export function containerAppsInspections(
  placement: ContainerAppsPlacement,
  policy: Policy,
  backend: ComputeBackend,
  clientsOf: (subscriptionId: string) => ContainerAppsClients,
  now: number,
): readonly Inspection[] {
  const { name, subscriptionId, resourceGroup, region } = placement;
  const environment = environmentParts(placement);
  const facts = containerAppsFacts(placement);
  const names = policyNames([policy, placement.policy ?? {}]);
  return [
    {
      name,
      todo: `Check that resource group ${resourceGroup} exists in subscription ${subscriptionId} and that this identity may read, write, start and delete jobs in it (role Container Apps Jobs Contributor).`,
      check: async () => {
        await backend.list(NOBODY);
        return ok(name, `resource group ${resourceGroup} (${region}) can be read`);
      },
    },
    {
      name: `${name} rights`,
      todo: 'Look by `az account show` whether Resource Manager answers.',
      check: () =>
        rightsCheck(
          `${name} rights`,
          placement,
          names.identities.filter(isIdentityId),
          clientsOf(subscriptionId).resources,
        ),
    },
    {
      name: `${name} environment`,
      todo: `Check that environment ${environment.name} exists in resource group ${environment.resourceGroup} and that this identity may read it and join it (Microsoft.App/managedEnvironments/read and /join/action).`,
      check: async () => {
        const { reading } = clientsOf(environment.subscriptionId);
        const found = await reading.managedEnvironments.get(environment.resourceGroup, environment.name, {
          abortSignal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
        });
        return environmentCheck(found, placement);
      },
    },
    ...storageInspections(placement, clientsOf),
    ...programIdentityInspections(placement, () => clientsOf(subscriptionId).resources),
    ...workspaceInspections(placement, clientsOf, now),
    ...pullInspections(placement, names, () => registryReads(clientsOf(subscriptionId).resources)),
    ...regionInspections(placement),
    {
      name: `${name} quota`,
      todo: 'Check that this identity may read usages of the environment and of the region (Microsoft.App/managedEnvironments/usages/read, Microsoft.App/locations/usages/read).',
      check: async () =>
        quotaCheck(`${name} quota`, placement.gpus, facts, await backend.usages(), MORE_QUOTA),
    },
  ];
}

function regionInspections({ name, gpus, region }: ContainerAppsPlacement): Inspection[] {
  return gpus.flatMap(({ sku }) => {
    const regions = regionsOf(sku);
    if (regions === undefined || regions.includes(region.toLowerCase())) return [];
    const todo = `Choose a region that has it: ${regions.join(', ')}.`;
    const detail = `${region} had no serverless ${sku} as of ${REGIONS_AS_OF}`;
    return [
      { name, todo, check: () => Promise.resolve({ name, standing: 'warning' as const, detail, todo }) },
    ];
  });
}
