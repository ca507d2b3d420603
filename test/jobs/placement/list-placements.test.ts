import { placementListSchema } from '../../../api/placements';
import { listPlacements } from '../../../jobs/placement/list-placements';
import { createQuotaReadings } from '../../../jobs/placement/quota-readings';
import { ScriptedBackend } from '../../support/app/scripted-backend';
import { testApp } from '../../support/app/test-app';
import { withWaiting } from '../../support/app/waiting-jobs';
import { testFacts, testPlacement } from '../../support/placements';
import { NEW_YEAR } from '../../support/rows';

const MINUTE = 60_000;
const saying = (text: string): unknown => expect.stringContaining(text);

type Over = Parameters<typeof testPlacement>[0];

async function one(over: Over = {}, ports: Parameters<typeof testApp>[0] = {}, query = {}) {
  const app = testApp({ placements: [testPlacement(over)], ...ports });
  const [view] = await listPlacements(app.ports, query, app.ports.policy);
  if (view === undefined) throw new Error('There is no placement.');
  return view;
}

async function write(app: ReturnType<typeof testApp>, over: object): Promise<void> {
  const { row, etag } = await app.placementRows.read('eastus');
  await app.placementRows.write({ ...row, ...over }, etag);
}

const TRAINER =
  '/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/trainer';

describe('a placement as its users see it', () => {
  test('fits the schema that the API publishes, and nothing is in it that the schema does not know', async () => {
    const view = await one({ prices: { V100: 3.06 }, accepts: { K80: 'V100' } }, {}, { gpu: 'V100' });
    expect(placementListSchema.parse({ placements: [view] })).toEqual({ placements: [view] });
  });

  test('names what stands there and costs without a job, and nothing where it is not known', async () => {
    const cost = { what: 'node a is idle', perHour: 0.5, todo: 'Let it go.' };
    const standing = { current: () => Promise.resolve([cost]) };
    const view = await one({}, { standing });
    expect(placementListSchema.parse({ placements: [view] }).placements[0]?.standing).toEqual([cost]);
    const unknown = { current: () => Promise.resolve(undefined) };
    expect(await one({}, { standing: unknown })).not.toHaveProperty('standing');
  });

  test('names what could not be had there: why, since when, how often, and who tries again when', async () => {
    const app = testApp({ placements: [testPlacement()] });
    const since = NEW_YEAR - 5 * MINUTE;
    const V100 = { since, why: 'capacity', refusals: 3, until: NEW_YEAR + MINUTE, probe: 'j1-1' };
    const cpu = { since, why: 'quota', refusals: 1, until: NEW_YEAR, probe: 'j2-1' };
    await write(app, { shut: { V100, cpu }, holders: { 'j1-1': { cores: 1, since: NEW_YEAR } } });
    const [view] = await listPlacements(app.ports, {}, undefined);
    const told = { since: '2025-12-31T23:55:00.000Z', until: '2026-01-01T00:01:00.000Z' };
    expect(view?.shut).toEqual([
      { resource: 'V100', why: 'capacity', refusals: 3, ...told, probe: 'j1-1' },
      { resource: 'cpu', why: 'quota', refusals: 1, ...told, until: '2026-01-01T00:00:00.000Z' },
    ]);
    expect(placementListSchema.parse({ placements: [view] }).placements).toEqual([view]);
    expect(await one()).not.toHaveProperty('shut');
  });

  test('without jobs has everything free', async () => {
    expect(
      await one({
        limits: {
          workloads: 4,
          cores: 8,
          creates: [
            { per: 300, most: 2 },
            { per: 3600, most: 9 },
          ],
        },
      }),
    ).toEqual({
      name: 'eastus',
      backend: 'aci',
      region: 'eastus',
      gpus: [{ sku: 'V100', counts: [1, 2, 4] }],
      limits: {
        workloads: 4,
        cores: 8,
        creates: [
          { per: 300, most: 2 },
          { per: 3600, most: 9 },
        ],
      },
      offers: { volumes: [], identities: [], outputs: 'address', checkpoints: false },
      held: { workloads: 0, cores: 0 },
      free: { workloads: 4, cores: 8, createsNow: 2 },
      waiting: 0,
      health: 'ok',
      refuses: [{ what: 'args without command', why: saying('entrypoint') }],
    });
  });

  test('tells what is held, what is free, and how many creates are left in the windows', async () => {
    const limits = {
      workloads: 4,
      cores: 8,
      creates: [
        { per: 300, most: 3 },
        { per: 3600, most: 4 },
      ],
    };
    const app = testApp({ placements: [testPlacement({ limits })] });
    await write(app, {
      holders: { 'a-1': { cores: 2, since: NEW_YEAR }, 'b-1': { cores: 1.5, since: NEW_YEAR } },
      recentCreations: [NEW_YEAR - 30 * MINUTE, NEW_YEAR - MINUTE],
    });
    await withWaiting(app, 1);
    expect(await listPlacements(app.ports, {}, app.ports.policy)).toMatchObject([
      {
        held: { workloads: 2, cores: 3.5 },
        free: { workloads: 2, cores: 4.5, createsNow: 2 },
        waiting: 1,
      },
    ]);
  });

  test('that the platform paused says until when, and that nothing can be created now', async () => {
    const app = testApp();
    await write(app, { holders: {}, recentCreations: [], pausedUntil: NEW_YEAR + MINUTE });
    expect(await listPlacements(app.ports, {}, app.ports.policy)).toMatchObject([
      { health: 'paused', pausedUntil: new Date(NEW_YEAR + MINUTE).toISOString(), free: { createsNow: 0 } },
    ]);
    app.pass(61);
    const [later] = await listPlacements(app.ports, {}, app.ports.policy);
    expect(later).toMatchObject({ health: 'ok', free: { createsNow: 100 } });
    expect(later).not.toHaveProperty('pausedUntil');
  });

  test('refuses GPUs that Azure retired, in its offer and where others stand in for them', async () => {
    const placement = {
      offersRetiredGpus: false,
      gpus: [{ sku: 'V100', counts: [1 as const, 2 as const] }],
      accepts: { K80: 'V100' },
    };
    const { refuses } = await one(placement);
    expect(refuses.slice(0, 2)).toEqual([
      {
        what: 'V100 × 1/2',
        why: saying('retired it from Container Instances on 2025-07-14'),
        gpu: { sku: 'V100', counts: [1, 2] },
      },
      { what: 'K80 × 1/2', why: saying("can't give V100"), gpu: { sku: 'K80', counts: [1, 2] } },
    ]);
  });

  test('refuses args alone only of images whose entrypoint it does not name', async () => {
    const { refuses } = await one({ entrypoints: { 'example/train': ['train'] } });
    expect(refuses.map(({ what }) => what)).toEqual([
      'args without command, of images other than example/train',
    ]);
  });

  test('tells what specs may name there, never what stands behind a name, and nothing that a policy keeps', async () => {
    const share = { url: 'https://acct.file.core.windows.net/results', keyRef: 'acct-key' };
    const placement = {
      volumes: {
        results: { share },
        data: { share, readOnly: true, images: ['docker.io/library/python:*'] },
        'of-others': { share },
        secret: { share },
      },
      identities: { trainer: { id: TRAINER }, admin: { id: TRAINER } },
      outputs: { volume: 'of-others' },
      policy: { volumes: ['results', 'data', 'secret'] },
    };
    const shown = await one(placement, { policy: { identities: ['trainer'], volumes: ['r*', 'DATA'] } });
    expect(shown.offers).toEqual({
      volumes: [
        { name: 'results', readOnly: false },
        { name: 'data', readOnly: true, images: ['docker.io/library/python:*'] },
      ],
      identities: [{ name: 'trainer' }],
      outputs: 'volume',
      checkpoints: true,
    });
    expect(JSON.stringify(shown.offers)).not.toMatch(/acct|of-others|resourceGroups/);
  });

  test.each([
    [{ outputs: 'none' as const }, 'none', false],
    [{}, 'address', false],
  ])('of a placement that says %j outputs are kept by "%s"', async (placement, outputs, checkpoints) => {
    expect((await one(placement)).offers).toMatchObject({ outputs, checkpoints });
  });

  test('tells its own policy and that of the deployment', async () => {
    const { refuses } = await one({ policy: { registries: ['nvcr.io'] } }, { policy: { secrets: [] } });
    expect(refuses).toContainEqual({
      what: 'registries other than nvcr.io',
      why: "the placement's policy does not allow them",
    });
    expect(refuses).toContainEqual({
      what: 'all secrets',
      why: "the deployment's policy does not allow them",
    });
  });

  test.each([
    [{ gpu: 'V100' }, { holds: true, gpu: { count: 1, sku: 'V100' }, resources: { cpu: 3, memoryGb: 56 } }],
    [{ count: 2 }, { holds: true, gpu: { count: 2, sku: 'V100' }, resources: { cpu: 6, memoryGb: 112 } }],
    [
      { cpu: 4, memoryGb: 12 },
      { holds: true, resources: { cpu: 4, memoryGb: 12 } },
    ],
    [
      { gpu: 'V100', cpu: 2 },
      { holds: true, gpu: { count: 1, sku: 'V100' }, resources: { cpu: 2, memoryGb: 1.5 } },
    ],
    [{ gpu: 'A100' }, { holds: false, why: 'offers no 1 × A100 (it offers V100 × 1/2/4)' }],
    [
      { gpu: 'V100', cpu: 7 },
      { holds: false, why: saying('at most 6 CPU cores') },
    ],
  ])('judges whether it can hold %j', async (query, verdict) => {
    expect((await one({}, {}, query)).verdict).toEqual(verdict);
  });
});

