// What can be done with all jobs that match the filters, those included that are not loaded.
import type { JSX } from 'preact';

import { Question } from '../../frame/question';
import { shownText } from '../../frame/shown-text';
import { Trouble } from '../../frame/trouble';
import type { ListFilter } from '../../route';
import { countInWords, WORDS } from '../action-words';
import type { Count } from './count';
import { type Matching, useMatching } from './use-matching';

/** So many refusals are told with their words; of the others how many there are. */
const TOLD = 5;

/** To be made anew for each filter. */
export function MatchingActions({ filter }: { readonly filter: ListFilter }): JSX.Element {
  const matching = useMatching(filter);
  const { course, error } = matching;
  const isBusy = course.at === 'counting' || course.at === 'going';
  const which = Object.values(filter).some((value) => value !== undefined) ? 'all that match' : 'all';
  return (
    <div class="matching">
      <button type="button" disabled={isBusy} onClick={() => matching.ask('cancel')}>
        Cancel {which} …
      </button>{' '}
      <button type="button" disabled={isBusy} onClick={() => matching.ask('again')}>
        Submit {which} again …
      </button>{' '}
      <span role="status">{told(matching)}</span>{' '}
      {course.at === 'going' && (
        <button type="button" onClick={matching.stop}>
          Stop
        </button>
      )}
      {course.at === 'resting' && course.progress.rest !== undefined && (
        <button type="button" onClick={matching.goOn}>
          Go on with the rest
        </button>
      )}
      <Refused matching={matching} />
      <Trouble error={error} what="Not all was done." />
      {course.at === 'asked' && (
        <Question
          title={WORDS[course.action].title(manyInWords(course.counted))}
          yes={WORDS[course.action].yes}
          onYes={matching.begin}
          onNo={matching.leave}
        >
          <p>
            {WORDS[course.action].says}
            {course.counted.isMore && ' They are more than were counted.'}
          </p>
          <p>What is submitted from now on is left alone.</p>
        </Question>
      )}
    </div>
  );
}

function Refused({ matching: { course } }: { readonly matching: Matching }): JSX.Element | null {
  if (course.at !== 'resting' || course.progress.refused.size === 0) return null;
  const { refused } = course.progress;
  return (
    <div class="error" role="status">
      <strong>
        {countInWords(refused.size)} {WORDS[course.task.action].not}.
      </strong>
      <ul>
        {[...refused].slice(0, TOLD).map(([id, why]) => (
          <li key={id}>
            {id}: {shownText(why)}
          </li>
        ))}
        {refused.size > TOLD && <li>and {refused.size - TOLD} more</li>}
      </ul>
    </div>
  );
}

function told({ course }: Matching): string {
  switch (course.at) {
    case 'nothing':
    case 'asked':
      return '';
    case 'counting':
      return 'Counting …';
    case 'none':
      return WORDS[course.action].none;
    case 'going':
      return `${countInWords(course.progress.done.size)} ${WORDS[course.task.action].done} so far; leaving the list stops it.`;
    case 'resting': {
      const { done, rest } = course.progress;
      const more = rest === undefined ? '' : ' There may be more.';
      return `${countInWords(done.size)} ${WORDS[course.task.action].done}.${more}`;
    }
  }
}

function manyInWords({ count, isMore }: Count): string {
  return isMore ? `at least ${countInWords(count)}` : countInWords(count);
}
