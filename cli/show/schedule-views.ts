// Schedules for people: as a table, and one in full.
import type { ScheduleView } from '../../domain/api/schedules';
import type { Paint } from '../paint';
import { dateAndTime } from './duration';
import { pairs, table } from './table';

export function scheduleTable(schedules: readonly ScheduleView[], paint: Paint): string[] {
  const rows = schedules.map((schedule) => [
    schedule.name,
    schedule.cron,
    schedule.timeZone,
    schedule.paused ? paint.yellow('paused') : 'on',
    schedule.origin,
    schedule.next[0] === undefined ? '-' : instant(schedule.next[0]),
    lastFire(schedule) ?? '-',
  ]);
  return table(['NAME', 'CRON', 'TIME ZONE', 'STATE', 'ORIGIN', 'NEXT', 'LAST'], rows);
}

export function scheduleCard(schedule: ScheduleView, paint: Paint): string[] {
  const { waiting } = schedule;
  const rows: (readonly [string, string | undefined])[] = [
    ['schedule', schedule.name],
    ['cron', `${schedule.cron} (${schedule.timeZone})`],
    ['state', schedule.paused ? paint.yellow('paused') : 'on'],
    ['origin', schedule.origin],
    ['overlap', schedule.overlap],
    ['catch-up', schedule.catchUp],
    ['from', schedule.from],
    ['next', schedule.next.map(instant).join(', ')],
    ['last', lastFire(schedule)],
    ['detail', schedule.last?.detail],
    [
      'waiting',
      waiting === undefined
        ? undefined
        : `fire of ${instant(waiting.fireAt)}, for an earlier workload to be gone`,
    ],
    ['spec', JSON.stringify(schedule.spec)],
  ];
  return pairs(
    rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value] as const])),
    paint.dim,
  );
}

function lastFire({ last }: ScheduleView): string | undefined {
  if (last === undefined) return undefined;
  return `${instant(last.fireAt)} ${last.action}${last.jobId === undefined ? '' : ` ${last.jobId}`}`;
}

function instant(iso: string): string {
  return dateAndTime(Date.parse(iso));
}
