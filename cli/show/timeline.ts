// A job's course as steps: which state began when, across its attempts. Pure.
import type { AttemptView, JobView } from '../../api/jobs';
import { lackingInWords, waitingInWords } from './waiting-in-words';
import { gpuInWords } from './words';

export interface Step {
  readonly state: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** The attempt that it belongs to; 0 before the first. */
  readonly attempt: number;
  /** The program has ended: its log is what comes before. */
  readonly afterProgram: boolean;
  /** Where, or why. */
  readonly detail: string;
}

const STATE_OF_PHASE: Readonly<Record<string, string>> = {
  provisioning: 'Provisioning',
  pulling: 'Pulling',
  running: 'Running',
  archiving: 'Archiving',
};

/** In the order in which they happened. A phase that went by between two looks is not among them. */
export function timeline(job: JobView): Step[] {
  const queued: Step = {
    state: 'Queued',
    at: Date.parse(job.createdAt),
    attempt: 0,
    afterProgram: false,
    detail: '',
  };
  const tried = job.attempts.flatMap((attempt, index) => [
    ...phasesOf(attempt, job),
    ...(isAgain(job, index) ? [queuedAgain(attempt)] : []),
  ]);
  return withWait([queued, ...tried, ...endOf(job)], job);
}

/** Why it waits now, unless it is only its turn that has not come. */
function withWait(steps: Step[], job: JobView): Step[] {
  const last = steps.at(-1);
  const why = waitingInWords(job);
  if (last?.state !== 'Queued' || why === undefined || job.waiting?.reason === 'turn') return steps;
  return [
    ...steps.slice(0, -1),
    { ...last, detail: [last.detail, `waits for ${why}`].filter((text) => text !== '').join('; ') },
  ];
}

/** The steps as lines that are told once each, by their key; what a workload waits for is a line of its own. */
export function toldSteps(job: JobView): { readonly key: string; readonly step: Step }[] {
  return [
    ...timeline(job).map((step) => ({ key: `${step.attempt} ${step.state}`, step })),
    ...waitOfWorkload(job),
  ];
}

/** Told anew only when it waits for something else: the message alone may change with each look. */
function waitOfWorkload({ state, attempts }: JobView): ReturnType<typeof toldSteps> {
  const attempt = attempts.at(-1);
  if (attempt?.lacking === undefined) return [];
  const { number, lacking } = attempt;
  const detail = `waits for ${lackingInWords(lacking)}`;
  const step = { state, at: Date.parse(lacking.since), attempt: number, afterProgram: false, detail };
  return [{ key: `${number} waits for ${lacking.code}`, step }];
}

/** Milliseconds in each state, repeated states added up, the last one until `now`; an end takes no time. */
export function timesInStates(job: JobView, now: number): { readonly state: string; readonly ms: number }[] {
  const steps = timeline(job);
  const times = new Map<string, number>();
  steps.forEach(({ state, at }, index) => {
    if (state === job.outcome) return;
    const until = steps[index + 1]?.at ?? now;
    times.set(state, (times.get(state) ?? 0) + Math.max(0, until - at));
  });
  return [...times].map(([state, ms]) => ({ state, ms }));
}

function phasesOf({ phases, number, placement, gpu }: AttemptView, job: JobView): Step[] {
  const got = gpu ?? job.gpu; // Which one it gets is not known at first.
  const where = got === undefined ? placement : `${placement}, ${gpuInWords(got)}`;
  return Object.entries(phases)
    .flatMap(([phase, at]) => {
      const state = STATE_OF_PHASE[phase];
      return state === undefined ? [] : [{ state, at: Date.parse(at) }];
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ state, at }, index) => ({
      state,
      at,
      attempt: number,
      afterProgram: state === 'Archiving',
      detail: index > 0 ? '' : number === 1 ? where : `attempt ${number}: ${where}`,
    }));
}

/** An attempt that failed, and the job is not over by it. */
function isAgain(job: JobView, index: number): boolean {
  const attempt = job.attempts[index];
  const isLast = index === job.attempts.length - 1;
  return attempt?.reason !== undefined && (!isLast || (job.outcome === undefined && job.state === 'Queued'));
}

function queuedAgain(attempt: AttemptView): Step {
  const last = Math.max(...Object.values(attempt.phases).map((at) => Date.parse(at)));
  const ended = attempt.removalRequestedAt ?? attempt.endedAt;
  return {
    state: 'Queued',
    at: ended === undefined ? last : Date.parse(ended),
    attempt: attempt.number,
    afterProgram: true,
    detail: `again: ${reasonInWords(attempt)}`,
  };
}

function endOf(job: JobView): Step[] {
  if (job.outcome === undefined) return [];
  const at = Date.parse(job.endedAt ?? job.createdAt);
  const attempt = job.attempts.at(-1)?.number ?? 0;
  return [{ state: job.outcome, at, attempt, afterProgram: true, detail: reasonInWords(job) }];
}

/** `exit code 3`, `capacity: the region has no room…`. */
export function reasonInWords({ reason, exitCode }: Pick<AttemptView, 'reason' | 'exitCode'>): string {
  if (reason === undefined) return exitCode === undefined ? '' : `exit code ${exitCode}`;
  if (reason.code === 'canceled') return ''; // The state says it.
  if (reason.code === 'exit-code' && exitCode !== undefined) return `exit code ${exitCode}`;
  return `${reason.code}: ${reason.message}`;
}
