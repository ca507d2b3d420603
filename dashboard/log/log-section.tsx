// The log of a job: which attempt's, which generation of it, and what can be done with it.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { AttemptView, JobView } from '../../api/jobs';
import { wholeLogInWords } from '../../cli/show/whole-log';
import { Trouble } from '../frame/trouble';
import { replaceRoute } from '../frame/use-route';
import { DownloadButton } from './download-button';
import { LogLines } from './log-lines';
import { LogSearch } from './log-search';
import { useLog } from './use-log';

interface LogSectionProps {
  readonly job: JobView;
  /** The attempt that the address names. */
  readonly asked: number | undefined;
}

export function LogSection({ job, asked }: LogSectionProps): JSX.Element | null {
  const attempt = job.attempts.find(({ number }) => number === asked) ?? job.attempts.at(-1);
  const [isWhole, setWhole] = useState(true);
  if (attempt === undefined) return null;
  const fuller = attempt.log?.state === 'complete' ? attempt.log.generation : 1;
  const generation = isWhole ? fuller : 1;
  return (
    <section aria-labelledby="log">
      <div class="log-head">
        <h2 id="log">Log</h2>
        {job.attempts.length > 1 && (
          <label>
            of attempt{' '}
            <select
              value={attempt.number}
              onChange={({ currentTarget }) =>
                replaceRoute({ page: 'job', id: job.id, attempt: Number(currentTarget.value) })
              }
            >
              {job.attempts.map(({ number, placement }) => (
                <option key={number} value={number}>
                  {number} at {placement}
                </option>
              ))}
            </select>
          </label>
        )}
        {fuller > 1 && (
          <label>
            <input type="checkbox" checked={isWhole} onChange={() => setWhole(!isWhole)} /> the whole log
          </label>
        )}
        <span class="quiet">{wholeLogInWords(attempt)}</span>
      </div>
      <LogOf key={`${attempt.number} ${generation}`} id={job.id} attempt={attempt} generation={generation} />
    </section>
  );
}

interface LogOfProps {
  readonly id: string;
  readonly attempt: AttemptView;
  readonly generation: number;
}

function LogOf({ id, attempt, generation }: LogOfProps): JSX.Element {
  const log = useLog({ id, attempt: attempt.number, generation });
  const [search, setSearch] = useState<{ needle: string; at: number | undefined }>({
    needle: '',
    at: undefined,
  });
  const { window } = log;
  const rowAt = window?.pieces
    .flatMap(({ rows }) => rows)
    .findLast(({ at }) => search.at !== undefined && at <= search.at);
  return (
    <>
      <div class="actions">
        <label>
          <input type="checkbox" checked={log.isFollowing} onChange={() => log.follow(!log.isFollowing)} />{' '}
          Follow
        </label>
        <button
          type="button"
          onClick={() => {
            log.jump(0);
            setSearch({ needle: '', at: 0 });
          }}
        >
          To its beginning
        </button>
        <DownloadButton read={log.read} name={`${id}-${attempt.number}.log`} />
        <LogSearch log={log} onFound={(needle, at) => setSearch({ needle, at })} />
      </div>
      <Trouble error={log.error} what="The log could not be read." />
      <LogLines
        log={log}
        label={`Log of attempt ${attempt.number}`}
        marked={search.needle}
        found={rowAt?.at}
      />
      <p class="quiet">
        {window === undefined ? 'Reading …' : toldOf(window.from, window.to)}
        {log.isOver ? ' This is the end of the log.' : ''}
      </p>
    </>
  );
}

function toldOf(from: number, to: number): string {
  if (to === 0) return 'Nothing was printed yet.';
  return `Bytes ${from.toLocaleString('en-US')} to ${to.toLocaleString('en-US')}.`;
}
