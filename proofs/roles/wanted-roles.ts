// The custom roles of infra/ and what each must hold: the lists of rights that stand beside the code that takes them.
import { REGION_RIGHTS, RUNNER_RIGHTS, WATCHDOG_RIGHTS } from '../../backends/aci/rights';
import { IDENTITY_RIGHTS } from '../../backends/arm/identity-rights';
import {
  ENVIRONMENT_RIGHTS,
  REGION_RIGHTS as APPS_REGION_RIGHTS,
  RUNNER_DATA_RIGHTS as APPS_DATA_RIGHTS,
  RUNNER_RIGHTS as APPS_RIGHTS,
  WATCHDOG_RIGHTS as APPS_WATCHDOG_RIGHTS,
  WORKSPACE_RIGHTS,
} from '../../backends/container-apps/rights';
import {
  AKS_RIGHTS,
  type Right,
  WATCHDOG_RIGHTS as CLUSTER_WATCHDOG_RIGHTS,
} from '../../backends/kubernetes/rights';

export interface WantedRole {
  /** Below infra/. */
  readonly file: string;
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
}

function wanted(file: string, actions: readonly string[], dataActions: readonly string[] = []): WantedRole {
  return { file, actions, dataActions };
}

/** Azure has one word for looking at one object and at all of them. */
function inAzure({ verb, group, resource }: Right): string {
  const kind = group === '' ? resource : `${group}/${resource}`;
  return `Microsoft.ContainerService/managedClusters/${kind}/${verb === 'delete' ? verb : 'read'}`;
}

export const WANTED_ROLES: readonly WantedRole[] = [
  wanted('app/roles/instances-role.bicep', RUNNER_RIGHTS),
  wanted('app/roles/instances-region-role.bicep', REGION_RIGHTS),
  wanted('app/roles/apps-role.bicep', APPS_RIGHTS, APPS_DATA_RIGHTS),
  wanted('app/roles/apps-region-role.bicep', APPS_REGION_RIGHTS),
  wanted('app/roles/environment-role.bicep', ENVIRONMENT_RIGHTS),
  wanted('app/roles/workspace-role.bicep', WORKSPACE_RIGHTS),
  wanted('app/roles/clusters-role.bicep', AKS_RIGHTS),
  wanted('app/roles/identities-role.bicep', IDENTITY_RIGHTS),
  wanted('watchdog/instances-role.bicep', WATCHDOG_RIGHTS),
  wanted('watchdog/apps-role.bicep', APPS_WATCHDOG_RIGHTS),
  wanted('watchdog/cluster-role.bicep', [], [...new Set(CLUSTER_WATCHDOG_RIGHTS.map(inAzure))]),
];
