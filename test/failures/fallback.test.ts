import type { JobView } from '../../api/jobs';
import { armError, NEVER_ENDS, type RegionParts } from '../support/world/region';
import { createTestWorld, GPU_JOB, type TestWorld } from '../support/world/test-world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NO_V100 = { 'eastus/V100': 0 };

const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;
const isRunning = ({ state }: JobView): boolean => state === 'Running';

/** How many PUTs of container groups an emulator has been sent. */
function puts(world: TestWorld, placement: string): number {
  return world.emulators.get(placement)?.ledger().puts.length ?? 0;
}

describe('a job whose placements fail it', () => {
  test('runs in the third when capacity is refused at the create in the first and while provisioning in the second; its record says why', async () => {
    const world = await createTestWorld({
      one: { settings: { capacity: NO_V100, capacityRefusal: 'at-create' } },
      two: { settings: { capacity: NO_V100, capacityRefusal: 'while-creating' } },
      three: {},
    });
    const jobId = await world.submit(GPU_JOB);
    const job = await world.until(jobId, isOver, 30 * MINUTE);
    expect(job).toMatchObject({ outcome: 'Succeeded', exitCode: 0 });
    expect(job.attempts).toMatchObject([
      {
        number: 1,
        placement: 'one',
        cleanup: 'gone',
        reason: {
          code: 'capacity',
          class: 'infrastructure',
          message: expect.stringContaining(
            'ServiceUnavailable: The requested resource is not available',
          ) as unknown,
        },
      },
      {
        number: 2,
        placement: 'two',
        cleanup: 'gone',
        reason: {
          code: 'capacity',
          class: 'infrastructure',
          message: expect.stringContaining('InsufficientCapacity.') as unknown,
        },
      },
      { number: 3, placement: 'three', exitCode: 0, gpu: { count: 1, sku: 'V100' } },
    ]);
    expect(['one', 'two', 'three'].map((name) => puts(world, name))).toEqual([1, 1, 1]);
    const after = await world.until(jobId, ({ cleanup }) => cleanup === 'gone', 10 * MINUTE);
    expect(after.attempts).toHaveLength(3);
    for (const emulator of world.emulators.values()) expect(emulator.groupCount()).toBe(0);
  });

  test('goes around again once all have failed, in the order of their failures, within its budget', async () => {
    const refusing: RegionParts = {
      intercept: ({ method }) => (method === 'PUT' ? armError(403, 'AuthorizationFailed', 'No.') : undefined),
    };
    const world = await createTestWorld({ one: refusing, two: refusing });
    const jobId = await world.submit({ ...GPU_JOB, retry: { attempts: 5 } });
    const job = await world.until(jobId, isOver, HOUR);
    expect(job).toMatchObject({ outcome: 'Failed', reason: { code: 'refused', class: 'infrastructure' } });
    expect(job.attempts.map(({ placement }) => placement)).toEqual(['one', 'two', 'one', 'two', 'one']);
  });

  test.each([
    [403, 'AuthorizationFailed', "The client 'x' does not have authorization to perform action 'write'."],
    [401, 'InvalidAuthenticationToken', 'The access token is invalid.'],
    [404, 'ResourceGroupNotFound', "Resource group 'jobs' could not be found."],
    [404, 'SubscriptionNotFound', 'The subscription could not be found.'],
    [409, 'MissingSubscriptionRegistration', "The subscription is not registered to use namespace 'x'."],
    [409, 'ScopeLocked', 'The scope cannot perform write operation because following scope(s) are locked.'],
  ])(
    'goes to the next one when a create is answered %i %s: the trouble is the placement’s',
    async (status, code, message) => {
      const world = await createTestWorld({
        one: { intercept: ({ method }) => (method === 'PUT' ? armError(status, code, message) : undefined) },
        two: {},
      });
      const job = await world.until(await world.submit(GPU_JOB), isOver, 30 * MINUTE);
      expect(job).toMatchObject({
        outcome: 'Succeeded',
        attempts: [
          {
            placement: 'one',
            reason: { code: 'refused', class: 'infrastructure', message: `${code}: ${message}` },
          },
          { placement: 'two' },
        ],
      });
    },
  );

  test('goes to the next one when the fate of a create stays unknown, and says what the create was answered', async () => {
    const code = 'ContainerGroupTransitioning';
    const world = await createTestWorld({
      one: {
        intercept: ({ method }) =>
          method === 'PUT' ? armError(409, code, 'Still transitioning.') : undefined,
      },
      two: {},
    });
    const job = await world.until(await world.submit(GPU_JOB), isOver, HOUR);
    expect(job).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        {
          reason: {
            code: 'given-up',
            message: expect.stringContaining(`answered: HTTP 409 ${code} Still transitioning.`) as unknown,
          },
        },
        { placement: 'two' },
      ],
    });
  });

  test('ends where it is when what it asks for is at fault', async () => {
    const world = await createTestWorld({
      one: {
        intercept: ({ method }) =>
          method === 'PUT'
            ? armError(400, 'InaccessibleImage', "The image 'a' is not accessible.")
            : undefined,
      },
      two: {},
    });
    const job = await world.until(await world.submit(GPU_JOB), isOver, 30 * MINUTE);
    expect(job).toMatchObject({ outcome: 'Failed', reason: { code: 'image-not-found', class: 'user' } });
    expect(job.attempts).toHaveLength(1);
    expect(puts(world, 'two')).toBe(0);
  });

  test('shows which GPU it really got where another stands in for the one it asked for', async () => {
    const gpus = [{ sku: 'P100', counts: [1 as const] }];
    const world = await createTestWorld({ one: { placement: { gpus, accepts: { V100: 'P100' } } } });
    const job = await world.until(await world.submit(GPU_JOB), isOver, 30 * MINUTE);
    expect(job.attempts).toMatchObject([{ gpu: { count: 1, sku: 'P100', insteadOf: 'V100' } }]);
  });

  test('whose program has started is not run again, unless its spec says that it can be', async () => {
    const vanishing = (): Promise<TestWorld> => createTestWorld({ one: { scripts: [NEVER_ENDS] }, two: {} });
    const lose = async (world: TestWorld, jobId: string): Promise<void> => {
      await world.until(jobId, isRunning, MINUTE);
      const path = `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/${jobId}-1?api-version=2023-05-01`;
      const url = new URL(path, 'https://management.azure.com');
      const answer = await world.emulators
        .get('one')
        ?.handle({ method: 'DELETE', url, headers: {}, body: Buffer.alloc(0) });
      expect(answer?.status).toBe(200);
    };
    const once = await vanishing();
    const onceId = await once.submit(GPU_JOB);
    await lose(once, onceId);
    expect(await once.until(onceId, isOver, HOUR)).toMatchObject({
      outcome: 'Failed',
      reason: { code: 'lost' },
    });

    const again = await vanishing();
    const againId = await again.submit({ ...GPU_JOB, retry: { rerunAfterStart: true } });
    await lose(again, againId);
    expect(await again.until(againId, isOver, HOUR)).toMatchObject({
      outcome: 'Succeeded',
      attempts: [{ placement: 'one', reason: { code: 'lost' } }, { placement: 'two' }],
    });
  });
});

