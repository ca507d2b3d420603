// The events of a job as a list.
import type { JSX } from 'preact';

import type { JobView } from '../../api/jobs';
import { DateAndTime } from '../frame/instant';
import { shownText } from '../frame/shown-text';
import { eventsOf } from './events';

export function EventsList({ job }: { readonly job: JobView }): JSX.Element {
  const events = eventsOf(job);
  return (
    <details class="events">
      <summary>{events.length} events</summary>
      <ol>
        {events.map(({ at, words, attempt }, index) => (
          <li key={index}>
            <DateAndTime at={at} /> {attempt === undefined ? '' : `attempt ${attempt}: `}
            {shownText(words)}
          </li>
        ))}
      </ol>
    </details>
  );
}
