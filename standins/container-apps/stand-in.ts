// Azure Container Apps jobs in one process: a handler of requests over its own environments, jobs and executions.
import { createHash } from 'node:crypto';

import { armErrorResponse, ArmFault } from '../wire/arm-error';
import { withArmHeaders } from '../wire/arm-headers';
import { type Match, matchRoute } from '../wire/arm-route';
import { ConnectionLost, type Handler, type WireRequest, type WireResponse } from '../wire/handler';
import { answerOwnPermissions } from '../wire/own-permissions';
import { apiVersionOf, SUPPORTED_VERSIONS } from './api-version';
import type { Action, ContainerAppsContext, ContainerAppsPorts } from './context';
import { createContext } from './create-context';
import { startJob } from './executions/start-job';
import { answerControl } from './faults/control';
import type { Fault } from './faults/fault';
import { checkUp, gateAnswer } from './faults/gate';
import { inject } from './faults/inject';
import { deleteJob } from './jobs/jobs-api';
import { putJob } from './jobs/write-job';
import type { ContainerAppsLedger } from './ledger';
import { answerQuery, askedWorkspace } from './log-analytics/query-api';
import { notEmulated } from './resource-fault';
import { ARM_ROUTES, STREAM_ROUTES } from './routes';
import { createThrottling, type Throttling } from './throttling';

export interface ContainerAppsStandIn {
  readonly handle: Handler;
  /** Lets a fault happen; returns why it can't, if it can't. */
  inject(fault: Fault): string | undefined;
  ledger(): ContainerAppsLedger;
  /** All that the programs of a job or of an execution printed, also after it is gone; undefined once dropped. */
  printed(of: { readonly job: string } | { readonly execution: string }): Buffer | undefined;
  /** What is there now: definitions, and executions that are not over, shown or not. */
  left(): { readonly jobs: readonly string[]; readonly executions: readonly string[] };
  /** What the service holds, for whoever watches it from inside the same process. */
  readonly state: Readonly<Pick<ContainerAppsContext, 'jobs' | 'executions' | 'logTables'>>;
  /** Ends every program at once. */
  close(): Promise<void>;
}

export function createContainerApps(ports: ContainerAppsPorts): ContainerAppsStandIn {
  const context = createContext(ports);
  const throttling = createThrottling(ports.clock, ports.settings.queryLimits.in30Seconds);
  return {
    handle: (request) => answerAny(context, throttling, request),
    state: context,
    inject: (fault) => inject(context, fault),
    ledger: () => context.ledger.read(),
    printed: (of) => context.ledger.printed(of),
    left: () => ({
      jobs: context.jobs.all().map(({ place }) => place.name),
      executions: context.ledger
        .read()
        .executions.filter(({ endedAt }) => endedAt === undefined)
        .map(({ execution }) => execution),
    }),
    close: async () => {
      for (const execution of context.executions) execution.abandon();
      await ports.runtime.close();
    },
  };
}

function answerAny(
  context: ContainerAppsContext,
  throttling: Throttling,
  request: WireRequest,
): WireResponse {
  if (request.url.pathname.startsWith('/emulator/')) return answerControl(context, request);
  checkUp(context.gate, context.clock.now());
  const workspace = request.method === 'POST' ? askedWorkspace(request) : undefined;
  if (workspace !== undefined) return answerQuery(context, throttling, request, workspace);
  const stream = matchRoute(STREAM_ROUTES, request.method, request.url.pathname);
  if (stream) return answerStream(context, request, stream);
  return answerOwnPermissions(request) ?? answerArm(context, throttling, request);
}

function answerStream(
  context: ContainerAppsContext,
  request: WireRequest,
  match: Match<Action>,
): WireResponse {
  try {
    return match.action(context, request, match);
  } catch (error) {
    if (error instanceof ArmFault) return armErrorResponse(error);
    throw error;
  }
}

function answerArm(
  context: ContainerAppsContext,
  throttling: Throttling,
  request: WireRequest,
): WireResponse {
  const match = matchRoute(ARM_ROUTES, request.method, request.url.pathname);
  try {
    const response = answer(context, throttling, request, match);
    record(context, request, match, response.status);
    return response;
  } catch (error) {
    // Status 0: the connection broke, before or after the effect.
    if (error instanceof ConnectionLost) record(context, request, match, 0);
    throw error;
  }
}

function answer(
  context: ContainerAppsContext,
  throttling: Throttling,
  request: WireRequest,
  match: Match<Action> | undefined,
): WireResponse {
  let limits: Readonly<Record<string, string>> = {};
  try {
    if (!match) throw notEmulated(`${request.method} ${request.url.pathname}`);
    apiVersionOf(request.url);
    if (context.settings.rateLimits)
      limits = throttling.request(request.method, match.param('subscription').toLowerCase());
    const instead = gateAnswer(context.faults);
    const response = instead ?? match.action(context, request, match);
    return withArmHeaders(context, response, { ...limits, ...SUPPORTED_VERSIONS });
  } catch (error) {
    if (!(error instanceof ArmFault)) throw error;
    return withArmHeaders(context, armErrorResponse(error), limits);
  }
}

function record(
  { ledger, clock }: ContainerAppsContext,
  request: WireRequest,
  match: Match<Action> | undefined,
  status: number,
): void {
  ledger.request(request.method);
  const job = match?.params.get('name');
  if (!match || job === undefined) return;
  const at = clock.now();
  if (match.action === putJob) {
    const bodySha256 = createHash('sha256').update(request.body).digest('hex');
    ledger.put({ at, job, bodySha256, status });
  } else if (match.action === startJob) ledger.started({ at, job, status });
  else if (match.action === deleteJob) ledger.deleted({ at, job, status });
}
