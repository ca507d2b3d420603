// Compares what a round showed with what it must show. Pure.
import type { Job } from '../../standins/stack/jobs-api';
import { type CrashJob, LABEL, mustBeCompleted, mustBeWhole } from './crash-job';
import { missingFrom } from './log-pieces';
import type { LogFacts, RoundFacts } from './round-facts';

export interface Violation {
  /** The job concerned, if the violation concerns a single one. */
  readonly jobId?: string;
  readonly what: string;
}

/** The reason of an attempt that ended because of a kill between intent and create. */
const GIVEN_UP = 'given-up';

/** All that is not as it must be; empty for a good round. */
export function violationsOf(facts: RoundFacts): readonly Violation[] {
  return [
    ...facts.submitted.flatMap((submitted) => violationsOfJob(facts, submitted)),
    ...violationsOfLedger(facts),
    ...leftBehind(facts),
    ...facts.unasked.map((what) => ({ what })),
    ...(facts.poisoned === 0 ? [] : [{ what: `${facts.poisoned} messages are in the poison queue` }]),
  ];
}

/** How many attempts were given up before any create was sent. Kills may cost these. */
export function givenUp(job: Job): number {
  return job.attempts.filter(({ reason }) => reason?.code === GIVEN_UP).length;
}

function violationsOfJob(facts: RoundFacts, submitted: CrashJob): Violation[] {
  const found = facts.jobs.filter(({ labels }) => labels[LABEL] === submitted.name);
  const [job] = found;
  if (job === undefined)
    return [{ what: `${submitted.name} was taken by ${submitted.door} and made no job` }];
  const what: string[] = [];
  if (found.length > 1) what.push(`made ${found.length} jobs: ${found.map(({ id }) => id).join(', ')}`);

  const outcome = submitted.exitCode === 0 ? 'Succeeded' : 'Failed';
  if (job.outcome !== outcome || job.exitCode !== submitted.exitCode)
    what.push(
      `ended ${job.outcome ?? 'not at all'} with exit code ${job.exitCode ?? 'none'} (${job.reason?.code ?? 'no reason'}), not ${outcome} with ${submitted.exitCode}`,
    );
  for (const attempt of job.attempts)
    what.push(
      ...violationsOfAttempt(facts, submitted, job, attempt).map(
        (text) => `attempt ${attempt.number} ${text}`,
      ),
    );

  const events = facts.events.get(job.id) ?? [];
  const expected = `${job.id}-${outcome}`;
  if (events.length === 0) what.push('was not announced');
  if (events.some((id) => id !== expected)) what.push(`was announced as ${events.join(', ')}`);
  return what.map((text) => ({ jobId: job.id, what: `${submitted.name} ${text}` }));
}

/**
 * Only the last attempt may have been created. The earlier ones may only have been given up before a create was sent.
 */
function violationsOfAttempt(
  facts: RoundFacts,
  submitted: CrashJob,
  job: Job,
  attempt: Job['attempts'][number],
): string[] {
  const name = `${job.id}-${attempt.number}`;
  const isLast = attempt.number === job.attempts.length;
  const creates = facts.ledger.creates.filter(({ workload }) => workload === name);
  const programs = facts.ledger.programs.filter(({ workload }) => workload === name);
  const what: string[] = [];
  if (attempt.cleanup !== 'gone') what.push(`has cleanup ${attempt.cleanup}`);
  if (!isLast) {
    if (attempt.reason?.code !== GIVEN_UP) what.push(`ended for ${attempt.reason?.code ?? 'no reason'}`);
    if (creates.length > 0) what.push(`was given up after ${creates.length} creates`);
    return what;
  }
  if (creates.length !== 1) what.push(`was created ${creates.length} times`);
  if (programs.length !== 1) what.push(`started its program ${programs.length} times`);
  for (const { exitCode } of programs)
    if (exitCode !== submitted.exitCode)
      what.push(`ended its program with ${exitCode ?? 'nothing'}, not ${submitted.exitCode}`);
  const log = facts.logs.get(name);
  const missing =
    log === undefined ? 'is not there' : missingFrom(log, mustBeWhole(submitted, attempt.placement));
  if (missing !== undefined) what.push(`has a log that ${missing}`);
  const incomplete = mustBeCompleted(attempt.placement) ? whyIncomplete(attempt, log) : undefined;
  if (incomplete !== undefined) what.push(`has a log that ${incomplete}`);
  return what;
}

/** A log that is completed afterwards holds what was printed, whatever the deaths of the host cost while it ran. */
function whyIncomplete({ log }: Job['attempts'][number], facts: LogFacts | undefined): string | undefined {
  if (facts?.whole === undefined) return `was not completed (${log?.why ?? log?.state ?? 'nothing is told'})`;
  if (facts.whole.equals(facts.printed)) return undefined;
  return `was completed with ${facts.whole.length} bytes, and ${facts.printed.length} were printed`;
}

/** Everything that was created or that ran must belong to a job of this round. */
function violationsOfLedger({ ledger, jobs }: RoundFacts): Violation[] {
  const known = new Set(jobs.flatMap(({ id, attempts }) => attempts.map(({ number }) => `${id}-${number}`)));
  const created = new Set([...ledger.creates, ...ledger.programs].map(({ workload }) => workload));
  return [
    ...[...created]
      .filter((workload) => !known.has(workload))
      .map((workload) => ({ what: `${workload} was created and is no attempt of any job` })),
    ...ledger.objects
      .filter(({ goneAt }) => goneAt === undefined)
      .map(({ name }) => ({ what: `${name} is not gone, says the ledger` })),
    ...ledger.programs
      .filter(({ endedAt }) => endedAt === undefined)
      .map(({ workload }) => ({ what: `the program of ${workload} still runs, says the ledger` })),
  ];
}

function leftBehind({ left }: RoundFacts): Violation[] {
  return Object.entries(left)
    .filter(([, names]) => names.length > 0)
    .map(([kind, names]) => ({ what: `left behind (${kind}): ${names.join(', ')}` }));
}
