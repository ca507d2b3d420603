// What must hold when everything is at rest: nothing lost, nothing left over, one outcome for each job, and a true one.
import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { workloadName } from '../../../domain/job/names';
import { jobSummary } from '../../../domain/lists/job-summary';
import { SECRET } from '../users/submissions';
import type { Deployment } from '../world/deployment';
import { type Facts, owned } from './facts';
import { checkGpus } from './gpu-check';
import { checkLogs } from './log-check';
import { checkResult } from './result-check';
import { checkWholeLogs } from './whole-log-check';

export async function endChecks(facts: Facts): Promise<void> {
  checkSubmissions(facts);
  checkGpus(facts);
  for (const deployment of facts.deployments) {
    await checkLeftovers(facts, deployment);
    checkLists(facts, deployment);
    checkEvents(facts, deployment);
    for (const jobId of deployment.stores.rows.jobIds()) {
      const view = deployment.stores.rows.view(jobId);
      if (view !== undefined) checkResult(facts, deployment, view);
    }
    checkSecrets(facts, deployment);
  }
  for (const group of facts.cloud.record.groups) {
    const own = owned(facts, group.tags);
    if (own !== undefined && facts.cloud.stands(group)) facts.fail('L2', `${group.name} still exists`);
    if (own === undefined && !facts.cloud.stands(group))
      facts.fail('S7', `${group.name}, which is nobody's of ours, was deleted`);
  }
  await checkLogs(facts);
  await checkWholeLogs(facts);
}

/** L1, L4, I5: every submission has become what it must. */
function checkSubmissions(facts: Facts): void {
  for (const { deployment: name, key, valid, answers, queued } of facts.submitted) {
    const deployment = facts.deployments.find((one) => one.name === name);
    const ids = new Set(answers.filter(({ kind }) => kind === 'accepted').map(({ jobId }) => jobId));
    if (ids.size > 1) facts.fail('I5', `${key} made ${ids.size} jobs`);
    if (valid && queued && ids.size === 0) facts.fail('L1', `the message ${key} became no job`);
    for (const jobId of ids) {
      const view = deployment?.stores.rows.view(jobId ?? '');
      if (view === undefined)
        facts.fail('I5', `${key} was answered with job ${jobId ?? '?'}, which does not exist`);
      else if (view.outcome === undefined)
        facts.fail(
          facts.canceled.has(view.id) ? 'L4' : 'L1',
          `${view.id} (${key}) has no outcome: ${view.state}`,
        );
    }
    const variants = new Set(answers.filter(({ kind }) => kind === 'accepted').map(({ variant }) => variant));
    for (const jobId of ids) {
      const ran = facts.cloud.record.groups.find(({ tags }) => tags['gpu-jobs-job'] === jobId)?.variant;
      if (ran !== undefined && !variants.has(ran))
        facts.fail('I5', `${key} ran the spec "${ran}", which was answered with a conflict`);
    }
  }
}

/** L2, L3: no group, no holder, no index row and no waiting row is left. */
async function checkLeftovers(facts: Facts, { name, stores }: Deployment): Promise<void> {
  for (const holder of stores.held.names()) facts.fail('L3', `${name}: ${holder} still holds a place`);
  for (const jobId of await stores.hints.listUnfinished()) {
    if (stores.rows.job(jobId) !== undefined) facts.fail('L3', `${name}: ${jobId} is still in the index`);
  }
  for (const { jobId } of await stores.hints.listWaiting()) {
    if (stores.rows.job(jobId) !== undefined) facts.fail('L3', `${name}: a waiting row of ${jobId} is left`);
  }
  for (const jobId of stores.rows.jobIds()) {
    for (const { number, cleanup, log } of stores.rows.view(jobId)?.attempts ?? []) {
      if (log?.state === 'completing')
        facts.fail('L3', `${workloadName(jobId, number)}: its log is still being completed`);
      if (cleanup !== 'gone') facts.fail('L2', `${workloadName(jobId, number)}: cleanup is ${cleanup}`);
    }
  }
}

/** I5: the lists are hints. When everything is at rest they have been repaired, and tell every job as its rows do. */
function checkLists(facts: Facts, { name, stores }: Deployment): void {
  for (const jobId of stores.rows.jobIds()) {
    const records = stores.rows.records(jobId);
    const listed = stores.lists.listed(jobId)?.row;
    if (records !== undefined && !isDeepStrictEqual(listed, jobSummary(records)))
      facts.fail(
        'I5',
        `${name}: the lists tell ${JSON.stringify(listed)} of ${JSON.stringify(jobSummary(records))}`,
      );
  }
}

const eventSchema = z.object({
  type: z.string(),
  id: z.string(),
  subject: z.string(),
  data: z.object({ outcome: z.string().optional() }),
});
/** The only kind of event that announces a job's end. */
const ENDED = 'gpu-job-runner.job.ended';

/** S4: each end is announced at least once, with one id. */
function checkEvents(facts: Facts, deployment: Deployment): void {
  const ids = new Map<string, Set<string>>();
  for (const { deployment: name, text } of facts.events) {
    if (name !== deployment.name) continue;
    const { type, id, subject, data } = eventSchema.parse(JSON.parse(text));
    if (type !== ENDED) continue;
    ids.set(subject, (ids.get(subject) ?? new Set()).add(`${id} ${data.outcome ?? 'no outcome'}`));
  }
  for (const jobId of deployment.stores.rows.jobIds()) {
    const view = deployment.stores.rows.view(jobId);
    const told = ids.get(jobId)?.size ?? 0;
    if (view?.outcome !== undefined && told !== 1)
      facts.fail('S4', `${jobId} (${view.outcome}) was announced under ${told} ids`);
  }
}

/** I7: a literal secret stands only in the workload's environment and, until the job settles, in its private blob. */
function checkSecrets(facts: Facts, { name, stores, durable }: Deployment): void {
  const look = (where: string, texts: Iterable<string>): void => {
    for (const text of texts) {
      if (text.includes(SECRET)) facts.fail('I7', `${name}: a literal secret stands in ${where}`);
    }
  };
  look('the orchestrations’ history', durable.journal.snapshot().values());
  look(
    'a row',
    stores.rows.jobIds().map((jobId) => JSON.stringify(stores.rows.records(jobId))),
  );
  look(
    'an event',
    facts.events.map(({ text }) => text),
  );
  look('the log', facts.logLines);
  look(
    'a tag',
    facts.cloud.record.groups.map(({ tags }) => JSON.stringify(tags)),
  );
  for (const jobId of stores.heldSecrets.jobIds()) {
    if (stores.rows.job(jobId)?.eventSent === true)
      facts.fail('I7', `${name}: secrets are held for ${jobId}, which is over`);
  }
}
