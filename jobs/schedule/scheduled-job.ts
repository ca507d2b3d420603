// Makes the one job of a fire, however often and by however many processes it is asked for (I5).
import { reason } from '../../domain/job/failure-reason';
import { jobIdFor } from '../../domain/job/names';
import { refusalsInWords } from '../../domain/placement/refusals';
import type { LastFire } from '../../domain/ports/schedule-store';
import type { Schedule } from '../../domain/schedule/schedule';
import type { SpecProblem } from '../../domain/spec/job-spec';
import { reject, rejectedJobId } from '../job/reject';
import { submit } from '../job/submit';
import type { SubmitPorts } from '../ports';
import { scheduledSpec } from './scheduled-spec';

/** What a fire has become. */
export type MadeJob = Pick<LastFire, 'action' | 'detail'> & { readonly jobId: string };

/** Submits the schedule's spec under the fire's key. A spec that can't become a job becomes a Rejected job. */
export async function makeScheduledJob(
  ports: SubmitPorts,
  schedule: Schedule,
  key: string,
): Promise<MadeJob> {
  const owner = await ports.owner.get();
  // A fire that is made again finds its job, although spec, policy or placements may have changed since.
  const rejectedId = rejectedJobId(owner.id, key);
  const rejected = await ports.jobs.read(rejectedId);
  if (rejected !== undefined)
    return { action: 'rejected', jobId: rejectedId, detail: rejected.job.row.reason?.message };
  const checked = scheduledSpec(ports, schedule.spec);
  if (!checked.ok) return rejectUnlessMade(ports, schedule, key, invalid(schedule, checked.problems));
  const submitted = await submit(ports, {
    spec: checked.spec,
    key,
    source: 'schedule',
    schedule: schedule.name,
  });
  switch (submitted.kind) {
    case 'accepted':
    case 'conflict': // The spec was changed after this fire had made its job.
      return { action: 'submitted', jobId: submitted.jobId };
    case 'forbidden':
      return rejectUnlessMade(ports, schedule, key, invalid(schedule, submitted.problems));
    case 'no-placement':
      return rejectUnlessMade(ports, schedule, key, {
        code: 'no-placement',
        message: `No placement can hold the job: ${refusalsInWords(submitted.refusals)}`,
      });
  }
}

interface Refusal {
  readonly code: 'invalid-spec' | 'no-placement';
  readonly message: string;
}

function invalid({ name }: Schedule, problems: readonly SpecProblem[]): Refusal {
  const words = problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  return { code: 'invalid-spec', message: `The spec of schedule ${name} is invalid: ${words}` };
}

async function rejectUnlessMade(
  ports: SubmitPorts,
  schedule: Schedule,
  key: string,
  { code, message }: Refusal,
): Promise<MadeJob> {
  const madeId = jobIdFor((await ports.owner.get()).id, key);
  if ((await ports.jobs.read(madeId)) !== undefined) return { action: 'submitted', jobId: madeId };
  const why = reason(code, message);
  const jobId = await reject(ports, {
    key,
    bytes: Buffer.from(JSON.stringify({ schedule: schedule.name, cron: schedule.cron })),
    reason: why,
    source: 'schedule',
    schedule: schedule.name,
    name: schedule.name,
  });
  return { action: 'rejected', jobId, detail: why.message };
}
