import { createAciBackend } from '../../../backends/aci/aci-backend';
import { containerGroup } from '../../../backends/aci/container-group';
import type { AciPlacement } from '../../../backends/aci/placement';
import { workloadOf } from '../../../backends/aci/workload-state';
import type { CreateRequest } from '../../../domain/ports/compute-backend';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { setStage } from '../../standins/aci/support';
import { refusal } from '../../support/on-aci';
import { testPlacement } from '../../support/placements';
import { NEW_YEAR, testJobId } from '../../support/rows';

const KEY = 'the key of the account';
const IDENTITIES =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities';
const CLIENT = '00000000-0000-0000-0000-000000000002';
const SHARE = { url: 'https://account.file.core.windows.net/results', keyRef: 'results-key' };
const PLACEMENT: AciPlacement = testPlacement({
  identities: {
    trainer: { id: `${IDENTITIES}/trainer`, clientId: CLIENT },
    plain: { id: `${IDENTITIES}/plain` },
  },
  volumes: { results: { share: SHARE } },
});

function request(spec: Partial<JobSpec>, over: Partial<CreateRequest> = {}): CreateRequest {
  const ref = {
    name: `${testJobId(1)}-1`,
    placement: 'eastus',
    owner: 'owner1',
    jobId: testJobId(1),
    attempt: 1,
  };
  const times = { createdAt: NEW_YEAR, expiresAt: NEW_YEAR + 60_000, timeoutMs: 10_000 };
  return { ref, spec: { image: 'a', ...spec }, secrets: {}, ...times, ...over };
}

const MOUNTING: Partial<CreateRequest> = {
  mounts: [
    { volume: 'results', path: '/results', readOnly: true },
    { volume: 'results', path: '/out', readOnly: false },
  ],
  volumeKeys: { results: KEY },
};

describe('the volumes of a container group', () => {
  test('are one for each volume, with the key of its account, and one for each folder of scratch', () => {
    const scratch = [{ path: '/tmp/work' }];
    const group = containerGroup(request({ scratch }, MOUNTING), PLACEMENT);
    expect(group.volumes).toEqual([
      {
        name: 'volume-0',
        azureFile: {
          shareName: 'results',
          storageAccountName: 'account',
          storageAccountKey: KEY,
          readOnly: false,
        },
      },
      { name: 'scratch-0', emptyDir: {} },
    ]);
    expect(group.containers[0]?.volumeMounts).toEqual([
      { name: 'volume-0', mountPath: '/results', readOnly: true },
      { name: 'volume-0', mountPath: '/out', readOnly: false },
      { name: 'scratch-0', mountPath: '/tmp/work' },
    ]);
  });

  test('are read-only as a whole where each mount is', () => {
    const mounts = [{ volume: 'results', path: '/results', readOnly: true }];
    const group = containerGroup(request({}, { ...MOUNTING, mounts }), PLACEMENT);
    expect(group.volumes?.[0]?.azureFile?.readOnly).toBe(true);
  });

  test('are refused, with nothing sent, where the placement or the key is not there any more', () => {
    expect(() => containerGroup(request({}, MOUNTING), testPlacement())).toThrow('has no volume "results"');
    expect(() => containerGroup(request({}, { ...MOUNTING, volumeKeys: {} }), PLACEMENT)).toThrow(
      'its volumes must have changed',
    );
  });

  test('are 20 at most', () => {
    const spec = (volumes: number): JobSpec => ({
      image: 'a',
      volumes: Array.from({ length: volumes }, (_, n) => ({ name: `v${n}`, path: `/v${n}` })),
      scratch: Array.from({ length: 8 }, (_, n) => ({ path: `/s${n}` })),
    });
    const placement = testPlacement({
      volumes: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`v${n}`, { share: SHARE }])),
    });
    expect(refusal(spec(12), placement)).toBeUndefined();
    expect(refusal(spec(13), placement)).toBe(
      'mounts at most 20 volumes and folders of scratch, the job asks for 21',
    );
  });
});

