// Volumes of pods: claims and their scheduling, folders behind mounts, and what a kubelet says of those that are not
// there.
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { at, type Json, type JsonObject, textAt } from '../../../standins/kubernetes/store/json';
import { type Mount, PODS, removeShares, setVolumeStage, sharesFolder } from './volume-stage';

const CLAIMS = '/api/v1/namespaces/gpu-jobs/persistentvolumeclaims';

let folder: string;
beforeEach(() => {
  folder = sharesFolder();
});
afterEach(() => removeShares(folder));

const phaseOf = (pod: Json): string | undefined => textAt(pod, 'status', 'phase');

describe('A claim', () => {
  test('leads to the share behind it, the folder of which outlives the pod', async () => {
    const stage = await setVolumeStage(folder);
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'data' } }];
    await stage.podWith(volumes, [{ name: 'v', mountPath: '/data', readOnly: true }]);
    expect(stage.starts[0]?.mounts).toEqual([{ path: '/data', folder: stage.share('data'), readOnly: true }]);
    await stage.ask('DELETE', `${PODS}/one`, { as: 'admin', body: { gracePeriodSeconds: 0 } });
    await stage.advance(5_000);
    expect(existsSync(stage.share('data'))).toBe(true);
  });

  test('that is missing keeps its pod from every node until it is there, and brings no node', async () => {
    const stage = await setVolumeStage(folder);
    const pod = await stage.podWith(
      [{ name: 'v', persistentVolumeClaim: { claimName: 'models' } }],
      [{ name: 'v', mountPath: '/models' }],
    );
    expect(phaseOf(pod)).toBe('Pending');
    expect(await stage.told('FailedScheduling')).toEqual([
      '0/1 nodes are available: persistentvolumeclaim "models" not found. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    ]);
    expect(await stage.told('NotTriggerScaleUp')).toEqual([
      'pod didn\'t trigger scale-up: 1 persistentvolumeclaim "models" not found',
    ]);
    await stage.ask('POST', CLAIMS, { as: 'admin', body: claim('models', 'azurefile-csi') });
    await stage.advance(20_000);
    expect(phaseOf((await stage.ask('GET', `${PODS}/one`, { as: 'admin' })).body)).toBe('Running');
  });

  test('is bound to a volume of its own where its storage class is there', async () => {
    const stage = await setVolumeStage(folder);
    await stage.ask('POST', CLAIMS, { as: 'admin', body: claim('scratch', 'azurefile-csi') });
    await stage.advance(1_000);
    const { body } = await stage.ask('GET', `${CLAIMS}/scratch`, { as: 'admin' });
    expect(at(body, 'status')).toMatchObject({ phase: 'Bound', capacity: { storage: '5Gi' } });
    expect(textAt(body, 'spec', 'volumeName')).toMatch(/^pvc-/);
  });

  test('without its storage class stays unbound, which the scheduler says of its pod', async () => {
    const stage = await setVolumeStage(folder);
    await stage.ask('POST', CLAIMS, { as: 'admin', body: claim('scratch', 'nowhere') });
    await stage.podWith(
      [{ name: 'v', persistentVolumeClaim: { claimName: 'scratch' } }],
      [{ name: 'v', mountPath: '/s' }],
    );
    expect(await stage.told('ProvisioningFailed', 'scratch')).toEqual([
      'storageclass.storage.k8s.io "nowhere" not found',
    ]);
    const [message] = await stage.told('FailedScheduling');
    expect(message).toMatch(/pod has unbound immediate PersistentVolumeClaims\./);
  });
});

function claim(name: string, storageClassName: string): JsonObject {
  const resources = { requests: { storage: '5Gi' } };
  const spec = { accessModes: ['ReadWriteMany'], storageClassName, resources };
  return { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec };
}

describe('A share that a pod names itself', () => {
  const csi = {
    name: 'v',
    csi: { driver: 'file.csi.azure.com', volumeAttributes: { shareName: 'results', secretName: 'key' } },
  };
  const mounts = [{ name: 'v', mountPath: '/out' }];
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key' },
    stringData: { azurestorageaccountname: 'gpujobslocal', azurestorageaccountkey: 'a2V5' },
  };

  test.each([
    ['csi', csi],
    ['azureFile', { name: 'v', azureFile: { secretName: 'key', shareName: 'results' } }],
  ])('is mounted with the account in its Secret (%s)', async (_kind, volume) => {
    const stage = await setVolumeStage(folder);
    await stage.ask('POST', '/api/v1/namespaces/gpu-jobs/secrets', { as: 'admin', body: secret });
    await stage.podWith([volume], mounts);
    expect(stage.mountedAt('/out')).toBe(stage.share('results'));
  });

  test('waits for a Secret that is not there, and says so', async () => {
    const stage = await setVolumeStage(folder);
    expect(phaseOf(await stage.podWith([csi], mounts))).toBe('Pending');
    const [message] = await stage.told('FailedMount');
    expect(message).toBe(
      'MountVolume.SetUp failed for volume "v" : rpc error: code = Internal desc = secrets "key" not found',
    );
  });

  test('and that the account does not have is an error of the mount', async () => {
    const stage = await setVolumeStage(folder);
    rmSync(stage.share('results'), { recursive: true });
    await stage.ask('POST', '/api/v1/namespaces/gpu-jobs/secrets', { as: 'admin', body: secret });
    await stage.podWith([csi], mounts);
    const [message] = await stage.told('FailedMount');
    expect(message).toMatch(/gpujobslocal\.file\.core\.windows\.net\/results.*No such file or directory/);
  });

  test('by a driver that no node has is refused by the kubelet', async () => {
    const stage = await setVolumeStage(folder);
    await stage.podWith([{ name: 'v', csi: { driver: 'ebs.csi.aws.com' } }], mounts);
    const [message] = await stage.told('FailedMount');
    expect(message).toMatch(
      /driver name ebs\.csi\.aws\.com not found in the list of registered CSI drivers$/,
    );
  });
});

