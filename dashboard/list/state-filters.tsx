// The states as filters, each with how many jobs are in it.
import type { JSX } from 'preact';

import type { JobState } from '../../domain/job/job-state';
import { StateMark } from '../frame/state-mark';
import { STATES } from '../frame/states';
import type { ListFilter } from '../route';
import { type Counts } from './use-counts';

interface StateFiltersProps {
  readonly filter: ListFilter;
  readonly counts: Counts;
  readonly onChange: (filter: ListFilter) => void;
}

export function StateFilters({ filter, counts, onChange }: StateFiltersProps): JSX.Element {
  const chosen = chosenStates(filter);
  const toggle = (state: JobState): void => {
    const next = chosen.includes(state) ? chosen.filter((one) => one !== state) : [...chosen, state];
    onChange({ ...filter, state: next.length === 0 ? undefined : next.join(',') });
  };
  return (
    <div class="states" role="group" aria-label="Filter by state">
      {STATES.map((state) => {
        const counted = counts[state];
        const count = counted === undefined ? '' : `${counted.count}${counted.isMore ? '+' : ''}`;
        return (
          <button
            key={state}
            type="button"
            class="state-filter"
            aria-pressed={chosen.includes(state)}
            onClick={() => toggle(state)}
          >
            <StateMark state={state} /> <span class="count">{count}</span>
          </button>
        );
      })}
    </div>
  );
}

function chosenStates({ state }: ListFilter): readonly string[] {
  return state === undefined ? [] : state.split(',');
}
