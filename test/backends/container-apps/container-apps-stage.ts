// Container Apps in virtual time, and the backend over the genuine client.
import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';

import {
  type ContainerAppsClients,
  createContainerAppsClientsBySubscription,
} from '../../../backends/container-apps/cloud/clients';
import { createContainerAppsBackend } from '../../../backends/container-apps/container-apps-backend';
import { containerAppsFacts } from '../../../backends/container-apps/facts';
import type { ContainerAppsPlacement } from '../../../backends/container-apps/placement';
import {
  type ContainerAppsSettings,
  DEFAULT_CONTAINER_APPS_SETTINGS,
  type GivenEnvironment,
} from '../../../standins/container-apps/settings';
import { type ContainerAppsStandIn, createContainerApps } from '../../../standins/container-apps/stand-in';
import type { Switches } from '../../../standins/container-apps/switches';
import type { ContainerStart, ImageStanding } from '../../../standins/containers/runtime';
import { createScriptedRuntime, type Script } from '../../../standins/containers/scripted';
import type { VolumeFolders } from '../../../standins/containers/volume-folders';
import { createVirtualTime, type VirtualTime } from '../../../standins/kernel/virtual-time';
import { type Handler, json, type WireRequest, type WireResponse } from '../../../standins/wire/handler';
import { createHandlerHttpClient } from '../../../standins/wire/sdk-http-client';
import { type BackendStage, SPEC } from '../../contract/backend-stage';
import { containerAppsPlacement } from '../../support/container-apps-placement';
import { NEW_YEAR } from '../../support/rows';

const HELLO: Script = { prints: [{ atMs: 1, text: 'hello\n' }], exit: { atMs: 5_000, code: 0 } };

/** The workspace that the environment writes its logs to. */
export const STAGE_WORKSPACE = '44444444-4444-4444-4444-444444444444';

/** Where the placement's jobs are. */
export const STAGE_ENVIRONMENT: GivenEnvironment = {
  subscription: '00000000-0000-0000-0000-000000000001',
  resourceGroup: 'rg1',
  name: 'env1',
  location: 'westus3',
  workspace: STAGE_WORKSPACE,
  profiles: { Consumption: 'Consumption', 'serverless-t4': 'Consumption-GPU-NC8as-T4' },
};

/** Characters of the service's own in the names of executions and replicas. */
const EXECUTION_CHARACTERS = 7;
const REPLICA_CHARACTERS = 5;

export interface ContainerAppsStage extends BackendStage {
  /** The placement itself. */
  readonly configured: ContainerAppsPlacement;
  readonly standIn: ContainerAppsStandIn;
  /** Of the placement's subscription. */
  readonly clients: ContainerAppsClients;
  readonly clientsOf: (subscriptionId: string) => ContainerAppsClients;
  /** Methods and paths of all requests, without their queries. */
  readonly sent: readonly string[];
  readonly now: () => number;
  readonly timers: VirtualTime['timers'];
}

export interface StageParts {
  /**
   * Default: a time of its own, which `advance` moves. With a time that others share, the client repeats nothing: its
   * waits would take real time.
   */
  readonly time?: VirtualTime;
  readonly placement?: Partial<ContainerAppsPlacement>;
  readonly settings?: Partial<ContainerAppsSettings>;
  readonly switches?: Partial<Switches>;
  readonly script?: (start: ContainerStart) => Script;
  /** What the registries say of an image; known, unless it says otherwise. */
  readonly standingOf?: (image: string) => ImageStanding;
  /** Where volumes lie; left out: nothing is mounted. */
  readonly volumeFolders?: VolumeFolders;
  /** Answers in the service's place. */
  readonly intercept?: (request: WireRequest) => WireResponse | undefined;
  /** The way to the service, given the undisturbed one. */
  readonly way?: (service: Handler) => Handler;
  /** Whether a request, `GET /path`, is never answered: it ends as its time limit does. */
  readonly hangs?: (request: string) => boolean;
}

