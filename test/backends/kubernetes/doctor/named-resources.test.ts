// The doctor's looks at what a placement offers by name.
import { LOCAL_OBJECTS } from '../../../../standins/kubernetes/local-cluster';
import { checksOf, placementWith, setCluster } from './cluster-to-inspect';

const PLACEMENT = placementWith({
  volumes: {
    data: { claim: 'data' },
    models: { claim: 'models' },
    waits: { claim: 'waits' },
    inline: { csi: { driver: 'file.csi.azure.com' } },
  },
  identities: {
    trainer: { serviceAccount: 'trainer' },
    nobody: { serviceAccount: 'default' },
    absent: { serviceAccount: 'absent' },
  },
});
const WAITS = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'waits', namespace: 'gpu-jobs' },
  spec: {
    accessModes: ['ReadWriteMany'],
    storageClassName: 'none',
    resources: { requests: { storage: '1Gi' } },
  },
};

test('claims and service accounts are looked at, each with what to do about it', async () => {
  const more = [...LOCAL_OBJECTS.filter(({ kind }) => kind !== 'Namespace'), WAITS];
  const stage = setCluster({ more });
  await stage.advance(1_000);
  const checks = await checksOf(stage, PLACEMENT);
  const standing = [...checks].flatMap(([name, found]) =>
    /volume|identity/.test(name) ? [[name, found.standing]] : [],
  );
  expect(Object.fromEntries(standing)).toEqual({
    'aks volume data': 'ok',
    'aks volume models': 'failed',
    'aks volume waits': 'warning',
    'aks identity trainer': 'ok',
    'aks identity nobody': 'warning',
    'aks identity absent': 'failed',
  });
  expect(checks.get('aks volume models')?.detail).toContain(
    'claim models does not exist in namespace gpu-jobs',
  );
  expect(checks.get('aks volume waits')?.todo).toContain('kubectl describe pvc waits -n gpu-jobs');
  expect(checks.get('aks identity nobody')?.todo).toContain('azure.workload.identity/client-id');
});

test('are skipped, with the role that would let them, where this identity may not read them', async () => {
  const checks = await checksOf(setCluster({ doctor: [] }), PLACEMENT);
  for (const name of ['aks volume data', 'aks identity trainer'])
    expect(checks.get(name)).toMatchObject({
      standing: 'skipped',
      todo: expect.stringContaining('infra/kubernetes/doctor.yaml') as string,
    });
});

test('a CSI volume of Azure Files is held against the share that the app reads', async () => {
  const csi = (attributes: Record<string, string>) => ({ driver: 'file.csi.azure.com', attributes });
  const share = { url: 'https://acct.file.core.windows.net/results' };
  const volumes = {
    same: { csi: csi({ sharename: 'results', storageAccount: 'acct' }), share },
    other: { csi: csi({ shareName: 'data' }), share },
    elsewhere: { csi: csi({ shareName: 'results', storageAccount: 'another' }), share },
    untold: { csi: csi({ secretName: 'key' }), share },
  };
  const checks = await checksOf(setCluster(), placementWith({ volumes }));
  const standing = Object.keys(volumes).map((name) => checks.get(`aks volume ${name}`)?.standing);
  expect(standing).toEqual(['ok', 'failed', 'failed', undefined]);
  expect(checks.get('aks volume elsewhere')?.detail).toContain(
    'pods mount share another/results, and the app reads acct/results',
  );
});
