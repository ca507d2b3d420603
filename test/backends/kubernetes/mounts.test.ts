// What a job mounts and who it is, from the request to the program on its node.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CreateRequest } from '../../../domain/ports/compute-backend';
import type { ContainerStart } from '../../../standins/containers/runtime';
import { LOCAL_OBJECTS } from '../../../standins/kubernetes/local-cluster';
import { createNodeDisk } from '../../../standins/kubernetes/volumes/node-disk';
import { refOn, requestOf, SPEC } from '../../contract/backend-stage';
import { type KubernetesStage, setKubernetesStage } from './kubernetes-stage';

const VOLUMES = {
  results: { claim: 'results' },
  data: { claim: 'data', readOnly: true },
  models: { claim: 'models' },
  keyed: {
    csi: {
      driver: 'file.csi.azure.com',
      attributes: { shareName: 'data', secretName: 'no-such-secret' },
    },
  },
};

let folder: string;
let starts: ContainerStart[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gpu-jobs-mounts-'));
  for (const share of ['results', 'data']) mkdirSync(shareOf(share), { recursive: true });
  starts = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const shareOf = (name: string): string => join(folder, 'shares/gpujobslocal', name);

function stageOf(): KubernetesStage {
  return setKubernetesStage({
    placement: { volumes: VOLUMES, identities: { trainer: { serviceAccount: 'trainer' } } },
    settings: { objects: LOCAL_OBJECTS },
    disk: createNodeDisk(join(folder, 'kubernetes'), join(folder, 'shares')),
    script: (start) => {
      starts.push(start);
      return { prints: [], exit: { atMs: 5_000, code: 0 } };
    },
  });
}

async function created(stage: KubernetesStage, more: Partial<CreateRequest>): Promise<CreateRequest> {
  await stage.advance(1_000);
  const request = { ...requestOf(refOn(stage)), ...more };
  if (request.told !== undefined) expect(await stage.backend.prepare?.(request)).toEqual({ kind: 'ready' });
  expect(await stage.backend.create(request)).toEqual({ kind: 'accepted' });
  await stage.advance(stage.untilRunning);
  return request;
}

test('a job finds its volumes, its own folder of one, scratch, its directory and what it is told', async () => {
  const stage = stageOf();
  await created(stage, {
    spec: {
      ...SPEC,
      identity: 'trainer',
      workingDir: '/workspace',
      scratch: [{ path: '/dev/shm', memory: true, sizeGb: 1 }],
    },
    mounts: [
      { volume: 'data', path: '/data', readOnly: true },
      { volume: 'results', path: '/out', readOnly: false, subPath: 'outputs/j1/1' },
    ],
    told: { variables: { GPU_JOBS_OUTPUT_DIR: '/out' }, secrets: { GPU_JOBS_OUTPUT_URL: 'https://sas' } },
  });
  const [start] = starts;
  expect(start?.workingDir).toBe('/workspace');
  expect(start?.environment).toMatchObject({
    GPU_JOBS_OUTPUT_DIR: '/out',
    GPU_JOBS_OUTPUT_URL: 'https://sas',
  });
  const [data, out, shm] = start?.mounts ?? [];
  expect(data).toEqual({ path: '/data', folder: shareOf('data'), readOnly: true });
  expect(out).toEqual({ path: '/out', folder: join(shareOf('results'), 'outputs/j1/1'), readOnly: false });
  expect(shm?.path).toBe('/dev/shm');
  expect(existsSync(out?.folder ?? '')).toBe(true);
  const [pod] = stage.standIn.store.list('pods').items;
  expect(pod).toMatchObject({ spec: { serviceAccountName: 'trainer' } });
  // A secret that a program is told stands in the Secret alone.
  expect(JSON.stringify(stage.standIn.store.list('jobs.batch').items)).not.toContain('https://sas');
});

test('a claim that is missing is told at once, as a fault of the placement', async () => {
  const stage = stageOf();
  const { ref } = await created(stage, { mounts: [{ volume: 'models', path: '/models', readOnly: false }] });
  expect(await stage.backend.observe(ref)).toMatchObject({
    kind: 'present',
    workload: {
      phase: 'provisioning',
      started: 'no',
      failure: {
        code: 'refused',
        class: 'infrastructure',
        message: expect.stringContaining('persistentvolumeclaim "models" not found') as string,
      },
    },
  });
});

test.each([
  ['the key of a share', 'keyed', /secrets "no-such-secret" not found/],
  ['a share', 'data', /No such file or directory/],
])('%s that is missing is trouble with the start', async (_what, volume, words) => {
  rmSync(shareOf('data'), { recursive: true });
  const stage = stageOf();
  const { ref } = await created(stage, { mounts: [{ volume, path: '/data', readOnly: true }] });
  expect(await stage.backend.observe(ref)).toMatchObject({
    kind: 'present',
    workload: {
      startTrouble: {
        code: 'cannot-start',
        class: 'infrastructure',
        message: expect.stringMatching(words) as string,
      },
    },
  });
});

test('a service account that is missing is refused by the cluster, as a fault of the placement', async () => {
  const stage = setKubernetesStage({
    placement: { identities: { trainer: { serviceAccount: 'absent' } } },
  });
  const { ref } = await created(stage, { spec: { ...SPEC, identity: 'trainer' } });
  expect(await stage.backend.observe(ref)).toMatchObject({
    workload: {
      startTrouble: {
        class: 'infrastructure',
        message: expect.stringContaining('serviceaccount "absent" not found') as string,
      },
    },
  });
});

test('what the placement has no more is refused, and nothing is sent', async () => {
  const stage = stageOf();
  const mounts = [{ volume: 'gone', path: '/x', readOnly: false }];
  expect(await stage.backend.create({ ...requestOf(refOn(stage)), mounts })).toMatchObject({
    kind: 'refused',
    reason: { message: expect.stringContaining('offers no volume "gone"') as string },
  });
  expect(stage.creates()).toBe(0);
});
