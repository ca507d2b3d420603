// Definitions that are refused, each with its code.
import { jobBody, type JobParts, setStage } from './support';

async function refusal(name: string, parts: JobParts = {}): Promise<unknown> {
  return setStage().send('PUT', `/jobs/${name}`, jobBody(parts));
}

function refused(code: string): Record<string, unknown> {
  return { status: 400, body: { error: { code } } };
}

test('takes a name of 31 characters, and refuses longer ones and other letters', async () => {
  expect(await refusal('a'.repeat(31))).toMatchObject({ status: 201 });
  for (const name of ['a'.repeat(32), 'Train', '1train', 'train-', 'tr--ain', 'tr_ain'])
    expect([name, await refusal(name)]).toMatchObject([name, refused('ContainerAppsJobInvalidName')]);
});

test('takes CPU and memory of the consumption plan in pairs alone', async () => {
  const resources = (cpu: number, memory: string): Promise<unknown> =>
    refusal('train', { container: { resources: { cpu, memory } } });
  expect(await resources(4, '8Gi')).toMatchObject({ status: 201 });
  for (const [cpu, memory] of [
    [4.25, '8.5Gi'],
    [1, '1Gi'],
    [0.3, '0.6Gi'],
  ] as const)
    expect(await resources(cpu, memory)).toMatchObject(refused('ContainerAppInvalidResourceTotal'));
  expect(await resources(1, '2G')).toMatchObject(refused('ContainerAppInvalidResource'));
});

test('takes CPU and memory up to those of the profile', async () => {
  const onT4 = (cpu: number, memory: string): Promise<unknown> =>
    refusal('train', {
      properties: { workloadProfileName: 't4' },
      container: { resources: { cpu, memory } },
    });
  expect(await onT4(8, '56Gi')).toMatchObject({ status: 201 });
  expect(await onT4(8.25, '56Gi')).toMatchObject(refused('ContainerAppInvalidResourceTotal'));
  expect(await onT4(8, '57Gi')).toMatchObject(refused('ContainerAppInvalidResourceTotal'));
});

test('refuses an environment and a profile that do not exist', async () => {
  expect(await refusal('train', { properties: { environmentId: '/subscriptions/none' } })).toMatchObject(
    refused('ManagedEnvironmentNotFound'),
  );
  expect(await refusal('train', { properties: { workloadProfileName: 'none' } })).toMatchObject(
    refused('WorkloadProfileNotFound'),
  );
});

test('refuses a secret that is named and not given', async () => {
  const env = [{ name: 'KEY', secretRef: 'key' }];
  expect(await refusal('train', { container: { env } })).toMatchObject(
    refused('ContainerAppSecretRefNotFound'),
  );
  const registries = [{ server: 'registry.example', username: 'me', passwordSecretRef: 'password' }];
  expect(await refusal('train', { configuration: { registries } })).toMatchObject(
    refused('ContainerAppRegistriesPasswordSecretRefNotFound'),
  );
});

test('asks for a version that the service has, and for a replicaTimeout', async () => {
  const { standIn } = setStage();
  const url = new URL('http://127.0.0.1/subscriptions/one/providers/Microsoft.App/jobs');
  const ask = async (version: string): Promise<number> => {
    url.search = version;
    return (await standIn.handle({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) })).status;
  };
  expect(await ask('')).toBe(400);
  expect(await ask('?api-version=2020-01-01')).toBe(400);
  expect(await ask('?api-version=2026-07-01')).toBe(200);
  expect(await refusal('train', { configuration: { replicaTimeout: 0 } })).toMatchObject(
    refused('InvalidRequestContent'),
  );
});