export function setContainerAppsStage(parts: StageParts = {}): ContainerAppsStage {
  const time = parts.time ?? createVirtualTime(NEW_YEAR);
  const programs: (readonly string[])[] = [];
  const sent: string[] = [];
  let made = 0;
  let isRefusing = false;
  const next = (characters: number): string => String((made += 1)).padStart(characters, 'a');
  const standIn = createContainerApps({
    clock: time.clock,
    timers: time.timers,
    newId: () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
    names: {
      execution: () => next(EXECUTION_CHARACTERS),
      replica: () => next(REPLICA_CHARACTERS),
      operation: () => `11111111-0000-0000-0000-${String((made += 1)).padStart(12, '0')}`,
    },
    runtime: createScriptedRuntime(
      time.timers,
      (start) => {
        programs.push([...start.command, ...(start.args ?? [])]);
        return parts.script?.(start) ?? HELLO;
      },
      parts.standingOf,
    ),
    volumeFolders: parts.volumeFolders,
    settings: {
      ...DEFAULT_CONTAINER_APPS_SETTINGS,
      environments: [STAGE_ENVIRONMENT],
      ...parts.settings,
      switches: { ...DEFAULT_CONTAINER_APPS_SETTINGS.switches, ...parts.switches },
    },
  });
  const service: Handler = (request) => {
    sent.push(`${request.method} ${request.url.pathname}`);
    const isStart = request.method === 'POST' && request.url.pathname.endsWith('/start');
    if (isStart && isRefusing) return forbidden();
    return parts.intercept?.(request) ?? standIn.handle(request);
  };
  const httpClient = hanging(createHandlerHttpClient(parts.way?.(service) ?? service), parts.hangs);
  const placement = containerAppsPlacement(parts.placement);
  const genuineOf = createContainerAppsClientsBySubscription({
    endpoint: new URL('http://127.0.0.1'),
    logsEndpoint: new URL('http://127.0.0.1'),
    credential: { getToken: () => Promise.resolve(null) },
    httpClient,
  });
  const clientsOf = (subscriptionId: string): ContainerAppsClients => {
    const genuine = genuineOf(subscriptionId);
    return parts.time === undefined ? genuine : { ...genuine, reading: genuine.starting };
  };
  return {
    backend: createContainerAppsBackend(placement, clientsOf),
    facts: containerAppsFacts(placement),
    placement: placement.name,
    configured: placement,
    standIn,
    clients: clientsOf(placement.subscriptionId),
    clientsOf,
    sent,
    now: () => time.clock.now(),
    timers: time.timers,
    advance: (ms) => {
      const until = time.clock.now() + ms;
      while (time.runNext(until));
    },
    preparing: { spec: SPEC, secrets: {} },
    untilReady: 10_000,
    untilRunning: 6_000,
    // The start is the container's, in whole seconds. The end is the execution's, 5 s after its container's.
    runs: 10_000,
    instantsWithin: 1_000,
    untilGone: 20_000,
    creates: () => sent.filter((one) => one.startsWith('POST') && one.endsWith('/start')).length,
    starts: () => programs.length,
    commandLine: () => programs.at(-1) ?? [],
    entrypoint: [],
    invalid: { ...SPEC, resources: { cpu: 100, memoryGb: 1 } },
    refuseCreates: () => {
      isRefusing = true;
    },
  };
}

function hanging(client: HttpClient, hangs: StageParts['hangs'] = () => false): HttpClient {
  return {
    sendRequest: (request) =>
      hangs(`${request.method} ${new URL(request.url).pathname}`)
        ? untilAborted(request.abortSignal)
        : client.sendRequest(request),
  };
}

function untilAborted(signal: PipelineRequest['abortSignal']): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void =>
      reject(Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' }));
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort);
  });
}

function forbidden(): WireResponse {
  return json(403, { error: { code: 'AuthorizationFailed', message: 'The client may not start jobs.' } });
}
