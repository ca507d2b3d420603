// The requests that Azure Resource Manager answers itself, as far as clients of container groups send them.
import type { Route } from '../wire/arm-route';
import type { ArmAction } from './context';
import { deleteResourceGroup, getDeletion } from './delete-resource-group';
import {
  deleteDeployment,
  exportTemplate,
  getDeployment,
  getOperation,
  getOperationStatus,
  headDeployment,
  listDeployments,
  listOperations,
  putDeployment,
  validateDeployment,
} from './deployments-api';
import { getProvider, listProviders } from './providers-api';
import {
  getResourceGroup,
  headResourceGroup,
  listResourceGroups,
  putResourceGroup,
} from './resource-groups-api';
import { getSubscription, listLocations, listSubscriptions, listTenants } from './subscriptions-api';

const SUBSCRIPTION = '/subscriptions/{subscription}';
const GROUP = `${SUBSCRIPTION}/resourceGroups/{resourceGroup}`;
const DEPLOYMENT = `${GROUP}/providers/Microsoft.Resources/deployments/{name}`;
/** Only the operations have an older address as well, which every client still uses. */
const OPERATIONS = [`${DEPLOYMENT}/operations`, `${GROUP}/deployments/{name}/operations`] as const;

export const ARM_ROUTES: readonly Route<ArmAction>[] = [
  { method: 'GET', pattern: '/tenants', action: listTenants },
  { method: 'GET', pattern: '/subscriptions', action: listSubscriptions },
  { method: 'GET', pattern: SUBSCRIPTION, action: getSubscription },
  { method: 'GET', pattern: `${SUBSCRIPTION}/locations`, action: listLocations },
  { method: 'GET', pattern: `${SUBSCRIPTION}/providers`, action: listProviders },
  { method: 'GET', pattern: `${SUBSCRIPTION}/providers/{namespace}`, action: getProvider },
  { method: 'POST', pattern: `${SUBSCRIPTION}/providers/{namespace}/register`, action: getProvider },
  { method: 'GET', pattern: `${SUBSCRIPTION}/resourceGroups`, action: listResourceGroups },
  { method: 'GET', pattern: GROUP, action: getResourceGroup },
  { method: 'HEAD', pattern: GROUP, action: headResourceGroup },
  { method: 'PUT', pattern: GROUP, action: putResourceGroup },
  { method: 'DELETE', pattern: GROUP, action: deleteResourceGroup },
  { method: 'GET', pattern: `${SUBSCRIPTION}/operationresults/{operation}`, action: getDeletion },
  { method: 'GET', pattern: `${GROUP}/providers/Microsoft.Resources/deployments`, action: listDeployments },
  { method: 'PUT', pattern: DEPLOYMENT, action: putDeployment },
  { method: 'GET', pattern: DEPLOYMENT, action: getDeployment },
  { method: 'HEAD', pattern: DEPLOYMENT, action: headDeployment },
  { method: 'DELETE', pattern: DEPLOYMENT, action: deleteDeployment },
  { method: 'POST', pattern: `${DEPLOYMENT}/validate`, action: validateDeployment },
  { method: 'POST', pattern: `${DEPLOYMENT}/exportTemplate`, action: exportTemplate },
  { method: 'GET', pattern: `${DEPLOYMENT}/operationStatuses/{status}`, action: getOperationStatus },
  ...OPERATIONS.map((pattern) => ({ method: 'GET', pattern, action: listOperations })),
  ...OPERATIONS.map((pattern) => ({
    method: 'GET',
    pattern: `${pattern}/{operation}`,
    action: getOperation,
  })),
];
