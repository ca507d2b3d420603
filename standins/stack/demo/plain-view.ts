// The demo where nothing can be redrawn: one line for each change of state, and each new log line after its job's name.
import { type Job } from '../jobs-api';
import { type JobProgress, PASSING_STATES } from './job-progress';
import { seconds } from './paint';
import { wordOf } from './platform';
import { refusalsOf } from './refusals';

/**
 * The lines that say what changed from `before` to `after`, in the order in which it happened. `width` aligns the
 * titles. `sinceMs` is the time since the demo began.
 */
export function plainLines(
  before: JobProgress,
  after: JobProgress,
  width: number,
  sinceMs: number,
): readonly string[] {
  const start = `${seconds(sinceMs).padStart(6)}  ${after.title.padEnd(width)}  `;
  const log = after.logLines.slice(before.logLines.length).map((line) => `│ ${line}`);
  return [
    ...newStates(before, after),
    ...newRefusals(before, after),
    ...log,
    ...newEnding(before, after),
  ].map((line) => start + line);
}

/** States that began since then, including those that came and went between two looks. */
function newStates(
  { job: before }: JobProgress,
  { job: after, submittedBy }: JobProgress,
): readonly string[] {
  if (after === undefined) return [];
  const found = before === undefined ? [`job ${after.id}, submitted by ${submittedBy}`, 'Queued'] : [];
  const [old, now] = [before, after].map((job) => job?.attempts.at(-1));
  const known = old?.number === now?.number ? (old?.phases ?? {}) : {};
  const begun = PASSING_STATES.filter((state) => {
    const phase = state.toLowerCase();
    return now?.phases[phase] !== undefined && known[phase] === undefined;
  });
  return [
    ...found,
    ...begun.map((state) => (state === 'Provisioning' ? `${state}  ${placeOf(now)}` : state)),
  ];
}

/** Where an attempt is, and with which GPU. */
function placeOf(attempt: Job['attempts'][number] | undefined): string {
  const { placement = '', gpu } = attempt ?? {};
  if (gpu === undefined) return placement;
  const instead = gpu.insteadOf === undefined ? '' : ` (instead of ${gpu.insteadOf})`;
  return `${placement}, ${gpu.count} × ${gpu.sku}${instead}`;
}

function newRefusals({ job: before }: JobProgress, { job: after }: JobProgress): readonly string[] {
  return after === undefined || (before?.attempts.length ?? 0) > 0 ? [] : refusalsOf(after);
}

function newEnding({ job: before }: JobProgress, { job: after }: JobProgress): readonly string[] {
  if (after === undefined) return [];
  const exit = after.exitCode === undefined ? '' : `, exit code ${after.exitCode}`;
  const outcome =
    before?.outcome === undefined && after.outcome !== undefined ? [`${after.outcome}${exit}`] : [];
  const gone = before?.cleanup !== 'gone' && after.cleanup === 'gone' ? [`${wordOf(after)} gone`] : [];
  return [...outcome, ...gone];
}
