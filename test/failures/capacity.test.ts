import type { JobView } from '../../api/jobs';
import { armError } from '../support/world/region';
import { createTestWorld, GPU_JOB, type TestWorld } from '../support/world/test-world';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;

function puts(world: TestWorld, placement = 'one'): number {
  return world.emulators.get(placement)?.ledger().puts.length ?? 0;
}

describe('a job for whose GPU there is no capacity anywhere', () => {
  test.each(['at-create', 'while-creating'] as const)(
    'waits beyond its attempts, and runs when there is some (refused %s)',
    async (capacityRefusal) => {
      const capacity: Record<string, number> = { 'eastus/V100': 0 };
      const world = await createTestWorld({ one: { settings: { capacity, capacityRefusal } } });
      const jobId = await world.submit({ ...GPU_JOB, retry: { attempts: 1 } });
      await world.pass(2 * HOUR);
      expect(await world.view(jobId)).toMatchObject({ state: 'Queued', cleanup: 'gone' });
      // At once, and 1, 3, 7, 15, 31, 61 and 91 minutes later; a failed provisioning takes its time besides.
      expect(puts(world)).toBeGreaterThanOrEqual(6);
      expect(puts(world)).toBeLessThanOrEqual(8);
      delete capacity['eastus/V100'];
      const job = await world.until(jobId, isOver, 35 * MINUTE);
      expect(job).toMatchObject({ outcome: 'Succeeded', exitCode: 0 });
      expect(new Set(job.attempts.slice(0, -1).map(({ reason }) => reason?.code))).toEqual(
        new Set(['capacity']),
      );
      expect((await world.ports.placementRows.read('one')).row.shut).toBeUndefined();
    },
  );

  test('times out when it has waited for its deadline in all, and says what the platform said last', async () => {
    const world = await createTestWorld({ one: { settings: { capacity: { 'eastus/V100': 0 } } } });
    const jobId = await world.submit({ ...GPU_JOB, deadlines: { queued: 3_600 } });
    const submittedAt = world.now();
    const job = await world.until(jobId, isOver, 3 * HOUR);
    expect(job).toMatchObject({
      outcome: 'TimedOut',
      reason: {
        code: 'queued-deadline',
        message: expect.stringContaining('at one: ServiceUnavailable: The requested resource') as unknown,
      },
    });
    expect(world.now() - submittedAt).toBeGreaterThanOrEqual(HOUR);
    expect(world.now() - submittedAt).toBeLessThanOrEqual(HOUR + 2 * MINUTE);
  });

  test('waits as well for a quota that other deployments use, which can not be read', async () => {
    let isUsedUp = true;
    const world = await createTestWorld({
      one: {
        intercept: ({ method, url }) => {
          if (url.pathname.includes('/usages')) return armError(403, 'AuthorizationFailed', 'No.');
          return method === 'PUT' && isUsedUp
            ? armError(409, 'ContainerGroupQuotaReached', 'The quota StandardV100Cores is reached.')
            : undefined;
        },
      },
    });
    const jobId = await world.submit(GPU_JOB);
    await world.pass(HOUR);
    const waiting = await world.view(jobId);
    expect(waiting).toMatchObject({ state: 'Queued' });
    // At once, then 1, 3, 7, 15 and 31 minutes later.
    expect(waiting.attempts).toHaveLength(6);
    isUsedUp = false;
    expect(await world.until(jobId, isOver, HOUR)).toMatchObject({ outcome: 'Succeeded' });
  });

  test('goes at once to another placement when one is left, and comes back to neither before its time', async () => {
    const world = await createTestWorld({
      one: { settings: { capacity: { 'eastus/V100': 0 } } },
      two: {},
    });
    const first = await world.until(await world.submit(GPU_JOB), isOver, 5 * MINUTE);
    expect(first.attempts.map(({ placement }) => placement)).toEqual(['one', 'two']);
    const [failedAt, nextAt] = first.attempts.map(({ phases }) => Date.parse(phases['provisioning'] ?? ''));
    expect((nextAt ?? 0) - (failedAt ?? 0)).toBeLessThan(5_000);
    const second = await world.until(await world.submit(GPU_JOB, 'second'), isOver, 5 * MINUTE);
    expect(second.attempts.map(({ placement }) => placement)).toEqual(['two']);
  });
});
