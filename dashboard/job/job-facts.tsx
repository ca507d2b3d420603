// What a job is and how it stands, in words that the command line uses too.
import type { JSX } from 'preact';

import type { JobView } from '../../api/jobs';
import { reasonInWords } from '../../cli/show/timeline';
import { waitingInWords } from '../../cli/show/waiting-in-words';
import { costOf, gpuInWords, labelsInWords } from '../../cli/show/words';
import { type Fact, Facts } from '../frame/facts';
import { DateAndTime } from '../frame/instant';
import { shownText } from '../frame/shown-text';
import { hrefOf } from '../route';

export function JobFacts({ job }: { readonly job: JobView }): JSX.Element {
  const waits = waitingInWords(job);
  const why = reasonInWords(job);
  const facts: Fact[] = [
    ['Waits for', waits === undefined ? undefined : shownText(waits)],
    ['Result', why === '' ? undefined : shownText(why)],
    ['Id', <code>{job.id}</code>],
    ['Image', job.image === undefined ? undefined : <code>{shownText(job.image)}</code>],
    ['GPU', job.gpu === undefined ? undefined : gpuInWords(job.gpu)],
    ['Labels', shownText(labelsInWords(job.labels))],
    ['Submitted', submitted(job)],
    ['Ended', job.endedAt === undefined ? undefined : <DateAndTime at={job.endedAt} />],
    ['Cost', job.cost === undefined ? undefined : costOf(job.cost)],
  ];
  return (
    <>
      <Facts facts={facts} />
      {job.passedOver !== undefined && (
        <ul class="passed-over">
          {job.passedOver.map(({ placement, why: because }) => (
            <li key={placement}>
              {placement} was passed over: it {shownText(because)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function submitted({ createdAt, source, schedule }: JobView): JSX.Element {
  return (
    <>
      <DateAndTime at={createdAt} /> by{' '}
      {schedule === undefined ? (
        source
      ) : (
        <a href={hrefOf({ page: 'jobs', filter: { schedule } })}>{schedule}</a>
      )}
    </>
  );
}
