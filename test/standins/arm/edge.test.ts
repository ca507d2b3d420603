// What a client asks before it comes to container groups: the cloud, tenants, subscriptions, resource groups,
// providers.

import { SUBSCRIPTION } from '../../support/placements';
import { GROUP, messageOf, refusal, setStage } from './support';

const TENANT = '00000000-0000-0000-0000-0000000000aa';

describe('a cloud', () => {
  it('says where to log in and what tokens are for, at the address it was asked at', async () => {
    const { status, body } = await setStage().send('GET', '/metadata//endpoints?api-version=2022-09-01');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      resourceManager: 'https://localhost:7443/',
      authentication: {
        loginEndpoint: 'https://localhost:7443/adfs',
        audiences: ['https://localhost:7443/'],
      },
      suffixes: {},
    });
  });

  it('is one of a list for clients of the older versions, and unknown to others', async () => {
    const { send } = setStage();
    expect((await send('GET', '/metadata/endpoints?api-version=2019-05-01')).body).toHaveLength(1);
    expect(refusal(await send('GET', '/metadata/endpoints?api-version=2099-01-01'))).toBe(
      '400 InvalidApiVersionParameter',
    );
  });
});

describe('a version', () => {
  it('is asked for and has to exist, whatever is asked', async () => {
    const { handle, send } = setStage();
    const answer = await handle({
      method: 'GET',
      url: new URL('https://localhost:7443/subscriptions'),
      headers: {},
      body: Buffer.alloc(0),
    });
    expect(String(answer.body)).toContain('MissingApiVersionParameter');
    const refused = await send('GET', '/subscriptions?api-version=2099-01-01');
    expect(refusal(refused)).toBe('400 InvalidApiVersionParameter');
    expect(messageOf(refused)).toMatch(
      /^The api-version '2099-01-01' is invalid\. The supported versions are '2025-04-01,/,
    );
  });
});

describe('subscriptions', () => {
  it('are the one of this machine, in its tenant, and those in which something is', async () => {
    const { send } = setStage();
    expect((await send('GET', '/subscriptions')).body).toMatchObject({
      value: [
        {
          subscriptionId: SUBSCRIPTION,
          id: `/subscriptions/${SUBSCRIPTION}`,
          tenantId: TENANT,
          state: 'Enabled',
        },
      ],
    });
    const other = '11111111-1111-1111-1111-111111111111';
    await send('PUT', `/subscriptions/${other}/resourceGroups/mine`, { location: 'westeurope' });
    expect((await send('GET', '/subscriptions')).body).toMatchObject({
      value: [{ subscriptionId: SUBSCRIPTION }, { subscriptionId: other }],
    });
  });

  it('can be asked for one by one, and for their regions', async () => {
    const { send } = setStage();
    expect((await send('GET', `/subscriptions/${SUBSCRIPTION}`)).body).toMatchObject({ tenantId: TENANT });
    expect((await send('GET', `/subscriptions/${SUBSCRIPTION}/locations`)).body).toMatchObject({
      value: expect.arrayContaining([
        expect.objectContaining({ name: 'eastus', displayName: 'East US' }),
      ]) as unknown,
    });
  });

  it('belong to the one tenant', async () => {
    expect((await setStage().send('GET', '/tenants')).body).toMatchObject({ value: [{ tenantId: TENANT }] });
  });
});

