// An instant: how long ago, and the reader's date and time.
import type { JSX } from 'preact';

import { ago, dateAndTime } from '../../cli/show/duration';

export function Ago({ at, now }: { readonly at: string; readonly now: number }): JSX.Element {
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={dateAndTime(instant)}>
      {ago(now - instant)}
    </time>
  );
}

export function DateAndTime({ at }: { readonly at: string }): JSX.Element {
  return <time dateTime={at}>{dateAndTime(Date.parse(at))}</time>;
}
