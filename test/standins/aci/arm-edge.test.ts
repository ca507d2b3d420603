// What holds for every ARM request: versions, resource groups, limits, headers, and what isn't emulated.
import { ledgerSchema } from '../../../standins/aci/ledger';
import { RESOURCE_GROUP, SUBSCRIPTION } from '../../support/placements';
import { create, groupPath, setStage, withGpu } from './support';

/** A create's body as it goes over the wire. The client would otherwise write it for us. */
const DEFINITION = {
  location: 'eastus',
  properties: {
    osType: 'Linux',
    containers: [
      {
        name: 'program',
        properties: { image: 'example/program:1', resources: { requests: { cpu: 1, memoryInGB: 1.5 } } },
      },
    ],
  },
};

function codeOf(body: string | Buffer | undefined): unknown {
  const parsed = JSON.parse(String(body)) as { error?: { code?: unknown } };
  return parsed.error?.code;
}

describe('an api-version', () => {
  const at = (version: string): string => groupPath('one').replace('2023-05-01', version);

  it('is asked for', async () => {
    const { send } = setStage();
    const [path = ''] = groupPath('one').split('?');
    expect(codeOf((await send('GET', path)).body)).toBe('MissingApiVersionParameter');
  });

  it.each([
    ['2019-12-01', 'the GPU guide'],
    ['2022-09-01', 'templates of 2022'],
    ['2024-05-01-preview', 'az 2.91 and the Python SDK of 2024'],
    ['2025-09-01', 'the SDKs of 2025'],
    ['2026-07-01', 'the newest specification'],
    ['2024-05-01-PREVIEW', 'whoever writes it in capitals'],
  ])('of %s is known: it is that of %s', async (version) => {
    expect(codeOf((await setStage().send('GET', at(version))).body)).toBe('ResourceNotFound');
  });

  it('that the service does not have is refused for the region, where a create names one', async () => {
    const stage = setStage();
    const body = { location: 'westeurope', properties: {} };
    const created = await stage.send('PUT', at('2099-01-01'), body);
    expect([created.status, codeOf(created.body)]).toEqual([400, 'NoRegisteredProviderFound']);
    expect(String(created.body)).toMatch(
      /found for location 'westeurope' and API version '2099-01-01' for type 'containerGroups'\. The supported api-versions are '2017-08-01-preview, .*2025-09-01/,
    );
    await create(stage);
    const read = await stage.send('GET', at('2099-01-01'));
    expect(String(read.body)).toContain("for location 'eastus' and API version '2099-01-01'");
  });

  it('that the service does not have makes the type unknown, where there is no region', async () => {
    const list = at('2099-01-01').replace('/one?', '?');
    const answer = await setStage().send('GET', list);
    expect([answer.status, codeOf(answer.body)]).toEqual([404, 'InvalidResourceType']);
  });
});

it('shows the config map of a container, though empty, to versions that have one', async () => {
  const stage = setStage();
  await create(stage);
  const shown = async (version: string): Promise<string> =>
    String((await stage.send('GET', groupPath('one').replace('2023-05-01', version))).body);
  expect(await shown('2024-05-01-preview')).toContain('"configMap":{"keyValuePairs":{}}');
  expect(await shown('2023-05-01')).not.toContain('configMap');
});

it('tells a resource group that is missing from a group that is', async () => {
  const stage = setStage({ settings: { resourceGroups: ['other'] } });
  await expect(create(stage)).rejects.toMatchObject({ statusCode: 404, code: 'ResourceGroupNotFound' });
  const allowed = setStage({ settings: { resourceGroups: [RESOURCE_GROUP.toUpperCase()] } });
  await create(allowed);
  expect(allowed.emulator.groupCount()).toBe(1);
});

it('finds a group by its name in any case', async () => {
  const stage = setStage();
  await create(stage);
  const { status } = await stage.send('GET', groupPath('ONE').replace('resourceGroups', 'RESOURCEGROUPS'));
  expect(status).toBe(200);
});

it('announces a create as recorded: an absolute operation, what is left of the limits, no Retry-After', async () => {
  const stage = setStage();
  const headers: Record<string, string> = {};
  await stage.client.containerGroups.beginCreateOrUpdate(
    RESOURCE_GROUP,
    'one',
    { location: 'East US', osType: 'Linux', containers: [withGpu('K80', 1)] },
    {
      onResponse: (raw) => {
        if (raw.request.method === 'PUT') Object.assign(headers, raw.headers.toJSON());
      },
    },
  );
  const operation =
    /^https:\/\/management\.azure\.com\/subscriptions\/[^/]+\/providers\/Microsoft\.ContainerInstance\/locations\/eastus\/operations\/([^?]+)\?api-version=/;
  const [, id = ''] = operation.exec(headers['azure-asyncoperation'] ?? '') ?? [];
  expect(headers).toMatchObject({
    'x-ms-request-id': `eastus:${id}`,
    'x-ms-ratelimit-remaining-subscription-writes': '199',
    'x-ms-ratelimit-remaining-subscription-resource-requests-pt5m': '99',
    'x-ms-ratelimit-remaining-subscription-resource-requests-pt1h': '299',
  });
  expect(headers).not.toHaveProperty('retry-after');
  expect(headers).not.toHaveProperty('location');
});

