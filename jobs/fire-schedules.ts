// Firing schedules: each due fire makes exactly one job (I5).
import { messageOf } from '../domain/errors';
import { reason } from '../domain/failure-reason';
import { parseJobSpec, type SpecProblem } from '../domain/job-spec';
import { dueFire, fireKey, type Schedule } from '../domain/schedule';
import { policyProblems } from '../domain/spec-policy';
import type { Ports } from './ports';
import { reject } from './reject';
import { submit } from './submit';

type FirePorts = Parameters<typeof submit>[0] &
  Parameters<typeof reject>[0] &
  Pick<Ports, 'schedules' | 'configuredSchedules' | 'times' | 'log' | 'vault'>;

/** Fires what is due; resolves to the ids of the jobs made. A schedule that fails is told in the log and fires at the next tick. */
export async function fireSchedules(ports: FirePorts): Promise<readonly string[]> {
  const fired: string[] = [];
  for (const schedule of ports.configuredSchedules) {
    try {
      const jobId = await fireIfDue(ports, schedule);
      if (jobId !== undefined) fired.push(jobId);
    } catch (error) {
      ports.log.error(
        `Schedule ${schedule.name} could not fire, again at the next tick: ${messageOf(error)}`,
      );
    }
  }
  return fired;
}

async function fireIfDue(ports: FirePorts, schedule: Schedule): Promise<string | undefined> {
  const now = ports.clock.now();
  const stored = (await ports.schedules.read(schedule.name)) ?? (await store(ports, schedule, now));
  if (stored === undefined) return undefined;
  const fireAt = dueFire(schedule, stored.row.firedThrough, now);
  if (fireAt === undefined) return undefined;
  // The job first, the row after it: a fire that is repeated makes the same job, a fire that is forgotten makes none.
  const jobId = await fire(ports, schedule, fireAt);
  await ports.schedules.write({ name: schedule.name, firedThrough: fireAt }, stored.etag);
  return jobId;
}

async function store(
  ports: FirePorts,
  schedule: Schedule,
  now: number,
): ReturnType<Ports['schedules']['read']> {
  const firedThrough = schedule.from === undefined ? now : Date.parse(schedule.from) - 1;
  await ports.schedules.insert({ name: schedule.name, firedThrough });
  return ports.schedules.read(schedule.name);
}

async function fire(ports: FirePorts, schedule: Schedule, fireAt: number): Promise<string> {
  const key = fireKey(schedule.name, fireAt);
  const parsed = parseJobSpec(schedule.spec, ports.times.unknownFateS);
  const problems = parsed.ok
    ? policyProblems(parsed.spec, { literalSecrets: false, vault: ports.vault !== undefined })
    : parsed.problems;
  if (!parsed.ok || problems.length > 0) {
    return rejectFire(ports, schedule, key, inWords(schedule, problems));
  }
  const submitted = await submit(ports, {
    spec: parsed.spec,
    key,
    source: 'schedule',
    schedule: schedule.name,
  });
  switch (submitted.kind) {
    case 'accepted':
    case 'conflict': // The schedule's spec was changed after this fire had made its job.
      return submitted.jobId;
    case 'forbidden':
      return rejectFire(ports, schedule, key, inWords(schedule, submitted.problems));
    case 'no-placement':
      return rejectFire(
        ports,
        schedule,
        key,
        `No placement can hold the job: ${JSON.stringify(submitted.refusals)}`,
        'no-placement',
      );
  }
}

function inWords({ name }: Schedule, problems: readonly SpecProblem[]): string {
  const words = problems.map(({ pointer, message }) => `${pointer} ${message}`).join('; ');
  return `The spec of schedule ${name} is invalid: ${words}`;
}

async function rejectFire(
  ports: FirePorts,
  schedule: Schedule,
  key: string,
  why: string,
  code: 'invalid-spec' | 'no-placement' = 'invalid-spec',
): Promise<string> {
  const bytes = Buffer.from(JSON.stringify({ schedule: schedule.name, cron: schedule.cron }));
  return reject(ports, {
    messageId: key,
    bytes,
    reason: reason(code, why),
    source: 'schedule',
    schedule: schedule.name,
    name: schedule.name,
  });
}
