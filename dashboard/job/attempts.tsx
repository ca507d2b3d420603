// The attempts of a job, the newest first: where, with what GPU, how it ended, what it cost, and whether it is gone.
import type { JSX } from 'preact';

import type { AttemptView, JobView } from '../../api/jobs';
import { duration } from '../../cli/show/duration';
import { reasonInWords } from '../../cli/show/timeline';
import { lackingInWords } from '../../cli/show/waiting-in-words';
import { wholeLogInWords } from '../../cli/show/whole-log';
import { bytesInWords, costOf, gpuInWords } from '../../cli/show/words';
import { type Fact, Facts } from '../frame/facts';
import { DateAndTime } from '../frame/instant';
import { shownText } from '../frame/shown-text';
import { Cleanup } from './cleanup';
import { Outputs } from './outputs';

export function Attempts({ job }: { readonly job: JobView }): JSX.Element | null {
  if (job.attempts.length === 0) return null;
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts">{job.attempts.length === 1 ? 'The attempt' : `${job.attempts.length} attempts`}</h2>
      {job.attempts.toReversed().map((attempt) => (
        <article class="card attempt" key={attempt.number} aria-label={`Attempt ${attempt.number}`}>
          <h3>
            Attempt {attempt.number} <span class="quiet">at {attempt.placement}</span>
          </h3>
          <Facts facts={factsOf(attempt)} />
          <Cleanup attempt={attempt} />
          <Outputs id={job.id} attempt={attempt} />
        </article>
      ))}
    </section>
  );
}

function factsOf(attempt: AttemptView): readonly Fact[] {
  const { backend, region, gpu, lacking, restartCount, archivingReason, logBytes, cost, restoredFrom } =
    attempt;
  const result =
    attempt.reason === undefined && attempt.exitCode === undefined ? undefined : reasonInWords(attempt);
  return [
    ['Backend', region === undefined ? backend : `${backend ?? ''} in ${region}`],
    ['GPU', gpu === undefined ? undefined : gpuInWords(gpu)],
    ['Phase', attempt.phase],
    ['Waits for', lacking === undefined ? undefined : shownText(lackingInWords(lacking))],
    ['Result', result === undefined ? undefined : shownText(result)],
    ['Restarts', restartCount === 0 ? undefined : restartCount],
    ['Note', attempt.ranMoreThanOnce === true ? 'the platform ran the program more than once' : undefined],
    ['Went on from', restoredFrom === undefined ? undefined : <RestoredFrom from={restoredFrom} />],
    ['Log', attempt.cleanup === 'none' ? undefined : bytesInWords(logBytes)],
    ['Log ends', archivingReason === undefined ? undefined : shownText(archivingReason.message)],
    ['Whole log', wholeLogInWords(attempt)],
    ['Cost', cost === undefined ? undefined : <Cost cost={cost} />],
    ['Began', <Began attempt={attempt} />],
  ];
}

/** The checkpoint of an earlier attempt. */
function RestoredFrom({ from }: { readonly from: NonNullable<AttemptView['restoredFrom']> }): JSX.Element {
  return (
    <>
      checkpoint <code>{shownText(from.folder)}</code> of attempt {from.attempt}
    </>
  );
}

function Began({ attempt }: { readonly attempt: AttemptView }): JSX.Element {
  return (
    <>
      {Object.entries(attempt.phases).map(([phase, at]) => (
        <div key={phase}>
          {phase} <DateAndTime at={at} />
        </div>
      ))}
    </>
  );
}

/** The amount, and the prices and quantities that make it. */
function Cost({ cost }: { readonly cost: NonNullable<AttemptView['cost']> }): JSX.Element {
  const parts = cost.prices.map(({ of, perHour, quantity }) => `${quantity} × ${of} at $${perHour} an hour`);
  return (
    <>
      {costOf(cost)}
      <div class="quiet">
        {duration(cost.billedSeconds * 1000)} of {parts.join(', ')}
      </div>
    </>
  );
}
