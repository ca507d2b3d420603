import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { JobView } from '../../api/jobs';
import { parseJobSpec } from '../../domain/spec/job-spec';
import { createTestWorld, GPU_JOB } from '../support/world/test-world';

const MINUTE = 60_000;
const NOT_FOUND = 'exec: "no-such-program-is-installed": executable file not found in $PATH';
const NEEDS_NEWER_DRIVER =
  'nvidia-container-cli: requirement error: unsatisfied condition: cuda>=12.9, please update your driver to a newer version, or use an earlier cuda container';
const NO_DISK = 'failed to prepare rootfs: no space left on device';

const isOver = ({ outcome }: JobView): boolean => outcome !== undefined;

/** From the pulled image to the job's end, milliseconds: the time for which a GPU was idle. */
function idleMs({ attempts, endedAt }: JobView): number {
  return Date.parse(endedAt ?? '') - Date.parse(attempts[0]?.phases['pulling'] ?? '');
}

describe('a program that can not be started', () => {
  test.each([
    ['its executable is not in the image', NOT_FOUND],
    ['the driver is older than the image asks for', NEEDS_NEWER_DRIVER],
  ])(
    'because %s fails its owner at the second look, is not tried again, and leaves nothing',
    async (_why, cannotStart) => {
      const world = await createTestWorld({ one: { scripts: [{ prints: [], cannotStart }] }, two: {} });
      const jobId = await world.submit(GPU_JOB);
      const job = await world.until(jobId, isOver, 5 * MINUTE);
      expect(job).toMatchObject({
        outcome: 'Failed',
        reason: {
          code: 'cannot-start',
          class: 'user',
          message: expect.stringContaining(cannotStart) as unknown,
        },
        attempts: [{ placement: 'one' }],
      });
      expect(job.exitCode).toBeUndefined();
      expect(job.attempts[0]?.startedAt).toBeUndefined();
      // The pull's own 900 ms, two looks of 2 s each, and the time from one step to the next.
      expect(idleMs(job)).toBeLessThan(10_000);
      await world.until(jobId, ({ cleanup }) => cleanup === 'gone', 10 * MINUTE);
      expect(world.emulators.get('one')?.ledger().programs).toEqual([]);
    },
  );

  test('for a fault of the machine is tried again elsewhere', async () => {
    const world = await createTestWorld({
      one: { scripts: [{ prints: [], cannotStart: NO_DISK }] },
      two: {},
    });
    const job = await world.until(await world.submit(GPU_JOB), isOver, 30 * MINUTE);
    expect(job).toMatchObject({
      outcome: 'Succeeded',
      attempts: [
        { placement: 'one', reason: { code: 'cannot-start', class: 'infrastructure' } },
        { placement: 'two', exitCode: 0 },
      ],
    });
  });

  test('costs no pulling deadline: the document of the field', async () => {
    const file = join(__dirname, '../fixtures/documents/can-not-start.json');
    const parsed = parseJobSpec(JSON.parse(readFileSync(file, 'utf8')), 600);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    expect(existsSync(`/usr/bin/${parsed.spec.command?.[0] ?? ''}`)).toBe(false);
    const world = await createTestWorld({ one: { scripts: [{ prints: [], cannotStart: NOT_FOUND }] } });
    const job = await world.until(await world.submit(parsed.spec), isOver, 5 * MINUTE);
    expect(job).toMatchObject({ outcome: 'Failed', reason: { code: 'cannot-start' }, attempts: [{}] });
    expect(job.attempts).toHaveLength(1);
  });
});
