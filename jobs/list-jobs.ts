// A page of jobs, newest first, as the lists tell them.
import type { JobState } from '../domain/api/jobs';
import type { JobRange, Listing, SummaryPage } from '../domain/job-lists';
import type { Ports } from './ports';

/** One property at most: each has a list of its own, and none of two together. */
export interface JobFilter {
  readonly state?: JobState | undefined;
  /** `name=value`; the name ends at the first `=`. */
  readonly label?: string | undefined;
  readonly schedule?: string | undefined;
  /** ISO 8601 instants of submission: the first that counts, and the first that does not. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** The names of the properties that are filtered by; more than one can't be listed. */
export function filteredBy(filter: JobFilter): string[] {
  const { state, label, schedule } = filter;
  return Object.entries({ state, label, schedule }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
}

/** One storage request, and as many entities read as the page has jobs. @throws TerminalError for a continuation that no page gave. */
export function listJobs(
  ports: Pick<Ports, 'lists'>,
  filter: JobFilter,
  limit: number,
  continuation?: string,
): Promise<SummaryPage> {
  return ports.lists.page(rangeOf(filter), limit, continuation);
}

function rangeOf(filter: JobFilter): JobRange {
  return {
    listing: listingOf(filter),
    since: filter.since === undefined ? undefined : Date.parse(filter.since),
    until: filter.until === undefined ? undefined : Date.parse(filter.until),
  };
}

function listingOf({ state, label, schedule }: JobFilter): Listing {
  if (state !== undefined) return { kind: 'state', state };
  if (schedule !== undefined) return { kind: 'schedule', name: schedule };
  if (label === undefined) return { kind: 'all' };
  const [name = ''] = label.split('=', 1);
  return { kind: 'label', name, value: label.slice(name.length + 1) };
}