describe("what is known of a placement's quotas", () => {
  function quotasOf(backend: ScriptedBackend) {
    return createQuotaReadings({
      clock: { now: () => NEW_YEAR, monotonic: () => 0 },
      placements: [testPlacement()],
      factsOf: testFacts([testPlacement()]),
      backendOf: () => backend,
      pause: () => Promise.resolve(),
    });
  }

  test('is read for the first reader, and shown with the placement', async () => {
    const backend = new ScriptedBackend();
    backend.quotas = [{ name: 'StandardV100Cores', used: 0, limit: 0 }];
    const quotas = quotasOf(backend);
    const view = await one({}, { quotas }, { gpu: 'V100' });
    expect(view.quotas).toEqual(backend.quotas);
    expect(view.verdict).toEqual({ holds: false, why: saying('quota of 0') });
    expect(view.refuses).toContainEqual({
      what: 'V100 × 1/2/4',
      why: saying('quota of 0'),
      gpu: { sku: 'V100', counts: [1, 2, 4] },
    });
    await quotas.current('eastus');
    expect(backend.asked).toEqual(['usages']);
  });

  test('that cannot be read makes the placement unreachable, and says why', async () => {
    const backend = new ScriptedBackend();
    backend.meanwhile = () => {
      throw new Error('no route to host');
    };
    expect(await one({}, { quotas: quotasOf(backend) })).toMatchObject({
      health: 'unreachable',
      detail: saying('no route to host'),
    });
  });
});
