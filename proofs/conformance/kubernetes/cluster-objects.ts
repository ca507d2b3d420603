// What the recorder's clusters held from the start: namespaces, rights and a quota.
import type { JsonObject } from '../../../standins/kubernetes/store/json';

const RBAC = { apiVersion: 'rbac.authorization.k8s.io/v1' };
const ALL_OF_JOBS = {
  apiGroups: ['batch'],
  resources: ['jobs'],
  verbs: ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete', 'deletecollection'],
};
const READ = ['get', 'list', 'watch'];

type KubeObject = JsonObject;

export const BASE_OBJECTS: readonly KubeObject[] = [
  ...['gpu-jobs', 'gpu-quota'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'gpu-runner', namespace: 'gpu-jobs' } },
  role('gpu-jobs', 'gpu-runner', [
    ALL_OF_JOBS,
    { apiGroups: [''], resources: ['pods'], verbs: [...READ, 'delete'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    { apiGroups: [''], resources: ['events'], verbs: READ },
    { apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: ['create', 'get', 'delete'] },
  ]),
  role('gpu-jobs', 'gpu-viewer', [
    { apiGroups: ['batch'], resources: ['jobs'], verbs: READ },
    { apiGroups: [''], resources: ['pods'], verbs: READ },
  ]),
  role('gpu-quota', 'gpu-runner', [
    ALL_OF_JOBS,
    { apiGroups: [''], resources: ['pods'], verbs: ['create', ...READ, 'delete'] },
    { apiGroups: [''], resources: ['events', 'resourcequotas'], verbs: READ },
  ]),
  binding('gpu-jobs', 'gpu-runner', [{ kind: 'ServiceAccount', name: 'gpu-runner', namespace: 'gpu-jobs' }]),
  binding('gpu-jobs', 'gpu-viewer'),
  binding('gpu-quota', 'gpu-runner'),
  quota(),
];

function role(namespace: string, name: string, rules: readonly JsonObject[]): KubeObject {
  return { ...RBAC, kind: 'Role', metadata: { name, namespace }, rules };
}

function binding(namespace: string, name: string, others: readonly JsonObject[] = []): KubeObject {
  return {
    ...RBAC,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'User', name, apiGroup: 'rbac.authorization.k8s.io' }, ...others],
  };
}

/** As `kubectl apply` leaves it, annotation included. */
function quota(): KubeObject {
  const hard = { 'count/jobs.batch': '2', 'requests.nvidia.com/gpu': '1' };
  const applied = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { annotations: {}, name: 'gpu-quota', namespace: 'gpu-quota' },
    spec: { hard },
  };
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: {
      name: 'gpu-quota',
      namespace: 'gpu-quota',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `${JSON.stringify(applied)}\n` },
    },
    spec: { hard },
  };
}