describe('An empty directory', () => {
  const shm = { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '1Ki' } };
  const mounts = [{ name: 'shm', mountPath: '/dev/shm' }];

  test('is empty at the start, and gone with its pod', async () => {
    const stage = await setVolumeStage(folder, { prints: [], exit: { atMs: 20_000, code: 0 } });
    await stage.podWith([shm], mounts);
    const own = stage.mountedAt('/dev/shm');
    expect(existsSync(own)).toBe(true);
    await stage.advance(30_000);
    expect(existsSync(own)).toBe(false);
  });

  test('that holds more than its limit has its pod evicted', async () => {
    const stage = await setVolumeStage(folder);
    await stage.podWith([shm], mounts);
    writeFileSync(join(stage.mountedAt('/dev/shm'), 'tensor'), Buffer.alloc(2_000));
    await stage.advance(60_000);
    const { body } = await stage.ask('GET', `${PODS}/one`, { as: 'admin' });
    expect(at(body, 'status')).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Usage of EmptyDir volume "shm" exceeds the limit "1Ki". ',
    });
  });
});

test('Secrets and ConfigMaps are files, those of `items` under the paths that they name', async () => {
  const stage = await setVolumeStage(folder);
  const bodies = [
    ['secrets', 'Secret', { stringData: { token: 'abc', other: 'x' } }],
    ['configmaps', 'ConfigMap', { data: { 'train.yaml': 'epochs: 3' } }],
  ] as const;
  for (const [plural, kind, data] of bodies)
    await stage.ask('POST', `/api/v1/namespaces/gpu-jobs/${plural}`, {
      as: 'admin',
      body: { apiVersion: 'v1', kind, metadata: { name: 'c' }, ...data },
    });
  await stage.podWith(
    [
      { name: 's', secret: { secretName: 'c', items: [{ key: 'token', path: 'hub/token' }] } },
      { name: 'm', configMap: { name: 'c' } },
    ],
    [
      { name: 's', mountPath: '/secrets' },
      { name: 'm', mountPath: '/config' },
    ],
  );
  expect(readFileSync(join(stage.mountedAt('/secrets'), 'hub/token'), 'utf8')).toBe('abc');
  expect(existsSync(join(stage.mountedAt('/secrets'), 'other'))).toBe(false);
  expect(readFileSync(join(stage.mountedAt('/config'), 'train.yaml'), 'utf8')).toBe('epochs: 3');
});

describe('A folder of a volume', () => {
  const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'results' } }];
  const mount = (more: JsonObject): Mount[] => [{ name: 'v', mountPath: '/out', ...more }];

  test('is made where it is not there, its name filled in with variables', async () => {
    const stage = await setVolumeStage(folder);
    await stage.podWith(volumes, mount({ subPathExpr: 'outputs/$(JOB)' }), {
      env: [{ name: 'JOB', value: 'j1' }],
    });
    expect(stage.mountedAt('/out')).toBe(join(stage.share('results'), 'outputs', 'j1'));
    expect(existsSync(stage.mountedAt('/out'))).toBe(true);
  });

  test('is refused where a link leads out of the volume: the container is not made', async () => {
    const stage = await setVolumeStage(folder);
    symlinkSync('/etc', join(stage.share('results'), 'out'));
    const pod = await stage.podWith(volumes, mount({ subPath: 'out' }));
    expect(stage.starts).toEqual([]);
    expect(at(pod, 'status', 'containerStatuses', 0, 'state', 'waiting')).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'failed to prepare subPath for volumeMount "v" of container "main"',
    });
  });

  test.each([
    ['..', { subPath: '../other' }, "must not contain '..'"],
    ['a root', { subPath: '/etc' }, 'must be a relative path'],
  ])('is refused at once with %s in its path', async (_what, more, why) => {
    const stage = await setVolumeStage(folder);
    const answer = await stage.podWith(volumes, mount(more));
    expect(textAt(answer, 'message')).toContain(why);
  });
});

test('Two mounts at one path, and a claim without a name, are refused', async () => {
  const stage = await setVolumeStage(folder);
  const answer = await stage.podWith(
    [{ name: 'v', persistentVolumeClaim: { claimName: '' } }],
    [
      { name: 'v', mountPath: '/a' },
      { name: 'v', mountPath: '/a' },
    ],
  );
  expect(textAt(answer, 'message')).toMatch(
    /spec\.volumes\[0\]\.persistentVolumeClaim\.claimName: Required value.*volumeMounts\[1\]\.mountPath: Invalid value: "\/a": must be unique/,
  );
});

test('A container starts in its working directory', async () => {
  const stage = await setVolumeStage(folder);
  await stage.podWith([], [], { workingDir: '/workspace' });
  expect(stage.starts[0]?.workingDir).toBe('/workspace');
});
