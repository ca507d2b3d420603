import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createVolumeFolders } from '../../../standins/containers/volume-folders';
import { setStage, type Stage } from './support';

const KEY = 'the key of the account';
const root = mkdtempSync(join(tmpdir(), 'apps-volumes-'));
mkdirSync(join(root, 'shares/account/results'), { recursive: true });
afterAll(() => rmSync(root, { recursive: true }));

async function started(shareName: string, subPath?: string): Promise<Stage> {
  const shares = { shares: join(root, 'shares'), keys: { account: KEY }, scratch: root };
  const stage = setStage({ volumeFolders: createVolumeFolders(shares) });
  const azureFile = { accountName: 'account', accountKey: KEY, shareName, accessMode: 'ReadWrite' };
  const put = await stage.send('PUT', '/managedEnvironments/env/storages/kept', {
    properties: { azureFile },
  });
  expect(JSON.stringify(put.body)).not.toContain(KEY);
  const { body } = await stage.send('GET', '/managedEnvironments/env');
  const volumeMounts = [
    { volumeName: 'v', mountPath: '/out', subPath },
    { volumeName: 's', mountPath: '/tmp/work' },
  ];
  const job = await stage.send('PUT', '/jobs/train', {
    location: 'eastus',
    properties: {
      environmentId: (body as { readonly id: string }).id,
      configuration: { triggerType: 'Manual', replicaTimeout: 600 },
      template: {
        containers: [{ name: 'program', image: 'example/program:1', volumeMounts }],
        volumes: [
          { name: 'v', storageType: 'AzureFile', storageName: 'kept' },
          { name: 's', storageType: 'EmptyDir' },
        ],
      },
    },
  });
  expect(job.status).toBe(201);
  stage.pass(60_000);
  await stage.send('POST', '/jobs/train/start');
  stage.pass(600_000);
  return stage;
}

test('a replica finds the folder of a storage at its path, and scratch that goes with it', async () => {
  const { starts } = await started('results', 'outputs/j/1');
  const [kept, scratch] = starts[0]?.mounts ?? [];
  const folder = join(root, 'shares/account/results/outputs/j/1');
  expect(kept).toEqual({ path: '/out', folder, readOnly: false });
  expect(existsSync(folder)).toBe(true);
  expect(scratch?.path).toBe('/tmp/work');
  expect(existsSync(scratch?.folder ?? root)).toBe(false);
});

test('a share that is not there fails the execution, with no program', async () => {
  const stage = await started('gone');
  expect(stage.starts).toEqual([]);
  const { body } = await stage.send('GET', '/jobs/train/executions');
  expect(JSON.stringify(body)).toContain('"Failed"');
});
