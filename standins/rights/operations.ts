// Which operations requests to Azure take, in the words of its roles: by the lists that the services publish.
// What is known of them, and since when: docs/facts/azure-roles.md.

/** What a request with this method at this resource type takes. */
interface Operation {
  readonly method: 'GET' | 'PUT' | 'DELETE' | 'POST';
  /** Provider and types, without the names between them; a POST ends with its action. */
  readonly path: string;
  /** All of them may be what is asked for, so each must be granted. */
  readonly names: readonly string[];
}

export interface ServiceOperations {
  /** The list that names them, with its date. */
  readonly source: string;
  readonly operations: readonly Operation[];
  /**
   * Names that are in no list: Resource Manager makes them of the path. A role can't have them, as Azure refuses
   * actions that no service names, so a wildcard stands for them (docs/facts/azure-roles.md#actions-of-a-role).
   */
  readonly unpublished?: readonly string[];
}

function operation(method: Operation['method'], path: string, ...names: readonly string[]): Operation {
  return { method, path, names };
}

const GROUPS = 'Microsoft.ContainerInstance/containerGroups';
const INSTANCES_IN = 'Microsoft.ContainerInstance/locations';
const JOBS = 'Microsoft.App/jobs';
const ENVIRONMENTS = 'Microsoft.App/managedEnvironments';
/** By its path, and as the service names the read of one execution. */
const REPLICAS = [`${JOBS}/executions/replicas/read`, `${JOBS}/execution/replicas/read`];
const STOP_BY_PATH = `${JOBS}/executions/stop/action`;
const CREDENTIAL = 'Microsoft.ContainerService/managedClusters/listClusterUserCredential';
const REGISTRIES = 'Microsoft.ContainerRegistry/registries';
const NAME_CHECK = 'Microsoft.ContainerRegistry/checkNameAvailability';
const IDENTITIES = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const AUTHORIZATION = 'Microsoft.Authorization';

export const PUBLISHED_OPERATIONS: readonly ServiceOperations[] = [
  {
    source: 'Azure permissions for Containers, 23 February 2026',
    operations: [
      operation('GET', GROUPS, `${GROUPS}/read`),
      operation('PUT', GROUPS, `${GROUPS}/write`),
      operation('DELETE', GROUPS, `${GROUPS}/delete`),
      operation('GET', `${GROUPS}/containers/logs`, `${GROUPS}/containers/logs/read`),
      operation('GET', `${INSTANCES_IN}/usages`, `${INSTANCES_IN}/usages/read`),
      operation('GET', `${INSTANCES_IN}/operations`, `${INSTANCES_IN}/operations/read`),
    ],
  },
  {
    source: 'Azure permissions for Compute, 8 March 2026',
    operations: [
      operation('GET', JOBS, `${JOBS}/read`),
      operation('PUT', JOBS, `${JOBS}/write`),
      operation('DELETE', JOBS, `${JOBS}/delete`),
      operation('POST', `${JOBS}/start`, `${JOBS}/start/action`),
      operation('POST', `${JOBS}/stop`, `${JOBS}/stop/action`),
      operation('POST', `${JOBS}/getAuthToken`, `${JOBS}/getAuthToken/action`),
      operation('GET', `${JOBS}/executions`, `${JOBS}/executions/read`),
      operation('GET', `${JOBS}/executions/replicas`, ...REPLICAS),
      // Named for the path that az has. Which of the two the client's own path takes is unknown.
      operation('POST', `${JOBS}/executions/stop`, STOP_BY_PATH, `${JOBS}/stop/execution/action`),
      operation('GET', ENVIRONMENTS, `${ENVIRONMENTS}/read`),
      operation('GET', `${ENVIRONMENTS}/usages`, `${ENVIRONMENTS}/usages/read`),
      operation('GET', `${ENVIRONMENTS}/storages`, `${ENVIRONMENTS}/storages/read`),
      operation('GET', 'Microsoft.App/locations/usages', 'Microsoft.App/locations/usages/read'),
    ],
    unpublished: [...REPLICAS, STOP_BY_PATH],
  },
  {
    source: 'Azure permissions for Containers, 23 February 2026',
    operations: [
      operation('POST', CREDENTIAL, `${CREDENTIAL}/action`),
      operation('GET', REGISTRIES, `${REGISTRIES}/read`),
      operation('POST', NAME_CHECK, `${NAME_CHECK}/read`),
    ],
  },
  {
    source: 'Azure permissions for Identity, 23 February 2026',
    operations: [operation('GET', IDENTITIES, `${IDENTITIES}/read`)],
  },
  {
    source: 'Azure permissions for Management and governance, 23 February 2026',
    operations: ['permissions', 'roleAssignments', 'roleDefinitions'].map((type) =>
      operation('GET', `${AUTHORIZATION}/${type}`, `${AUTHORIZATION}/${type}/read`),
    ),
  },
];

/**
 * Of the log of an execution, which a region serves by a path of its own. A data action: a role has those apart.
 * Whether the region asks for it beside its token is unknown.
 */
export const STREAM_OPERATION = {
  source: 'Azure permissions for Compute, 8 March 2026',
  name: 'Microsoft.App/jobs/logstream/action',
};

/** Of a query to Log Analytics, which has a path of its own: of the workspace, and of tables that end with `_CL`. */
export const QUERY_OPERATIONS = {
  source: 'Azure Monitor, manage access to log data and workspaces, table-level RBAC, 2021',
  names: [
    'Microsoft.OperationalInsights/workspaces/query/read',
    'Microsoft.OperationalInsights/workspaces/query/Tables.Custom/read',
  ],
};
