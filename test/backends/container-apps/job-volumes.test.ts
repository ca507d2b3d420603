import { definitionOfRequest } from '../../../backends/container-apps/definition-of-request';
import { containerAppsFacts } from '../../../backends/container-apps/facts';
import type { CreateRequest } from '../../../domain/ports/compute-backend';
import type { JobSpec } from '../../../domain/spec/job-spec';
import { refusal } from '../../../domain/spec/preflight';
import { containerAppsPlacement } from '../../support/container-apps-placement';
import { NEW_YEAR, testJobId } from '../../support/rows';

const TRAINER =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/trainer';
const CLIENT = '00000000-0000-0000-0000-000000000002';
const PLACEMENT = containerAppsPlacement({
  identities: { trainer: { id: TRAINER, clientId: CLIENT } },
  volumes: { results: { storage: 'kept' }, data: { storage: 'data', readOnly: true } },
});

function request(spec: Partial<JobSpec>, over: Partial<CreateRequest> = {}): CreateRequest {
  const ref = {
    name: `${testJobId(1)}-1`,
    placement: 'apps',
    owner: 'owner1',
    jobId: testJobId(1),
    attempt: 1,
  };
  const times = { createdAt: NEW_YEAR, expiresAt: NEW_YEAR + 60_000, timeoutMs: 10_000 };
  return { ref, spec: { image: 'a', ...spec }, secrets: {}, ...times, ...over };
}

test('a job mounts storages of its environment, folders of them, and empty directories', () => {
  const mounts = [
    { volume: 'results', path: '/out', readOnly: false, subPath: 'outputs/j/1' },
    { volume: 'results', path: '/kept', readOnly: false, subPath: 'checkpoints/j' },
    { volume: 'data', path: '/data', readOnly: true },
  ];
  const { template } = definitionOfRequest(
    request({ scratch: [{ path: '/tmp/work' }] }, { mounts }),
    PLACEMENT,
  );
  expect(template?.volumes).toEqual([
    { name: 'volume-0', storageType: 'AzureFile', storageName: 'kept' },
    { name: 'volume-1', storageType: 'AzureFile', storageName: 'data' },
    { name: 'scratch-0', storageType: 'EmptyDir' },
  ]);
  expect(template?.containers?.[0]?.volumeMounts).toEqual([
    { volumeName: 'volume-0', mountPath: '/out', subPath: 'outputs/j/1' },
    { volumeName: 'volume-0', mountPath: '/kept', subPath: 'checkpoints/j' },
    { volumeName: 'volume-1', mountPath: '/data' },
    { volumeName: 'scratch-0', mountPath: '/tmp/work' },
  ]);
});

test('a job that would read a writable storage only is refused, because its mount could not be made so', () => {
  const why = (name: string): string | undefined =>
    refusal(
      { image: 'a', volumes: [{ name, path: '/v', readOnly: true }] },
      PLACEMENT,
      containerAppsFacts(PLACEMENT),
    );
  expect(why('data')).toBeUndefined();
  expect(why('results')).toContain('can\'t mount volume "results" for reading alone');
});

test('a volume or an identity that the placement lacks by now sends nothing', () => {
  const mounts = [{ volume: 'gone', path: '/v', readOnly: false }];
  expect(() => definitionOfRequest(request({}, { mounts }), PLACEMENT)).toThrow('has no volume "gone"');
  expect(() => definitionOfRequest(request({ identity: 'admin' }), PLACEMENT)).toThrow(
    'offers no identity "admin"',
  );
});

test('a program is its identity, and is told its client id and what of its story is secret', () => {
  const told = { variables: {}, secrets: { GPU_JOBS_OUTPUT_URL: 'signed' } };
  const spec: Partial<JobSpec> = { identity: 'trainer', env: { TOKEN: { secure: 'x' } } };
  const job = definitionOfRequest(request(spec, { told, secrets: { TOKEN: 'mine' } }), PLACEMENT);
  expect(job.identity).toEqual({ type: 'UserAssigned', userAssignedIdentities: { [TRAINER]: {} } });
  expect(job.configuration?.secrets).toEqual([
    { name: 'told-0', value: 'signed' },
    { name: 'env-0', value: 'mine' },
  ]);
  expect(job.template?.containers?.[0]?.env).toEqual(
    expect.arrayContaining([
      { name: 'AZURE_CLIENT_ID', value: CLIENT },
      { name: 'GPU_JOBS_OUTPUT_URL', secretRef: 'told-0' },
      { name: 'TOKEN', secretRef: 'env-0' },
    ]),
  );
});
