// Runs a schedule now: one job beside its fires, which the overlap policy of the next fire counts as an earlier job.
import { jobIdFor } from '../../domain/job/names';
import { runKey } from '../../domain/schedule/schedule';
import { withJob } from '../../domain/schedule/schedule-step';
import type { SpecProblem } from '../../domain/spec/job-spec';
import { type SubmissionResult, submit } from '../job/submit';
import type { SchedulePorts, SubmitPorts } from '../ports';
import { changeRow } from './change-schedule';
import { scheduledSpec } from './scheduled-spec';

export type RanSchedule =
  | SubmissionResult
  | { readonly kind: 'no-such-schedule' }
  | { readonly kind: 'unusable'; readonly problems: readonly SpecProblem[] };

/** The same key again is the same job. A schedule that is paused can be run. */
export async function runSchedule(
  ports: SubmitPorts & SchedulePorts,
  name: string,
  key: string,
): Promise<RanSchedule> {
  const { id: owner } = await ports.owner.get();
  let fullKey = '';
  // The job is noted before it is made. If it is never made, the note keeps no other job from being made.
  const known = await changeRow(ports, name, (row) => {
    fullKey = runKey(name, row.incarnation, key);
    return { ...row, jobs: withJob(row.jobs, jobIdFor(owner, fullKey)) };
  });
  if (known === undefined) return { kind: 'no-such-schedule' };
  const checked = scheduledSpec(ports, known.schedule.spec);
  if (!checked.ok) return { kind: 'unusable', problems: checked.problems };
  return submit(ports, { spec: checked.spec, key: fullKey, source: 'schedule', schedule: name });
}
