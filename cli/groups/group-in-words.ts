// A group in words: how many of its members are in which state.
import type { GroupView } from '../../api/groups';
import { JOB_STATES } from '../../domain/job/job-state';
import { type Paint, paintState } from '../paint';
import { ago, dateAndTime, duration } from '../show/duration';
import { pairs } from '../show/table';
import { printable } from '../show/words';

/** `3 Queued, 2 Running, 95 Succeeded`, in the order in which a job goes through its states. */
export function statesInWords({ states, made, members }: GroupView, paint: Paint): string {
  const counts = JOB_STATES.flatMap((state) => {
    const count = states[state];
    return count === undefined ? [] : [`${count} ${paintState(paint, state)}`];
  });
  const missing = members - made;
  return [...counts, ...(missing > 0 ? [`${missing} being made`] : [])].join(', ');
}

export function groupCard(group: GroupView, paint: Paint, now: number): string[] {
  const begun = Date.parse(group.createdAt);
  const rows: (readonly [string, string | undefined])[] = [
    ['group', group.id],
    ['name', group.name === undefined ? undefined : printable(group.name)],
    ['members', `${group.members}: ${statesInWords(group, paint)}`],
    ['at once', group.atOnce === undefined ? undefined : String(group.atOnce)],
    ['submitted', `${dateAndTime(begun)} (${ago(now - begun)}) by ${group.source}`],
    ['canceled', group.canceledAt === undefined ? undefined : dateAndTime(Date.parse(group.canceledAt))],
    ['ended', group.endedAt === undefined ? undefined : dateAndTime(Date.parse(group.endedAt))],
    ['took', duration((group.endedAt === undefined ? now : Date.parse(group.endedAt)) - begun)],
  ];
  const known = rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return pairs(known, paint.dim);
}
