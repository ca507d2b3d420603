// Which jobs a request means: every property that it names must fit.
import type { JobState } from '../../domain/job/job-state';
import type { JobSummary } from '../../domain/lists/job-summary';
import type { Listing } from '../../domain/ports/job-lists';

export interface JobFilter {
  /** One of these. */
  readonly states?: readonly JobState[] | undefined;
  /** All of these, by name. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** The schedule that made the job. */
  readonly schedule?: string | undefined;
  /** The group that it is a member of. */
  readonly group?: string | undefined;
  /** The job's own name, whole. */
  readonly name?: string | undefined;
  /** The latest attempt is at one of these. */
  readonly placements?: readonly string[] | undefined;
  /** What the id begins with, fewer characters than all. */
  readonly idPrefix?: string | undefined;
  /** ISO 8601 instants of submission: the first that counts, and the first that does not. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** The smallest lists that together hold every job that fits, each once; and whether they hold others too. */
export function listingsFor(filter: JobFilter): {
  readonly listings: readonly Listing[];
  readonly othersToo: boolean;
} {
  const { states, labels, schedule, group, name, placements, idPrefix } = filter;
  const label = Object.entries(labels ?? {})[0];
  const given = [
    ...(idPrefix === undefined ? [] : [[{ kind: 'id', prefix: idPrefix } as const]]),
    ...(group === undefined ? [] : [[{ kind: 'group', id: group } as const]]),
    ...(schedule === undefined ? [] : [[{ kind: 'schedule', name: schedule } as const]]),
    ...(name === undefined ? [] : [[{ kind: 'name', name } as const]]),
    ...(label === undefined ? [] : [[{ kind: 'label', name: label[0], value: label[1] } as const]]),
    ...(states === undefined
      ? []
      : [[...new Set(states)].map((state) => ({ kind: 'state', state }) as const)]),
  ];
  const others = given.length > 1 || Object.keys(labels ?? {}).length > 1 || placements !== undefined;
  const isUnsorted = (idPrefix ?? group) !== undefined && (filter.since ?? filter.until) !== undefined;
  return { listings: given[0] ?? [{ kind: 'all' }], othersToo: others || isUnsorted };
}

/** Whether the job fits. */
export function fits(job: JobSummary, filter: JobFilter): boolean {
  const { states, labels = {}, schedule, group, name, placements, idPrefix = '', since, until } = filter;
  const at = Date.parse(job.createdAt);
  return (
    (states === undefined || states.includes(job.state)) &&
    Object.entries(labels).every(([label, value]) => job.labels[label] === value) &&
    (schedule === undefined || job.schedule === schedule) &&
    (group === undefined || job.group?.id === group) &&
    (name === undefined || job.name === name) &&
    (placements === undefined || (job.placement !== undefined && placements.includes(job.placement))) &&
    job.id.startsWith(idPrefix) &&
    (since === undefined || at >= Date.parse(since)) &&
    (until === undefined || at < Date.parse(until))
  );
}
