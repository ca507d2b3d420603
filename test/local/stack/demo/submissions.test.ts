import { z } from 'zod';

import { dueFire, scheduleSchema } from '../../../../domain/schedule';
import { newProgress } from '../../../../local/stack/demo/job-progress';
import { schedulesSetting } from '../../../../local/stack/demo/submissions';

const NOW = Date.parse('2026-01-01T00:00:30.000Z');

test('the schedule of the demo is due exactly once, also over the turn of a year', () => {
  const scheduled = {
    progress: newProgress('nightly', 'schedule' as const, ''),
    spec: { gpu: { count: 1, sku: 'K80' } },
  };
  const [schedule] = z.array(scheduleSchema).parse(JSON.parse(schedulesSetting(scheduled, NOW)));
  if (schedule?.from === undefined) throw new Error('The setting holds no schedule with a beginning.');
  const fire = dueFire(schedule, Date.parse(schedule.from), NOW);
  expect(fire).toBe(Date.parse('2025-12-31T23:59:00.000Z'));
  expect(dueFire(schedule, fire ?? 0, NOW + 3_600_000)).toBeUndefined();
});
