import { countsOf } from '../../backends/aci/counts';
import { type QuotaReadings, quotaStanding, type QuotaUsage, unreadOf } from '../../domain/placement/quota';
import { dispatch } from '../../jobs/placement/dispatch';
import { createQuotaReadings } from '../../jobs/placement/quota-readings';
import { ScriptedBackend } from '../support/app/scripted-backend';
import { rowsOf, testApp } from '../support/app/test-app';
import { withWaiting } from '../support/app/waiting-jobs';
import { testFacts, testPlacement } from '../support/placements';
import { NEW_YEAR } from '../support/rows';
import { ENDS_WELL } from '../support/world/region';
import { createTestWorld, GPU_JOB } from '../support/world/test-world';

const MINUTE = 60_000;
const V100 = (used: number, limit: number): QuotaUsage => ({ name: 'StandardV100Cores', used, limit });
const demand = countsOf({ cpu: 6, gpu: { sku: 'V100' } });

describe('a quota', () => {
  test.each<[string, readonly QuotaUsage[], object]>([
    ['unknown', [], { kind: 'free' }],
    ['of another SKU', [{ name: 'StandardK80Cores', used: 18, limit: 18 }], { kind: 'free' }],
    ['with just enough left', [V100(6, 12)], { kind: 'free' }],
    ['in use', [V100(7, 12)], { kind: 'in-use', quota: V100(7, 12), asked: 6 }],
    ['of zero', [V100(0, 0)], { kind: 'too-small', asked: 6 }],
    ['smaller than the job alone', [V100(0, 5)], { kind: 'too-small', asked: 6 }],
    ['of groups, in use', [{ name: 'ContainerGroups', used: 100, limit: 100 }], { kind: 'in-use', asked: 1 }],
  ])('%s', (_what, usages, standing) => {
    expect(quotaStanding(demand, usages)).toMatchObject(standing);
  });

  test('of cores counts a job without a GPU, in cores', () => {
    const cores = [{ name: 'StandardCores', used: 97, limit: 100 }];
    expect(quotaStanding(countsOf({ cpu: 3, gpu: undefined }), cores).kind).toBe('free');
    expect(quotaStanding(countsOf({ cpu: 4, gpu: undefined }), cores).kind).toBe('in-use');
    expect(quotaStanding(countsOf({ cpu: 4, gpu: { sku: 'K80' } }), cores).kind).toBe('free');
  });

  test('of GPUs counts GPUs, and of each measure only what is counted in it', () => {
    const counts = [{ quota: 'requests.nvidia.com/gpu', amount: 2, of: 'gpus' as const }];
    const usages = [{ name: 'requests.nvidia.com/gpu', used: 1, limit: 8 }];
    const holders = [
      { cores: 90, gpus: 4, since: NEW_YEAR },
      { cores: 90, since: NEW_YEAR },
    ];
    const unread = unreadOf(holders, { usages, readAt: NEW_YEAR });
    expect(unread).toEqual(holders);
    expect(quotaStanding(counts, usages, unread).kind).toBe('free'); // 1 + 4 + 2 of 8.
    expect(quotaStanding(counts, usages, [...unread, ...unread]).kind).toBe('in-use');
    expect(
      quotaStanding([{ quota: 'requests.nvidia.com/gpu', amount: 9, of: 'gpus' }], usages, unread).kind,
    ).toBe('too-small');
  });

  test('of slices counts those of its own resource, and whatever GPU is not known', () => {
    const slices = (skus: readonly string[]) => [
      { quota: 'requests.nvidia.com/mig-1g.10gb', amount: 1, of: 'gpus' as const, skus },
    ];
    const usages = [{ name: 'requests.nvidia.com/mig-1g.10gb', used: 0, limit: 2 }];
    const held = (sku?: string) => [
      { cores: 1, gpus: 2, ...(sku === undefined ? {} : { sku }), since: NEW_YEAR },
    ];
    expect(quotaStanding(slices(['mig-1g.10gb']), usages, held('T4')).kind).toBe('free');
    expect(quotaStanding(slices(['mig-1g.10gb']), usages, held('MIG-1g.10gb')).kind).toBe('in-use');
    expect(quotaStanding(slices(['mig-1g.10gb', 'small']), usages, held('small')).kind).toBe('in-use');
    expect(quotaStanding(slices(['mig-1g.10gb']), usages, held()).kind).toBe('in-use');
  });

  test('of memory counts bytes, of places that no reading shows as well', () => {
    const counts = [{ quota: 'requests.memory', amount: 12e9, of: 'memory' as const }];
    const usages = [{ name: 'requests.memory', used: 8e9, limit: 32e9 }];
    const held = (memoryGb: number) => [{ cores: 1, memoryGb, since: NEW_YEAR }];
    expect(quotaStanding(counts, usages, held(12)).kind).toBe('free');
    expect(quotaStanding(counts, usages, held(12.1))).toMatchObject({ kind: 'in-use', of: 'memory' });
    expect(
      quotaStanding([{ ...counts[0], quota: 'requests.memory', amount: 33e9, of: 'memory' }], usages).kind,
    ).toBe('too-small');
  });

  test('counts what was admitted since it was read, or too shortly before to show in it', () => {
    const reading = { usages: [V100(0, 12)], readAt: NEW_YEAR };
    const holders = [-31_000, -29_000, 5_000].map((ago) => ({ cores: 6, since: NEW_YEAR + ago }));
    expect(unreadOf(holders, reading)).toEqual(holders.slice(1));
    expect(quotaStanding(demand, reading.usages, unreadOf(holders, reading)).kind).toBe('in-use');
  });
});

