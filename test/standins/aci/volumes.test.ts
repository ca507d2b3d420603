import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ContainerGroup, Volume, VolumeMount } from '@azure/arm-containerinstance';

import { createVolumeFolders } from '../../../standins/containers/volume-folders';
import { RESOURCE_GROUP } from '../../support/placements';
import { container, group, setStage, type Stage } from './support';

const KEY = 'the key of the account';
const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

interface Disk {
  readonly stage: Stage;
  readonly root: string;
}

/** A region with one share, `account/results`. */
function withShare(): Disk {
  const root = mkdtempSync(join(tmpdir(), 'aci-volumes-'));
  roots.push(root);
  mkdirSync(join(root, 'shares/account/results'), { recursive: true });
  mkdirSync(join(root, 'scratch'));
  const folders = createVolumeFolders({
    shares: join(root, 'shares'),
    keys: { account: KEY },
    scratch: join(root, 'scratch'),
  });
  return { root, stage: setStage({ volumeFolders: folders }) };
}

function share(over: Partial<NonNullable<Volume['azureFile']>> = {}): Volume {
  return {
    name: 'volume-0',
    azureFile: { shareName: 'results', storageAccountName: 'account', storageAccountKey: KEY, ...over },
  };
}

function mounting(volumes: Volume[], volumeMounts: VolumeMount[]): ContainerGroup {
  return group({ volumes, containers: [container({ volumeMounts })] });
}

async function create({ stage }: Disk, sent: ContainerGroup): Promise<void> {
  await stage.client.containerGroups.beginCreateOrUpdate(RESOURCE_GROUP, 'g', sent);
}

const AT_DATA = [{ name: 'volume-0', mountPath: '/data' }];

describe('a volume of a group', () => {
  test('leads its program to the folder of the share, and to scratch that goes with the group', async () => {
    const disk = withShare();
    const { stage, root } = disk;
    await create(
      disk,
      mounting(
        [share(), { name: 'scratch-0', emptyDir: {} }],
        [
          { name: 'volume-0', mountPath: '/data', readOnly: true },
          { name: 'scratch-0', mountPath: '/tmp/work' },
        ],
      ),
    );
    stage.advance(2_000);
    const [results, scratch] = stage.mounts[0] ?? [];
    expect(results).toEqual({
      path: '/data',
      folder: join(root, 'shares/account/results'),
      readOnly: true,
    });
    expect(scratch).toMatchObject({ path: '/tmp/work', readOnly: false });
    writeFileSync(join(scratch?.folder ?? '', 'left'), 'over');
    stage.advance(5_000);
    await stage.client.containerGroups.beginDelete(RESOURCE_GROUP, 'g');
    stage.advance(2_000);
    expect(existsSync(scratch?.folder ?? '')).toBe(false);
    expect(existsSync(results?.folder ?? '')).toBe(true);
  });

  test('is shown without the key of its account', async () => {
    const disk = withShare();
    await create(disk, mounting([share({ readOnly: true })], AT_DATA));
    const shown = await disk.stage.client.containerGroups.get(RESOURCE_GROUP, 'g');
    expect(shown.volumes).toEqual([
      {
        name: 'volume-0',
        azureFile: { shareName: 'results', storageAccountName: 'account', readOnly: true },
      },
    ]);
    const listed = await disk.stage.send('GET', `${shown.id ?? ''}?api-version=2023-05-01`);
    expect(JSON.stringify([shown, listed.body])).not.toContain(KEY);
  });

  test.each<[string, Volume]>([
    ['whose share does not exist', share({ shareName: 'gone' })],
    ['whose share would lead elsewhere', share({ shareName: '..' })],
    ['of another account', share({ storageAccountName: 'other' })],
    ['with the key of another account', share({ storageAccountKey: 'wrong' })],
  ])('%s leaves the group Creating, with an event that is counted', async (_, volume) => {
    const disk = withShare();
    const { stage } = disk;
    await create(disk, mounting([volume], AT_DATA));
    stage.advance(5_000);
    const shown = await stage.client.containerGroups.get(RESOURCE_GROUP, 'g');
    expect(shown.provisioningState).toBe('Creating');
    expect(shown.containers[0]?.instanceView).toBeUndefined();
    expect(shown.instanceView?.events).toMatchObject([
      {
        count: 3,
        name: 'FailedMountAzureFileVolume',
        message: 'Failed to mount Azure File Volume.',
        type: 'Warning',
      },
    ]);
    expect(stage.programs).toEqual([]);
  });

  test('that comes late is mounted at the next try', async () => {
    const disk = withShare();
    const { stage, root } = disk;
    await create(disk, mounting([share({ shareName: 'late' })], AT_DATA));
    stage.advance(5_000);
    mkdirSync(join(root, 'shares/account/late'));
    stage.advance(10_000);
    expect(stage.mounts).toEqual([
      [{ path: '/data', folder: join(root, 'shares/account/late'), readOnly: false }],
    ]);
  });

  test.each<[string, Volume[], VolumeMount[], string | RegExp]>([
    [
      'a colon in a path',
      [share()],
      [{ name: 'volume-0', mountPath: '/a:b' }],
      "The volume mount path cannot contain ':'",
    ],
    ['a mount of no volume', [share()], [{ name: 'volume-1', mountPath: '/a' }], /not defined/],
    ['a name that is too short', [{ name: 'data', emptyDir: {} }], [], /volume name 'data'/],
    ['a name twice', [share(), share()], [], /more than once/],
    ['a share without a key', [share({ storageAccountKey: '' })], [], /account key/],
    ['a volume of no kind', [{ name: 'volume-0' }], [], /exactly one/],
    ['one path twice', [share()], [...AT_DATA, ...AT_DATA], /more than once/],
    [
      'more than 20 volumes',
      Array.from({ length: 21 }, (_, n) => ({ name: `scratch-${n}`, emptyDir: {} })),
      [],
      /at most 20/,
    ],
  ])('is refused with %s', async (_, volumes, mounts, says) => {
    const disk = withShare();
    const refused = create(disk, mounting(volumes, mounts));
    await expect(refused).rejects.toMatchObject({ statusCode: 400 });
    await expect(refused).rejects.toThrow(says);
  });
});
