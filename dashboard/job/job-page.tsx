// A job: how it stands, its course, its log, its attempts.
import type { JSX } from 'preact';

import { isGone } from '../../client/job-end';
import { ApiProblem } from '../api/request';
import { shownText } from '../frame/shown-text';
import { StateMark } from '../frame/state-mark';
import { Trouble } from '../frame/trouble';
import { useNow } from '../frame/use-now';
import { LogSection } from '../log/log-section';
import { hrefOf } from '../route';
import { Actions } from './actions';
import { Attempts } from './attempts';
import { EventsList } from './events-list';
import { Group } from './group';
import { JobFacts } from './job-facts';
import { Spec } from './spec';
import { Timeline } from './timeline';
import { useJob } from './use-job';

const NOT_FOUND = 404;

interface JobPageProps {
  readonly id: string;
  readonly attempt: number | undefined;
}

export function JobPage({ id, attempt }: JobPageProps): JSX.Element {
  const { job, error, show } = useJob(id);
  const now = useNow(1_000);
  const isUnknown = error instanceof ApiProblem && error.status === NOT_FOUND;
  return (
    <>
      <p>
        <a href={hrefOf({ page: 'jobs', filter: {} })}>← Jobs</a>
      </p>
      <Trouble error={error} what={isUnknown ? 'There is no such job.' : 'The job could not be read.'} />
      {job !== undefined && (
        <>
          <div class="title">
            <h1>{shownText(job.name ?? job.id)}</h1>
            <span aria-live="polite">
              <StateMark state={job.state} />
              {job.outcome !== undefined && !isGone(job) && (
                <span class="why"> its workload is not gone yet</span>
              )}
            </span>
            <Actions job={job} onJob={show} />
          </div>
          <JobFacts job={job} />
          <Timeline job={job} now={now} />
          <LogSection job={job} asked={attempt} />
          <Attempts job={job} />
          <Group job={job} />
          <EventsList job={job} />
          <Spec job={job} />
        </>
      )}
    </>
  );
}
