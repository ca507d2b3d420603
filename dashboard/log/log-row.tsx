// One row of a log: text in its colours, or the mark of a gap.
import type { JSX } from 'preact';

import { bytesInWords } from '../../cli/show/words';
import { type Run, runsOf } from './coloured';
import type { Row } from './rows';

interface LogRowProps {
  readonly row: Row;
  readonly marked: string;
  readonly isFound: boolean;
}

export function LogRow({ row, marked, isFound }: LogRowProps): JSX.Element {
  if (row.kind === 'gap') {
    const { why, missingBytes } = row.gap;
    const much = missingBytes === undefined ? '' : ` (${bytesInWords(missingBytes)})`;
    return (
      <div class="row gap" role="note">
        ⚠ Something may be missing here{much}: {why}
      </div>
    );
  }
  return (
    <div class={isFound ? 'row found' : 'row'}>
      {runsOf(row.text).map((run, index) => (
        <Coloured key={index} run={run} marked={marked} />
      ))}
      {row.isContinued && <span class="continued" title="The line goes on in the next row" />}
    </div>
  );
}

function Coloured({ run, marked }: { readonly run: Run; readonly marked: string }): JSX.Element {
  const style = {
    ...(run.colour === undefined ? {} : { color: run.colour }),
    ...(run.background === undefined ? {} : { backgroundColor: run.background }),
  };
  return (
    <span class={run.classes} style={style}>
      {markedParts(run.text, marked).map((part, index) =>
        index % 2 === 1 ? <mark key={index}>{part}</mark> : part,
      )}
    </span>
  );
}

/** Every second part is what is searched for, in any case. */
function markedParts(text: string, marked: string): readonly string[] {
  if (marked === '') return [text];
  const parts: string[] = [];
  const [lower, needle] = [text.toLowerCase(), marked.toLowerCase()];
  if (lower.length !== text.length) return [text]; // The case of some letters changes their number.
  let at = 0;
  for (let found = lower.indexOf(needle); found !== -1; found = lower.indexOf(needle, at)) {
    parts.push(text.slice(at, found), text.slice(found, found + needle.length));
    at = found + needle.length;
  }
  return [...parts, text.slice(at)];
}