describe('readings of quotas', () => {
  interface Readings {
    readonly region: ScriptedBackend;
    readonly quotas: QuotaReadings;
    readonly pass: (ms: number) => void;
    /** Sets the wall clock, as a person might. */
    readonly setWall: (byMs: number) => void;
  }

  function readings(): Readings {
    const region = new ScriptedBackend();
    region.quotas = [V100(0, 12)];
    let now = NEW_YEAR;
    let wallSetBy = 0;
    const placements = [testPlacement(), testPlacement({ name: 'same-region' })];
    const quotas = createQuotaReadings({
      clock: { now: () => now + wallSetBy, monotonic: () => now },
      placements,
      factsOf: testFacts(placements),
      backendOf: () => region,
      pause: () => Promise.resolve(),
    });
    return {
      region,
      quotas,
      pass: (ms) => void (now += ms),
      setWall: (byMs) => void (wallSetBy += byMs),
    };
  }

  test('do not delay a caller: the first answer is unknown, the next is known', async () => {
    const { region, quotas } = readings();
    expect(quotas.of('eastus')).toBeUndefined();
    await quotas.refresh();
    expect(quotas.of('eastus')?.usages).toEqual([V100(0, 12)]);
    expect(quotas.of('same-region')?.usages).toEqual([V100(0, 12)]);
    expect(quotas.of('elsewhere')).toBeUndefined();
    expect(region.asked).toEqual(['usages']);
  });

  test('are read once for all placements of a region, and again when they are two minutes old', async () => {
    const { region, quotas, pass } = readings();
    await quotas.refresh();
    for (let i = 0; i < 5; i += 1) quotas.of('eastus');
    expect(region.asked).toHaveLength(1);
    pass(121_000);
    quotas.of('eastus');
    quotas.of('same-region');
    await quotas.refresh();
    expect(region.asked).toHaveLength(2);
  });

  test('grow neither old nor young when the wall clock is set', async () => {
    const { region, quotas, pass, setWall } = readings();
    await quotas.refresh();
    setWall(60 * MINUTE);
    expect(quotas.of('eastus')).toBeDefined();
    expect(region.asked).toHaveLength(1);
    setWall(-120 * MINUTE);
    pass(11 * MINUTE);
    expect(quotas.of('eastus')).toBeUndefined();
  });

  test('that fail leave the last one valid for ten minutes, and are logged', async () => {
    const { region, quotas, pass } = readings();
    await quotas.refresh();
    region.meanwhile = () => Promise.reject(new Error('403'));
    pass(9 * MINUTE);
    expect(await quotas.refresh()).toEqual([{ placement: 'same-region', why: '403' }]);
    expect(quotas.of('eastus')).toBeDefined();
    pass(2 * MINUTE);
    expect(quotas.of('eastus')).toBeUndefined();
  });
});

describe('a job', () => {
  test('for which the quota is zero is rejected once that is known', async () => {
    const world = await createTestWorld({ one: { settings: { quotas: { StandardV100Cores: 0 } } } });
    await world.pass(2 * MINUTE);
    await expect(world.submit(GPU_JOB)).rejects.toThrow(
      'one":"has a quota of 0 for StandardV100Cores, the job counts 3 against it',
    );
  });

  test('waits for a quota that is in use without spending an attempt, and starts when it is free', async () => {
    const long = { ...ENDS_WELL, exit: { atMs: 10 * MINUTE, code: 0 } };
    const world = await createTestWorld({
      one: { settings: { quotas: { StandardV100Cores: 6 } }, scripts: [long, ENDS_WELL] },
    });
    const spec = { ...GPU_JOB, resources: { cpu: 6, memoryGb: 8 } };
    await world.pass(2 * MINUTE);
    const first = await world.submit(spec, 'first');
    const second = await world.submit(spec, 'second');
    await world.pass(5 * MINUTE);
    expect(await world.view(first)).toMatchObject({ state: 'Running' });
    expect(await world.view(second)).toMatchObject({ state: 'Queued', attempts: [] });
    expect(await world.until(second, ({ outcome }) => outcome !== undefined, 15 * MINUTE)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ number: 1 }],
    });
    expect(
      world.emulators
        .get('one')
        ?.ledger()
        .puts.map(({ status }) => status),
    ).toEqual([201, 201]);
  });

  test('that waits for a quota lets jobs pass that need nothing of it, and none that needs the same', async () => {
    const usages = [V100(7, 12), { name: 'StandardK80Cores', used: 0, limit: 48 }];
    const gpus = ['V100', 'K80'].map((sku) => ({ sku, counts: [1 as const] }));
    const quotas = {
      of: () => ({ usages, readAt: NEW_YEAR + 60_000 }),
      current: () => Promise.resolve({}),
      readAgain: () => undefined,
      refresh: () => Promise.resolve([]),
    };
    const app = testApp({ placements: [testPlacement({ gpus })], quotas });
    app.pass(60);
    const large = { cpu: 6, memoryGb: 8 };
    const blocked = await withWaiting(app, 1, { gpu: { count: 1, sku: 'V100' }, resources: large });
    const same = await withWaiting(app, 2, { gpu: { count: 1, sku: 'V100' } });
    const other = await withWaiting(app, 3, { gpu: { count: 1, sku: 'K80' } });
    await dispatch(app.ports);
    const states = await Promise.all(
      [blocked, same, other].map(async (id) => (await rowsOf(app, id)).job.row.state),
    );
    expect(states).toEqual(['waiting', 'waiting', 'active']);
  });
});
