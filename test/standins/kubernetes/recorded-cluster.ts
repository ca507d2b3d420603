// The cluster on which the exchanges of test/fixtures/kubernetes were recorded: its users, roles, quota.
import { DEFAULT_KUBERNETES_SETTINGS, type KubernetesSettings } from '../../../standins/kubernetes/settings';
import type { JsonObject } from '../../../standins/kubernetes/store/json';

const RBAC = 'rbac.authorization.k8s.io/v1';
const ALL_OF_JOBS = ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete', 'deletecollection'];

function role(namespace: string, name: string, rules: readonly JsonObject[]): JsonObject {
  return { apiVersion: RBAC, kind: 'Role', metadata: { name, namespace }, rules };
}

function binding(namespace: string, name: string, ...others: readonly JsonObject[]): JsonObject {
  return {
    apiVersion: RBAC,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'User', name }, ...others],
  };
}

function namespace(name: string, labels: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

const READ = ['get', 'list', 'watch'];

const OBJECTS: readonly JsonObject[] = [
  namespace('gpu-jobs'),
  namespace('gpu-quota'),
  namespace('strict', {
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  }),
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'gpu-runner', namespace: 'gpu-jobs' } },
  role('gpu-jobs', 'gpu-runner', [
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ALL_OF_JOBS },
    { apiGroups: [''], resources: ['pods'], verbs: [...READ, 'delete'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
    { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: READ },
    { apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: ['create', 'get', 'delete'] },
  ]),
  role('gpu-jobs', 'gpu-viewer', [
    { apiGroups: ['batch'], resources: ['jobs'], verbs: READ },
    { apiGroups: [''], resources: ['pods'], verbs: READ },
  ]),
  role('gpu-quota', 'gpu-runner', [
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ALL_OF_JOBS },
    { apiGroups: [''], resources: ['pods'], verbs: ['create', ...READ, 'delete'] },
    { apiGroups: [''], resources: ['events', 'resourcequotas'], verbs: READ },
  ]),
  binding('gpu-jobs', 'gpu-runner', { kind: 'ServiceAccount', name: 'gpu-runner', namespace: 'gpu-jobs' }),
  binding('gpu-jobs', 'gpu-viewer'),
  binding('gpu-quota', 'gpu-runner'),
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'gpu-quota', namespace: 'gpu-quota' },
    spec: { hard: { 'requests.nvidia.com/gpu': '1', 'count/jobs.batch': '2' } },
  },
];

export const RECORDED_CLUSTER: KubernetesSettings = {
  ...DEFAULT_KUBERNETES_SETTINGS,
  users: [
    { name: 'gpu-runner', uid: 'u-runner', groups: ['gpu-runners'], token: 'token-of-runner' },
    { name: 'gpu-viewer', groups: [], token: 'token-of-viewer' },
    { name: 'admin', groups: ['system:masters'], token: 'token-of-admin' },
  ],
  objects: OBJECTS,
};
