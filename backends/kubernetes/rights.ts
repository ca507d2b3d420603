// What a backend for clusters does there, as rights: the one list by which the roles of infra/kubernetes are written,
// and of Azure the role that leads to a cluster.

/** One verb on one kind of object, in the words of RBAC. */
export interface Right {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  /** With its subresource, such as `pods/log`. */
  readonly resource: string;
}

/** Of the whole cluster; with a name only objects of that name. */
interface DoctorRight extends Right {
  readonly name?: string;
}

/** Where the cluster autoscaler tells of its node groups (docs/facts/aks.md#autoscaler-status). */
export const AUTOSCALER_STATUS = { namespace: 'kube-system', name: 'cluster-autoscaler-status' };

/**
 * On a cluster of AKS, in the words of Azure's roles: to be told the way to it (infra/app/roles/clusters-role.bicep).
 * What may be done there, the lists below say.
 */
export const AKS_RIGHTS: readonly string[] = [
  'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
];

/**
 * All that a job's life takes, in the placement's namespace. infra/kubernetes/runner.yaml grants it.
 */
export const RUNNER_RIGHTS: readonly Right[] = [
  ...rights('batch', 'jobs', 'create', 'get', 'list', 'delete'),
  ...rights('', 'pods', 'list', 'delete'),
  ...rights('', 'pods/log', 'get'),
  ...rights('', 'events', 'list'),
  ...rights('', 'secrets', 'create', 'get', 'list', 'patch', 'delete'),
  ...rights('', 'resourcequotas', 'list'),
];

/** What a sweep by marks alone takes: it starts nothing and reads no log (infra/kubernetes/watchdog.yaml). */
export const WATCHDOG_RIGHTS: readonly Right[] = [
  ...rights('batch', 'jobs', 'get', 'list', 'delete'),
  ...rights('', 'pods', 'list', 'delete'),
  ...rights('', 'secrets', 'get', 'list', 'delete'),
];

/** What a look at the whole cluster reads besides (infra/kubernetes/doctor.yaml). */
export const DOCTOR_RIGHTS: readonly DoctorRight[] = [
  ...rights('', 'namespaces', 'get'),
  ...rights('', 'persistentvolumeclaims', 'get'),
  ...rights('', 'serviceaccounts', 'get'),
  ...rights('', 'limitranges', 'list'),
  ...rights('', 'nodes', 'list'),
  ...rights('', 'pods', 'list'),
  ...rights('apps', 'daemonsets', 'list'),
  ...rights('', 'configmaps', 'get').map((right) => ({ ...right, name: AUTOSCALER_STATUS.name })),
];

/** As `kubectl auth can-i` takes it: `create jobs.batch`. */
export function rightInWords({ verb, group, resource }: Right): string {
  return `${verb} ${group === '' ? resource : `${resource}.${group}`}`;
}

function rights(group: string, resource: string, ...verbs: readonly string[]): Right[] {
  return verbs.map((verb) => ({ verb, group, resource }));
}