describe('resource groups', () => {
  it('of any name exist, unless the settings say which do', async () => {
    const any = setStage();
    expect((await any.send('GET', GROUP)).body).toMatchObject({
      id: GROUP,
      name: 'jobs',
      location: 'eastus',
    });
    expect((await any.send('HEAD', GROUP)).status).toBe(204);
    const some = setStage({ resourceGroups: ['Mine'] });
    expect(refusal(await some.send('GET', GROUP))).toBe('404 ResourceGroupNotFound');
    expect((await some.send('HEAD', GROUP)).status).toBe(404);
    expect((await some.send('GET', GROUP.replace('jobs', 'MINE'))).body).toMatchObject({ name: 'Mine' });
  });

  it('are created once, stay where they are, and take new tags', async () => {
    const { send } = setStage();
    const put = { location: 'West Europe', tags: { team: 'vision' } };
    const created = await send('PUT', GROUP, put);
    expect(created).toMatchObject({
      status: 201,
      body: { location: 'westeurope', tags: { team: 'vision' } },
    });
    expect((await send('PUT', GROUP, { location: 'westeurope' })).status).toBe(200);
    expect(await send('GET', GROUP.replace('resourceGroups', 'resourcegroups'))).toMatchObject({
      body: { location: 'westeurope', tags: {} },
    });
    expect(refusal(await send('PUT', GROUP, { location: 'eastus' }))).toBe(
      '409 InvalidResourceGroupLocation',
    );
    expect(refusal(await send('PUT', GROUP, {}))).toBe('400 InvalidRequestContent');
  });

  it('that were created can hold container groups', async () => {
    const { send } = setStage({ resourceGroups: ['other'] });
    const group = `${GROUP}/providers/Microsoft.ContainerInstance/containerGroups/one`;
    expect(refusal(await send('GET', group))).toBe('404 ResourceGroupNotFound');
    await send('PUT', GROUP, { location: 'eastus' });
    expect(refusal(await send('GET', group))).toBe('404 ResourceNotFound');
  });

  it('are listed: those there from the start, those created, those that hold something', async () => {
    const { send } = setStage();
    const names = async (): Promise<unknown> => {
      const { body } = await send('GET', `/subscriptions/${SUBSCRIPTION}/resourceGroups`);
      return (body as { value: { name: string }[] }).value.map(({ name }) => name);
    };
    expect(await names()).toEqual(['gpu-jobs']);
    await send('PUT', GROUP, { location: 'eastus' });
    const elsewhere = `/subscriptions/${SUBSCRIPTION}/resourceGroups/held`;
    await send('PUT', `${elsewhere}/providers/Microsoft.ContainerInstance//containerGroups/one`, {
      location: 'eastus',
      properties: {
        osType: 'Linux',
        containers: [
          { name: 'c', properties: { image: 'i', resources: { requests: { cpu: 1, memoryInGB: 1 } } } },
        ],
      },
    });
    expect(await names()).toEqual(['gpu-jobs', 'held', 'jobs']);
  });
});

describe('a resource group that is deleted', () => {
  const HELD = {
    location: 'eastus',
    properties: {
      osType: 'Linux',
      containers: [
        { name: 'c', properties: { image: 'i', resources: { requests: { cpu: 1, memoryInGB: 1 } } } },
      ],
    },
  };
  const groups = `${GROUP}/providers/Microsoft.ContainerInstance/containerGroups`;

  it('takes all that is in it along, and nothing else; its operation tells when', async () => {
    const stage = setStage({ resourceGroups: ['jobs', 'others'], deleteMs: 600 });
    await stage.send('PUT', `${groups}/one`, HELD);
    await stage.send('PUT', `${groups}/two`, HELD);
    await stage.send('PUT', `${groups.replace('/jobs/', '/others/')}/three`, HELD);
    const { status, headers } = await stage.send('DELETE', GROUP.replace('jobs', 'JOBS'));
    expect(status).toBe(202);
    const operation = headers['location'] ?? '';
    expect((await stage.send('GET', operation)).status).toBe(202);
    stage.advance(600);
    expect((await stage.send('GET', operation)).status).toBe(200);
    expect(stage.emulator.groupCount()).toBe(1);
    expect(stage.emulator.ledger().deletes).toMatchObject([{ group: 'one' }, { group: 'two' }]);
  });

  it('exists no more until it is created again', async () => {
    const { send } = setStage({ resourceGroups: ['jobs'] });
    expect((await send('DELETE', GROUP)).status).toBe(202);
    expect(refusal(await send('GET', GROUP))).toBe('404 ResourceGroupNotFound');
    expect(refusal(await send('DELETE', GROUP))).toBe('404 ResourceGroupNotFound');
    expect((await send('GET', `/subscriptions/${SUBSCRIPTION}/resourceGroups`)).body).toEqual({ value: [] });
    expect((await send('PUT', GROUP, { location: 'westeurope' })).status).toBe(201);
    expect((await send('GET', GROUP)).body).toMatchObject({ location: 'westeurope' });
  });
});

