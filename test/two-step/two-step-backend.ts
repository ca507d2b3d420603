// The backend of a platform in two steps: its definition is the preparation, its start the create.
import { messageOf, RetryableError } from '../../domain/errors';
import { type Reason, reason } from '../../domain/job/failure-reason';
import type {
  ComputeBackend,
  CreateAnswer,
  CreateRequest,
  Observation,
  PrepareAnswer,
  RemovalAnswer,
  WorkloadList,
  WorkloadRef,
} from '../../domain/ports/compute-backend';
import { readLog } from './log-reading';
import { areOurs, listedWorkload, marksOf } from './marks';
import { observationOf, type Sight } from './observed';
import { type Answer, type Definition, type Refusal, textOf, type TwoStepClient } from './two-step-api';

export function createTwoStepBackend(placement: string, client: TwoStepClient): ComputeBackend {
  return {
    prepare: (request) => prepare(client, request),
    create: (request) => start(client, request),
    observe: (ref) => observe(client, ref),
    logs: (ref, from) => readLog(client, ref, from),
    remove: (ref) => remove(client, ref),
    list: async (owner): Promise<WorkloadList> => {
      const answer = await client.everything();
      if (!answer.ok) throw new RetryableError(`The list can't be had: ${textOf(answer)}`);
      const workloads = answer.body.flatMap((one) => listedWorkload(one, owner, placement) ?? []);
      return { serverTime: answer.serverTime, workloads };
    },
    usages: () => Promise.resolve([]),
  };
}

/** Looks before it puts. A definition that exists stays as it is, ours or not. */
async function prepare(client: TwoStepClient, request: CreateRequest): Promise<PrepareAnswer> {
  const { ref } = request;
  try {
    const found = await client.definition(ref.name);
    if (found.ok && !areOurs(found.body.marks, ref))
      return { kind: 'refused', reason: reason('name-taken', `The definition ${ref.name} isn't ours.`) };
    if (!found.ok && found.status !== 404) return { kind: 'unknown', why: textOf(found) };
    const made = found.ok ? found : await client.define(ref.name, definitionOf(request));
    if (!made.ok) return unprepared(made);
    switch (made.body.state) {
      case 'ready':
        return { kind: 'ready' };
      case 'in-progress':
      case 'deleting':
        return { kind: 'not-yet' };
      case 'failed':
        return {
          kind: 'refused',
          reason: reason('refused', made.body.why ?? 'The definition failed.', 'infrastructure'),
        };
    }
  } catch (error) {
    return { kind: 'unknown', why: messageOf(error) };
  }
}

function unprepared(answer: Refusal): PrepareAnswer {
  const isInvalid = answer.status === 400;
  if (isInvalid) return { kind: 'refused', reason: reason('refused', textOf(answer)) };
  if (answer.status === 403)
    return { kind: 'refused', reason: reason('refused', textOf(answer), 'infrastructure') };
  return { kind: 'unknown', why: textOf(answer) };
}

async function start(client: TwoStepClient, { ref }: CreateRequest): Promise<CreateAnswer> {
  try {
    const answer = await client.start(ref.name);
    if (answer.ok) return { kind: 'accepted' };
    const isRefused = answer.status < 500 && answer.status !== 408;
    return isRefused
      ? { kind: 'refused', reason: whyRefused(answer) }
      : { kind: 'unknown', why: textOf(answer) };
  } catch (error) {
    return { kind: 'unknown', why: messageOf(error) };
  }
}

function whyRefused(answer: Refusal): Reason {
  if (answer.status === 429) return reason('throttled', textOf(answer));
  return answer.code === 'NoCapacity'
    ? reason('capacity', textOf(answer))
    : reason('refused', textOf(answer), 'infrastructure');
}

async function observe(client: TwoStepClient, ref: WorkloadRef): Promise<Observation> {
  const sight = await look(client, ref);
  return 'kind' in sight ? sight : observationOf(sight, ref);
}

/** Reads the definition first, so a start that takes effect meanwhile is among the executions. */
async function look(
  client: TwoStepClient,
  { name }: WorkloadRef,
): Promise<Sight | Extract<Observation, { kind: 'unreadable' }>> {
  try {
    const definition = await client.definition(name);
    if (!definition.ok && definition.status !== 404) return unreadable(textOf(definition));
    const executions = await client.executions(name);
    if (!executions.ok) return unreadable(textOf(executions));
    return { definition: definition.ok ? definition.body : undefined, executions: executions.body };
  } catch (error) {
    return unreadable(messageOf(error));
  }
}

/** Takes one step: stops what runs, or deletes the definition once that has ended. */
async function remove(client: TwoStepClient, ref: WorkloadRef): Promise<RemovalAnswer> {
  const sight = await look(client, ref);
  if ('kind' in sight) return { sent: 'nothing', observation: sight };
  const observation = observationOf(sight, ref);
  if (observation.kind !== 'present' && observation.kind !== 'prepared')
    return { sent: 'nothing', observation };
  const running = sight.executions.filter(({ state, marks }) => state === 'running' && areOurs(marks, ref));
  for (const { id } of running) sentOrThrow(await client.stop(ref.name, id));
  if (running.length > 0) return { sent: 'stop', observation };
  const isUnderWay =
    sight.definition?.state === 'deleting' || sight.executions.some(({ state }) => state === 'stopping');
  if (isUnderWay) return { sent: 'nothing', observation };
  const isOurs = sight.definition === undefined || areOurs(sight.definition.marks, ref);
  if (isOurs) sentOrThrow(await client.undefine(ref.name));
  return { sent: isOurs ? 'delete' : 'nothing', observation };
}

/** 404 and 409 mean that what was to be removed has moved on meanwhile. The next look shows where to. */
function sentOrThrow(answer: Answer<unknown>): void {
  if (!answer.ok && answer.status !== 404 && answer.status !== 409)
    throw new RetryableError(`The removal was not taken: ${textOf(answer)}`);
}

function definitionOf({ ref, spec, secrets, gpu, createdAt, expiresAt }: CreateRequest): Definition {
  const plain = Object.entries(spec.env ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return {
    marks: marksOf(ref, createdAt, expiresAt),
    image: spec.image,
    command: spec.command ?? [],
    args: spec.args ?? [],
    environment: { ...Object.fromEntries(plain), ...secrets },
    cpu: spec.resources?.cpu ?? 1,
    gpu,
  };
}

function unreadable(why: string): Extract<Observation, { kind: 'unreadable' }> {
  return { kind: 'unreadable', why, scopeMissing: false };
}
