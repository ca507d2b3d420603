// POST start: one more execution of a job, each time it is asked.
import { ArmFault } from '../../wire/arm-error';
import { ConnectionLost, json, type WireRequest, type WireResponse } from '../../wire/handler';
import { apiVersionOf } from '../api-version';
import type { Action, ContainerAppsContext } from '../context';
import { type ContainerSpec, readContainers } from '../jobs/container-spec';
import { foundJob } from '../jobs/find-job';
import type { Job } from '../jobs/job-store';
import { checkResources } from '../jobs/resource-rules';
import { profileTypeOf } from '../jobs/validate-job';
import { isObject, type JsonObject } from '../json-shapes';
import { pollUrl } from '../operations';
import { shortRegion } from '../regions';
import { isOver, type JobRef } from './execution';
import { runExecution } from './run-execution';

interface Template {
  readonly containers: readonly ContainerSpec[];
  readonly initContainers: readonly ContainerSpec[];
}

export const startJob: Action = (context, request, match) => {
  const job = foundJob(context, match);
  checkStartable(context, job);
  const template = templateOf(job, request);
  const ref = refOf(context, job);
  if (template.containers !== job.definition.containers) checkResources(template.containers, ref.profileType);
  const lost = context.faults.take('lost-answer', ({ of }) => of === 'start');
  if (lost?.effect === false) throw new ConnectionLost('The start is lost before its effect.');
  const late = context.faults.take('late-start');
  const names = [
    nameOf(context, job),
    ...(context.faults.take('second-execution') ? [nameOf(context, job)] : []),
  ];
  const begin = (): void => {
    for (const name of names) addExecution(context, job, ref, template, name);
  };
  if (late) context.timers.after(late.ms, begin);
  else begin();
  if (lost || late?.answer === 'lost') throw new ConnectionLost('The answer of the start is lost.');
  if (late?.answer === 'refused')
    throw new ArmFault(503, 'ServiceUnavailable', 'The service is temporarily unavailable. Please retry.');
  return answer(context, request, job, names[0] ?? '');
};

/** Refusals of a start; none of their codes is confirmed by any source. */
function checkStartable(
  { settings: { switches } }: ContainerAppsContext,
  { state, place, suspended }: Job,
): void {
  const refuse = (why: string): never => {
    throw new ArmFault(409, 'ContainerAppsJobConflict', `Cannot start job '${place.name}' because ${why}.`);
  };
  if (state === 'Deleting' && switches.startDuringDelete === 'refused') refuse('it is being deleted');
  if (state === 'InProgress' && switches.startDuringWrite === 'refused')
    refuse('another modification is in progress');
  if (state === 'Failed') refuse("its provisioning state is 'Failed'");
  if (suspended) refuse('it is suspended');
}

/** A body without containers is accepted and dropped without a word (recorded). */
function templateOf({ definition }: Job, request: WireRequest): Template {
  const own = { containers: definition.containers, initContainers: definition.initContainers ?? [] };
  const body = bodyOf(request);
  const containers = readContainers(body, 'containers');
  if (!containers || containers.length === 0) return own;
  return { containers, initContainers: readContainers(body, 'initContainers') ?? [] };
}

function bodyOf({ body }: WireRequest): JsonObject {
  const text = body.toString('utf8').trim();
  if (text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed)) return parsed;
  } catch {
    // A body that is no JSON and one that is no object are refused alike.
  }
  throw new ArmFault(
    400,
    'InvalidRequestContent',
    `The body of a start must be a JSON object, not '${text.slice(0, 80)}'.`,
  );
}

function nameOf({ names }: ContainerAppsContext, { place }: Job): string {
  return `${place.name}-${names.execution()}`;
}

function refOf({ environments }: ContainerAppsContext, job: Job): JobRef {
  const { environmentId, profileName } = job.definition;
  const environment = environments.byId(environmentId);
  return {
    ...job.place,
    id: job.id,
    location: job.location,
    environmentId,
    profileType: environment && profileTypeOf(environment, profileName),
  };
}

/** The definition may be gone, or another of its name be there, when a late start takes effect. */
function addExecution(
  context: ContainerAppsContext,
  job: Job,
  ref: JobRef,
  { containers, initContainers }: Template,
  name: string,
): void {
  const lost = context.faults.take('lost-execution', ({ execution }) => execution === undefined);
  const execution = runExecution(context, {
    job: ref,
    definition: job.definition,
    containers,
    initContainers,
    name,
  });
  context.executions.push(execution);
  const { executions } = context.jobs.get(job.place) ?? job;
  executions.push(execution);
  const ended = executions.filter(isOver);
  for (const oldest of ended.slice(0, Math.max(0, ended.length - context.settings.keptExecutions)))
    executions.splice(executions.indexOf(oldest), 1);
  if (!lost) return;
  execution.shown = false;
  if (lost.programs === 'end') execution.abandon();
}

function answer(context: ContainerAppsContext, request: WireRequest, job: Job, name: string): WireResponse {
  const body = { id: `${job.id}/executions/${name}`, name };
  if (context.settings.switches.startAnswer === 'ok') return json(200, body);
  return accepted(context, request, job, body);
}

/** 202 with a Location whose poll gives `result`, as the specification has it. */
export function accepted(
  context: ContainerAppsContext,
  request: WireRequest,
  job: Job,
  result: unknown,
): WireResponse {
  const operation = {
    id: context.names.operation(),
    startedAt: context.clock.now(),
    region: shortRegion(job.location),
    subscription: job.place.subscription,
    state: 'Succeeded' as const,
    result: () => result,
  };
  context.operations.add(operation);
  const version = apiVersionOf(request.url).name;
  const location = pollUrl(
    request.url.origin,
    operation,
    'containerappsjobOperationResults',
    version,
    context.clock.now(),
    context.newId(),
  );
  return { status: 202, headers: { location } };
}
