// A state with its mark.
import type { JSX } from 'preact';

import type { JobState } from '../../domain/job/job-state';
import { MARKS } from './states';

export function StateMark({ state }: { readonly state: JobState }): JSX.Element {
  const { mark, kind } = MARKS[state];
  return (
    <span class={`state ${kind}`}>
      <span class="mark" aria-hidden="true">
        {mark}
      </span>
      {state}
    </span>
  );
}
