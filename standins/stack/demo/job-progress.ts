// What the demo knows of one job over time: a value that changes only by what was seen.
import type { Job } from '../jobs-api';

/** States that a job passes through, in their order; then comes its outcome. */
export const PASSING_STATES = ['Queued', 'Provisioning', 'Pulling', 'Running', 'Archiving'] as const;
type PassingState = (typeof PASSING_STATES)[number];

export interface JobProgress {
  /** The demo's name for it. */
  readonly title: string;
  readonly submittedBy: 'queue' | 'HTTP' | 'schedule';
  /** The GPU that the spec asks for, for example `1 × V100`. */
  readonly gpu: string;
  /** What the API told last; undefined until the job was found there. */
  readonly job: Job | undefined;
  /** The log as far as it has been read, without its unfinished last line. */
  readonly logLines: readonly string[];
  /** Bytes of the log that were read. */
  readonly logBytes: number;
  readonly unfinishedLine: string;
}

export function newProgress(
  title: string,
  submittedBy: JobProgress['submittedBy'],
  gpu: string,
): JobProgress {
  return { title, submittedBy, gpu, job: undefined, logLines: [], logBytes: 0, unfinishedLine: '' };
}

export function withJob(progress: JobProgress, job: Job): JobProgress {
  return { ...progress, job };
}

/**
 * The progress with more of the log. `text` decodes `bytes`, which follow those read before. A carriage return begins
 * its line anew.
 */
export function withLog(progress: JobProgress, bytes: number, text: string): JobProgress {
  const lines = (progress.unfinishedLine + text).split('\n');
  const unfinishedLine = lines.pop() ?? '';
  return {
    ...progress,
    logLines: [...progress.logLines, ...lines.map(afterReturn)],
    logBytes: progress.logBytes + bytes,
    unfinishedLine,
  };
}

/** Whether the job is over, its whole log read, and nothing of it left on the backend. */
export function isDone({ job, logBytes }: JobProgress): boolean {
  if (job?.outcome === undefined || (job.attempts.at(-1)?.logBytes ?? 0) > logBytes) return false;
  return job.attempts.every((attempt) => attempt.cleanup === 'gone' || attempt.cleanup === 'none');
}

export interface TimeInState {
  readonly state: PassingState;
  readonly ms: number;
  /** Whether the job is in this state now. */
  readonly current: boolean;
}

/**
 * How long the job has been in each state, by the API's times; in the current one until `now` (epoch milliseconds). Of
 * several attempts the last counts.
 */
export function timesInStates(job: Job, now: number): readonly TimeInState[] {
  const begins = new Map<PassingState, number>([['Queued', Date.parse(job.createdAt)]]);
  const phases = job.attempts.at(-1)?.phases ?? {};
  for (const state of PASSING_STATES) {
    const at = phases[state.toLowerCase()];
    if (at !== undefined) begins.set(state, Date.parse(at));
  }
  const passed = [...begins].sort((one, other) => one[1] - other[1]);
  const end = job.endedAt === undefined ? undefined : Date.parse(job.endedAt);
  return passed.map(([state, begin], index) => {
    const next = passed[index + 1]?.[1] ?? end;
    return { state, ms: Math.max(0, (next ?? now) - begin), current: next === undefined };
  });
}

function afterReturn(line: string): string {
  const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
  return bare.slice(bare.lastIndexOf('\r') + 1);
}