describe('the identity of a program on Container Instances', () => {
  test('stands beside the one that pulls its image, and the program is told its client id', () => {
    const registry = { server: 'r.example', identity: `${IDENTITIES}/puller` };
    const group = containerGroup(request({ identity: 'trainer', registry }), PLACEMENT);
    expect(group.identity).toEqual({
      type: 'UserAssigned',
      userAssignedIdentities: { [`${IDENTITIES}/puller`]: {}, [`${IDENTITIES}/trainer`]: {} },
    });
    expect(group.containers[0]?.environmentVariables).toContainEqual({
      name: 'AZURE_CLIENT_ID',
      value: CLIENT,
    });
  });

  test('stands there once where it pulls the image, too, in whatever case', () => {
    const registry = { server: 'r.example', identity: `${IDENTITIES}/trainer`.toUpperCase() };
    const { identity } = containerGroup(request({ identity: 'trainer', registry }), PLACEMENT);
    expect(Object.keys(identity?.userAssignedIdentities ?? {})).toHaveLength(1);
  });

  test('is not told where nobody says its client id, nor over what the spec says', () => {
    const named = (spec: Partial<JobSpec>): unknown =>
      containerGroup(request(spec), PLACEMENT).containers[0]?.environmentVariables?.filter(
        ({ name }) => name === 'AZURE_CLIENT_ID',
      );
    expect(named({ identity: 'plain' })).toEqual([]);
    expect(named({})).toEqual([]);
    expect(named({ identity: 'trainer', env: { AZURE_CLIENT_ID: 'mine' } })).toEqual([
      { name: 'AZURE_CLIENT_ID', value: 'mine' },
    ]);
  });
});

test('what a program is told goes before its own variables, and what of it is secret goes as a secret', () => {
  const told = { variables: { GPU_JOBS_OUTPUT_DIR: '/out' }, secrets: { GPU_JOBS_OUTPUT_URL: 'signed' } };
  const env = { GPU_JOBS_OUTPUT_DIR: 'mine', GPU_JOBS_OUTPUT_URL: 'mine', A: 'x' };
  const { containers } = containerGroup(request({ env }, { told }), PLACEMENT);
  expect(containers[0]?.environmentVariables?.slice(2)).toEqual([
    { name: 'GPU_JOBS_OUTPUT_DIR', value: '/out' },
    { name: 'GPU_JOBS_OUTPUT_URL', secureValue: 'signed' },
    { name: 'A', value: 'x' },
  ]);
});

describe('a share that can not be mounted', () => {
  test('is told as trouble of the placement once the service has tried twice, and its key is in no answer', async () => {
    const nothing = { share: () => undefined, scratch: () => '/nowhere', remove: () => undefined };
    const { client, advance, emulator } = setStage({ volumeFolders: nothing });
    const backend = createAciBackend(PLACEMENT, () => ({ creating: client, reading: client }));
    const asked = request({}, MOUNTING);
    const answers: unknown[] = [await backend.create(asked)];
    advance(1_000);
    answers.push(await backend.observe(asked.ref));
    advance(1_000);
    const seen = await backend.observe(asked.ref);
    answers.push(seen, await backend.list('owner1'), emulator.ledger());
    expect(answers[1]).not.toHaveProperty('workload.startTrouble');
    expect(seen).toMatchObject({
      kind: 'present',
      workload: {
        phase: 'provisioning',
        started: 'no',
        startTrouble: {
          code: 'refused',
          class: 'infrastructure',
          message:
            'FailedMountAzureFileVolume: Failed to mount Azure File Volume. Look whether the share exists and whether its key in the key vault is right: gpujobs doctor.',
        },
      },
    });
    expect(JSON.stringify(answers)).not.toContain(KEY);
  });

  test('is forgotten once an image is pulled', () => {
    const failed = { name: 'FailedMountAzureFileVolume', message: 'no', count: 9, type: 'Warning' };
    const workload = workloadOf({
      osType: 'Linux',
      provisioningState: 'Creating',
      instanceView: { events: [failed], state: 'Pending' },
      containers: [
        {
          name: 'program',
          image: 'a',
          resources: { requests: { cpu: 1, memoryInGB: 1 } },
          instanceView: { events: [{ name: 'Pulling', message: 'pulling image "a"', count: 1 }] },
        },
      ],
    });
    expect(workload).toMatchObject({ phase: 'pulling' });
    expect(workload.startTrouble).toBeUndefined();
  });
});
