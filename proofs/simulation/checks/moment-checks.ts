// The promises that are checked at the moment they concern: creates, starts, deletes, and every change that users see.
import type { JobView } from '../../../api/jobs';
import { workloadName } from '../../../domain/job/names';
import type { CloudListener, GroupFacts } from '../cloud/cloud-record';
import type { Deployment } from '../world/deployment';
import { checkAttempts } from './attempt-checks';
import { checkCosts } from './cost-check';
import { attemptView, decidingLook, type Facts, owned } from './facts';
import { wrongDelete } from './removal-check';

const CLEANUPS = ['none', 'due', 'requested', 'gone'];

export function cloudChecks(facts: Facts): CloudListener {
  return {
    putSent: (deployment, name) => {
      const puts = facts.cloud.record.creates(deployment, name);
      if (puts > 1) facts.fail('S1', `${puts} PUTs were sent for ${name}`);
    },
    created: (group) => {
      const own = owned(facts, group.tags);
      // A preparation runs nothing. The sweep finds one that comes late, and reopens the cleanup (L2, and S5 below).
      if (own === undefined || !group.begun) return;
      if (attemptView(own.deployment, own.jobId, own.attempt)?.cleanup === 'gone')
        facts.fail('S5', `${group.name} appears although its attempt says gone`);
      if (!own.deployment.holds(group.name)) facts.fail('S6', `${group.name} exists and holds no place`);
    },
    overwritten: (deployment, group, sinceLook) => {
      const isOwn = owned(facts, group.tags)?.deployment.name === deployment;
      // Neither a create nor a preparation can be made conditional on its name (protocol §4.1).
      if (!isOwn && sinceLook) return;
      facts.fail(
        isOwn ? 'S1' : 'S7',
        `a PUT of ${deployment} overwrote ${group.name}${isOwn ? '' : ', which is not its own'}`,
      );
    },
    redefined: (deployment, group, isSame, sinceLook) => {
      const isOwn = owned(facts, group.tags)?.deployment.name === deployment;
      if (!isOwn && sinceLook) return;
      if (!isOwn) facts.fail('S7', `${deployment} prepared ${group.name} again, which is not its own`);
      else if (!isSame) facts.fail('I2', `${group.name} was prepared again with other marks`);
    },
    deleteTook: (deployment, group, wasHealthy) => {
      const own = owned(facts, group.tags);
      if (own?.deployment.name !== deployment) {
        facts.fail('S7', `${deployment} deleted ${group.name}, which is not its own`);
        return;
      }
      const why = wasHealthy && group.deletedAt === undefined ? wrongDelete(facts, group, own) : undefined;
      if (why !== undefined) facts.fail('S3', `${group.name} was healthy when it was deleted: ${why}`);
    },
    programStarted: (group) => checkStart(facts, group),
    leftBehind: ({ name }) => facts.fail('L2', `the delete of ${name} left a part of it behind`),
    secondLeft: ({ name }) =>
      facts.fail('S2', `a look showed a second run of ${name}, and nobody was asked to stop it`),
    secretShown: (name) => facts.fail('I7', `a value of a secret of ${name} was asked for`),
  };
}

function checkStart(facts: Facts, group: GroupFacts): void {
  if (group.runs.length > 1 && !group.mayRestart)
    facts.fail('S1', `the program of ${group.name} was started ${group.runs.length} times`);
  const own = owned(facts, group.tags);
  if (own === undefined) return;
  if (attemptView(own.deployment, own.jobId, own.attempt)?.cleanup === 'gone')
    facts.fail('S5', `the program of ${group.name} starts although its attempt says gone`);
  const rerun = own.deployment.stores.rows.job(own.jobId)?.plan?.retry.rerunAfterStart === true;
  for (const other of facts.cloud.record.groups) {
    if (other === group || other.tags['gpu-jobs-job'] !== own.jobId) continue;
    if (![...other.runs.slice(-1), ...other.besides].some(({ endedAt }) => endedAt === undefined)) continue;
    // The program that starts now, late, may be the earlier attempt's.
    const first = Math.min(own.attempt, Number(other.tags['gpu-jobs-attempt']));
    const cleanup = attemptView(own.deployment, own.jobId, first)?.cleanup;
    if (!rerun || cleanup === 'none' || cleanup === 'due')
      facts.fail(
        'S2',
        `programs of ${other.name} and ${group.name} are alive together (cleanup of the first: ${cleanup ?? 'unknown'})`,
      );
  }
}

