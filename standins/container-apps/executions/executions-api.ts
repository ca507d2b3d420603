// Requests about executions: list, get, stop one, stop all.
import { ArmFault } from '../../wire/arm-error';
import { ConnectionLost, json, type WireRequest, type WireResponse } from '../../wire/handler';
import { apiVersionOf } from '../api-version';
import type { Action, ContainerAppsContext } from '../context';
import { foundJob } from '../jobs/find-job';
import type { Job } from '../jobs/job-store';
import { pageOf } from '../pages';
import { type Execution, isOver } from './execution';
import { executionView } from './execution-view';
import { accepted } from './start-job';

export const listExecutions: Action = (context, request, match) => {
  const { switches } = context.settings;
  const version = apiVersionOf(request.url);
  const shown = foundJob(context, match).executions.filter((execution) => execution.shown);
  if (switches.executionOrder === 'newest-first') shown.reverse();
  const value = shown.map((execution) => executionView(execution, version, switches, 'listed'));
  return json(200, pageOf(value, request.url, switches.pageSize));
};

export const getExecution: Action = (context, request, match) =>
  json(
    200,
    executionView(
      foundExecution(context, match),
      apiVersionOf(request.url),
      context.settings.switches,
      'one',
    ),
  );

export const stopExecution: Action = (context, request, match) => {
  const job = foundJob(context, match);
  const execution = foundExecution(context, match);
  if (isOver(execution) && context.settings.switches.stopOfEnded === 'refused') {
    throw new ArmFault(
      400,
      'ContainerAppsJobExecutionNotRunning',
      `Job execution '${execution.name}' can't be stopped: its status is '${execution.status}'.`,
    );
  }
  return stopped(context, request, job, [execution]);
};

/** No traffic of it was found; the shape of its answer is the specification's. */
export const stopExecutions: Action = (context, request, match) => {
  const job = foundJob(context, match);
  const running = job.executions.filter((execution) => execution.shown && !isOver(execution));
  const answer = stopped(context, request, job, running);
  if (answer.status !== 200) return answer;
  const version = apiVersionOf(request.url);
  const { switches } = context.settings;
  return json(200, { value: running.map((each) => executionView(each, version, switches, 'listed')) });
};

function stopped(
  context: ContainerAppsContext,
  request: WireRequest,
  job: Job,
  executions: readonly Execution[],
): WireResponse {
  const lost = context.faults.take('lost-answer', ({ of }) => of === 'stop');
  if (lost?.effect !== false) for (const execution of executions) execution.stop();
  if (lost) throw new ConnectionLost('The answer of the stop is lost.');
  switch (context.settings.switches.stopAnswer) {
    case 'empty':
      return { status: 200, headers: { 'content-length': '0' } };
    case 'text':
      return json(200, `Job Execution: ${executions[0]?.name ?? ''}, stopped successfully.`);
    case 'accepted':
      return accepted(context, request, job, undefined);
  }
}

/** The execution that a request names. Throws 404, whose code is not confirmed by any source. */
export function foundExecution(context: ContainerAppsContext, match: Parameters<Action>[2]): Execution {
  const job = foundJob(context, match);
  const name = match.param('execution');
  const execution = job.executions.find(
    (each) => each.shown && each.name.toLowerCase() === name.toLowerCase(),
  );
  if (execution) return execution;
  throw new ArmFault(
    404,
    'ContainerAppsJobExecutionNotFound',
    `Job execution '${name}' of job '${job.place.name}' was not found.`,
  );
}
