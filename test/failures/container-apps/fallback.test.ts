// A job whose placements are of three kinds: where one fails it, the next one runs it, and the record says why.
import type { Fault } from '../../../standins/container-apps/faults/fault';
import { type KubernetesStage, setKubernetesStage } from '../../backends/kubernetes/kubernetes-stage';
import {
  type AppsParts,
  type AppsWorld,
  createAppsWorld,
  HOUR,
  isGone,
  MINUTE,
} from '../../support/world/container-apps-world';
import { armError } from '../../support/world/region';

const NOTHING = { jobs: [], executions: [] };
const NOT_AVAILABLE =
  "The requested resource is not available in the location 'eastus' at this moment. Please retry with a different resource request or in another location. Resource requested: '1' CPU '1' GB memory 'Linux' OS";

interface ThreeKinds {
  readonly world: AppsWorld;
  readonly cluster: KubernetesStage;
}

async function threeKinds(parts: Omit<AppsParts, 'others'> = {}): Promise<ThreeKinds> {
  const staged: KubernetesStage[] = [];
  const world = await createAppsWorld({
    ...parts,
    others: (time) => {
      const stage = setKubernetesStage({ time });
      staged.push(stage);
      return [{ placement: stage.configured, backend: stage.backend, facts: stage.facts }];
    },
    regions: parts.regions ?? { region: {} },
  });
  const [cluster] = staged;
  if (cluster === undefined) throw new Error('The world has no cluster.');
  return { world, cluster };
}

test('a job goes from Container Apps to a cluster, and on to Container Instances, each attempt with its reason', async () => {
  const { world, cluster } = await threeKinds({ faults: [{ kind: 'failed-put', count: 1 }] });
  await cluster.refuseCreates();
  const jobId = await world.submit();
  expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
    outcome: 'Succeeded',
    exitCode: 0,
    attempts: [
      {
        placement: 'apps',
        cleanup: 'gone',
        reason: {
          code: 'refused',
          class: 'infrastructure',
          message: expect.stringContaining('(Failed); the platform tells no reason') as unknown,
        },
      },
      {
        placement: 'cluster',
        cleanup: 'gone',
        reason: {
          code: 'refused',
          class: 'infrastructure',
          message: expect.stringContaining('jobs.batch is forbidden') as unknown,
        },
      },
      { placement: 'region', exitCode: 0, cleanup: 'gone' },
    ],
  });
  expect(world.stage.standIn.left()).toEqual(NOTHING);
  expect(world.stage.standIn.ledger().programs).toEqual([]);
  expect(cluster.starts()).toBe(0);
  expect(world.emulators.get('region')?.groupCount()).toBe(0);
});

test('a job that a region and a cluster refuse runs on Container Apps, if its spec names that last', async () => {
  const { world, cluster } = await threeKinds({
    regions: {
      region: {
        intercept: ({ method }) =>
          method === 'PUT' ? armError(409, 'ServiceUnavailable', NOT_AVAILABLE) : undefined,
      },
    },
  });
  await cluster.refuseCreates();
  const jobId = await world.submit({ placements: ['region', 'cluster', 'apps'] });
  expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
    outcome: 'Succeeded',
    attempts: [
      { placement: 'region', reason: { code: 'capacity' } },
      { placement: 'cluster', reason: { code: 'refused' } },
      { placement: 'apps', exitCode: 0 },
    ],
  });
  expect(world.ledgerOf(jobId, 3)).toMatchObject({ starts: 1, programs: [{ exitCode: 0 }] });
  expect(await world.logOf(jobId, 3)).toBe('hello\n');
  expect(world.stage.standIn.left()).toEqual(NOTHING);
});

test('a job whose program may have run on Container Apps goes nowhere else, unless its spec says that it may', async () => {
  const lost = { kind: 'platform-failure', count: 1 } as const;
  const switches = { jobEvents: 'absent' } as const;
  const once = await threeKinds({ faults: [lost], switches });
  const jobId = await once.world.submit();
  expect(await once.world.until(jobId, isGone, HOUR)).toMatchObject({
    outcome: 'Failed',
    attempts: [{ placement: 'apps', reason: { class: 'infrastructure' } }],
  });
  expect(once.cluster.starts()).toBe(0);
  const again = await threeKinds({ faults: [lost], switches });
  const rerun = await again.world.submit({ retry: { rerunAfterStart: true } });
  expect(await again.world.until(rerun, isGone, HOUR)).toMatchObject({
    outcome: 'Succeeded',
    attempts: [{ placement: 'apps', reason: { class: 'infrastructure' } }, { placement: 'cluster' }],
  });
});

