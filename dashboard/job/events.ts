// Everything that is known to have happened to a job, in the order of time. Pure.
import type { AttemptView, JobView } from '../../api/jobs';
import { reasonInWords } from '../../cli/show/timeline';
import { bytesInWords } from '../../cli/show/words';

export interface JobEvent {
  /** ISO 8601. */
  readonly at: string;
  readonly words: string;
  /** Undefined: of the job itself. */
  readonly attempt?: number;
}

export function eventsOf(job: JobView): readonly JobEvent[] {
  const why = reasonInWords(job);
  const events: (JobEvent | undefined)[] = [
    { at: job.createdAt, words: `submitted by ${job.schedule ?? job.source}` },
    ...job.attempts.flatMap(ofAttempt),
    event(job.endedAt, `over: ${job.outcome ?? ''}${why === '' ? '' : `, ${why}`}`),
  ];
  return events.filter((one) => one !== undefined).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function ofAttempt(attempt: AttemptView): readonly (JobEvent | undefined)[] {
  const { number, placement, phases, lacking, startedAt, endedAt, removalRequestedAt, goneAt, outputs } =
    attempt;
  const why = reasonInWords(attempt);
  return [
    ...Object.entries(phases).map(([phase, at]) => event(at, `${phase} at ${placement}`, number)),
    event(lacking?.since, `waits: ${lacking?.message ?? ''}`, number),
    event(startedAt, 'the program started', number),
    event(endedAt, `the program ended${why === '' ? '' : `: ${why}`}`, number),
    event(removalRequestedAt, 'removal asked for', number),
    event(goneAt, 'gone: nothing of it exists', number),
    event(
      outputs?.at,
      outputs?.state === 'listed'
        ? `outputs listed: ${outputs.files ?? 0} files, ${bytesInWords(outputs.bytes ?? 0)}`
        : `outputs could not be listed: ${outputs?.why ?? ''}`,
      number,
    ),
  ];
}

function event(at: string | undefined, words: string, attempt?: number): JobEvent | undefined {
  if (at === undefined) return undefined;
  return { at, words, ...(attempt === undefined ? {} : { attempt }) };
}