describe('providers', () => {
  const at = (namespace: string): string => `/subscriptions/${SUBSCRIPTION}/providers/${namespace}`;

  it('are registered and name the versions of their types, the newest first', async () => {
    const { send } = setStage();
    const shown = await send('GET', at('microsoft.containerinstance'));
    expect(shown.body).toMatchObject({
      namespace: 'Microsoft.ContainerInstance',
      registrationState: 'Registered',
      resourceTypes: expect.arrayContaining([
        expect.objectContaining({
          resourceType: 'containerGroups',
          apiVersions: expect.arrayContaining(['2022-09-01', '2025-09-01']) as unknown,
        }),
      ]) as unknown,
    });
    expect((await send('POST', `${at('Microsoft.ContainerInstance')}/register`)).status).toBe(200);
    expect((await send('GET', at(''))).body).toMatchObject({ value: [{}, {}] });
  });

  it('that are given requests get all of them that are below their namespace, and no other', async () => {
    const given: string[] = [];
    const { send } = setStage({}, true, ({ method, url }) => {
      given.push(`${method} ${url.pathname}`);
      return { status: 202 };
    });
    const job = `${GROUP}/providers/microsoft.app/jobs/one`;
    expect((await send('PUT', job, {})).status).toBe(202);
    expect((await send('GET', `${at('Microsoft.App')}/locations/eastus/usages`)).status).toBe(202);
    expect(given).toEqual([`PUT ${job}`, `GET ${at('Microsoft.App')}/locations/eastus/usages`]);
    expect((await send('GET', at('microsoft.app'))).body).toMatchObject({
      namespace: 'Microsoft.App',
      resourceTypes: expect.arrayContaining([
        expect.objectContaining({
          resourceType: 'jobs',
          locations: expect.arrayContaining(['East US']) as unknown,
        }),
      ]) as unknown,
    });
    expect((await send('POST', `${at('Microsoft.App')}/register`)).status).toBe(200);
    expect((await send('GET', at('Microsoft.ContainerInstance'))).status).toBe(200);
    expect((await send('GET', at(''))).body).toMatchObject({ value: [{}, {}, {}] });
    expect(given).toHaveLength(2);
  });

  it('that are not here do not exist', async () => {
    expect(refusal(await setStage().send('GET', at('Microsoft.App')))).toBe('404 InvalidResourceNamespace');
    expect(refusal(await setStage().send('GET', at('Microsoft.Foo')))).toBe('404 InvalidResourceNamespace');
  });
});

it('says of what it does not emulate that it does not', async () => {
  const { send } = setStage();
  expect(refusal(await send('PATCH', GROUP, {}))).toBe('501 NotEmulated');
  expect(refusal(await send('GET', `${GROUP}/providers/Microsoft.Compute/virtualMachines/one`))).toBe(
    '501 NotEmulated',
  );
});

describe('the rights of whoever asks', () => {
  it.each([GROUP, `${GROUP}/providers/Microsoft.App/managedEnvironments/env`])(
    'are all that there are, at %s',
    async (scope) => {
      const path = `${scope}/providers/Microsoft.Authorization/permissions?api-version=2022-04-01`;
      const { status, body } = await setStage().send('GET', path);
      expect(status).toBe(200);
      expect(body).toMatchObject({ value: [{ actions: ['*'], notActions: [] }] });
    },
  );
});
