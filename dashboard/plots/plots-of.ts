// What the plots show, from summaries of jobs: each job counts in the bar in which it was submitted. Pure.
import type { JobSummary } from '../../domain/lists/job-summary';
import { MARKS, STATES } from '../frame/states';
import { groupOf } from './groups';
import type { Bar } from './periods';

export type Unit = 'hours' | 'dollars' | 'seconds' | 'jobs';

export interface Series {
  readonly name: string;
  /** Its class in style/plots.css. */
  readonly look: string;
  /** One a bar; undefined: no job tells. */
  readonly values: readonly (number | undefined)[];
}

export interface Plot {
  readonly title: string;
  readonly unit: Unit;
  /** Series stand on each other, and their sum counts; otherwise each is drawn before the one that precedes it. */
  readonly isStacked: boolean;
  readonly series: readonly Series[];
  /** What is not in it, and why. */
  readonly lacks: string;
}

/** Colours that can be told apart; what is beyond them is one more. */
const MOST_GROUPS = 6;
const OTHERS = 'all others';
const HOUR_S = 3_600;

export function plotsOf(jobs: readonly JobSummary[], bars: readonly Bar[], by: string): readonly Plot[] {
  const inBars = bars.map(({ from, to }) =>
    jobs.filter(({ createdAt }) => Date.parse(createdAt) >= from && Date.parse(createdAt) < to),
  );
  const groups = groupsOf(jobs, by);
  const unknown = jobs.filter(({ usage }) => usage === undefined).length;
  const unpriced = jobs.filter(({ usage }) => usage !== undefined && usage.cost === undefined).length;
  return [
    {
      title: `GPU hours by ${by.replace('label:', 'label ')}`,
      unit: 'hours',
      isStacked: true,
      series: groups.map(({ name, look, has }) => ({
        name,
        look,
        values: inBars.map((inBar) =>
          sum(inBar.filter(has).map((job) => (job.usage?.gpuSeconds ?? 0) / HOUR_S)),
        ),
      })),
      lacks: lackOf(unknown, 'not over and gone yet, or ended under an earlier version'),
    },
    {
      title: `Cost by ${by.replace('label:', 'label ')}`,
      unit: 'dollars',
      isStacked: true,
      series: groups.map(({ name, look, has }) => ({
        name,
        look,
        values: inBars.map((inBar) => sum(inBar.filter(has).map(({ usage }) => usage?.cost?.amount ?? 0))),
      })),
      lacks: lackOf(unknown + unpriced, 'not over and gone yet, or of unknown cost'),
    },
    times(
      'Waiting time, from submission to start',
      inBars,
      waitedS,
      lackOf(jobs.length - count(jobs, waitedS), 'without a known start'),
    ),
    times('Run time', inBars, ranS, lackOf(jobs.length - count(jobs, ranS), 'without a known run')),
    {
      title: 'Outcomes',
      unit: 'jobs',
      isStacked: true,
      series: STATES.filter((state) => jobs.some((job) => job.state === state)).map((state) => ({
        name: state,
        look: `${MARKS[state].kind} of-${state}`,
        values: inBars.map((inBar) => inBar.filter((job) => job.state === state).length),
      })),
      lacks: '',
    },
  ];
}

type Seconds = (job: JobSummary) => number | undefined;

function waitedS({ usage, createdAt }: JobSummary): number | undefined {
  if (usage?.startedAt === undefined) return undefined;
  return Math.max(0, Date.parse(usage.startedAt) - Date.parse(createdAt)) / 1000;
}

function ranS({ usage }: JobSummary): number | undefined {
  return usage?.startedAt === undefined ? undefined : usage.runSeconds;
}

function count(jobs: readonly JobSummary[], of: Seconds): number {
  return jobs.filter((job) => of(job) !== undefined).length;
}

function times(title: string, inBars: readonly (readonly JobSummary[])[], of: Seconds, lacks: string): Plot {
  const known = inBars.map((inBar) =>
    inBar
      .map(of)
      .filter((seconds) => seconds !== undefined)
      .sort((a, b) => a - b),
  );
  return {
    title,
    unit: 'seconds',
    isStacked: false,
    series: [
      { name: '9 of 10 within', look: 'pale', values: known.map((sorted) => rank(sorted, 0.9)) },
      { name: 'half within', look: 'c0', values: known.map((sorted) => rank(sorted, 0.5)) },
    ],
    lacks,
  };
}

/** The smallest value that this part of them do not exceed. */
function rank(sorted: readonly number[], part: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
}

interface Group {
  readonly name: string;
  readonly look: string;
  readonly has: (job: JobSummary) => boolean;
}

/** Those with the most GPU time first, for they are who a reader looks for. */
function groupsOf(jobs: readonly JobSummary[], by: string): readonly Group[] {
  const seconds = new Map<string, number>();
  for (const job of jobs) {
    const name = groupOf(job, by);
    seconds.set(name, (seconds.get(name) ?? 0) + (job.usage?.gpuSeconds ?? 0));
  }
  const sorted = [...seconds.entries()]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([name]) => name);
  const shown = sorted.slice(0, MOST_GROUPS);
  const own = shown.map((name, index) => ({
    name,
    look: `c${index}`,
    has: (job: JobSummary) => groupOf(job, by) === name,
  }));
  if (shown.length === sorted.length) return own;
  const isOther = (job: JobSummary): boolean => !shown.includes(groupOf(job, by));
  return [...own, { name: OTHERS, look: 'c-others', has: isOther }];
}

function lackOf(jobs: number, why: string): string {
  return jobs === 0
    ? ''
    : `${jobs.toLocaleString('en-US')} ${jobs === 1 ? 'job is' : 'jobs are'} not in it: ${why}.`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
