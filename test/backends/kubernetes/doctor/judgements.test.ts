import { namespaceCheck } from '../../../../backends/kubernetes/doctor/namespace-check';
import { quotaCheck } from '../../../../backends/kubernetes/doctor/quota-check';
import { retirementOf } from '../../../../backends/kubernetes/doctor/retired-sizes';
import { versionCheck } from '../../../../backends/kubernetes/doctor/version-check';
import { placementWith, TODAY } from './cluster-to-inspect';

test.each([
  ['v1.28.9', 'failed'],
  ['v1.29.0-eks-1', 'ok'],
  ['v1.36.3', 'ok'],
  ['v2.0.0', 'ok'],
  ['of an unknown version', 'ok'],
])('Kubernetes %s is %s', (version, standing) => {
  expect(versionCheck('aks', 'it', version)).toMatchObject({ standing });
});

test('a namespace that is being deleted takes no job', () => {
  const value = {
    metadata: { name: 'gpu-jobs', namespace: undefined, labels: undefined, ownerReferences: undefined },
    status: { phase: 'Terminating' },
  };
  expect(namespaceCheck('aks namespace', placementWith(), { kind: 'read', value })).toMatchObject({
    standing: 'failed',
    detail: 'namespace gpu-jobs is being deleted',
  });
});

test.each([
  ['used up', undefined, 'warning'],
  ['of pods without deadlines', ['NotTerminating'], 'ok'],
])('a quota that is %s has its word', (_what, scopes, standing) => {
  const hard = { 'count/jobs.batch': '2' };
  const value = [
    {
      metadata: { name: 'team', namespace: 'gpu-jobs', labels: undefined, ownerReferences: undefined },
      spec: { hard, scopes },
      status: { hard, used: { 'count/jobs.batch': '2' } },
    },
  ];
  expect(quotaCheck('aks quota', placementWith(), { kind: 'read', value })).toMatchObject({ standing });
});

test.each([
  ['Standard_NC6', '2023-08-31'],
  ['Standard_NC24rs_v2', '2023-08-31'],
  ['Standard_ND24rs', '2023-08-31'],
  ['Standard_NV12', '2023-09-06'],
  ['standard_nc24rs_v3', '2025-09-30'],
  ['Standard_NV48s_v3', '2026-09-30'],
  ['Standard_NV32as_v4', '2026-09-30'],
])('%s was retired on %s', (size, lastDay) => {
  expect(retirementOf(size, TODAY)).toMatchObject({ lastDay, isOver: true });
});

test.each([
  'Standard_NC4as_T4_v3',
  'Standard_NC24ads_A100_v4',
  'Standard_NC40ads_H100_v5',
  'Standard_ND96isr_H100_v5',
  'Standard_NV36ads_A10_v5',
])('%s is not known as retired', (size) => {
  expect(retirementOf(size, TODAY)).toBeUndefined();
});

test('a retirement is over when its last day is', () => {
  expect(retirementOf('Standard_NC6s_v3', Date.UTC(2025, 8, 30, 23, 59))).toMatchObject({ isOver: false });
  expect(retirementOf('Standard_NC6s_v3', Date.UTC(2025, 9, 1))).toMatchObject({ isOver: true });
});
