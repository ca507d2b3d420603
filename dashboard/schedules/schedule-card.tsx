// One schedule.
import type { JSX } from 'preact';

import type { ScheduleView } from '../../api/schedules';
import type { JobSummary } from '../../domain/lists/job-summary';
import { type Fact, Facts } from '../frame/facts';
import { DateAndTime } from '../frame/instant';
import { shownText } from '../frame/shown-text';
import { hrefOf } from '../route';
import { cronInWords } from './cron-in-words';
import { NextFires } from './next-fires';
import { ScheduleActions } from './schedule-actions';
import { Sparkline } from './sparkline';

interface ScheduleCardProps {
  readonly schedule: ScheduleView;
  /** Undefined: not read yet. */
  readonly lastJobs: readonly JobSummary[] | undefined;
  readonly now: number;
  readonly onChange: () => void;
}

export function ScheduleCard({ schedule, lastJobs, now, onChange }: ScheduleCardProps): JSX.Element {
  const { name, paused, last, waiting } = schedule;
  const id = `schedule-${name}`;
  return (
    <section class="card schedule" aria-labelledby={id}>
      <div class="title">
        <h2 id={id}>{name}</h2>
        <span class={`state ${paused ? 'waiting' : 'good'}`}>{paused ? '‖ paused' : '▶ on'}</span>
        <ScheduleActions schedule={schedule} onChange={onChange} />
      </div>
      <Facts facts={factsOf(schedule)} />
      <NextFires schedule={schedule} now={now} />
      {waiting !== undefined && (
        <p class="error">
          The fire of <DateAndTime at={waiting.fireAt} /> is no job yet: it waits for the workload of an
          earlier job to be gone. <a href={hrefOf({ page: 'jobs', filter: { schedule: name } })}>See which</a>
        </p>
      )}
      {last !== undefined && <LastFire last={last} />}
      {lastJobs !== undefined && <Sparkline jobs={lastJobs} schedule={name} now={now} />}
    </section>
  );
}

function factsOf({ cron, timeZone, overlap, catchUp, origin, from }: ScheduleView): readonly Fact[] {
  const words = cronInWords(cron);
  return [
    [
      'Fires',
      words === undefined ? (
        <code>{cron}</code>
      ) : (
        <>
          {words} · <code>{cron}</code>
        </>
      ),
    ],
    ['Clock', timeZone],
    ['Overlap', OVERLAP_WORDS[overlap]],
    ['Missed', CATCH_UP_WORDS[catchUp]],
    ['Kept in', origin === 'settings' ? 'GPU_JOBS_SCHEDULES, which alone changes it' : 'the API'],
    ['Not before', from === undefined ? undefined : <DateAndTime at={from} />],
  ];
}

const OVERLAP_WORDS: Readonly<Record<ScheduleView['overlap'], string>> = {
  allow: 'jobs may run beside each other',
  skip: 'skips a fire while a job goes on',
  replace: 'cancels the job that goes on',
};
const CATCH_UP_WORDS: Readonly<Record<ScheduleView['catchUp'], string>> = {
  skip: 'none is made up for',
  one: 'the latest is made up for',
};

/** What became of the latest fire; with the reason where it made no job. */
function LastFire({ last }: { readonly last: NonNullable<ScheduleView['last']> }): JSX.Element {
  const { fireAt, action, jobId, detail } = last;
  return (
    <p class={action === 'submitted' ? '' : 'error'}>
      The fire of <DateAndTime at={fireAt} /> was {action}
      {jobId === undefined ? (
        ''
      ) : (
        <>
          {' '}
          as <a href={hrefOf({ page: 'job', id: jobId })}>{jobId}</a>
        </>
      )}
      .{detail === undefined ? '' : ` ${shownText(detail)}`}
    </p>
  );
}
