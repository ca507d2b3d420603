// One job in full: what it is, how it stands, each of its attempts.
import type { AttemptView, JobView } from '../../api/jobs';
import type { PassedOver } from '../../domain/job/passed-over';
import type { ShownSpec } from '../../domain/spec/shown-spec';
import { yamlText } from '../../formats/source/yaml-text';
import { type Paint, paintState } from '../paint';
import { attemptGroups } from './attempt-groups';
import { dateAndTime, duration } from './duration';
import { pairs } from './table';
import { reasonInWords, timesInStates } from './timeline';
import { lackingInWords, waitingInWords } from './waiting-in-words';
import { wholeLogInWords } from './whole-log';
import { bytesInWords, costOf, gpuInWords, labelsInWords, printable, resourcesInWords } from './words';

type Row = readonly [string, string | undefined];

export function jobCard(job: JobView, paint: Paint, now: number): string[] {
  const source = job.schedule === undefined ? job.source : `schedule ${job.schedule}`;
  const why = reasonInWords(job);
  const rows: Row[] = [
    ['job', job.id],
    ['name', job.name === undefined ? undefined : printable(job.name)],
    ['state', `${paint.bold(paintState(paint, job.state))}${why === '' ? '' : `, ${why}`}`],
    ['waits for', waitingInWords(job)],
    ['image', job.image],
    ['GPU', job.gpu === undefined ? undefined : gpuInWords(job.gpu)],
    ['labels', labelsInWords(job.labels)],
    ['submitted', `${instant(job.createdAt)} by ${source}`],
    ['ended', job.endedAt === undefined ? undefined : instant(job.endedAt)],
    [
      'times',
      timesInStates(job, now)
        .map(({ state, ms }) => `${state} ${duration(ms)}`)
        .join(', '),
    ],
    ['deadlines', deadlines(job)],
    ['cost', job.cost === undefined ? undefined : costOf(job.cost)],
  ];
  return [
    ...pairs(known(rows), paint.dim),
    ...(job.passedOver ?? []).flatMap((one) => ['', ...passedOverLines(one, paint)]),
    ...attemptGroups(job.attempts).flatMap((group) => ['', ...groupLines(group, paint, job.reason?.message)]),
    ...(job.spec === undefined ? [] : ['', ...specLines(job.spec, paint)]),
  ];
}

/** Whole, as a file would say it. */
function specLines(spec: ShownSpec, paint: Paint): string[] {
  const lines = yamlText(spec).trimEnd().split('\n');
  return [paint.bold('spec'), ...lines.map((line) => `  ${line}`.trimEnd())];
}

/** Before the attempts, for it was decided before them. */
function passedOverLines({ placement, why }: PassedOver, paint: Paint): string[] {
  return [
    paint.bold('passed over'),
    ...pairs(
      [
        ['placement', placement],
        ['because', `it ${why}`],
      ],
      paint.dim,
    ).map((line) => `  ${line}`),
  ];
}

function groupLines(group: readonly AttemptView[], paint: Paint, told: string | undefined): string[] {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return [];
  return first === last ? attemptLines(first, paint, told) : togetherLines(group, first, last, paint);
}

/** Attempts that one placement refused for one reason: what they share once, what differs side by side. */
function togetherLines(
  group: readonly AttemptView[],
  first: AttemptView,
  last: AttemptView,
  paint: Paint,
): string[] {
  const gpus = group.flatMap(({ gpu }) => (gpu === undefined ? [] : [gpuInWords(gpu)]));
  const said = [...new Set(group.map((attempt) => attempt.reason?.message ?? ''))];
  const why = said.length === 1 ? reasonInWords(first) : `${first.reason?.code}, in ${said.length} wordings:`;
  const rows: Row[] = [
    ['placement', [first.placement, ...whereabouts(first)].join(', ')],
    ['GPUs', [...new Set(gpus)].join(', ')],
    ['result', `${group.length} attempts refused: ${why}`],
    ...(said.length === 1 ? [] : said.map((text): Row => ['', printable(text)])),
    ['began', `${instant(begin(first))} to ${instant(begin(last))}`],
    ['cleanup', first.cleanup],
  ];
  return [
    paint.bold(`attempts ${first.number} to ${last.number}`),
    ...pairs(known(rows), paint.dim).map((line) => `  ${line}`),
  ];
}

function begin({ phases }: AttemptView): string {
  return phases['provisioning'] ?? Object.values(phases)[0] ?? '';
}

/** Whose word an exit code is that the workload itself did not show. */
const EXIT_SOURCES: Readonly<Record<NonNullable<AttemptView['exitSource']>, string>> = {
  'platform-log': "the platform's own log",
  'status-alone': 'the status alone, which says success',
};

/** `told`: the reason that the job's own lines have told already. */
function attemptLines(attempt: AttemptView, paint: Paint, told: string | undefined): string[] {
  const { reason, exitCode } = attempt;
  const isTold = reason !== undefined && reason.code !== 'exit-code' && reason.message === told;
  const why = reason === undefined && exitCode === undefined ? '' : reasonInWords(attempt);
  const rows: Row[] = [
    ['placement', [attempt.placement, ...whereabouts(attempt)].join(', ')],
    ['GPU', attempt.gpu === undefined ? undefined : gpuInWords(attempt.gpu)],
    ['given', attempt.resources && resourcesInWords(attempt.resources)],
    ['phase', attempt.phase],
    ['waits for', waitOf(attempt)],
    ['result', isTold ? `${reason.code}, as told above` : why],
    ['exit code by', attempt.exitSource && EXIT_SOURCES[attempt.exitSource]],
    [
      'began',
      Object.entries(attempt.phases)
        .map(([phase, at]) => `${phase} ${instant(at)}`)
        .join(', '),
    ],
    ['restarts', attempt.restartCount === 0 ? undefined : String(attempt.restartCount)],
    ['note', attempt.ranMoreThanOnce === true ? 'the platform ran the program more than once' : undefined],
    ['log', bytesInWords(attempt.logBytes)],
    ['log ends', attempt.archivingReason?.message],
    ['whole log', wholeLogInWords(attempt)],
    ['cleanup', attempt.cleanup],
    ['cost', attempt.cost === undefined ? undefined : costOf(attempt.cost)],
  ];
  return [
    paint.bold(`attempt ${attempt.number}`),
    ...pairs(known(rows), paint.dim).map((line) => `  ${line}`),
  ];
}

function waitOf({ lacking }: AttemptView): string | undefined {
  return lacking === undefined ? undefined : `${lackingInWords(lacking)} (since ${instant(lacking.since)})`;
}

/** `aci in eastus`, as far as it is told. */
function whereabouts({ backend, region }: AttemptView): string[] {
  if (backend === undefined) return [];
  return [region === undefined ? backend : `${backend} in ${region}`];
}

function deadlines({ deadlines: all }: JobView): string | undefined {
  if (all === undefined) return undefined;
  return Object.entries(all)
    .map(([state, seconds]) => `${state} ${duration(seconds * 1000)}`)
    .join(', ');
}

function known(rows: readonly Row[]): (readonly [string, string])[] {
  return rows.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value] as const],
  );
}

function instant(iso: string): string {
  return dateAndTime(Date.parse(iso));
}