describe('a removal that is stuck for an hour', () => {
  test('delays neither the outcome that ends the job nor its event; the place stays taken until the workload is gone', async () => {
    const world = await createTestWorld({ one: { settings: { deleteMs: HOUR } } });
    const jobId = await world.submit(GPU_JOB);
    const submittedAt = world.now();
    const job = await world.until(jobId, isOver, 10 * MINUTE);
    expect(job).toMatchObject({ outcome: 'Succeeded', cleanup: 'requested' });
    expect(world.now() - submittedAt).toBeLessThan(MINUTE);
    await world.pass(MINUTE);
    const ended = world.events.sent.filter(({ text }) => text.includes('job.ended'));
    expect(ended).toHaveLength(1);
    expect(JSON.parse(ended[0]?.text ?? '')).toMatchObject({ id: `${jobId}-Succeeded` });
    expect(Object.keys((await world.ports.placementRows.read('one')).row.holders)).toEqual([`${jobId}-1`]);

    await world.pass(45 * MINUTE);
    expect(await world.view(jobId)).toMatchObject({ outcome: 'Succeeded', cleanup: 'overdue' });
    await world.until(jobId, ({ cleanup }) => cleanup === 'gone', HOUR);
    await world.pass(MINUTE);
    expect((await world.ports.placementRows.read('one')).row.holders).toEqual({});
  });
});

describe('a placement that can hold the job no longer when its turn comes', () => {
  test('is passed over without a create, and its attempt says so', async () => {
    const world = await createTestWorld({ one: {}, two: {} });
    const jobId = await world.submit(GPU_JOB);
    const [one] = world.ports.placements;
    if (one === undefined) throw new Error('There is no first placement.');
    Object.assign(one, { gpus: [] }); // As after a new deployment.
    const job = await world.until(jobId, isOver, 30 * MINUTE);
    expect(job).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        {
          placement: 'one',
          cleanup: 'gone',
          reason: {
            code: 'refused',
            class: 'infrastructure',
            message: 'Placement one offers no 1 × V100 (it offers none).',
          },
        },
        { placement: 'two' },
      ],
    });
    expect(puts(world, 'one')).toBe(0);
  });
});
