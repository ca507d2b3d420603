// Deployments from their PUT to their end, by ARM's requests as its REST reference describes them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { GROUP, refusal, setStage, type Stage } from './support';

const TEMPLATE = readFileSync(join(__dirname, '../../../samples/cuda-vector-add/gpudeploy.json'), 'utf8');
const DEPLOYMENT = `${GROUP}/providers/Microsoft.Resources/deployments/first`;
const CREATED = `${GROUP}/providers/Microsoft.ContainerInstance/containerGroups/mine`;

const body = (changes: Record<string, unknown> = {}): unknown => ({
  properties: {
    mode: 'Incremental',
    template: JSON.parse(TEMPLATE) as unknown,
    parameters: { containerGroupName: { value: 'mine' } },
    ...changes,
  },
});

/** Longer than provisioning and pulling together. */
const UNTIL_RUNNING = 2_000;

async function poll(stage: Stage, address: string | undefined): Promise<unknown> {
  return (await stage.send('GET', address ?? '')).body;
}

it('creates what its template says and tells when that is up', async () => {
  const stage = setStage();
  const put = await stage.send('PUT', DEPLOYMENT, body());
  expect(put).toMatchObject({
    status: 201,
    body: {
      id: DEPLOYMENT,
      name: 'first',
      properties: {
        provisioningState: 'Accepted',
        mode: 'Incremental',
        parameters: { containerGroupName: { type: 'String', value: 'mine' } },
      },
    },
  });
  const operation = put.headers['azure-asyncoperation'];
  expect(operation).toMatch(
    new RegExp(`^https://localhost:7443${DEPLOYMENT}/operationStatuses/[^/?]+\\?api-version=2022-09-01$`),
  );
  expect(await poll(stage, operation)).toEqual({ id: DEPLOYMENT, status: 'Running' });
  expect((await stage.send('GET', DEPLOYMENT)).body).toMatchObject({
    properties: { provisioningState: 'Running' },
  });
  stage.advance(UNTIL_RUNNING);
  expect(await poll(stage, operation)).toEqual({ id: DEPLOYMENT, status: 'Succeeded' });
  expect((await stage.send('GET', DEPLOYMENT)).body).toMatchObject({
    properties: { provisioningState: 'Succeeded', outputResources: [{ id: CREATED }] },
  });
  expect((await stage.send('GET', CREATED)).body).toMatchObject({ location: 'eastus', tags: {} });
  expect(stage.emulator.ledger().puts).toMatchObject([{ resourceGroup: 'jobs', group: 'mine', status: 201 }]);
});

it('reads a template with comments, as az sends it under a name without quotes', async () => {
  const stage = setStage();
  const commented = TEMPLATE.replace('{', '{ // the guide\n');
  const sent = `{"properties": {"parameters": {"containerGroupName": {"value": "mine"}}, "mode": "Incremental", template:${commented}}}`;
  expect((await stage.send('PUT', DEPLOYMENT, sent)).status).toBe(201);
});

it('fails as a whole, with the reason of what failed, when a group is refused', async () => {
  const stage = setStage({}, false);
  const put = await stage.send('PUT', DEPLOYMENT, body());
  expect(put).toMatchObject({ status: 201, body: { properties: { provisioningState: 'Accepted' } } });
  const failure = {
    code: 'DeploymentFailed',
    target: DEPLOYMENT,
    details: [{ code: 'InaccessibleImage', target: CREATED }],
  };
  expect(await poll(stage, put.headers['azure-asyncoperation'])).toMatchObject({
    status: 'Failed',
    error: failure,
  });
  expect((await stage.send('GET', DEPLOYMENT)).body).toMatchObject({
    properties: { provisioningState: 'Failed', error: failure },
  });
});

it('fails when the operation of a group fails, for which Azure gives a message and no code', async () => {
  const stage = setStage({ capacity: { 'eastus/K80': 0 }, capacityRefusal: 'while-creating' });
  const put = await stage.send('PUT', DEPLOYMENT, body());
  stage.advance(UNTIL_RUNNING);
  expect(await poll(stage, put.headers['azure-asyncoperation'])).toMatchObject({
    status: 'Failed',
    error: {
      code: 'DeploymentFailed',
      details: [
        { code: 'ResourceDeploymentFailure', message: expect.stringContaining('not available') as unknown },
      ],
    },
  });
});