describe('limits', () => {
  it('refuse creates beyond those of five minutes with 429 and Retry-After', async () => {
    const stage = setStage({ settings: { changesPer5Minutes: 2 } });
    await create(stage, 'one');
    await create(stage, 'two');
    const waits: (string | undefined)[] = [];
    const refused = stage.client.containerGroups.beginCreateOrUpdate(
      RESOURCE_GROUP,
      'three',
      { location: 'eastus', osType: 'Linux', containers: [withGpu('K80', 1)] },
      { onResponse: ({ headers }) => waits.push(headers.get('retry-after')) },
    );
    await expect(refused).rejects.toMatchObject({ statusCode: 429, code: 'ResourceRequestsThrottled' });
    expect(waits).toEqual(['300']);
    stage.advance(300_000);
    await create(stage, 'three');
  });

  it('refuse reads when their bucket is empty and let them pass as it refills', async () => {
    const stage = setStage();
    const read = async (): Promise<number> => (await stage.send('GET', groupPath('none'))).status;
    const statuses = await Promise.all(Array.from({ length: 251 }, read));
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    stage.advance(1_000);
    expect(await read()).toBe(404);
  });

  it('can be switched off', async () => {
    const stage = setStage({ settings: { rateLimits: false } });
    const answers = Array.from({ length: 300 }, () => stage.send('GET', groupPath('none')));
    expect((await Promise.all(answers)).every(({ status }) => status === 404)).toBe(true);
  });
});

describe('a region', () => {
  it('shows its GPUs and their limits', async () => {
    const rows = [];
    for await (const row of setStage().client.location.listCapabilities('East US')) rows.push(row);
    expect(rows.map(({ gpu }) => gpu)).toEqual(['None', 'None', 'K80', 'P100', 'V100']);
    expect(rows[2]).toMatchObject({
      location: 'EASTUS',
      capabilities: { maxCpu: 24, maxMemoryInGB: 224, maxGpuCount: 4 },
    });
  });

  it('shows what is used of its quotas, GPUs in cores', async () => {
    const stage = setStage();
    await create(stage, 'one', { containers: [withGpu('K80', 1, 4)] });
    const used: Record<string, number | undefined> = {};
    for await (const { name, currentValue } of stage.client.location.listUsage('eastus')) {
      used[name?.value ?? ''] = currentValue;
    }
    expect(used).toMatchObject({
      ContainerGroups: 1,
      StandardCores: 0,
      StandardK80Cores: 4,
      StandardV100Cores: 0,
    });
  });
});

it('says of what it does not emulate that it does not', async () => {
  const stage = setStage();
  await create(stage);
  const exec = stage.client.containers.executeCommand(RESOURCE_GROUP, 'one', 'program', { command: 'sh' });
  await expect(exec).rejects.toMatchObject({ statusCode: 501, code: 'NotEmulated' });
  expect(
    (await stage.send('GET', `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Compute/x?api-version=1`))
      .status,
  ).toBe(404);
});

it('serves its ledger, in the shape of its schema', async () => {
  const stage = setStage();
  await create(stage);
  stage.advance(10_000);
  const { body } = await stage.send('GET', '/emulator/ledger');
  const ledger = ledgerSchema.parse(JSON.parse(String(body)));
  expect(ledger).toEqual(stage.emulator.ledger());
  expect(ledger.programs).toMatchObject([{ group: 'one', container: 'program', exitCode: 0, bytes: 6 }]);
});

describe('the ledger records what the route did, however its address was written', () => {
  // az sends an empty segment where it has no parent resource; ARM reads its fixed words and names in any case.
  it.each([
    ['an empty segment', (path: string) => path.replace('/containerGroups', '//containerGroups')],
    [
      'capitals',
      (path: string) => path.replace(/resourceGroups|containerGroups/g, (word) => word.toUpperCase()),
    ],
    ['a trailing slash', (path: string) => path.replace('/one?', '/one/?')],
    ['an encoded letter', (path: string) => path.replace('/one?', '/%6Fne?')],
  ])('with %s', async (_what, written) => {
    const stage = setStage();
    const path = written(groupPath('one'));
    expect((await stage.send('PUT', path, DEFINITION)).status).toBe(201);
    expect((await stage.send('DELETE', path)).status).toBe(200);
    const { puts, deletes } = stage.emulator.ledger();
    expect(puts).toMatchObject([{ resourceGroup: RESOURCE_GROUP, group: 'one', status: 201 }]);
    expect(deletes).toMatchObject([{ resourceGroup: RESOURCE_GROUP, group: 'one', status: 200 }]);
  });

  it('by the name that the create gave the group', async () => {
    const stage = setStage();
    await create(stage);
    await stage.send('DELETE', groupPath('ONE').replace(RESOURCE_GROUP, RESOURCE_GROUP.toUpperCase()));
    expect(stage.emulator.ledger().deletes).toMatchObject([{ resourceGroup: RESOURCE_GROUP, group: 'one' }]);
  });

  it('and not other requests about a group', async () => {
    const stage = setStage();
    await create(stage);
    await stage.send('POST', groupPath('one', '/stop'));
    expect(stage.emulator.ledger()).toMatchObject({ puts: [{ group: 'one' }], deletes: [] });
  });
});

it('lets nothing more happen once it is closed', async () => {
  const stage = setStage({ scripts: [{ prints: [{ atMs: 60_000, text: 'never' }] }] });
  await create(stage, 'running');
  stage.advance(2_000);
  await create(stage, 'creating');
  await stage.emulator.close();
  stage.advance(120_000);
  expect(stage.emulator.ledger().programs).toMatchObject([{ group: 'running', bytes: 0 }]);
});
