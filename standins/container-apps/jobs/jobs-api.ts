// Requests about jobs that write no definition: get, list, delete, secrets, suspend and resume.
import { ArmFault } from '../../wire/arm-error';
import { ConnectionLost, json, type WireRequest, type WireResponse } from '../../wire/handler';
import { apiVersionOf } from '../api-version';
import type { Action, ContainerAppsContext } from '../context';
import { accepted } from '../executions/start-job';
import type { JsonObject } from '../json-shapes';
import { pageOf } from '../pages';
import { streamOriginOf } from '../stream-origin';
import { foundJob } from './find-job';
import { beginDelete, JOB_RESULTS, JOB_STATUSES, jobPollUrl } from './job-operations';
import type { Job } from './job-store';
import { jobView } from './job-view';

export const getJob: Action = (context, request, match) =>
  json(200, jobViewFor(context, request, foundJob(context, match)));

export const listJobs: Action = (context, request, match) =>
  listed(context, request, context.jobs.list(match.param('subscription')));

export const listJobsOfGroup: Action = (context, request, match) =>
  listed(context, request, context.jobs.list(match.param('subscription'), match.param('resourceGroup')));

/** A job that does not exist: 204, as the specification and the client have it; no recording shows it. */
export const deleteJob: Action = (context, request, match) => {
  const place = ['subscription', 'resourceGroup', 'name'].map((part) => match.param(part));
  const [subscription = '', resourceGroup = '', name = ''] = place;
  const job = context.jobs.get({ subscription, resourceGroup, name });
  if (!job) return { status: 204 };
  if (job.state === 'Deleting') return deleteAnswer(context, request, job, context.deletions.get(job));
  const lost = context.faults.take('lost-answer', ({ of }) => of === 'delete');
  if (lost?.effect === false) throw new ConnectionLost('The DELETE is lost before its effect.');
  if (context.settings.switches.deleteWhileRunning === 'stops-executions')
    for (const execution of job.executions) execution.stop();
  const operation = beginDelete(context, job, () => context.jobGone(job));
  context.deletions.set(job, operation);
  context.jobDeleting(job);
  if (lost) throw new ConnectionLost('The answer of the DELETE is lost.');
  return deleteAnswer(context, request, job, operation);
};

function deleteAnswer(
  context: ContainerAppsContext,
  request: WireRequest,
  job: Job,
  operation: Parameters<typeof jobPollUrl>[2] | undefined,
): WireResponse {
  if (!operation) throw new Error(`The job ${job.id} is being deleted without an operation.`);
  const byStatus = context.settings.switches.deleteAnswer === 'azure-asyncoperation';
  const url = jobPollUrl(context, request, operation, byStatus ? JOB_STATUSES : JOB_RESULTS);
  return {
    status: 202,
    headers: {
      [byStatus ? 'azure-asyncoperation' : 'location']: url,
      'retry-after': String(context.settings.retryAfterSeconds),
      'content-length': '0',
    },
  };
}

/** The only answer with the values of secrets. */
export const listSecrets: Action = (context, _request, match) =>
  json(200, { value: foundJob(context, match).definition.secrets });

/** No traffic of suspend and resume was found; both are the specification's. */
export const suspendJob: Action = (context, request, match) => setSuspended(context, request, match, true);
export const resumeJob: Action = (context, request, match) => setSuspended(context, request, match, false);

function setSuspended(
  context: ContainerAppsContext,
  request: WireRequest,
  match: Parameters<Action>[2],
  suspended: boolean,
): WireResponse {
  const job = foundJob(context, match);
  if (job.state === 'Deleting')
    throw new ArmFault(
      409,
      'ContainerAppsJobConflict',
      `Cannot modify job '${job.place.name}' because it is being deleted.`,
    );
  job.suspended = suspended;
  return context.settings.switches.startAnswer === 'ok'
    ? json(200, jobViewFor(context, request, job))
    : accepted(context, request, job, jobViewFor(context, request, job));
}

function listed(context: ContainerAppsContext, request: WireRequest, jobs: readonly Job[]): WireResponse {
  const value = jobs.map((job) => jobViewFor(context, request, job));
  return json(200, pageOf(value, request.url, context.settings.switches.pageSize));
}

export function jobViewFor(
  context: ContainerAppsContext,
  request: WireRequest,
  job: Job,
  ofWrite = false,
): JsonObject {
  return jobView(job, {
    version: apiVersionOf(request.url),
    switches: context.settings.switches,
    streamOrigin: streamOriginOf(context, request),
    ofWrite,
  });
}
