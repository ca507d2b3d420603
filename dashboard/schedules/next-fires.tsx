// The next fires of a schedule: in words, on its own clock, and on the reader's where that is another.
import type { JSX } from 'preact';

import type { ScheduleView } from '../../api/schedules';
import { dayAndTime, ownZone, until } from '../frame/fire-times';

interface NextFiresProps {
  readonly schedule: ScheduleView;
  readonly now: number;
}

export function NextFires({ schedule, now }: NextFiresProps): JSX.Element {
  const { name, next, timeZone, paused } = schedule;
  if (paused) return <p>It is paused: its fires are passed over until it is resumed.</p>;
  if (next.length === 0) return <p class="error">It will never fire again.</p>;
  const own = ownZone();
  return (
    <table class="plain fires" aria-label={`Next fires of ${name}`}>
      <thead>
        <tr>
          <th scope="col">Next fires</th>
          <th scope="col">{timeZone}</th>
          {own !== timeZone && <th scope="col">{own} (yours)</th>}
        </tr>
      </thead>
      <tbody>
        {next.map((at) => {
          const instant = Date.parse(at);
          return (
            <tr key={at}>
              <th scope="row">
                <time dateTime={at}>{until(instant, now)}</time>
              </th>
              <td>{dayAndTime(instant, timeZone)}</td>
              {own !== timeZone && <td>{dayAndTime(instant, own)}</td>}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