/** Compares what users saw of a job before with what they see now. */
export function viewChecks(facts: Facts, deployment: Deployment): (jobId: string, view: JobView) => void {
  const before = new Map<string, JobView>();
  return (jobId, view) => {
    const last = before.get(jobId);
    before.set(jobId, view);
    facts.world.tell(deployment.name, () => `${view.name ?? jobId} is ${sentence(view)}`);
    if (
      last?.outcome !== undefined &&
      JSON.stringify([last.outcome, last.exitCode, last.reason]) !==
        JSON.stringify([view.outcome, view.exitCode, view.reason])
    )
      facts.fail('S4', `the outcome of ${jobId} changed from ${last.outcome} to ${view.outcome ?? 'none'}`);
    checkAttempts(facts, deployment, view, last);
    checkCosts(facts, deployment, view, last);
    for (const attempt of view.attempts) {
      const was = last?.attempts.find(({ number }) => number === attempt.number)?.cleanup ?? 'none';
      checkCleanup(facts, deployment, jobId, attempt.number, plain(was), plain(attempt.cleanup));
    }
    if (view.outcome !== undefined && last?.outcome === undefined) checkEnd(facts, view);
    if (view.state === 'Queued' && last !== undefined && last.state !== 'Queued')
      checkRequeue(facts, deployment, view);
  };
}

function checkCleanup(
  facts: Facts,
  deployment: Deployment,
  jobId: string,
  number: number,
  was: string,
  now: string,
): void {
  if (was === now) return;
  const name = workloadName(jobId, number);
  const isThere = isTheirs(facts, deployment, name);
  if (now === 'gone' && isHeld(facts, deployment, name))
    facts.fail('S5', `${name} is said to be gone and exists`);
  if (CLEANUPS.indexOf(now) >= CLEANUPS.indexOf(was)) return;
  if (was !== 'gone' || now !== 'requested')
    facts.fail('S5', `the cleanup of ${name} went back from ${was} to ${now}`);
  else if (!isThere) facts.fail('S5', `the cleanup of ${name} was reopened although no such group exists`);
}

/**
 * A preparation that appeared after its attempt was found gone holds nothing. The sweep finds it; the checks at the end
 * see that it did.
 */
export function isHeld(facts: Facts, deployment: Deployment, name: string): boolean {
  const group = facts.cloud.record.group(name);
  const isLate = group !== undefined && facts.cloud.record.isLatePreparation(group);
  return !isLate && isTheirs(facts, deployment, name);
}

function isTheirs(facts: Facts, deployment: Deployment, name: string): boolean {
  const group = facts.cloud.record.group(name);
  return (
    group !== undefined && owned(facts, group.tags)?.deployment === deployment && facts.cloud.exists(name)
  );
}

/** The outcome comes when the removal is requested, not before. */
function checkEnd(facts: Facts, view: JobView): void {
  if (view.attempts.length > 0 && (view.cleanup === 'none' || view.cleanup === 'due'))
    facts.fail(
      'I2',
      `${view.id} has its outcome although nobody has asked for the removal of its workload (${view.cleanup})`,
    );
}

/** A program that has run is not run again where the spec forbids that, unless its own exit code asks for it. */
function checkRequeue(facts: Facts, deployment: Deployment, view: JobView): void {
  const retry = deployment.stores.rows.job(view.id)?.plan?.retry;
  const last = view.attempts.at(-1);
  if (retry === undefined || retry.rerunAfterStart || last === undefined) return;
  const name = workloadName(view.id, last.number);
  const group = facts.cloud.record.group(name);
  const own = group === undefined ? undefined : owned(facts, group.tags);
  if (own?.deployment !== deployment || group?.runs[0] === undefined) return;
  if (last.exitCode !== undefined && retry.exitCodes.includes(last.exitCode)) return;
  // No read could tell, so it counts as started (protocol §4.2).
  const wasUnread = last.reason?.code === 'given-up' && decidingLook(deployment, last, name, 'unreadable');
  const mayBeUnseen = !wasUnread && (group.lostAt !== undefined || group.deletedAt !== undefined);
  if (!mayBeUnseen || last.startedAt !== undefined)
    facts.fail(
      'S2',
      `${view.id} will run again although its program of attempt ${last.number} has run and the spec forbids it`,
    );
}

function plain(cleanup: string): string {
  return cleanup === 'overdue' ? 'requested' : cleanup;
}

function sentence(view: JobView): string {
  const attempts = view.attempts.map(
    ({ number, phase, cleanup, reason, exitCode }) =>
      `${number}: ${phase}${exitCode === undefined ? '' : ` exit ${exitCode}`}${reason === undefined ? '' : ` ${reason.code}`}, cleanup ${cleanup}`,
  );
  return [view.outcome ?? view.state, ...attempts].join(' | ');
}
