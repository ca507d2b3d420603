// What became of a job, when its following ends.
import type { JobView } from '../../api/jobs';
import { type Paint, paintState } from '../paint';
import { duration } from './duration';
import { pairs } from './table';
import { reasonInWords, timesInStates } from './timeline';
import { wholeLogInWords } from './whole-log';
import { bytesInWords, costOf, gpuInWords, printable } from './words';

/** One line for the outcome, the others for what it took. */
export function summaryLines(job: JobView, paint: Paint, now: number): string[] {
  const mark = job.outcome === 'Succeeded' ? paint.green('✔') : paint.red('✘');
  const why = reasonInWords(job);
  const state = paint.bold(paintState(paint, job.state));
  const total = Date.parse(job.endedAt ?? job.createdAt) - Date.parse(job.createdAt);
  const last = job.attempts.at(-1);
  const where =
    last === undefined
      ? undefined
      : `${last.placement}${last.gpu === undefined ? '' : `, ${gpuInWords(last.gpu)}`}`;
  const rows: (readonly [string, string | undefined])[] = [
    ['job', job.name === undefined ? job.id : `${job.id} (${printable(job.name)})`],
    ['attempts', job.attempts.length > 1 ? String(job.attempts.length) : undefined],
    ['placement', where],
    [
      'times',
      timesInStates(job, now)
        .map(({ state: name, ms }) => `${name} ${duration(ms)}`)
        .join(', '),
    ],
    ['log', last === undefined ? undefined : bytesInWords(last.logBytes)],
    ['whole log', last && wholeLogInWords(last)],
    ['cost', job.cost === undefined ? undefined : costOf(job.cost)],
    ['removal', last === undefined || last.cleanup === 'none' ? undefined : REMOVAL[last.cleanup]],
  ];
  const known = rows.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
  return [
    '',
    `${mark} ${state} after ${duration(total)}${why === '' ? '' : `, ${why}`}`,
    ...pairs(known, paint.dim).map((line) => `  ${line}`),
  ];
}

const REMOVAL: Readonly<Record<string, string>> = {
  due: 'due',
  requested: 'asked for',
  overdue: 'overdue; the sweep goes on with it',
  gone: 'confirmed',
};
