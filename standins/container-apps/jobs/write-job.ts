// PUT and PATCH of a job. Neither runs anything.
import { ArmFault } from '../../wire/arm-error';
import { ConnectionLost, json } from '../../wire/handler';
import type { Action, ContainerAppsContext } from '../context';
import type { Environment } from '../environments/environment-store';
import { isObject, type JsonObject, mergePatch, objectAt, readBody } from '../json-shapes';
import { foundJob, jobPlaceOf } from './find-job';
import { identityView } from './identity-view';
import { type JobDefinition, readDefinition } from './job-definition';
import { beginWrite, JOB_RESULTS, JOB_STATUSES, jobPollUrl } from './job-operations';
import { type Job, jobId } from './job-store';
import { jobViewFor } from './jobs-api';
import { checkDefinition, checkEnvironment, checkJobName } from './validate-job';

export const putJob: Action = (context, request, match) => {
  const place = jobPlaceOf(match);
  checkJobName(place.name);
  const body = readBody(request);
  const before = context.jobs.get(place);
  checkWritable(context, before);
  const definition = validDefinition(context, objectAt(body, 'properties'), before);
  const lost = context.faults.take('lost-answer', ({ of }) => of === 'put');
  if (lost?.effect === false) throw new ConnectionLost('The PUT is lost before its effect.');
  const now = context.clock.now();
  const tags = isObject(body['tags']) ? body['tags'] : undefined;
  const identity = identityView(body['identity']);
  const job: Job = before
    ? Object.assign(before, { definition, tags, identity, modifiedAt: now })
    : {
        place,
        id: jobId(place),
        location: typeof body['location'] === 'string' ? body['location'] : '',
        definition,
        tags,
        identity,
        createdAt: now,
        modifiedAt: now,
        state: 'InProgress',
        writes: 0,
        suspended: false,
        executions: [],
      };
  if (!before) context.addJob(job);
  const operation = beginWrite(context, job, planOf(context, definition), () =>
    jobViewFor(context, request, job),
  );
  stopIfAsked(context, job);
  if (lost) throw new ConnectionLost('The answer of the PUT is lost.');
  const { putRetryAfter } = context.settings.switches;
  return json(201, jobViewFor(context, request, job, true), {
    'azure-asyncoperation': jobPollUrl(context, request, operation, JOB_STATUSES),
    'x-ms-async-operation-timeout': 'PT15M',
    ...(putRetryAfter !== 'none' && { 'retry-after': String(putRetryAfter) }),
  });
};

export const patchJob: Action = (context, request, match) => {
  const job = foundJob(context, match);
  checkWritable(context, job);
  const patch = readBody(request);
  const properties = mergePatch(job.definition.sent, objectAt(patch, 'properties'));
  job.definition = validDefinition(context, properties, job);
  if (isObject(patch['tags'])) job.tags = mergePatch(job.tags ?? {}, patch['tags']);
  if (isObject(patch['identity'])) job.identity = identityView(patch['identity']);
  job.modifiedAt = context.clock.now();
  const operation = beginWrite(context, job, { afterMs: context.settings.times.patchMs, fails: false }, () =>
    jobViewFor(context, request, job),
  );
  stopIfAsked(context, job);
  return {
    status: 202,
    headers: {
      location: jobPollUrl(context, request, operation, JOB_RESULTS),
      'retry-after': String(context.settings.retryAfterSeconds),
      'content-length': '0',
    },
  };
};

/**
 * Refuses a write of a job that is being deleted, and, by its switch, one while another goes on. The words of the
 * second are reported of container apps; those of the first are not confirmed by any source.
 */
function checkWritable({ settings }: ContainerAppsContext, job: Job | undefined): void {
  if (!job) return;
  if (job.state === 'Deleting') {
    throw new ArmFault(
      409,
      'ContainerAppsJobConflict',
      `Cannot modify job '${job.place.name}' because it is being deleted.`,
    );
  }
  if (job.state !== 'InProgress' || settings.switches.writeDuringWrite === 'accepted') return;
  throw new ArmFault(
    409,
    'ContainerAppLockConflict',
    `Cannot modify container App '${job.place.name}' because another modification is in progress. Please retry the operation.`,
  );
}

function validDefinition(
  context: ContainerAppsContext,
  properties: JsonObject,
  before: Job | undefined,
): JobDefinition {
  const { environmentId } = properties;
  const id = typeof environmentId === 'string' ? environmentId : '';
  const environment = checkEnvironment(context.environments.byId(id), id);
  const definition = readDefinition(
    properties,
    (name) => profileNameIn(environment, name),
    before?.definition.secrets,
  );
  checkDefinition(definition, environment, context.runtime, context.settings.switches);
  return definition;
}

/** A job that names no profile gets `Consumption` in an environment with profiles, none in one without (recorded). */
function profileNameIn({ profiles }: Environment, name: string | undefined): string | undefined {
  if (profiles === undefined) return undefined;
  return name ?? profiles.find(({ type }) => type === 'Consumption')?.name ?? 'Consumption';
}

/** An event job without rules is accepted and fails (recorded); faults say the rest. */
function planOf(
  { faults, settings: { times } }: ContainerAppsContext,
  definition: JobDefinition,
): Parameters<typeof beginWrite>[2] {
  if (faults.take('stuck-put')) return { afterMs: undefined, fails: false };
  const slow = faults.take('slow-put');
  const scale = objectAt(objectAt(objectAt(definition.sent, 'configuration'), 'eventTriggerConfig'), 'scale');
  const hasRules = Array.isArray(scale['rules']) && scale['rules'].length > 0;
  const fails = faults.take('failed-put') !== undefined || (definition.triggerType === 'Event' && !hasRules);
  return { afterMs: slow?.ms ?? times.putMs, fails };
}

function stopIfAsked({ settings }: ContainerAppsContext, job: Job): void {
  if (settings.switches.changeWhileRunning === 'leaves-executions') return;
  for (const execution of job.executions) execution.stop();
}