test('a job whose program never ran on Container Apps by the word of its log runs elsewhere', async () => {
  const { world, cluster } = await threeKinds({ faults: [{ kind: 'platform-failure', count: 1 }] });
  const jobId = await world.submit();
  expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
    outcome: 'Succeeded',
    attempts: [
      { placement: 'apps', reason: { code: 'given-up' } },
      { placement: 'cluster', exitCode: 0 },
    ],
  });
  expect(world.stage.standIn.ledger().programs).toEqual([]);
  expect(cluster.starts()).toBe(1);
});

describe('a job whose replica gets no machine', () => {
  const NO_MACHINE: Fault = { kind: 'capacity', profileType: 'Consumption', gpus: 0 };
  const ROOM: Fault = { ...NO_MACHINE, gpus: 9 };
  const deadlines = { provisioning: 900 };

  test('is stopped at its deadline and runs on the next placement, without leave to run twice', async () => {
    const { world, cluster } = await threeKinds({ faults: [NO_MACHINE] });
    const jobId = await world.submit({ deadlines });
    await world.pass(14 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({
      state: 'Provisioning',
      attempts: [{ placement: 'apps', lacking: { code: 'capacity' } }],
    });
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        { placement: 'apps', reason: { code: 'capacity', class: 'infrastructure' } },
        { placement: 'cluster', exitCode: 0 },
      ],
    });
    expect(world.ledgerOf(jobId)).toMatchObject({
      starts: 1,
      executions: [{ status: 'Stopped' }],
      programs: [],
    });
    expect(cluster.starts()).toBe(1);
    expect(await world.row(jobId)).toMatchObject({ startShown: false, startPossible: false });
    expect(world.stage.standIn.left()).toEqual(NOTHING);
  });

  test('goes from Container Apps to a cluster to Container Instances: one program start in all', async () => {
    const { world, cluster } = await threeKinds({ faults: [NO_MACHINE] });
    await cluster.refuseCreates();
    const jobId = await world.submit({ deadlines });
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        { placement: 'apps', reason: { code: 'capacity' } },
        { placement: 'cluster', reason: { code: 'refused' } },
        { placement: 'region', exitCode: 0 },
      ],
    });
    expect(world.stage.standIn.ledger().programs).toEqual([]);
    expect(cluster.starts()).toBe(0);
  });

  test('is not run again when its program starts between the last look and the stop', async () => {
    const got: { world?: AppsWorld } = {};
    let stops = 0;
    const { world, cluster } = await threeKinds({
      faults: [NO_MACHINE],
      script: () => ({ prints: [] }),
      way: (service) => async (request) => {
        if (request.method !== 'POST' || !request.url.pathname.endsWith('/stop')) return service(request);
        stops += 1;
        if (stops === 1) {
          // A machine comes at the last moment, and the stop is late.
          got.world?.stage.standIn.inject(ROOM);
          await new Promise((later) => void got.world?.time.timers.after(MINUTE, () => later(undefined)));
        }
        return service(request);
      },
    });
    got.world = world;
    const jobId = await world.submit({ deadlines });
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Failed',
      reason: { code: 'capacity' },
      attempts: [{ placement: 'apps' }],
    });
    expect(world.ledgerOf(jobId)).toMatchObject({ starts: 1, programs: [{}] });
    expect(await world.row(jobId)).toMatchObject({ startShown: true });
    expect(cluster.starts()).toBe(0);
  });

  test('goes nowhere else where no log tells of the wait: then its program may have started', async () => {
    const { world, cluster } = await threeKinds({
      faults: [NO_MACHINE],
      switches: { jobEvents: 'absent' },
    });
    const jobId = await world.submit({ deadlines: { provisioning: 900, pulling: 60 } });
    expect(await world.until(jobId, isGone, HOUR)).toMatchObject({
      outcome: 'Failed',
      attempts: [{ placement: 'apps' }],
    });
    expect(cluster.starts()).toBe(0);
  });
});
