// A group as its user sees it: counted from what the lists say of its members.
import type { GroupRow } from '../../domain/group/group';
import type { JobState } from '../../domain/job/job-state';
import type { JobSummary } from '../../domain/lists/job-summary';
import type { GroupRecords } from '../../domain/ports/group-store';
import type { GroupView } from '../groups';

/** The most failures shown with a group; the list of its jobs has all. */
const MOST_FAILURES = 10;

/** `jobs`: all that the lists know of its members, by their indexes. */
export function groupView({ group: { row }, cancel }: GroupRecords, jobs: readonly JobSummary[]): GroupView {
  const states: Partial<Record<JobState, number>> = {};
  for (const { state } of jobs) states[state] = (states[state] ?? 0) + 1;
  const failures = jobs.filter(({ outcome }) => outcome !== undefined && outcome !== 'Succeeded');
  const endedAt = lastEnd(row, jobs);
  return {
    id: row.groupId,
    ...(row.name === undefined ? {} : { name: row.name }),
    source: row.source,
    createdAt: new Date(row.submittedAt).toISOString(),
    ...(cancel === undefined ? {} : { canceledAt: new Date(cancel.at).toISOString() }),
    ...(endedAt === undefined ? {} : { endedAt }),
    members: row.members,
    made: jobs.length,
    ...(row.atOnce === undefined ? {} : { atOnce: row.atOnce }),
    states,
    failures: failures.slice(0, MOST_FAILURES),
    links: groupLinks(row.groupId),
  };
}

export function groupLinks(id: string): GroupView['links'] {
  const self = `/api/groups/${id}`;
  return { self, jobs: `/api/jobs?group=${id}`, cancel: `${self}/cancel` };
}

/** Instants in UTC sort as texts. Undefined while a member is not made or goes on. */
function lastEnd({ members }: GroupRow, jobs: readonly JobSummary[]): string | undefined {
  const ends = jobs.flatMap(({ outcome, endedAt }) => (outcome === undefined ? [] : (endedAt ?? [])));
  return ends.length < members ? undefined : ends.toSorted().at(-1);
}
