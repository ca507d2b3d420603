// The list of jobs.
import type { JSX } from 'preact';

import { Trouble } from '../frame/trouble';
import { replaceRoute } from '../frame/use-route';
import type { ListFilter } from '../route';
import { JobTable } from './job-table';
import { MatchingActions } from './matching/matching-actions';
import { MoreFilters } from './more-filters';
import { useSelection } from './selection';
import { SelectionActions } from './selection-actions';
import { StateFilters } from './state-filters';
import { useCounts } from './use-counts';
import { useJobs } from './use-jobs';

export function JobsPage({ filter }: { readonly filter: ListFilter }): JSX.Element {
  const counts = useCounts(filter);
  const jobs = useJobs(filter);
  const selection = useSelection();
  const change = (next: ListFilter): void => {
    selection.clear();
    replaceRoute({ page: 'jobs', filter: next });
  };
  return (
    <>
      <h1>Jobs</h1>
      <StateFilters filter={filter} counts={counts} onChange={change} />
      <MoreFilters filter={filter} onChange={change} />
      <Trouble error={jobs.error} what="The list could not be read." />
      {jobs.jobs === undefined ? (
        <p class="quiet">{jobs.error === undefined ? 'Reading …' : ''}</p>
      ) : (
        <>
          {(jobs.jobs.length > 0 || jobs.hasMore) && (
            <MatchingActions key={JSON.stringify(filter)} filter={filter} />
          )}
          <SelectionActions jobs={jobs.jobs} selection={selection} />
          <JobTable jobs={jobs.jobs} hasMore={jobs.hasMore} selection={selection} onEnd={jobs.loadMore} />
          <p class="quiet" role="status">
            {told(jobs.jobs.length, jobs.hasMore, Object.keys(filter).length > 0)}
          </p>
        </>
      )}
    </>
  );
}

function told(count: number, hasMore: boolean, isFiltered: boolean): string {
  if (count === 0 && !hasMore) return isFiltered ? 'No job fits these filters.' : 'There are no jobs yet.';
  return hasMore ? `The newest ${count} jobs; scroll for more.` : `${count} ${count === 1 ? 'job' : 'jobs'}.`;
}