it('shows its operations, by the newer address and the one that clients use', async () => {
  const stage = setStage();
  await stage.send('PUT', DEPLOYMENT, body());
  stage.advance(UNTIL_RUNNING);
  const expected = {
    value: [
      {
        operationId: expect.any(String) as unknown,
        properties: {
          provisioningOperation: 'Create',
          provisioningState: 'Succeeded',
          statusCode: 'Created',
          targetResource: {
            id: CREATED,
            resourceType: 'Microsoft.ContainerInstance/containerGroups',
            resourceName: 'mine',
          },
        },
      },
    ],
  };
  for (const address of [`${DEPLOYMENT}/operations`, `${GROUP}/deployments/first/operations`])
    expect((await stage.send('GET', address)).body).toMatchObject(expected);
  const listed = (await stage.send('GET', `${DEPLOYMENT}/operations`)).body as {
    value: { operationId: string }[];
  };
  const one = await stage.send('GET', `${DEPLOYMENT}/operations/${listed.value[0]?.operationId ?? ''}`);
  expect(one.body).toMatchObject({ properties: { targetResource: { id: CREATED } } });
  expect(refusal(await stage.send('GET', `${DEPLOYMENT}/operations/none`))).toBe(
    '404 DeploymentOperationNotFound',
  );
});

it('validates without creating anything', async () => {
  const stage = setStage();
  expect(await stage.send('POST', `${DEPLOYMENT}/validate`, body())).toMatchObject({
    status: 200,
    body: { properties: { provisioningState: 'Succeeded', validatedResources: [{ id: CREATED }] } },
  });
  expect(stage.emulator.ledger().puts).toEqual([]);
  expect((await stage.send('HEAD', DEPLOYMENT)).status).toBe(404);
});

it.each([
  ['a template that it does not evaluate', { template: { resources: [] } }, 'InvalidTemplate'],
  ['another mode', { mode: 'Complete' }, 'InvalidTemplate'],
  ['a template elsewhere', { templateLink: { uri: 'https://example.org' } }, 'InvalidTemplate'],
  ['no mode', { mode: undefined }, 'InvalidRequestContent'],
  [
    'a version of the type that is none',
    { template: JSON.parse(TEMPLATE.replace('2019-12-01', '2099-01-01')) as unknown },
    'NoRegisteredProviderFound',
  ],
])('refuses %s, to be validated and to be deployed', async (_what, change, code) => {
  const stage = setStage();
  for (const [method, address] of [
    ['PUT', DEPLOYMENT],
    ['POST', `${DEPLOYMENT}/validate`],
  ] as const)
    expect(refusal(await stage.send(method, address, body(change)))).toBe(`400 ${code}`);
  expect(stage.emulator.ledger().puts).toEqual([]);
});

it('is replaced by another of its name once it has ended, not before', async () => {
  const stage = setStage();
  await stage.send('PUT', DEPLOYMENT, body());
  expect(refusal(await stage.send('PUT', DEPLOYMENT, body()))).toBe('409 DeploymentActive');
  expect(refusal(await stage.send('DELETE', DEPLOYMENT))).toBe('409 DeploymentActive');
  stage.advance(UNTIL_RUNNING);
  const again = body({ parameters: { containerGroupName: { value: 'other' } } });
  expect((await stage.send('PUT', DEPLOYMENT, again)).status).toBe(200);
  expect(stage.emulator.groupCount()).toBe(2);
});

it('is found, listed, exported and forgotten; what it created stays', async () => {
  const stage = setStage();
  await stage.send('PUT', DEPLOYMENT, body());
  stage.advance(UNTIL_RUNNING);
  expect((await stage.send('HEAD', DEPLOYMENT.replace('first', 'FIRST'))).status).toBe(204);
  const list = `${GROUP}/providers/Microsoft.Resources/deployments/`;
  expect((await stage.send('GET', list)).body).toMatchObject({ value: [{ name: 'first' }] });
  expect((await stage.send('POST', `${DEPLOYMENT}/exportTemplate`)).body).toEqual({
    template: JSON.parse(TEMPLATE) as unknown,
  });
  expect((await stage.send('DELETE', DEPLOYMENT)).status).toBe(204);
  expect(refusal(await stage.send('GET', DEPLOYMENT))).toBe('404 DeploymentNotFound');
  expect(stage.emulator.groupCount()).toBe(1);
});

it('has no place in a resource group that is missing', async () => {
  const stage = setStage({ resourceGroups: ['other'] });
  expect(refusal(await stage.send('PUT', DEPLOYMENT, body()))).toBe('404 ResourceGroupNotFound');
});
