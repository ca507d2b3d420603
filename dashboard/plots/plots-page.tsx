// What the jobs of a period used, cost, waited and came to, as plots over time. It is loaded when it is asked for.
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { JobSummary } from '../../domain/lists/job-summary';
import { useApi } from '../api/use-api';
import { useLive } from '../api/use-live';
import { DateAndTime } from '../frame/instant';
import { shownText } from '../frame/shown-text';
import { Trouble } from '../frame/trouble';
import { replaceRoute } from '../frame/use-route';
import { Chart } from './chart';
import { choiceInWords, choicesOf } from './groups';
import { barsOf, PERIOD_NAMES, periodNameOf, periodOf, sinceOf } from './periods';
import { plotsOf } from './plots-of';
import { type JobsRead, MOST_PAGES, readJobs } from './read-jobs';

interface PlotsPageProps {
  readonly period: string | undefined;
  readonly by: string | undefined;
}

const EVERY_MS = 300_000;

export function PlotsPage({ period: asked, by = 'placement' }: PlotsPageProps): JSX.Element {
  const api = useApi();
  const period = periodNameOf(asked);
  const [count, setCount] = useState(0);
  const { value, error, refresh } = useLive(
    async (signal) => {
      const now = Date.now();
      return { now, read: await readJobs(api, sinceOf(period, now), setCount, signal) };
    },
    EVERY_MS,
    period,
  );
  const { words, barHours, barWords } = periodOf(period);
  const show = (next: Partial<PlotsPageProps>): void => replaceRoute({ page: 'plots', period, by, ...next });
  const jobs = value?.read.jobs ?? [];
  return (
    <>
      <h1>Plots</h1>
      <div class="actions">
        <label>
          Of{' '}
          <select value={period} onChange={({ currentTarget }) => show({ period: currentTarget.value })}>
            {PERIOD_NAMES.map((name) => (
              <option key={name} value={name}>
                {periodOf(name).words}
              </option>
            ))}
          </select>
        </label>
        <label>
          by{' '}
          <select value={by} onChange={({ currentTarget }) => show({ by: currentTarget.value })}>
            {choicesOf(jobs, by).map((choice) => (
              <option key={choice} value={choice}>
                {shownText(choiceInWords(choice))}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={refresh}>
          Read again
        </button>
      </div>
      <Trouble error={error} what="The jobs could not be read." />
      {value === undefined ? (
        <p class="quiet">{error === undefined ? `Reading … ${count} jobs so far.` : ''}</p>
      ) : (
        <>
          <p role="status">
            <Covered read={value.read} since={sinceOf(period, value.now)} words={words} /> A bar is {barWords}
            ; each job counts where it was submitted.
          </p>
          <Plots jobs={jobs} since={sinceOf(period, value.now)} now={value.now} barHours={barHours} by={by} />
        </>
      )}
    </>
  );
}

interface PlotsProps {
  readonly jobs: readonly JobSummary[];
  readonly since: number;
  readonly now: number;
  readonly barHours: number;
  readonly by: string;
}

function Plots({ jobs, since, now, barHours, by }: PlotsProps): JSX.Element | null {
  if (jobs.length === 0) return null;
  const bars = barsOf(since, now, barHours);
  return (
    <div class="plots">
      {plotsOf(jobs, bars, by).map((plot) => (
        <Chart key={plot.title} plot={plot} bars={bars} />
      ))}
    </div>
  );
}

interface CoveredProps {
  readonly read: JobsRead;
  readonly since: number;
  readonly words: string;
}

/** How many jobs the plots cover, and from when on where that is not the whole period. */
function Covered({ read: { jobs, pages, isAll }, since, words }: CoveredProps): JSX.Element {
  const oldest = jobs.at(-1);
  const count = `${jobs.length.toLocaleString('en-US')} ${jobs.length === 1 ? 'job' : 'jobs'}`;
  if (oldest === undefined) return <>No job was submitted in {words}.</>;
  return isAll ? (
    <>
      All {count} submitted in {words}, since <DateAndTime at={new Date(since).toISOString()} />, in {pages}{' '}
      {pages === 1 ? 'page' : 'pages'} of the list.
    </>
  ) : (
    <>
      The newest {count} alone, since <DateAndTime at={oldest.createdAt} />: more than {MOST_PAGES} pages of
      the list are not read.
    </>
  );
}
