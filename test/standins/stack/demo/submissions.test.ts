import { z } from 'zod';

import { scheduleSchema } from '../../../../domain/schedule/schedule';
import { dueFires } from '../../../../domain/schedule/schedule-due';
import { firstRow } from '../../../../domain/schedule/schedule-step';
import { newProgress } from '../../../../standins/stack/demo/job-progress';
import { schedulesSetting } from '../../../../standins/stack/demo/submissions';

const NOW = Date.parse('2026-01-01T00:00:30.000Z');

test('the schedule of the demo is due exactly once, also over the turn of a year', () => {
  const scheduled = {
    progress: newProgress('nightly', 'schedule' as const, ''),
    spec: { gpu: { count: 1, sku: 'K80' } },
  };
  const [schedule] = z.array(scheduleSchema).parse(JSON.parse(schedulesSetting(scheduled, NOW)));
  if (schedule?.from === undefined) throw new Error('The setting holds no schedule with a beginning.');
  const row = firstRow(schedule, NOW);
  const fire = Date.parse('2025-12-31T23:59:00.000Z');
  expect(dueFires(schedule, row, NOW)).toEqual({ fires: [fire] });
  expect(dueFires(schedule, { firedThrough: fire }, NOW + 3_600_000)).toEqual({ fires: [] });
});

test('it is still due when the machine takes long to boot', () => {
  const scheduled = {
    progress: newProgress('nightly', 'schedule' as const, ''),
    spec: { gpu: { count: 1, sku: 'K80' } },
  };
  const [schedule] = z.array(scheduleSchema).parse(JSON.parse(schedulesSetting(scheduled, NOW)));
  if (schedule === undefined) throw new Error('The setting holds no schedule.');
  expect(dueFires(schedule, firstRow(schedule, NOW), NOW + 30 * 60_000).fires).toHaveLength(1);
});
