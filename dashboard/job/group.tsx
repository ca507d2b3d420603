// The group that a job is a member of: how its members stand, and the way to each of them.
import type { JSX } from 'preact';

import type { JobView } from '../../api/jobs';
import { useApi } from '../api/use-api';
import { useLive } from '../api/use-live';
import { shownText } from '../frame/shown-text';
import { StateMark } from '../frame/state-mark';
import { STATES } from '../frame/states';
import { Trouble } from '../frame/trouble';
import { hrefOf } from '../route';

const EVERY_MS = 10_000;

export function Group({ job }: { readonly job: JobView }): JSX.Element | null {
  return job.group === undefined ? null : <GroupOf membership={job.group} />;
}

function GroupOf({ membership }: { readonly membership: NonNullable<JobView['group']> }): JSX.Element {
  const { id, index, parameters = {} } = membership;
  const api = useApi();
  const { value, error } = useLive((signal) => api.group(id, signal), EVERY_MS, id);
  const own = Object.entries(parameters).map(([name, text]) => `${name}=${text}`);
  const to = (state?: string): string => hrefOf({ page: 'jobs', filter: { group: id, state } });
  return (
    <section aria-labelledby="group">
      <h2 id="group">Group</h2>
      <p>
        Member {index}
        {own.length === 0 ? '' : ` (${shownText(own.join(', '))})`} of{' '}
        <a href={to()}>{value === undefined ? id : shownText(value.name ?? id)}</a>
        {value !== undefined && (
          <>
            , which has {value.members} members
            {value.atOnce !== undefined && `, at most ${value.atOnce} of them at once`}
          </>
        )}
        .
      </p>
      <Trouble error={error} what="The group could not be read." />
      {value !== undefined && (
        <ul class="members">
          {STATES.filter((state) => value.states[state] !== undefined).map((state) => (
            <li key={state}>
              <a href={to(state)}>
                <StateMark state={state} /> {value.states[state]}
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
