// Schedules for people: as a table, and one in full.
import type { ScheduleView } from '../../api/schedules';
import type { Output } from '../host';
import type { Paint } from '../paint';
import { dateAndTime } from './duration';
import { type Column, fittedTable } from './fitted-table';
import { pairs } from './table';

const COLUMNS: readonly Column[] = [
  { heading: 'NAME', least: 12 },
  { heading: 'CRON' },
  { heading: 'TIME ZONE', goes: 2 },
  { heading: 'STATE' },
  { heading: 'ORIGIN', goes: 1 },
  { heading: 'NEXT' },
  { heading: 'LAST', least: 19 },
];

export function scheduleTable(
  schedules: readonly ScheduleView[],
  paint: Paint,
  output: Output,
): readonly string[] {
  const rows = schedules.map((schedule) => [
    schedule.name,
    schedule.cron,
    schedule.timeZone,
    schedule.paused ? paint.yellow('paused') : 'on',
    schedule.origin,
    schedule.next[0] === undefined ? '-' : instant(schedule.next[0]),
    lastFire(schedule) ?? '-',
  ]);
  return fittedTable(COLUMNS, rows, output);
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
