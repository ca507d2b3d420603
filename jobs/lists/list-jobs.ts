// A page of jobs from the lists, newest first. Of several properties one chooses the list and the others filter it.
import { placeIn, placeInList } from '../../domain/lists/job-list-key';
import type { JobSummary } from '../../domain/lists/job-summary';
import type { Listing, SummaryPage } from '../../domain/ports/job-lists';
import { fits, type JobFilter, listingsFor } from './job-filter';
import type { ListKeeper } from './list-keeper';

/** Entries read for one page where a list holds other jobs too: as many as one answer of the table service holds. */
const READ_AT_MOST = 1_000;

/**
 * One storage request a list, side by side. With one property it reads as many entities as the page has jobs. With
 * several it reads at most 1,000 in all, so a page may hold fewer jobs than asked for, or none, and still go on. Jobs
 * found by the beginning of their ids come sorted by id, not by time. @throws TerminalError for a continuation that no
 * page gave.
 */
export async function listJobs(
  lists: Pick<ListKeeper, 'page'>,
  filter: JobFilter,
  limit: number,
  continuation?: string,
): Promise<SummaryPage> {
  const { listings, othersToo } = listingsFor(filter);
  const since = filter.since === undefined ? undefined : Date.parse(filter.since);
  const until = filter.until === undefined ? undefined : Date.parse(filter.until);
  const each = othersToo ? Math.max(1, Math.floor(READ_AT_MOST / listings.length)) : limit;
  const pages = await Promise.all(
    listings.map((listing) => lists.page({ listing, since, until }, each, continuation)),
  );
  const [only] = pages;
  if (only !== undefined && pages.length === 1 && !othersToo) return only;
  return pages.length === 1 && only !== undefined
    ? picked(only, filter, limit, listings[0])
    : picked(merged(pages), filter, limit);
}

/** Merges the pages of several lists, as far as all of them are known. */
function merged(pages: readonly SummaryPage[]): SummaryPage {
  const ends = pages.flatMap(({ continuation }) => (continuation === undefined ? [] : [continuation])).sort();
  const [nearest] = ends;
  const byPlace = new Map<string, JobSummary>(); // A job that changed its list meanwhile stands in both.
  for (const job of pages.flatMap(({ jobs }) => jobs)) byPlace.set(placeInList(job), job);
  const jobs = [...byPlace]
    .filter(([place]) => nearest === undefined || place <= nearest)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, job]) => job);
  return nearest === undefined ? { jobs } : { jobs, continuation: nearest };
}

/** The first `limit` jobs that fit. The next page goes on after the last entry that was looked at. */
function picked(
  { jobs, continuation }: SummaryPage,
  filter: JobFilter,
  limit: number,
  listing: Listing = { kind: 'all' },
): SummaryPage {
  const found: JobSummary[] = [];
  for (const [index, job] of jobs.entries()) {
    if (fits(job, filter)) found.push(job);
    if (found.length < limit) continue;
    const isLast = index === jobs.length - 1;
    const next = isLast ? continuation : placeIn(listing, job);
    return { jobs: found, ...(next === undefined ? {} : { continuation: next }) };
  }
  return { jobs: found, ...(continuation === undefined ? {} : { continuation }) };
}
